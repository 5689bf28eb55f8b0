/**
 * Everything that exists in a World, and the clock that moves it.
 *
 * Owns     the agenda, the event log and the columns of every noun.
 * Units    `…At` are Instants (ms since epoch, UTC).
 * Source   design.md section 2, "How a run counts".
 */
import type { StatefulResource } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import type { EventView, JobView, RecoveryPointView, WorldSummary } from './views';

export interface WorldOptions {
  /** Where the clock stands at first. */
  readonly start: Instant;
  /** Seed of every generated id and every chance; 1 when not given. */
  readonly seed?: number;
  /** How many events are kept for the report; the digest covers all of them in any case. 0 when not given. */
  readonly keepEvents?: number;
}

export class WorldState {
  readonly start: Instant;
  readonly seed: number;

  constructor(options: WorldOptions) {
    this.start = options.start;
    this.seed = options.seed ?? 1;
  }

  get now(): Instant {
    return this.start;
  }

  /** Lets everything happen that is due before `until`, and moves the clock there. */
  runUntil(until: Instant, onProgress?: (fraction: number, now: Instant) => void): void {
    onProgress?.(1, until);
  }

  /** Adds a resource; the same ARN again replaces its tags, size and state. */
  addResource(resource: StatefulResource): void {
    throw new Error(`cannot add ${resource.arn} yet`);
  }

  get resources(): readonly StatefulResource[] {
    return [];
  }

  summary(): WorldSummary {
    throw new Error('no summary yet');
  }

  /** `sha256:…` over the canonical event log so far. */
  digest(): string {
    return 'sha256:';
  }

  /** Live recovery points of a resource, oldest first. */
  pointsOf(resourceArn: string): RecoveryPointView[] {
    throw new Error(`no points of ${resourceArn} yet`);
  }

  /** Jobs of a resource that are still on record, oldest first. */
  jobsOf(resourceArn: string): JobView[] {
    throw new Error(`no jobs of ${resourceArn} yet`);
  }

  /** The events that were kept, oldest first. */
  events(): EventView[] {
    return [];
  }
}
