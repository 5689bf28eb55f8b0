import { Finding, IValueProbe } from './finding';
import { TOKEN_NAME } from './private/arns';
import { at, found } from './private/found';
import { checkLength, checkName, duplicates } from './private/names';
import { lengthOf, members, readable, shown } from './private/reading';
import { PLAN_SET as RULES } from './private/tables/plan-set';
import { SelectionConditions, TagCondition } from './selection';
import { ServiceSupport } from './support/service-support';

/**
 * Services of a tier that have a plan of their own.
 */
export interface PlanSetOverride {
  /**
   * Name of the override; the plan's name ends in it.
   */
  readonly overrideName: string;

  /**
   * Ids of the services, as `ServiceSupport` has them, e.g. `rds`.
   */
  readonly services: string[];
}

/**
 * A tier: resources with one value of the tag, and the plans that back them up.
 */
export interface PlanSetTier {
  /**
   * Name of the tier; the plan's name ends in it.
   */
  readonly tierName: string;

  /**
   * Value of the tag that puts a resource into the tier.
   *
   * @default - the name of the tier
   */
  readonly tagValue?: string;

  /**
   * Services that have a plan of their own.
   *
   * @default - none
   */
  readonly overrides?: PlanSetOverride[];
}

/**
 * Many plans from one declaration: a plan for each tier, and one for each override of a tier.
 */
export interface PlanSetDeclaration {
  /**
   * Name of the set; the plans' names begin with it.
   */
  readonly planSetName: string;

  /**
   * Key of the tag whose value names the tier of a resource.
   */
  readonly tagKey: string;

  /**
   * The tiers, at least 1.
   */
  readonly tiers: PlanSetTier[];
}

/**
 * A plan of a set: its name, and what its selection takes.
 */
export interface PlanSetPart {
  /**
   * Name of the plan: set, tier and override, joined by `-`.
   */
  readonly backupPlanName: string;

  /**
   * Name of the selection.
   */
  readonly selectionName: string;

  /**
   * Name of the tier.
   */
  readonly tierName: string;

  /**
   * Name of the override.
   *
   * @default - the plan of the tier itself
   */
  readonly overrideName?: string;

  /**
   * ARNs that the selection takes.
   *
   * @default - none
   */
  readonly resources?: string[];

  /**
   * ARNs that it leaves out, as an override has them.
   *
   * @default - none
   */
  readonly notResources?: string[];

  /**
   * Tags that it takes.
   *
   * @default - none
   */
  readonly listOfTags?: TagCondition[];

  /**
   * Conditions that narrow `resources`.
   *
   * @default - none
   */
  readonly conditions?: SelectionConditions;
}

/**
 * The plans that a set comes to.
 */
export class PlanSets {
  /**
   * One part for each plan, tiers in their order, each followed by its overrides.
   *
   * The plan of a tier takes what has the tag, but for the services of its overrides; that of an override takes the
   * services' ARNs, narrowed to the tag by a condition, as tag and ARN together are OR (Source B3.1/3, B3.1/5).
   *
   * @param declaration the set
   * @param partition partition of the ARNs
   */
  public static parts(declaration: PlanSetDeclaration, partition: string): PlanSetPart[] {
    const { planSetName, tagKey } = declaration;
    return declaration.tiers.flatMap(({ tierName, tagValue = tierName, overrides = [] }): PlanSetPart[] => {
      const arns = (services: string[]): string[] => [
        ...new Set(services.map((id) => ServiceSupport.arnGlob(id, partition))),
      ];
      const left = arns(overrides.flatMap(({ services }) => services));
      const tier: PlanSetPart = {
        backupPlanName: `${planSetName}-${tierName}`,
        selectionName: tierName,
        tierName,
        listOfTags: [{ conditionKey: tagKey, conditionValue: tagValue }],
        ...(left.length > 0 && { notResources: left }),
      };
      const condition = { conditionKey: `aws:ResourceTag/${tagKey}`, conditionValue: tagValue };
      return [
        tier,
        ...overrides.map(({ overrideName, services }) => ({
          backupPlanName: `${planSetName}-${tierName}-${overrideName}`,
          selectionName: overrideName,
          tierName,
          overrideName,
          resources: arns(services),
          conditions: { stringEquals: [condition] },
        })),
      ];
    });
  }

  private constructor() {}
}

/**
 * What is wrong with a set before any plan is made of it; the rules of plans and selections speak of the rest.
 */
