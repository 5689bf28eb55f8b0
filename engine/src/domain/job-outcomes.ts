/**
 * How many backup and copy jobs were over without having completed, by why.
 *
 * Owns     the counts, of all jobs since the World began: of each kind, state, reason and type of resource, with the latest
 *          of those jobs for an example.
 * Spec     backup-job.md, copy-job.md
 */
import { byteAt, intAt } from '../kernel/columns';
import type { Ledger } from './ledger';

/** Jobs that ended alike. */
export interface Outcome {
  readonly kind: number;
  readonly state: number;
  readonly reason: number;
  readonly resourceType: string;
  count: number;
  /** Number of the latest of them. */
  job: number;
  /** Number of its resource. */
  resource: number;
}

export class JobOutcomes {
  private readonly byKey = new Map<string, Outcome>();

  /** A job is over, and its row says why it has not completed. */
  note({ jobs, resources }: Ledger, row: number): void {
    const [kind, state, reason] = [byteAt(jobs.kinds, row), byteAt(jobs.states, row), byteAt(jobs.reasons, row)];
    const [resource, job] = [intAt(jobs.resources, row), jobs.numberOf(row)];
    const { resourceType } = resources.find(resource).service;
    const key = `${kind} ${state} ${reason} ${resourceType}`;
    const outcome = this.byKey.get(key);
    if (outcome === undefined) {
      this.byKey.set(key, { kind, state, reason, resourceType, count: 1, job, resource });
      return;
    }
    outcome.count++;
    outcome.job = job;
    outcome.resource = resource;
  }

  list(): readonly Outcome[] {
    return [...this.byKey.values()];
  }
}
