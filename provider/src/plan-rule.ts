import { ScanMode, Schedule } from '@holdfast/model';
import { PlanCopyActionProps } from './copy-action';
import { IVault } from './vault';

/**
 * A rule of a plan.
 */
export interface PlanRuleProps {
  /**
   * Name of the rule, 1 to 50 letters, digits, `-`, `_` and `.`.
   */
  readonly ruleName: string;

  /**
   * The vault that receives the backups; same account and Region as the plan.
   */
  readonly vault: IVault;

  /**
   * ARN of a logically air-gapped vault that is the primary target; same account and Region as the plan. Needs version 6.24.0
   * of the AWS provider.
   *
   * @default - none
   */
  readonly targetLogicallyAirGappedBackupVaultArn?: string;

  /**
   * When the rule runs.
   *
   * @default - every day at 05:00, Etc/UTC
   */
  readonly schedule?: Schedule;

  /**
   * Minutes after the scheduled time within which a job must start, at least 60.
   *
   * @default 480
   */
  readonly startWindowMinutes?: number;

  /**
   * Minutes within which a job must complete.
   *
   * @default 10080
   */
  readonly completionWindowMinutes?: number;

  /**
   * Days after which a recovery point moves to cold storage; -1 is never.
   *
   * @default - never
   */
  readonly moveToColdStorageAfterDays?: number;

  /**
   * Days after which a recovery point is deleted, 1 to 36500; -1 is never.
   *
   * @default - kept for ever
   */
  readonly deleteAfterDays?: number;

  /**
   * Opt in to the archive tier of services that need it said (EBS).
   *
   * @default false
   */
  readonly optInToArchiveForSupportedResources?: boolean;

  /**
   * Point-in-time recovery for the services that have it.
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
   * Service whose points are indexed: `EBS` or `S3`. Always refused, as no version of the AWS provider can say it; with a
   * waiver the role of each selection gets what indexing needs, and somebody else sets the action.
   *
   * @default - none
   */
  readonly indexActions?: string[];

  /**
   * Scan for malware that follows each backup; `PlanProps.scanSettings` says of what. Needs version 6.25.0 of the AWS
   * provider.
   *
   * @default - none
   */
  readonly scanAction?: ScanMode;
}
