/**
 * Matchers about what can be restored: how fresh, how far back, from where, and after what loss.
 *
 * Pure: reads a World.
 * Units    hours and days are 24-hour days; instants go in and out as ISO 8601.
 */
import type { StatefulResource } from '@holdfast/model';
import type { Fault } from '../../domain/fault';
import type { RecoveryPointView } from '../../domain/views';
import type { WorldState } from '../../domain/world-state';
import { DAY, HOUR, NEVER } from '../../kernel/instant';
import { dataOf, keyOfLife, livesOf, mishapsOf, PointLife, restorableLives } from '../../report/history';
import { worstAge, WorstAge } from '../../report/recovery-objective';
import { stateOf } from '../states';
import { isLost, isUnderUnusableKey, Loss, Lost, lossOf } from './loss';
import { days, hours, MatcherOutcome, mishapLines, nameOf, outcome, when } from './outcome';
import { above0, instantOf, isVault, placeOfArn, resourceOf } from './subject';

/** What `toMeetRpo` asks for. */
export interface RpoExpectation {
  /** ARN or name. */
  readonly resource: string;
  /** How old the newest restorable data may be at most, at any time. */
  readonly hours: number;
  /** From when on; the start of the World when not given. What was before counts as fresh. */
  readonly from?: string;
  /** Name or ARN of the one vault that counts; any when not given. */
  readonly vault?: string;
}

/** What `toKeepAtLeast` asks for: days back, a number of points, or both. */
export interface KeepExpectation {
  readonly resource: string;
  /** How far back a restore must reach. */
  readonly days?: number;
  /** How many recovery points there must be. */
  readonly points?: number;
  readonly vault?: string;
}

/** What `toHaveCopyIn` asks for. */
export interface CopyExpectation {
  readonly resource: string;
  readonly account?: string;
  readonly region?: string;
  /** Name or ARN. */
  readonly vault?: string;
  /** How old the newest copy may be at most. */
  readonly hours?: number;
}

/** Whom a loss is asked about. */
export interface SurvivalExpectation {
  /** ARN or name; every resource of the World when not given. */
  readonly resource?: string;
  /** How old what is left may be at most; any age when not given. */
  readonly hours?: number;
}

/** At every instant the newest restorable data of a resource was young enough. */
export function toMeetRpo(world: unknown, expected: RpoExpectation): MatcherOutcome {
  const state = stateOf(world);
  const resource = resourceOf(state, expected.resource);
  const limit = above0(expected.hours, 'hours') * HOUR;
  const from = expected.from === undefined ? state.start : instantOf(expected.from, 'from');
  const { vault } = expected;
  const lives = livesOf(state, resource.arn).filter(
    ({ backupVaultArn }) => vault === undefined || isVault(backupVaultArn, vault),
  );
  const worst = worstAge(restorableLives(state, resource.arn, lives), from, state.now);
  const within = vault === undefined ? '' : ` in vault ${nameOf(vault)}`;
  const asked = `${resource.name} has restorable data${within} at most ${expected.hours} h old from ${when(from)} to ${when(state.now)}`;
  const last = worst.backupVaultArn === undefined ? 'no recovery point' : `a point in ${nameOf(worst.backupVaultArn)}`;
  const found = `oldest: ${hours(worst.ageMs)} at ${when(worst.at)}, when a restore gave the state of ${when(worst.dataAt)} (${last})`;
  const mishaps = mishapsOf(state, resource.arn, worst.dataAt, worst.at);
  return outcome(worst.ageMs <= limit, asked, [
    found,
    ...keyLines(state, resource, lives, worst),
    ...mishapLines(mishaps),
  ]);
}

/** Which keys of points could not be used as the data grew old. */
function keyLines(
  state: WorldState,
  { arn }: StatefulResource,
  lives: readonly PointLife[],
  { dataAt, at }: WorstAge,
): string[] {
  const keys = new Set(lives.flatMap((life) => keyOfLife(state, arn, life) ?? []));
  return [...keys].sort().flatMap((key) =>
    state.ledger.keys
      .unusableStretches(key)
      .filter(({ from, to }) => from < at && to > dataAt)
      .map(({ from, to }) => `${key} could not be used from ${when(from)}${to === NEVER ? ' on' : ` to ${when(to)}`}`),
  );
}

/** A restore reaches far enough back, now. */
export function toKeepAtLeast(world: unknown, expected: KeepExpectation): MatcherOutcome {
  const state = stateOf(world);
  const resource = resourceOf(state, expected.resource);
  const { days: back, points: count, vault } = expected;
  if (back === undefined && count === undefined) {
    throw new RangeError('days or points must be given, got neither');
  }
  const points = restorable(state, resource).filter(
    (point) => vault === undefined || isVault(point.backupVaultArn, vault),
  );
  const [oldest] = points;
  const reach = oldest === undefined ? 0 : state.now - oldest.createdAt;
  const enough =
    (back === undefined || reach >= above0(back, 'days') * DAY) &&
    (count === undefined || points.length >= above0(count, 'points'));
  const asked = [
    ...(back === undefined ? [] : [`${back} days back`]),
    ...(count === undefined ? [] : [`${count} recovery points`]),
  ].join(' and ');
  return outcome(enough, `${resource.name} keeps at least ${asked} at ${when(state.now)}`, [
    oldest === undefined
      ? 'it has no recovery point'
      : `it has ${points.length}, the oldest of ${when(oldest.createdAt)} in ${oldest.backupVaultName}, ${days(reach)} ago`,
    ...unusableLines(state, resource),
    ...mishapLines(mishapsOf(state, resource.arn, state.start, state.now)),
  ]);
}

