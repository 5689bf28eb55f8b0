/**
 * Which plans protect which resource, or why none does.
 *
 * Pure: declarations in, one row a resource out, in the order of the declarations.
 * Source   design.md section 2, `check`; the algorithm of selections is the model's (B3.1 to B3.3).
 */
import {
  BackupPlan,
  Environment,
  Estate,
  RegionSettings,
  SelectionReason,
  SelectionVerdict,
  Selector,
  StatefulResource,
} from '@holdfast/model';
import { NAMELESS } from './nameless';

/** One resource and what protects it. */
export interface Coverage {
  /** ARN. */
  readonly resource: string;
  /** AWS Backup's word for the type. */
  readonly type: string;
  /** Names of the plans that select it, in the order of their declaration. */
  readonly plans: readonly string[];
  /** Why no plan does. */
  readonly reason?: string;
}

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

/** The coverage of every resource of an estate. */
export function coverageOf(estate: Estate): Coverage[] {
  const resources = estate.resources ?? [];
  const plans = estate.plans ?? [];
  const plansOf = new Map<string, string[]>();
  const missesOf = new Map<string, Miss>();
  for (const plan of plans) {
    evaluatePlan(plan, inEnv(resources, plan.env), settingsOf(estate, plan.env), plansOf, missesOf);
  }
  return resources.map((resource) => {
    const protectedBy = plansOf.get(keyOf(resource)) ?? [];
    const row = { resource: resource.arn, type: resource.resourceType, plans: protectedBy };
    return protectedBy.length > 0 ? row : { ...row, reason: whyNot(resource, plans, missesOf.get(keyOf(resource))) };
  });
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
