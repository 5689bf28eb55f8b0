import { Environment } from './environment';
import { Estate } from './estate';
import { Finding } from './finding';
import { BackupPlan } from './plan';
import { found } from './private/found';
import { RESOURCE } from './private/tables/plan';
import { RegionSettings } from './region-settings';
import { StatefulResource } from './resource';
import { SelectionReason, SelectionVerdict } from './selection-verdict';
import { Selector } from './selector';

/**
 * One resource and what protects it.
 */
export interface ResourceCoverage {
  /**
   * ARN of the resource.
   */
  readonly resourceArn: string;

  /**
   * AWS Backup's word for the type, e.g. `DynamoDB`.
   */
  readonly resourceType: string;

  /**
   * Where the resource is declared.
   *
   * @default - the ARN
   */
  readonly declaredAt?: string;

  /**
   * Names of the plans that select it, in the order of their declaration; empty when none does.
   */
  readonly plans: string[];

  /**
   * Why no plan does.
   *
   * @default - a plan does
   */
  readonly reason?: string;
}

/**
 * Which plans protect which resource, or why none does (Source B3.1 to B3.3, as `Selector` has them).
 */
export class Coverage {
  /**
   * The coverage of every resource of an estate, in the order of the declarations.
   *
   * @param estate everything that was declared; its values must be known
   */
  public static rows(estate: Estate): ResourceCoverage[] {
    const resources = estate.resources ?? [];
    const plans = estate.plans ?? [];
    const plansOf = new Map<string, string[]>();
    const missesOf = new Map<string, Miss>();
    for (const plan of plans) {
      evaluatePlan(plan, inEnv(resources, plan.env), settingsOf(estate, plan.env), plansOf, missesOf);
    }
    return resources.map((resource) => {
      const protectedBy = plansOf.get(keyOf(resource)) ?? [];
      const { arn: resourceArn, resourceType, declaredAt } = resource;
      const row = { resourceArn, resourceType, declaredAt, plans: protectedBy };
      return protectedBy.length > 0 ? row : { ...row, reason: whyNot(resource, plans, missesOf.get(keyOf(resource))) };
    });
  }

  /**
   * A finding for each resource that no plan protects. Never throws.
   *
   * @param estate everything that was declared; its values must be known
   */
  public static check(estate: Estate): Finding[] {
    return Coverage.rows(estate).flatMap((row) =>
      row.reason === undefined
        ? []
        : found(RESOURCE.unprotected, row.declaredAt ?? row.resourceArn, `none: ${row.reason}`),
    );
  }

  private constructor() {}
}

/** Stands for the name of a plan or selection that has none; the rules say that it is missing. */
const NAMELESS = '(no name)';

/** How near a selection came to taking a resource, the nearest last. */
const NEARNESS: readonly SelectionReason[] = [
  SelectionReason.NOT_CANDIDATE,
  SelectionReason.NOT_SUPPORTED,
  SelectionReason.NOT_RESOURCES,
  SelectionReason.CONDITION,
  SelectionReason.OPTED_OUT,
  SelectionReason.RESTORE_TEST_LEFTOVER,
];

/** One selection's word on one resource. */
interface Miss {
  readonly plan: string;
  readonly selection: string;
  readonly verdict: SelectionVerdict;
}

function evaluatePlan(
  plan: BackupPlan,
  resources: StatefulResource[],
  settings: RegionSettings | undefined,
  plansOf: Map<string, string[]>,
  missesOf: Map<string, Miss>,
): void {
  const name = plan.backupPlanName ?? NAMELESS;
  const selected = new Set<string>();
  const byArn = new Map(resources.map((resource) => [resource.arn, resource]));
  for (const selection of plan.selections ?? []) {
    for (const verdict of Selector.evaluate(selection, resources, settings)) {
      const resource = byArn.get(verdict.resourceArn);
      if (resource === undefined) {
        continue;
      }
      const key = keyOf(resource);
      if (verdict.selected) {
        selected.add(key);
      } else {
        keepNearest(missesOf, key, { plan: name, selection: selection.selectionName ?? NAMELESS, verdict });
      }
    }
  }
  for (const key of selected) {
    plansOf.set(key, [...(plansOf.get(key) ?? []), name]);
  }
}

function keepNearest(missesOf: Map<string, Miss>, key: string, miss: Miss): void {
  const known = missesOf.get(key);
  if (known === undefined || NEARNESS.indexOf(miss.verdict.reason) > NEARNESS.indexOf(known.verdict.reason)) {
    missesOf.set(key, miss);
  }
}

function whyNot(resource: StatefulResource, plans: readonly BackupPlan[], miss: Miss | undefined): string {
  const { account, region } = resource.env;
  if (plans.length === 0) {
    return 'there is no plan';
  }
  const here = plans.filter((plan) => sameEnv(plan.env, resource.env));
  if (here.length === 0) {
    return `no plan is in account ${account}, Region ${region}`;
  }
  if (miss === undefined) {
    return `no plan in account ${account}, Region ${region} has a selection`;
  }
  if (miss.verdict.reason === SelectionReason.NOT_CANDIDATE) {
    return 'no selection names its ARN or one of its tags';
  }
  return `selection ${miss.selection} of plan ${miss.plan}: ${miss.verdict.detail}`;
}

function keyOf(resource: StatefulResource): string {
  return `${envKey(resource.env)}\u0000${resource.arn}`;
}

function inEnv(resources: readonly StatefulResource[], env: Environment): StatefulResource[] {
  return resources.filter((resource) => sameEnv(resource.env, env));
}

function settingsOf(estate: Estate, env: Environment): RegionSettings | undefined {
  return (estate.regionSettings ?? []).find((settings) => sameEnv(settings.env, env));
}

function sameEnv(a: Environment, b: Environment): boolean {
  return envKey(a) === envKey(b);
}

function envKey(env: Environment): string {
  return `${env.partition}\u0000${env.account}\u0000${env.region}`;
}
