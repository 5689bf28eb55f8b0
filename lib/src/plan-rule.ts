import { ScanMode, Schedule } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Duration } from 'aws-cdk-lib/core';
import { PlanCopyActionProps } from './copy-action';

/**
 * What can be said of a rule beside its name and vault.
 */
export interface CommonPlanRuleOptions {
  /**
   * ARN of a logically air-gapped vault that is the primary target; same account and Region as the plan.
   *
   * @default - none
   */
  readonly targetLogicallyAirGappedBackupVaultArn?: string;

  /**
   * When the rule runs.
   *
   * @default - every day at 05:00 UTC
   */
  readonly schedule?: Schedule;

  /**
   * Time after the scheduled instant within which a job must start, at least an hour.
   *
   * @default Duration.hours(8)
   */
  readonly startWindow?: Duration;

  /**
   * Time within which a job must complete.
   *
   * @default Duration.days(7)
   */
  readonly completionWindow?: Duration;

  /**
   * Time after which a recovery point moves to cold storage.
   *
   * @default - never
   */
  readonly moveToColdStorageAfter?: Duration;

  /**
   * Time after which a recovery point is deleted.
   *
   * @default - kept for ever
   */
  readonly deleteAfter?: Duration;

  /**
   * Opt in to the archive tier of services that need it said (EBS).
   *
   * @default - not said, which is no
   */
  readonly optInToArchiveForSupportedResources?: boolean;

  /**
   * Point-in-time recovery for the services that have it; needs `deleteAfter` of at most 35 days.
   *
   * @default false
   */
  readonly enableContinuousBackup?: boolean;

  /**
   * Tags that the rule adds to its recovery points.
   *
   * @default - none
   */
  readonly recoveryPointTags?: { [key: string]: string };

  /**
   * Copies that follow each backup, at most 5.
   *
   * @default - none
   */
  readonly copyActions?: PlanCopyActionProps[];

  /**
   * Service whose points are indexed: `EBS` or `S3`.
   *
   * @default - none
   */
  readonly indexActions?: string[];

  /**
   * Scan for malware that follows each backup; `PlanProps.scanSettings` says of what.
   *
   * @default - none
   */
  readonly scanAction?: ScanMode;
}

/**
 * One rule of a plan.
 */
export interface PlanRuleProps extends CommonPlanRuleOptions {
  /**
   * Name of the rule, 1 to 50 letters, digits, dots, `-` and `_`.
   */
  readonly ruleName: string;

  /**
   * Vault that receives the backups; same account and Region as the plan.
   */
  readonly vault: backup.IBackupVault;
}
