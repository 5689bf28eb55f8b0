import * as backup from 'aws-cdk-lib/aws-backup';
import { InjectedDefaults } from './injected-defaults';
import { MandateOptions } from './mandate-options';
import { keepLayer } from './private/injection';

/**
 * Properties of `BackupVaultDefaults`.
 */
export interface BackupVaultDefaultsProps extends MandateOptions {
  /**
   * What a `BackupVault` gets where its author says nothing; structs and tags are filled field by field.
   *
   * @default - nothing
   */
  readonly defaults?: backup.BackupVaultProps;

  /**
   * What every `BackupVault` has; an author who says something else is refused.
   *
   * @default - nothing
   */
  readonly mandates?: backup.BackupVaultProps;
}

/**
 * What a company gives to, and demands of, every `BackupVault` of `aws-cdk-lib` at and below a scope:
 * a property injector of the CDK.
 *
 * For the vaults of this library there is `VaultDefaults`; what `Vault` itself renders is left alone.
 */
export class BackupVaultDefaults extends InjectedDefaults {
  /**
   * @param props properties
   */
  constructor(props: BackupVaultDefaultsProps) {
    super(backup.BackupVault.PROPERTY_INJECTION_ID);
    keepLayer(this, props);
  }
}
