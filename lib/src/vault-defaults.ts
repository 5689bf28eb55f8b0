import { InjectedDefaults } from './injected-defaults';
import { MandateOptions } from './mandate-options';
import { isEncryptedAs } from './private/held-encryption';
import { keepLayer } from './private/injection';
import { Vault } from './vault';
import { VaultOptions } from './vault-props';

/**
 * Properties of `VaultDefaults`.
 */
export interface VaultDefaultsProps extends MandateOptions {
  /**
   * What a `Vault` gets where its author says nothing; structs and tags are filled field by field.
   *
   * @default - nothing
   */
  readonly defaults?: VaultOptions;

  /**
   * What every `Vault` has; an author who says something else is refused.
   *
   * @default - nothing
   */
  readonly mandates?: VaultOptions;
}

/**
 * What a company gives to, and demands of, every `Vault` at and below a scope:
 * a property injector of the CDK.
 *
 * ```
 * PropertyInjectors.of(app).add(new VaultDefaults({ mandates: { vaultLock: { minRetentionDays: 35 } } }));
 * ```
 *
 * Vaults that other constructs of this library make are among them. A mandated purpose leaves authors what they say beside
 * it: mandate the values themselves.
 */
export class VaultDefaults extends InjectedDefaults {
  /**
   * @param props properties
   */
  constructor(props: VaultDefaultsProps) {
    super(Vault.PROPERTY_INJECTION_ID);
    keepLayer(this, props, { rivals: [['encryption', 'encryptionKey']], isHeld: isEncryptedAs });
  }
}
