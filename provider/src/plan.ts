import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { Schedule, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { Selection, SelectionOptions } from './selection';
import { IVault } from './vault';

/**
 * A copy that follows each backup of a rule.
 */
export interface PlanCopyActionProps {
  /**
   * The vault that receives the copy; may be of another Region or account.
   */
  readonly destination: IVault;

  /**
   * Days after which the copy moves to cold storage, counted from the creation of the source point; -1 is never.
   *
   * @default - never
   */
  readonly moveToColdStorageAfterDays?: number;

  /**
   * Days after which the copy is deleted, counted from the creation of the source point.
   *
   * @default - when the source point is
   */
  readonly deleteAfterDays?: number;

  /**
   * Opt in to the archive tier of services that need it said (EBS).
   *
   * @default false
   */
  readonly optInToArchiveForSupportedResources?: boolean;
}

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
}

/**
 * Properties of a plan.
 */
export interface PlanProps {
  /**
   * Name of the plan, 1 to 50 letters, digits, `-`, `_` and `.`.
   */
  readonly backupPlanName: string;

  /**
   * The rules, 1 to 10.
   */
  readonly rules: PlanRuleProps[];

  /**
   * Whether EC2 instances with Windows are backed up by way of the Volume Shadow Copy Service.
   *
   * @default false
   */
  readonly windowsVss?: boolean;

  /**
   * Tags of the plan.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that the author accepts.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * A backup plan with every schedule and window written out.
 */
export class Plan extends Construct {
  /**
   * The plan.
   */
  public readonly backupPlan: BackupPlan;

  /**
   * Id of the plan.
   */
  public readonly backupPlanId: string;

  /**
   * ARN of the plan.
   */
  public readonly backupPlanArn: string;

  constructor(scope: Construct, id: string, props: PlanProps) {
    super(scope, id);
    this.backupPlan = new BackupPlan(this, 'Resource', { name: props.backupPlanName, rule: [] });
    this.backupPlanId = this.backupPlan.id;
    this.backupPlanArn = this.backupPlan.arn;
  }

  /**
   * Adds a selection to the plan.
   *
   * @param id id of the selection below the plan
   * @param options what the selection holds
   */
  public addSelection(id: string, options: SelectionOptions): Selection {
    return new Selection(this, id, { ...options, plan: this });
  }
}
