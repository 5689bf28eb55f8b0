import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import {
  AdvancedBackupSetting,
  BackupPlan as BackupPlanDeclaration,
  Finding,
  ManagedPolicies,
  Waiver,
} from '@holdfast/model';
import { Aspects, TerraformProvider } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ContinuousRouting } from './continuous-routing';
import { withCopyVaults } from './private/copy-places';
import { declarePlan, estateOf, findingsOfPlan, PlanDeclaration } from './private/declarations';
import { declaredPlan, vaultsOf } from './private/declare-plan';
import { partitionOf } from './private/place';
import { checkPlanVersion } from './private/plan-version';
import { annotateTemplate, refuse } from './private/refuse';
import { renderNewer, renderPlan } from './private/render-plan';
import { routeContinuous } from './private/route-continuous';
import { scannerRole, ServiceRole } from './private/service-role';
import { PlanRuleProps } from './plan-rule';
import { PlanScanSettingsProps } from './plan-scan-settings';
import { Selection, SelectionOptions } from './selection';
import { SelectionResource } from './selection-resource';
import { IVault } from './vault';

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
   * Whether backups of buckets hold the access control lists of objects. Refused up to version 6.66.0 of the AWS provider.
   *
   * @default - not said, which leaves it to AWS Backup
   */
  readonly s3BackupAcls?: boolean;

  /**
   * Whether backups of buckets hold the tags of objects. Refused up to version 6.66.0 of the AWS provider.
   *
   * @default - not said, which leaves it to AWS Backup
   */
  readonly s3BackupObjectTags?: boolean;

  /**
   * Options for single services beside those. Up to version 6.66.0 the AWS provider takes `EC2` alone.
   *
   * @default - none
   */
  readonly advancedBackupSettings?: AdvancedBackupSetting[];

  /**
   * What GuardDuty scans for malware after the backups of rules with a `scanAction`. Needs version 6.25.0 of the AWS
   * provider.
   *
   * @default - all that can be scanned, with a role of its own, where a rule has a scan action; else nothing
   */
  readonly scanSettings?: PlanScanSettingsProps;

  /**
   * Where continuous rules go whose vault keeps longer than they do.
   *
   * @default - nowhere: they are refused
   */
  readonly continuousRouting?: ContinuousRouting;

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
   * The vault to which `continuousRouting` sent a rule; undefined where every rule stayed.
   */
  public readonly continuousVault?: IVault;

  /**
   * The role made for the scanner; none where nothing is scanned, or `scannerRoleArn` was given.
   */
  public readonly scannerRole?: IamRole;

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
    const routed = routeContinuous(this, placed, declaredPlan(this, placed));
    this.continuousVault = routed.continuousVault;
    const whole = routed.props;
    const plan = declaredPlan(this, whole);
    const vaults = vaultsOf(this, whole, plan.env);
    const said = new Set<string>();
    const findings = findingsOfPlan({ ...estateOf(vaults), plans: [plan] }, said, this.node.path);
    refuse(
      this,
      [...checkPlanVersion(this, plan, whole), ...findings.filter((finding) => finding.rule !== NO_SELECTION)],
      waivers,
    );

    const scanner = this.ownScannerRole(plan, whole);
    this.scannerRole = scanner?.role;
    this.backupPlan = new BackupPlan(this, 'Resource', { ...renderPlan(plan, whole), dependsOn: scanner?.policies });
    renderNewer(this.backupPlan, plan, whole, this.scannerRole?.arn);
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

  private ownScannerRole(plan: BackupPlanDeclaration, props: PlanProps): ServiceRole | undefined {
    if (plan.scanSettings === undefined || props.scanSettings?.scannerRoleArn !== undefined) {
      return undefined;
    }
    return scannerRole(this, 'ScannerRole', {
      description: `GuardDuty assumes it to scan recovery points of the plan ${props.backupPlanName}`,
      managedPolicyArns: [ManagedPolicies.forScanner(partitionOf(this, props.provider))],
      provider: props.provider,
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
