/**
 * The points of a chain that are gone, one by one: when each was made, when it went, and why.
 *
 * Pure: the page works out with this what the engine wrote in few words.
 * Units    instants are milliseconds since 1970.
 */
import { deletionAt } from '../../domain/lifecycle';
import { drawFor } from '../chronicle/endings';
import type { PageChain, PageEnding, RunOfInstants } from './chapter';

export interface GonePoint {
  readonly createdAt: number;
  readonly endedAt: number;
  readonly why: string;
}

/** In the order of their creation. */
export function goneOf({ runs, points, endings, draw }: PageChain): GonePoint[] {
  const [most, ...others] = endings;
  if (most === undefined) {
    return [];
  }
  const left = counted(instantsOf(runs));
  points.forEach(({ createdAt }) => take(left, createdAt));
  const gone = others.flatMap((ending) =>
    instantsOf(ending.runs).map((createdAt) => {
      take(left, createdAt);
      return goneAt(createdAt, ending, draw);
    }),
  );
  for (const [createdAt, times] of left) {
    gone.push(...Array.from({ length: times }, () => goneAt(createdAt, most, draw)));
  }
  return gone.sort((a, b) => a.createdAt - b.createdAt);
}

function goneAt(createdAt: number, { life, drawn, why }: PageEnding, draw: number): GonePoint {
  const endedAt = drawn ? deletionAt(createdAt + life, drawFor(draw, createdAt)) : createdAt + life;
  return { createdAt, endedAt, why };
}

function instantsOf(runs: readonly RunOfInstants[]): number[] {
  return runs.flatMap(({ first, step, count }) => Array.from({ length: count }, (_, nth) => first + step * nth));
}

function counted(instants: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  instants.forEach((instant) => counts.set(instant, (counts.get(instant) ?? 0) + 1));
  return counts;
}

function take(counts: Map<number, number>, instant: number): void {
  counts.set(instant, Math.max(0, (counts.get(instant) ?? 0) - 1));
}
