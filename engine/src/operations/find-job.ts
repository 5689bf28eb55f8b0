/**
 * The backup or copy job that a call names.
 *
 * Pure: reads the World.
 */
import type { WorldState } from '../domain/world-state';

/** The row of a job that is on record, of those whose rows pass; undefined where there is none. */
export function findJob(state: WorldState, id: string, passes: (row: number) => boolean): number | undefined {
  const { jobs } = state.ledger;
  const number = state.jobIds.find(id, numbersOf(state, passes));
  const row = number === undefined ? undefined : jobs.rowOf(number);
  return row !== undefined && passes(row) ? row : undefined;
}

function* numbersOf({ ledger: { jobs } }: WorldState, passes: (row: number) => boolean): Generator<number, undefined> {
  for (const row of jobs.newestFirst()) {
    if (passes(row)) {
      yield jobs.numberOf(row);
    }
  }
}
