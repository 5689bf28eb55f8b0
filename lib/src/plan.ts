import { AdvancedBackupSetting, Finding, ManagedPolicies, ScanSetting, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Aspects } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, IConstruct } from 'constructs';
import { ContinuousRouting } from './continuous-routing';
import { withCopyVaults } from './private/copy-places';
import { declarePlan, estateOf, judgePlan, PlanDeclaration } from './private/declarations';
import { declaredPlan, vaultsOf } from './private/declare-plan';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPlan } from './private/render-plan';
import { routeContinuous } from './private/route-continuous';
import { scannerRole } from './private/service-role';
import { PlanRuleProps } from './plan-rule';
import { PlanScanSettingsProps } from './plan-scan-settings';
import { Selection, SelectionOptions } from './selection';
import { SelectionResource } from './selection-resource';

/**
 * What can be said of a `Plan` beside its name and rules.
 */
export interface PlanOptions {
  /**
   * Application-consistent backups of Windows instances on EC2 by VSS.
   *
   * @default - not said, which is no
   */
  readonly windowsVss?: boolean;

  /**
   * Whether backups of buckets hold the access control lists of objects.
   *
   * @default - not said, which leaves it to AWS Backup
   */
  readonly s3BackupAcls?: boolean;

  /**
   * Whether backups of buckets hold the tags of objects.
   *
   * @default - not said, which leaves it to AWS Backup
   */
  readonly s3BackupObjectTags?: boolean;

  /**
   * Options for single services beside those.
   *
   * @default - none
   */
  readonly advancedBackupSettings?: AdvancedBackupSetting[];

  /**
   * What GuardDuty scans for malware after the backups of rules with a `scanAction`.
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
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * Properties of a `Plan`.
 */
export interface PlanProps extends PlanOptions {
  /**
   * Name of the plan, 1 to 50 letters, digits, dots, `-` and `_`.
   */
  readonly backupPlanName: string;

  /**
   * The rules, 1 to 10.
   */
  readonly rules: PlanRuleProps[];
}

/** Asked at synthesis, as selections come after the plan. */
const NO_SELECTION = 'plan-no-selection';

/**
 * A backup plan that is checked before it deploys and leaves nothing to AWS's defaults.
 *
 * Schedule, time zone and both windows are always written out. Rules and copies are held against the locks of the vaults
 * that they name, as far as `Vault` made them.
 */
@propertyInjectable
export class Plan extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.Plan';

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
   * The vault to which `continuousRouting` sent a rule; undefined where every rule stayed.
   */
  public readonly continuousVault?: backup.IBackupVault;

  private protections = 0;
  private mixins = 0;

  /** What mixins were applied to, and what of it is in no selection yet. */
  private readonly mixedIn = new Set<IConstruct>();
  private readonly pending: IConstruct[] = [];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it, with every finding at once
   */
  constructor(scope: Construct, id: string, props: PlanProps) {
    super(scope, id);
    const { waivers = [] } = props;
    const routed = routeContinuous(this, props);
    this.continuousVault = routed.continuousVault;
    const whole = withCopyVaults(this, routed.props);
    const [plan, vaults] = [declaredPlan(this, whole), vaultsOf(this, whole)];
    const { all, news } = judgePlan({ ...estateOf(vaults), plans: [plan] }, this.node.path);
    refuse(
      this,
      news.filter((finding) => finding.rule !== NO_SELECTION),
      waivers,
    );

    const rendered = { ...plan, scanSettings: plan.scanSettings?.map((it) => this.withScannerRole(it, props)) };
    const resource = new backup.CfnBackupPlan(this, 'Resource', renderPlan(this, rendered, whole));
    annotateTemplate(resource, waivers);
    this.backupPlanId = resource.attrBackupPlanId;
    this.backupPlanArn = resource.attrBackupPlanArn;
    this.backupPlan = backup.BackupPlan.fromBackupPlanId(this, 'Imported', this.backupPlanId);

    const declaration = { plan, vaults, selections: [], resources: [], waivers, found: all };
    declarePlan(this.backupPlan, declaration);
    this.completeAtSynthesis(declaration, news);
    this.node.addValidation({ validate: () => this.mixedInLate() });
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

  /**
   * Has everything at and below these constructs backed up that AWS Backup can back up.
   *
   * The selections are named `protected`, `protected-2` and so on, and have the ids `Protected`, `Protected2`; with
   * `addSelection` you choose both. Resources over the limits of one selection are dealt out to several.
   *
   * @param constructs L1s, L2s, or constructs around some
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

  /**
   * Adds a resource to the selection that is made of all of them at synthesis.
   *
   * @internal
   */
  public _protectLater(resource: IConstruct): void {
    if (!this.mixedIn.has(resource)) {
      this.mixedIn.add(resource);
      this.pending.push(resource);
    }
  }

  /** One selection of what mixins were applied to since the last. */
  private selectMixedIn(): void {
    if (this.pending.length > 0) {
      this.mixins += 1;
      const [id, name] = this.mixins === 1 ? ['', ''] : [`${this.mixins}`, `-${this.mixins}`];
      const resources = this.pending.splice(0).map((resource) => SelectionResource.fromConstruct(resource));
      this.addSelection(`ProtectedByMixin${id}`, { selectionName: `protected-by-mixin${name}`, resources });
    }
  }

  /** Resources that a mixin reached only when the selection was made, each as a message. */
  private mixedInLate(): string[] {
    return this.pending.map(
      ({ node }) => `must get mixins before the synthesis, got one for ${node.path} during it: apply it by Mixins.of`,
    );
  }

  private withScannerRole(setting: ScanSetting, props: PlanProps): ScanSetting {
    const role =
      props.scanSettings?.scannerRole ??
      scannerRole(this, 'ScannerRole', {
        description: `GuardDuty assumes it to scan recovery points of the plan ${props.backupPlanName}`,
        managedPolicyArns: [ManagedPolicies.forScanner()],
      });
    return { ...setting, scannerRoleArn: role.roleArn };
  }

  /** Mixins are applied, and a plan that never gets a selection backs nothing up: known only when the whole app is. */
  private completeAtSynthesis(declaration: PlanDeclaration, findings: Finding[]): void {
    const noSelection = findings.filter((finding) => finding.rule === NO_SELECTION);
    Aspects.of(this).add({
      visit: (node) => {
        if (node !== this) {
          return;
        }
        this.selectMixedIn();
        if (declaration.selections.length === 0) {
          refuse(this, noSelection, declaration.waivers);
        }
      },
    });
  }
}
