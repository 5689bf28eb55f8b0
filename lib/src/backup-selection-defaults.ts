import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { InjectedDefaults } from './injected-defaults';
import { MandateOptions } from './mandate-options';
import { keepLayer } from './private/injection';

/**
 * Values for selections of `aws-cdk-lib`.
 */
export interface BackupSelectionValues {
  /**
   * Role that AWS Backup assumes.
   *
   * @default - not said
   */
  readonly role?: iam.IRole;

  /**
   * Whether the role goes without the managed policy for backups.
   *
   * @default - not said
   */
  readonly disableDefaultBackupPolicy?: boolean;

  /**
   * Whether the role may restore.
   *
   * @default - not said
   */
  readonly allowRestores?: boolean;
}

/**
 * Properties of `BackupSelectionDefaults`.
 */
export interface BackupSelectionDefaultsProps extends MandateOptions {
  /**
   * What a `BackupSelection` gets where its author says nothing; structs and tags are filled field by field.
   *
   * @default - nothing
   */
  readonly defaults?: BackupSelectionValues;

  /**
   * What every `BackupSelection` has; an author who says something else is refused.
   *
   * @default - nothing
   */
  readonly mandates?: BackupSelectionValues;
}

/**
 * What a company gives to, and demands of, every `BackupSelection` of `aws-cdk-lib` at and below a scope:
 * a property injector of the CDK.
 *
 * For the selections of this library there is `SelectionDefaults`.
 */
export class BackupSelectionDefaults extends InjectedDefaults {
  /**
   * @param props properties
   */
  constructor(props: BackupSelectionDefaultsProps) {
    super(backup.BackupSelection.PROPERTY_INJECTION_ID);
    keepLayer(this, props);
  }
}
