import { AdvancedBackupSetting, Finding, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Aspects } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { withCopyVaults } from './private/copy-places';
import { declarePlan, judgePlan, PlanDeclaration } from './private/declarations';
import { declaredPlan, vaultsOf } from './private/declare-plan';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPlan } from './private/render-plan';
import { PlanRuleProps } from './plan-rule';
import { Selection, SelectionOptions } from './selection';

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
    const whole = withCopyVaults(this, props);
    const [plan, vaults] = [declaredPlan(this, whole), vaultsOf(whole)];
    const { all, news } = judgePlan({ vaults, plans: [plan] }, this.node.path);
    refuse(
      this,
      news.filter((finding) => finding.rule !== NO_SELECTION),
      waivers,
    );

    const resource = new backup.CfnBackupPlan(this, 'Resource', renderPlan(this, plan, whole));
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
