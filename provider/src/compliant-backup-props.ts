import { ComplianceAcknowledgement, ComplianceStandard, Schedule, VaultLock, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { IConstruct } from 'constructs';
import { ConfigRecorder } from './config-recorder';
import { CopyDestination } from './copy-destination';

/**
 * What can be said of a `CompliantBackup` beside its name, its standards and what it protects.
 */
export interface CompliantBackupOptions {
  /**
   * Where copies go; vaults that a destination makes get the bounds of this one's lock, unless it says otherwise.
   *
   * @default - none, which most standards refuse
   */
  readonly copies?: CopyDestination[];

  /**
   * When the daily rule runs.
   *
   * @default - every day at 05:00 UTC, or more often where a standard says so
   */
  readonly schedule?: Schedule;

  /**
   * Days that the points of the daily rule are kept.
   *
   * @default - what the standards ask for
   */
  readonly deleteAfterDays?: number;

  /**
   * Days that the points of the monthly rule are kept.
   *
   * @default - what the standards ask for; no monthly rule where they ask for nothing longer than daily
   */
  readonly monthlyDeleteAfterDays?: number;

  /**
   * The lock of the vaults.
   *
   * @default - in the mode and with the bounds that the standards ask for; in compliance mode with 14 days of grace time
   */
  readonly vaultLock?: VaultLock;

  /**
   * Says that somebody knows when the locks become unchangeable, even for AWS.
   *
   * @default - none, so that standards that ask for compliance mode are refused
   */
  readonly complianceAcknowledgement?: ComplianceAcknowledgement;

  /**
   * ARNs of principals that the policy of the vault exempts, for an emergency, stars allowed; name the role that runs Terraform
   * among them.
   *
   * @default - none
   */
  readonly breakGlassPrincipalArns?: string[];

  /**
   * ARN of a topic that hears of failures, silence and changes of protection.
   *
   * @default - alarms without a topic
   */
  readonly notificationTopicArn?: string;

  /**
   * Whether a framework of AWS Backup Audit Manager evaluates the controls that the standards name.
   *
   * @default true
   */
  readonly audit?: boolean;

  /**
   * Where the recorder of AWS Config is, without which no control is evaluated.
   *
   * @default ConfigRecorder.inApp()
   */
  readonly configRecorder?: ConfigRecorder;

  /**
   * Whether restores are tested as often as the standards ask.
   *
   * @default true
   */
  readonly restoreTesting?: boolean;

  /**
   * Whether alarms watch the vault.
   *
   * @default true
   */
  readonly monitoring?: boolean;

  /**
   * Findings that are accepted, each with the reason; the path is the one in the message.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * Whether Terraform refuses plans that destroy or replace the vaults here and the bucket of the reports.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /**
   * The provider that makes the resources.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * Properties of a `CompliantBackup`.
 */
export interface CompliantBackupProps extends CompliantBackupOptions {
  /**
   * Name of vault and plan, 2 to 39 letters, digits, `-` and `_`; what else is made has names that begin with it.
   */
  readonly backupName: string;

  /**
   * The standards to hold; of two values the stronger counts.
   */
  readonly standards: ComplianceStandard[];

  /**
   * Constructs whose resources are backed up, those of a subtree too.
   *
   * @default - none: `tags` must be given
   */
  readonly protect?: IConstruct[];

  /**
   * Tags; a resource that has any of them is backed up, too.
   *
   * @default - none: `protect` must be given
   */
  readonly tags?: { [key: string]: string };
}
