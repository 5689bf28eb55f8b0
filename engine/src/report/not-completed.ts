/**
 * Why jobs of a run have not completed: each reason once, with how many jobs ended by it and one of them.
 *
 * Pure: reads a World.
 * Source   design.md section 2, `simulate --format json`.
 */
import { JOB_STATES } from '../domain/event-codes';
import { BACKUP } from '../domain/jobs';
import type { Outcome } from '../domain/job-outcomes';
import { statusMessage } from '../domain/reasons';
import { restoreJobView } from '../domain/restore-views';
import { jobView } from '../domain/show';
import type { WorldState } from '../domain/world-state';

/** Jobs of one kind, state, type of resource and reason. */
export interface NotCompletedReason {
  readonly kind: 'backup' | 'copy' | 'restore';
  readonly state: string;
  readonly resourceType: string;
  readonly count: number;
  /** AWS's status message, empty where a job shows none. */
  readonly statusMessage: string;
  /** The latest of them: its resource, and a sentence why. */
  readonly resourceArn: string;
  readonly why: string;
}

/** The most frequent reasons first, and how many jobs of how many further reasons there are. */
export interface NotCompleted {
  readonly reasons: readonly NotCompletedReason[];
  readonly moreReasons: number;
  readonly moreJobs: number;
}

/** More reasons than this are counted, not listed. */
const MOST = 20;

/** Undefined when every job that is over has completed. */
export function notCompletedOf(state: WorldState): NotCompleted | undefined {
  const { ledger } = state;
  const all = [...ledger.outcomes.list().map((outcome) => reasonOf(state, outcome)), ...restoresOf(state)];
  all.sort((a, b) => b.count - a.count || compare(textOf(a), textOf(b)));
  const more = all.slice(MOST);
  const moreJobs = more.reduce((sum, { count }) => sum + count, 0);
  return all.length === 0 ? undefined : { reasons: all.slice(0, MOST), moreReasons: more.length, moreJobs };
}

function reasonOf({ ledger }: WorldState, outcome: Outcome): NotCompletedReason {
  const { kind, state, reason, resourceType, count, job, resource } = outcome;
  // Of a long run the jobs of old are on record no longer.
  const view = ledger.jobs.isOnRecord(job) ? jobView(ledger, ledger.jobs.rowOf(job)) : undefined;
  return {
    kind: kind === BACKUP ? 'backup' : 'copy',
    state: JOB_STATES[state] ?? '',
    resourceType,
    count,
    statusMessage: view?.statusMessage ?? statusMessage(reason),
    resourceArn: ledger.resources.find(resource).arn,
    why: view?.why ?? '',
  };
}

function restoresOf({ restores }: WorldState): NotCompletedReason[] {
  const found = new Map<string, NotCompletedReason>();
  for (const job of restores.list()) {
    const { state, resourceType, resourceArn, statusMessage: message, why } = restoreJobView(job);
    const key = [state, resourceType, String(job.reason), message].join('\u0000');
    const count = (found.get(key)?.count ?? 0) + 1;
    if (state === 'FAILED') {
      found.set(key, { kind: 'restore', state, resourceType, count, statusMessage: message, resourceArn, why });
    }
  }
  return [...found.values()];
}

function textOf({ kind, state, resourceType, statusMessage: message, why }: NotCompletedReason): string {
  return [kind, state, resourceType, message, why].join('\u0000');
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
