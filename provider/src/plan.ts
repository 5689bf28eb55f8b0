import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { AdvancedBackupSetting, Finding, Schedule, Waiver } from '@holdfast/model';
import { Aspects, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { declarePlan, findingsOfPlan, PlanDeclaration } from './private/declarations';
import { declaredPlan, vaultsOf } from './private/declare-plan';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPlan } from './private/render-plan';
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
 * Properties of a `Plan`.
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
   * Options for single services beside `windowsVss`. Version 5 of the AWS provider takes `EC2` alone.
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
 * A backup plan, made here or elsewhere.
 */
export interface IPlan {
  /**
   * Id of the plan.
   */
  readonly backupPlanId: string;
}

const NO_SELECTION = 'plan-no-selection';

/**
 * A backup plan that says all that it does.
 *
 * Schedule, time zone and both windows of each rule are always written out, with AWS's own defaults where the author says
 * nothing: the AWS provider's are others. Rules are held against the locks of the vaults that they back up and copy to.
 */
export class Plan extends Construct implements IPlan {
  /**
   * A plan that is not of this app.
   *
   * @param backupPlanId id of the plan
   */
  public static fromBackupPlanId(backupPlanId: string): IPlan {
    return { backupPlanId };
  }

  /**
   * The plan.
   */
  public readonly backupPlan: BackupPlan;

  /**
   * Id of the plan.
   */
  public readonly backupPlanId: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it, with every finding at once
   */
  constructor(scope: Construct, id: string, props: PlanProps) {
    super(scope, id);
    const { waivers = [], provider } = props;
    const plan = declaredPlan(this, props);
    const vaults = vaultsOf(props, plan.env);
    const said = new Set<string>();
    const findings = findingsOfPlan({ vaults, plans: [plan] }, said, this.node.path);
    refuse(
      this,
      findings.filter((finding) => finding.rule !== NO_SELECTION),
      waivers,
    );

    this.backupPlan = new BackupPlan(this, 'Resource', renderPlan(plan, props));
    annotateTemplate(this.backupPlan, waivers);
    this.backupPlanId = this.backupPlan.id;

    const declaration = { plan, vaults, selections: [], resources: [], waivers, said, provider };
    declarePlan(this, declaration);
    this.warnAtSynthesis(declaration, findings);
  }

  /**
   * ARN of the plan.
   */
  public get backupPlanArn(): string {
    return this.backupPlan.arn;
  }

  /**
   * Adds a selection of resources to the plan.
   *
   * @param id construct id, within the plan
   * @param options what to select
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it, with every finding at once
   */
  public addSelection(id: string, options: SelectionOptions): Selection {
    return new Selection(this, id, { ...options, plan: this });
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
