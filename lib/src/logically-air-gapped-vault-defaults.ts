import { InjectedDefaults } from './injected-defaults';
import { LogicallyAirGappedVault } from './logically-air-gapped-vault';
import { LogicallyAirGappedVaultOptions } from './logically-air-gapped-vault-props';
import { MandateOptions } from './mandate-options';
import { isEncryptedAs } from './private/held-encryption';
import { keepLayer } from './private/injection';

/**
 * Values for logically air-gapped vaults.
 */
export interface LogicallyAirGappedVaultValues extends LogicallyAirGappedVaultOptions {
  /**
   * Least retention of a recovery point, in days, at least 7.
   *
   * @default - not said
   */
  readonly minRetentionDays?: number;

  /**
   * Greatest retention of a recovery point, in days, at most 36500.
   *
   * @default - not said
   */
  readonly maxRetentionDays?: number;
}

/**
 * Properties of `LogicallyAirGappedVaultDefaults`.
 */
export interface LogicallyAirGappedVaultDefaultsProps extends MandateOptions {
  /**
   * What a `LogicallyAirGappedVault` gets where its author says nothing; structs and tags are filled field by field.
   *
   * @default - nothing
   */
  readonly defaults?: LogicallyAirGappedVaultValues;

  /**
   * What every `LogicallyAirGappedVault` has; an author who says something else is refused.
   *
   * @default - nothing
   */
  readonly mandates?: LogicallyAirGappedVaultValues;
}

/**
 * What a company gives to, and demands of, every `LogicallyAirGappedVault` at and below a scope:
 * a property injector of the CDK.
 */
export class LogicallyAirGappedVaultDefaults extends InjectedDefaults {
  /**
   * @param props properties
   */
  constructor(props: LogicallyAirGappedVaultDefaultsProps) {
    super(LogicallyAirGappedVault.PROPERTY_INJECTION_ID);
    keepLayer(this, props, { isHeld: isEncryptedAs });
  }
}
