import { AdvancedBackupSetting, Finding, Schedule, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Aspects, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { declarePlan, judgePlan, PlanDeclaration } from './private/declarations';
import { declaredPlan, vaultsOf } from './private/declare-plan';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPlan } from './private/render-plan';
import { Selection, SelectionOptions } from './selection';

/**
 * A copy that follows each backup of a rule.
 */
export interface PlanCopyActionProps {
  /**
   * Vault that receives the copy; may be of another Region or account.
   */
  readonly destination: backup.IBackupVault;

  /**
   * Time after which the copy moves to cold storage, counted from the creation of the source point.
   *
   * @default - never, or as the source where `deleteAfter` is not given either
   */
  readonly moveToColdStorageAfter?: Duration;

  /**
   * Time after which the copy is deleted, counted from the creation of the source point.
   *
   * @default - as the source
   */
  readonly deleteAfter?: Duration;

  /**
   * Opt in to the archive tier of services that need it said (EBS).
   *
   * @default - not said, which is no
   */
  readonly optInToArchiveForSupportedResources?: boolean;
}

/**
 * One rule of a plan.
 */
export interface PlanRuleProps {
  /**
   * Name of the rule, 1 to 50 letters, digits, dots, `-` and `_`.
   */
  readonly ruleName: string;

  /**
   * Vault that receives the backups; same account and Region as the plan.
   */
  readonly vault: backup.IBackupVault;

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
}

/**
 * Properties of a `Plan`.
 */
export interface PlanProps {
  /**
   * Name of the plan, 1 to 50 letters, digits, dots, `-` and `_`.
   */
  readonly backupPlanName: string;

  /**
   * The rules, 1 to 10.
   */
  readonly rules: PlanRuleProps[];

  /**
   * Application-consistent backups of Windows instances on EC2 by VSS.
   *
   * @default - not said, which is no
   */
  readonly windowsVss?: boolean;

  /**
   * Options for single services beside `windowsVss`, e.g. `BackupACLs` for S3.
   *
   * @default - none
   */
  readonly advancedBackupSettings?: AdvancedBackupSetting[];

  /**
   * Tags of the plan.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/** Asked at synthesis, as selections come after the plan. */
const NO_SELECTION = 'plan-no-selection';

/**
 * A backup plan that is checked before it deploys and leaves nothing to AWS's defaults.
 *
 * Schedule, time zone and both windows are always written out. Rules and copies are held against the locks of the vaults
 * that they name, as far as `Vault` made them.
 */
export class Plan extends Construct {
  /**
   * The plan.
   */
  public readonly backupPlan: backup.IBackupPlan;

  /**
   * Id of the plan.
   */
  public readonly backupPlanId: string;

  /**
   * ARN of the plan.
   */
  public readonly backupPlanArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it, with every finding at once
   */
  constructor(scope: Construct, id: string, props: PlanProps) {
    super(scope, id);
    const { waivers = [] } = props;
    const [plan, vaults] = [declaredPlan(this, props), vaultsOf(props)];
    const { all, news } = judgePlan({ vaults, plans: [plan] }, this.node.path);
    refuse(
      this,
      news.filter((finding) => finding.rule !== NO_SELECTION),
      waivers,
    );

    const resource = new backup.CfnBackupPlan(this, 'Resource', renderPlan(this, plan, props));
    annotateTemplate(resource, waivers);
    this.backupPlanId = resource.attrBackupPlanId;
    this.backupPlanArn = resource.attrBackupPlanArn;
    this.backupPlan = backup.BackupPlan.fromBackupPlanId(this, 'Imported', this.backupPlanId);

    const declaration = { plan, vaults, selections: [], resources: [], waivers, found: all };
    declarePlan(this.backupPlan, declaration);
    this.warnAtSynthesis(declaration, news);
  }

  /**
   * Adds a selection of resources to the plan.
   *
   * @param id construct id, within the plan
   * @param options what to select
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it, with every finding at once
   */
  public addSelection(id: string, options: SelectionOptions): Selection {
    return new Selection(this, id, { ...options, plan: this.backupPlan });
  }

  /** A plan that never gets a selection backs nothing up; that is known only when the whole app is. */
  private warnAtSynthesis(declaration: PlanDeclaration, findings: Finding[]): void {
    const noSelection = findings.filter((finding) => finding.rule === NO_SELECTION);
    Aspects.of(this).add({
      visit: (node) => {
        if (node === this && declaration.selections.length === 0) {
          refuse(this, noSelection, declaration.waivers);
        }
      },
    });
  }
}
