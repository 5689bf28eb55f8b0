import { ComplianceStandard } from '@holdfast/model';
import { CompliantBackup } from './compliant-backup';
import { CompliantBackupOptions } from './compliant-backup-props';
import { InjectedDefaults } from './injected-defaults';
import { MandateOptions } from './mandate-options';
import { keepLayer } from './private/injection';

/**
 * Values for backups that are aligned with standards.
 */
export interface CompliantBackupValues extends CompliantBackupOptions {
  /**
   * The standards to hold. Of mandated ones no more and no less may be named: for a floor there is the `ComplianceAspect`.
   *
   * @default - not said
   */
  readonly standards?: ComplianceStandard[];
}

/**
 * Properties of `CompliantBackupDefaults`.
 */
export interface CompliantBackupDefaultsProps extends MandateOptions {
  /**
   * What a `CompliantBackup` gets where its author says nothing; structs and tags are filled field by field.
   *
   * @default - nothing
   */
  readonly defaults?: CompliantBackupValues;

  /**
   * What every `CompliantBackup` has; an author who says something else is refused.
   *
   * @default - nothing
   */
  readonly mandates?: CompliantBackupValues;
}

/**
 * What a company gives to, and demands of, every `CompliantBackup` at and below a scope:
 * a property injector of the CDK.
 */
export class CompliantBackupDefaults extends InjectedDefaults {
  /**
   * @param props properties
   */
  constructor(props: CompliantBackupDefaultsProps) {
    super(CompliantBackup.PROPERTY_INJECTION_ID);
    keepLayer(this, props);
  }
}
