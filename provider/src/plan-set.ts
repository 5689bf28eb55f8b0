import {
  AdvancedBackupSetting,
  PlanSetDeclaration,
  PlanSetPart,
  PlanSetRules,
  PlanSets,
  SelectionParts,
  TagCondition,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ContinuousRouting } from './continuous-routing';
import { Plan } from './plan';
import { PlanRuleProps } from './plan-rule';
import { PlanScanSettingsProps } from './plan-scan-settings';
import { partitionOf } from './private/place';
import { refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { Selection } from './selection';
import { SelectionResource } from './selection-resource';

/**
 * Services of a tier that are backed up by other rules.
 */
export interface PlanSetOverrideProps {
  /**
   * Name of the override, 1 to 50 letters, digits, dots, `-` and `_`; its plan's name ends in it.
   */
  readonly overrideName: string;

  /**
   * Ids of the services, as `ServiceSupport` has them, e.g. `rds`. Services whose ARNs have the same shape (all clusters of
   * RDS, Aurora, DocumentDB and Neptune, all file systems of FSx) belong into one override.
   */
  readonly services: string[];

  /**
   * The rules, 1 to 10, in place of those of the tier.
   */
  readonly rules: PlanRuleProps[];
}

/**
 * A tier: the resources with one value of the tag, and the rules that back them up.
 */
export interface PlanTierProps {
  /**
   * Name of the tier, 1 to 50 letters, digits, dots, `-` and `_`; its plan's name ends in it.
   */
  readonly tierName: string;

  /**
   * The rules, 1 to 10.
   */
  readonly rules: PlanRuleProps[];

  /**
   * Value of the tag that puts a resource into the tier.
   *
   * @default - the name of the tier
   */
  readonly tagValue?: string;

  /**
   * Services that are backed up by other rules.
   *
   * @default - none
   */
  readonly overrides?: PlanSetOverrideProps[];
}

/**
 * Properties of a `PlanSet`.
 */
export interface PlanSetProps {
  /**
   * Name of the set; the names of its plans begin with it.
   */
  readonly planSetName: string;

  /**
   * The tiers, at least 1.
   */
  readonly tiers: PlanTierProps[];

  /**
   * Key of the tag whose value names the tier of a resource.
   *
   * @default 'backup'
   */
  readonly tagKey?: string;

  /**
   * ARN of the role that AWS Backup assumes for all of them; used as it is, no policy is added.
   *
   * @default - each selection has a role of its own
   */
  readonly roleArn?: string;

  /**
   * ARN of the policy with the most that the roles of the selections may ever be allowed.
   *
   * @default - no boundary
   */
  readonly permissionsBoundaryArn?: string;

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
   * What is scanned for malware, in the plans that have a rule with a scan action.
   *
   * @default - all that can be scanned, with a role of its own for each such plan
   */
  readonly scanSettings?: PlanScanSettingsProps;

  /**
   * Where continuous rules go whose vault does not take them.
   *
   * @default - nowhere: they are refused
   */
  readonly continuousRouting?: ContinuousRouting;

  /**
   * Tags of each plan.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted in each plan and selection, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
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

/** Id of the selection by tag within each plan. */
const TAGGED = 'Tagged';

/**
 * Many plans from one declaration: one for each tier, and one for each override of a tier.
 *
 * A resource joins a tier by its tag. The plan of a tier backs up whatever has the tag's value, but for the services of its
 * overrides; those are backed up by plans of their own, under the same tag.
 */
export class PlanSet extends Construct {
  /**
   * The plans: tiers in their order, each followed by its overrides.
   */
  public readonly plans: Plan[] = [];

  private readonly declared: PlanSetDeclaration;
  private readonly parts: PlanSetPart[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it; the set, each plan and each
   * selection speak for themselves
   */
  constructor(scope: Construct, id: string, props: PlanSetProps) {
    super(scope, id);
    this.declared = declaredSet(props);
    refuse(this, PlanSetRules.check(this.declared, '', SYNTH), props.waivers);
    this.parts = PlanSets.parts(this.declared, this.partition(props));
    for (const part of this.parts) {
      this.plans.push(this.planOf(part, props));
    }
  }

  /**
   * The plan of a tier, or of an override of it.
   *
   * @param tierName name of the tier
   * @param overrideName name of the override; none for the plan of the tier itself
   * @throws ValidationError when the set has no such tier or override
   */
  public find(tierName: string, overrideName?: string): Plan {
    refuse(this, PlanSetRules.checkTier(this.declared, tierName, overrideName));
    const found = this.parts.findIndex((it) => it.tierName === tierName && it.overrideName === overrideName);
    return this.plans[found]!;
  }

  /**
   * Has constructs backed up by the plan of a tier, whatever their tags.
   *
   * @param tierName name of the tier
   * @param constructs resources, or constructs around some
   * @throws ValidationError when the set has no such tier, or AWS Backup backs nothing up in one of the constructs
   */
  public protect(tierName: string, ...constructs: IConstruct[]): Selection {
    return this.find(tierName).protect(...constructs);
  }

  /** ARNs stand in the selections of overrides alone; without one, nothing is to be asked of Terraform. */
  private partition({ tiers, provider }: PlanSetProps): string {
    return tiers.some(({ overrides = [] }) => overrides.length > 0) ? partitionOf(this, provider) : 'aws';
  }

  private planOf(part: PlanSetPart, props: PlanSetProps): Plan {
    const { tierName, overrideName } = part;
    const rules = rulesOf(part, props);
    const scanned = rules.some(({ scanAction }) => scanAction !== undefined);
    const plan = new Plan(this, overrideName === undefined ? tierName : `${tierName}-${overrideName}`, {
      backupPlanName: part.backupPlanName,
      rules,
      windowsVss: props.windowsVss,
      s3BackupAcls: props.s3BackupAcls,
      s3BackupObjectTags: props.s3BackupObjectTags,
      advancedBackupSettings: props.advancedBackupSettings,
      scanSettings: scanned ? props.scanSettings : undefined,
      continuousRouting: props.continuousRouting,
      tags: props.tags,
      waivers: props.waivers,
      provider: props.provider,
    });
    plan.addSelection(TAGGED, {
      selectionName: part.selectionName,
      resources: part.resources?.map(SelectionResource.fromArn),
      notResources: part.notResources?.map(SelectionResource.fromArn),
      tags: tagsOf(part.listOfTags, ''),
      conditions: part.conditions && {
        stringEquals: tagsOf(part.conditions.stringEquals, SelectionParts.RESOURCE_TAG),
      },
      roleArn: props.roleArn,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
      waivers: props.waivers,
    });
    return plan;
  }
}

function declaredSet(props: PlanSetProps): PlanSetDeclaration {
  return {
    planSetName: props.planSetName,
    tagKey: props.tagKey ?? 'backup',
    tiers: props.tiers.map(({ tierName, tagValue, overrides }) => ({
      tierName,
      tagValue,
      overrides: overrides?.map(({ overrideName, services }) => ({ overrideName, services })),
    })),
  };
}

function rulesOf({ tierName, overrideName }: PlanSetPart, props: PlanSetProps): PlanRuleProps[] {
  const tier = props.tiers.find((it) => it.tierName === tierName);
  const override = tier?.overrides?.find((it) => it.overrideName === overrideName);
  return (override ?? tier)?.rules ?? [];
}

function tagsOf(tags: TagCondition[] | undefined, prefix: string): { [key: string]: string } | undefined {
  return tags && Object.fromEntries(tags.map((tag) => [tag.conditionKey.slice(prefix.length), tag.conditionValue]));
}
