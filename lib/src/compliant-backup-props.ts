import { ComplianceAcknowledgement, ComplianceStandard, Schedule, VaultLock, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
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
   * Time that the points of the daily rule are kept.
   *
   * @default - what the standards ask for
   */
  readonly deleteAfter?: Duration;

  /**
   * Time that the points of the monthly rule are kept.
   *
   * @default - what the standards ask for; no monthly rule where they ask for nothing longer than daily
   */
  readonly monthlyDeleteAfter?: Duration;

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
   * Roles that the policy of the vault exempts, for an emergency; name the role that deploys among them.
   *
   * @default - none
   */
  readonly breakGlassRoles?: iam.IRole[];

  /**
   * Topic that hears of failures, silence and changes of protection.
   *
   * @default - alarms without a topic
   */
  readonly notificationTopic?: sns.ITopic;

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
