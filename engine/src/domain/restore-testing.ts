/**
 * Which recovery points a run of a restore testing plan restores.
 *
 * Pure: reads a ledger, changes nothing. What is drawn is keyed by names and by the instant of the run.
 * Units    `…At` are Instants.
 * Source   B9.3/1 to B9.3/3; B9.1/1, B9.1/2 for what a plan says.
 * Spec     restore-testing.md
 */
import {
  RestoreTestingAlgorithm,
  RestoreTestingConditions,
  RestoreTestingDefaults,
  RestoreTestingPlanRules,
  RestoreTestingPoints,
  RestoreTestingPointType,
} from '@holdfast/model';
import { floatAt, intAt, wordAt } from '../kernel/columns';
import { sortedBy } from '../kernel/order';
import { DAY, Instant } from '../kernel/instant';
import { below, finish, mix, mixInstant, seeded } from '../kernel/prng';
import { restorableUntil } from './continuous';
import type { Ledger } from './ledger';
import { CONTINUOUS, EXPIRED_POINT, TEMPORARY } from './recovery-points';
import type { TestingPlan, TestingSelection } from './restore-testing-plans';
import type { Resource } from './protected-resources';
import { tagsOfPoint } from './tags';
import type { Vault } from './vaults';

/** Before the key of a tag in a condition (Source B9.2/2). */
const RESOURCE_TAG = 'aws:ResourceTag/';

/** What the draws of one test are for. */
export const DRAW_POINT = 1;
export const DRAW_BEGIN = 2;
export const DRAW_METADATA = 3;

export interface Tested {
  readonly resource: Resource;
  /** Row of the point. */
  readonly row: number;
}

/** A word for one purpose of one test of one run. */
export function drawOf(ledger: Ledger, plan: TestingPlan, arnName: number, at_: Instant, purpose: number): number {
  const { low } = ledger.names;
  const keyed = mix(mix(mix(seeded(ledger.seed), wordAt(low, plan.arnName)), wordAt(low, arnName)), purpose);
  return finish(mixInstant(keyed, at_));
}

/** The points that a selection restores in a run at `now`, by ARN of the resource. */
export function pointsToTest(ledger: Ledger, plan: TestingPlan, selection: TestingSelection): Tested[] {
  const held = pointsByResource(ledger, plan.place, selection);
  const points = plan.declaration.recoveryPointSelection;
  const tested: Tested[] = [];
  for (const [resource, rows] of held) {
    const latest = rows.at(-1) ?? -1;
    if (meets(tagsOfPoint(ledger, latest), selection.declaration.protectedResourceConditions)) {
      const eligible = rows.filter((row) => isEligible(ledger, row, points));
      const row = chosen(ledger, plan, resource, eligible);
      if (row !== undefined) {
        tested.push({ resource, row });
      }
    }
  }
  return sortedBy(tested, ({ resource }) => resource.arn);
}

/** The points in the vaults of an account and Region, by resource of the selection; oldest first. */
function pointsByResource(ledger: Ledger, place: number, selection: TestingSelection): Map<Resource, number[]> {
  const { series, points } = ledger;
  const { protectedResourceType, protectedResourceArns } = selection.declaration;
  const named = protectedResourceArns === undefined || protectedResourceArns.includes('*');
  const held = new Map<Resource, number[]>();
  for (let number = 0; number < series.count; number++) {
    const resource = ledger.resourceOf(number);
    if (
      ledger.vaultOf(number).place === place &&
      resource.declaration.resourceType === protectedResourceType &&
      (named || protectedResourceArns.includes(resource.arn))
    ) {
      const rows = points.rowsOf(number);
      if (rows.length > 0) {
        held.set(resource, [...(held.get(resource) ?? []), ...rows]);
      }
    }
  }
  for (const rows of held.values()) {
    rows.sort((a, b) => byCreation(ledger, a, b));
  }
  return held;
}

/** By creation; of points of one instant, by vault and origin, so that it does not matter which was made first. */
function byCreation(ledger: Ledger, a: number, b: number): number {
  const { points, names, origins } = ledger;
  const key = (row: number) =>
    `${vaultOf(ledger, row).arn} ${names.text(origins.find(intAt(points.origins, row)).name)}`;
  return floatAt(points.createdAts, a) - floatAt(points.createdAts, b) || (key(a) < key(b) ? -1 : 1);
}

function vaultOf(ledger: Ledger, row: number): Vault {
  return ledger.vaultOf(intAt(ledger.points.series, row));
}

/** All conditions hold (Source B9.2/2); a tag that is absent is not equal to anything. */
export function meets(
  tags: Readonly<Record<string, string>>,
  conditions: RestoreTestingConditions | undefined,
): boolean {
  const holds = ({ key, value }: { readonly key: string; readonly value: string }) =>
    key.startsWith(RESOURCE_TAG) && tags[key.slice(RESOURCE_TAG.length)] === value;
  const { stringEquals = [], stringNotEquals = [] } = conditions ?? {};
  return stringEquals.every(holds) && !stringNotEquals.some(holds);
}

function isEligible(ledger: Ledger, row: number, selected: RestoreTestingPoints): boolean {
  const { points, now } = ledger;
  const continuous = points.has(row, CONTINUOUS);
  const type = continuous ? RestoreTestingPointType.CONTINUOUS : RestoreTestingPointType.SNAPSHOT;
  const days = selected.selectionWindowDays ?? RestoreTestingDefaults.SELECTION_WINDOW_DAYS;
  return (
    selected.recoveryPointTypes.includes(type) &&
    !points.has(row, EXPIRED_POINT) &&
    !points.has(row, TEMPORARY) &&
    // Assumed: a continuous point is as old as what it restores, whenever it was first made.
    (continuous ? restorableUntil(ledger, row) : floatAt(points.createdAts, row)) >= now - days * DAY &&
    RestoreTestingPlanRules.takesFrom(selected, vaultOf(ledger, row).arn)
  );
}

/** One of the points, oldest first; none of none (Source B9.3/3). */
function chosen(ledger: Ledger, plan: TestingPlan, resource: Resource, rows: readonly number[]): number | undefined {
  const { algorithm } = plan.declaration.recoveryPointSelection;
  const { arnName } = resource;
  const latest = algorithm === RestoreTestingAlgorithm.LATEST_WITHIN_WINDOW;
  return latest ? rows.at(-1) : rows[below(drawOf(ledger, plan, arnName, ledger.now, DRAW_POINT), rows.length)];
}
