/**
 * The answer of a run, as `simulate --format json` prints it.
 *
 * Pure: sums of a World in, a plain object out; keys in the order of the contract.
 * Units    instants as ISO 8601 in UTC.
 * Source   design.md section 2, `simulate --format json`.
 */
import type { Finding } from '@holdfast/model';
import type { WorldSummary } from '../domain/views';
import { shortInstant } from '../kernel/instant';
import type { Evidence } from './evidence/evidence';
import type { NotCompleted } from './not-completed';

/** Something in an artifact that the engine does not model. */
export interface Omission {
  readonly path: string;
  readonly type: string;
  readonly reason: string;
}

/** What a run came to: the sums of the World, with its instants as text. */
export interface Simulation extends Omit<WorldSummary, 'from' | 'to'> {
  readonly schema: 'holdfast.simulation/1';
  readonly from: string;
  readonly to: string;
  readonly findings: readonly Finding[];
  readonly notRead: readonly Omission[];
  readonly digest: string;
  /** Roles and policies that no artifact declares and that were taken to be in order; given with `--enforce-iam` alone. */
  readonly assumed?: readonly Omission[];
  /** Why jobs have not completed; given where some have not. */
  readonly notCompleted?: NotCompleted;
  /** What standards were held against; given with `--standard` alone. */
  readonly evidence?: readonly Evidence[];
}

/** What only some runs have. */
type Further = {
  readonly [key in 'assumed' | 'evidence' | 'notCompleted']?: Simulation[key] | undefined;
};

/** Joins what a World sums with what was found and left out before it ran. */
export function simulationOf(
  summary: WorldSummary,
  findings: readonly Finding[],
  notRead: readonly Omission[],
  digest: string,
  { assumed, evidence, notCompleted }: Further = {},
): Simulation {
  const { created, deleted, live, liveWarm, liveCold, byVault } = summary.recoveryPoints;
  return {
    schema: 'holdfast.simulation/1',
    from: shortInstant(summary.from),
    to: shortInstant(summary.to),
    seed: summary.seed,
    resources: { total: summary.resources.total, byType: ordered(summary.resources.byType) },
    backupJobs: ordered(summary.backupJobs),
    copyJobs: ordered(summary.copyJobs),
    restoreJobs: ordered(summary.restoreJobs),
    recoveryPoints: { created, deleted, live, liveWarm, liveCold, byVault: ordered(byVault) },
    findings,
    notRead,
    digest,
    ...(assumed !== undefined && { assumed }),
    ...(notCompleted !== undefined && { notCompleted }),
    ...(evidence !== undefined && { evidence }),
  };
}

/** Keys ascending, so that two runs print alike. */
function ordered<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