/** A copy is where it was asked for, now. */
export function toHaveCopyIn(world: unknown, expected: CopyExpectation): MatcherOutcome {
  const state = stateOf(world);
  const resource = resourceOf(state, expected.resource);
  const { account, region, vault } = expected;
  if (account === undefined && region === undefined && vault === undefined) {
    throw new RangeError('account, region or vault must be given, got none');
  }
  const copies = restorable(state, resource).filter(({ copyOf }) => copyOf !== undefined);
  const there = copies.filter(({ backupVaultArn }) => {
    const place = placeOfArn(backupVaultArn);
    return (
      (account === undefined || place.account === account) &&
      (region === undefined || place.region === region) &&
      (vault === undefined || isVault(backupVaultArn, vault))
    );
  });
  const newest = there.at(-1);
  const age = newest === undefined ? Infinity : state.now - newest.createdAt;
  const young = expected.hours === undefined || age <= above0(expected.hours, 'hours') * HOUR;
  const where = [account, region, vault].filter((one) => one !== undefined).join(' / ');
  const limit = expected.hours === undefined ? '' : ` at most ${expected.hours} h old`;
  return outcome(newest !== undefined && young, `${resource.name} has a copy${limit} in ${where}`, [
    newest === undefined ? placesOf(copies) : `the newest there is ${hours(age)} old, of ${when(newest.createdAt)}`,
    ...unusableLines(state, resource),
    ...mishapLines(mishapsOf(state, resource.arn, state.start, state.now).filter(({ kind }) => kind === 'copy-job')),
  ]);
}

/** After a loss, every resource asked about can still be restored. */
export function toSurvive(world: unknown, loss: Loss | Fault, expected: SurvivalExpectation = {}): MatcherOutcome {
  return survival(stateOf(world), lossOf(loss), expected, false);
}

/** After a loss, a copy of each resource asked about can still be restored. */
export function toHaveRestorableCopyAfter(
  world: unknown,
  loss: Loss | Fault,
  expected: SurvivalExpectation = {},
): MatcherOutcome {
  return survival(stateOf(world), lossOf(loss), expected, true);
}

function survival(state: WorldState, loss: Lost, expected: SurvivalExpectation, copies: boolean): MatcherOutcome {
  const resources = expected.resource === undefined ? state.resources : [resourceOf(state, expected.resource)];
  const limit = expected.hours === undefined ? Infinity : above0(expected.hours, 'hours') * HOUR;
  if (resources.length === 0) {
    throw new RangeError('the World must have resources to lose, got none');
  }
  const lines: string[] = [];
  for (const resource of resources) {
    const points = restorable(state, resource).filter(({ copyOf }) => !copies || copyOf !== undefined);
    const left = points.filter((point) => !isLost(state, resource, point, loss));
    const newest = left.at(-1);
    const age = newest === undefined ? Infinity : state.now - dataOf(newest, state.now);
    if (age > limit || newest === undefined) {
      lines.push(
        newest === undefined
          ? `  ${[`${resource.arn}: nothing is left of ${placesOf(points)}`, ...unusableLines(state, resource)].join('; ')}`
          : `  ${resource.arn}: the newest that is left is ${hours(age)} old, in ${newest.backupVaultName}`,
      );
    }
  }
  const who = expected.resource === undefined ? `each of ${resources.length} resources` : expected.resource;
  const young = Number.isFinite(limit) ? ` at most ${expected.hours} h old` : '';
  const asked = `${who} has a restorable ${copies ? 'copy' : 'recovery point'}${young} after ${loss.what}`;
  return outcome(
    lines.length === 0,
    asked,
    lines.length === 0 ? ['each has'] : [`${lines.length} do not:`, ...lines.slice(0, 20)],
  );
}

/** Points that a restore can use, oldest data first. */
function restorable(state: WorldState, resource: StatefulResource): RecoveryPointView[] {
  return completed(state, resource).filter((point) => !isUnderUnusableKey(state, point));
}

function completed(state: WorldState, resource: StatefulResource): RecoveryPointView[] {
  return state.pointsOf(resource.arn).filter(({ status }) => status === 'COMPLETED');
}

/** How many points are there that nothing can be restored from; nothing where there is none. */
function unusableLines(state: WorldState, resource: StatefulResource): string[] {
  const unusable = completed(state, resource).filter((point) => isUnderUnusableKey(state, point));
  return unusable.length === 0 ? [] : [`${unusable.length} more are under a key that cannot be used`];
}

function placesOf(points: readonly RecoveryPointView[]): string {
  const vaults = [...new Set(points.map(({ backupVaultArn }) => backupVaultArn))];
  return vaults.length === 0 ? 'no recovery point at all' : `${points.length} in ${vaults.join(', ')}`;
}
