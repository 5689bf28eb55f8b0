import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { AdvancedBackupSetting, Finding, Waiver } from '@holdfast/model';
import { Aspects, TerraformProvider } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { withCopyVaults } from './private/copy-places';
import { declarePlan, estateOf, findingsOfPlan, PlanDeclaration } from './private/declarations';
import { declaredPlan, vaultsOf } from './private/declare-plan';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPlan } from './private/render-plan';
import { PlanRuleProps } from './plan-rule';
import { Selection, SelectionOptions } from './selection';
import { SelectionResource } from './selection-resource';

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

  private protections = 0;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it, with every finding at once
   */
  constructor(scope: Construct, id: string, props: PlanProps) {
    super(scope, id);
    const placed = withCopyVaults(this, props);
    const { waivers = [], provider } = props;
    const plan = declaredPlan(this, placed);
    const vaults = vaultsOf(placed, plan.env);
    const said = new Set<string>();
    const findings = findingsOfPlan({ ...estateOf(vaults), plans: [plan] }, said, this.node.path);
    refuse(
      this,
      findings.filter((finding) => finding.rule !== NO_SELECTION),
      waivers,
    );

    this.backupPlan = new BackupPlan(this, 'Resource', renderPlan(plan, placed));
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

  /**
   * Has everything at and below these constructs backed up that AWS Backup can back up.
   *
   * The selections are named `protected`, `protected-2` and so on, and have the ids `Protected`, `Protected2`; with
   * `addSelection` you choose both. Resources over the limits of one selection are dealt out to several.
   *
   * @param constructs resources, or constructs around some
   * @throws ValidationError when AWS Backup backs nothing up in one of them, or would fail on what is declared
   */
  public protect(...constructs: IConstruct[]): Selection {
    this.protections += 1;
    const [id, name] = this.protections === 1 ? ['', ''] : [`${this.protections}`, `-${this.protections}`];
    return this.addSelection(`Protected${id}`, {
      selectionName: `protected${name}`,
      resources: constructs.map((construct) => SelectionResource.fromConstruct(construct)),
    });
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