export class PlanSetRules {
  /**
   * What the rules find. Never throws.
   *
   * @param declaration the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(declaration: PlanSetDeclaration, path: string, probe: IValueProbe): Finding[] {
    if (!readable(declaration, probe)) {
      return [];
    }
    const { planSetName, tiers } = declaration;
    const findings = checkName(RULES.name, planSetName, TOKEN_NAME, at(path, 'planSetName'), probe);
    const tiersPath = at(path, 'tiers');
    findings.push(...checkLength(RULES.tiers, lengthOf(tiers, probe) ?? 1, 1, Infinity, tiersPath));
    const all = members(tiers, probe);
    for (const [index, tier] of all) {
      const tierPath = at(tiersPath, index);
      findings.push(...checkName(RULES.tierName, tier.tierName, TOKEN_NAME, at(tierPath, 'tierName'), probe));
      findings.push(...checkOverrides(tier, tierPath, probe));
    }
    for (const [[first], [index, tier]] of duplicates(all, ([, it]) => it.tierName)) {
      const given = `${shown(tier.tierName)} again, as in tiers[${first}]`;
      findings.push(found(RULES.tierNames, at(at(tiersPath, index), 'tierName'), given));
    }
    const values = all.filter(([, { tagValue }]) => readable(tagValue, probe) || tagValue === undefined);
    for (const [[first, one], [index, tier]] of duplicates(values, ([, it]) => it.tagValue ?? it.tierName)) {
      if (one.tierName !== tier.tierName) {
        const given = `${shown(tier.tagValue ?? tier.tierName)} again, as in tiers[${first}]`;
        findings.push(found(RULES.tierNames, at(at(tiersPath, index), 'tagValue'), given));
      }
    }
    return findings;
  }

  /**
   * Finds a tier, or an override of it, that the set does not have. Never throws.
   *
   * @param declaration the set
   * @param tierName name of the tier
   * @param overrideName name of the override; none for the tier itself
   */
  public static checkTier(declaration: PlanSetDeclaration, tierName: string, overrideName?: string): Finding[] {
    const tier = declaration.tiers.find((it) => it.tierName === tierName);
    if (tier === undefined) {
      return [found(RULES.tier, 'tierName', shown(tierName))];
    }
    const known = overrideName === undefined || tier.overrides?.some((it) => it.overrideName === overrideName);
    return known ? [] : [found(RULES.tier, 'overrideName', `${shown(overrideName)} of ${tierName}`)];
  }

  private constructor() {}
}

function checkOverrides(tier: PlanSetTier, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const overrides = members(tier.overrides, probe);
  const named: { id: string; path: string }[] = [];
  for (const [index, { overrideName, services }] of overrides) {
    const overridePath = at(at(path, 'overrides'), index);
    findings.push(...checkName(RULES.tierName, overrideName, TOKEN_NAME, at(overridePath, 'overrideName'), probe));
    const servicesPath = at(overridePath, 'services');
    findings.push(...checkLength(RULES.services, lengthOf(services, probe) ?? 1, 1, Infinity, servicesPath));
    for (const [place, id] of members(services, probe)) {
      named.push({ id, path: at(servicesPath, place) });
    }
    const ids = members(services, probe).map(([, id]) => id);
    const missing = [...new Set(ids.flatMap(alike))].filter((id) => !ids.includes(id));
    if (missing.length > 0) {
      const given = `${ids.join(', ')} without ${missing.join(', ')}`;
      findings.push(found(RULES.alike, servicesPath, given));
    }
  }
  for (const { id, path: idPath } of named) {
    if (ServiceSupport.tryFind(id) === undefined) {
      findings.push(found(RULES.service, idPath, shown(id)));
    }
  }
  for (const [first, second] of duplicates(named, ({ id }) => id)) {
    findings.push(found(RULES.serviceTwice, second.path, `${second.id}, as at ${first.path}`));
  }
  for (const [[first], [index, { overrideName }]] of duplicates(overrides, ([, it]) => it.overrideName)) {
    const given = `${shown(overrideName)} again, as in overrides[${first}]`;
    findings.push(found(RULES.tierNames, at(at(at(path, 'overrides'), index), 'overrideName'), given));
  }
  return findings;
}

/** Services whose resources the ARNs of this one take in, too. */
function alike(id: string): string[] {
  if (ServiceSupport.tryFind(id) === undefined) {
    return [];
  }
  const glob = ServiceSupport.arnGlob(id, 'aws');
  return ServiceSupport.all()
    .filter((service) => ServiceSupport.arnGlob(service.id, 'aws') === glob)
    .map((service) => service.id);
}
