import { BackupKey, BackupKeyProps } from './backup-key';
import { InjectedDefaults } from './injected-defaults';
import { MandateOptions } from './mandate-options';
import { keepLayer } from './private/injection';

/**
 * Properties of `BackupKeyDefaults`.
 */
export interface BackupKeyDefaultsProps extends MandateOptions {
  /**
   * What a `BackupKey` gets where its author says nothing; structs and tags are filled field by field.
   *
   * @default - nothing
   */
  readonly defaults?: BackupKeyProps;

  /**
   * What every `BackupKey` has; an author who says something else is refused.
   *
   * @default - nothing
   */
  readonly mandates?: BackupKeyProps;
}

/**
 * What a company gives to, and demands of, every `BackupKey` at and below a scope:
 * a property injector of the CDK.
 */
export class BackupKeyDefaults extends InjectedDefaults {
  /**
   * @param props properties
   */
  constructor(props: BackupKeyDefaultsProps) {
    super(BackupKey.PROPERTY_INJECTION_ID);
    keepLayer(this, props);
  }
}
