/**
 * How many backups run at once under a limit of their service, and which of those that wait comes next.
 *
 * Owns     for each limit the jobs that run under it, and its queue.
 * Units    counts of jobs.
 * Source   B4.3/1: 4 of Timestream; B4.3/9: 4 jobs of a backup gateway. The numbers are model's BackupLimits.
 * Assumed  The limit of an account holds for each Region; what finds no place waits in CREATED until its start window
 *          closes, first come, first served.
 * Spec     backup-job.md
 */
import { BackupLimits } from '@holdfast/model';
import { gatewaysOf, type Limit } from './backup-gateways';
import { Gate } from './copy-limits';
import type { Resource } from './protected-resources';
import type { RestoreJob } from './restore-runs';

/** Gates tell copies apart by their vault, backups by nothing. */
const ALL = 0;

/** Who takes a place: a backup job by its number, a restore job itself. */
export type Taker = number | RestoreJob;

export class BackupGates {
  private readonly gates = new Map<string, Gate>();
  private readonly inside = new Map<Taker, Gate>();

  /** Whether a backup may run now; if not it is queued. */
  enter(number: number, resource: Resource): boolean {
    if (!resource.takesTurns) {
      return true;
    }
    const gate = this.gateOf(limitOf(resource));
    if (!gate.takesOne()) {
      return gate.takesOneBeyond(number, ALL);
    }
    this.inside.set(number, gate);
    return true;
  }

  /** Whether a restore would find no place under a limit. It is never queued: it looks again. */
  isFull(limit: Limit): boolean {
    return this.gateOf(limit).isFull;
  }

  /** A restore that runs takes a place under a limit that is not full. */
  take(job: RestoreJob, limit: Limit): void {
    const gate = this.gateOf(limit);
    gate.takesOne();
    this.inside.set(job, gate);
  }

  /** A job is over; those that wait for its place are asked of the gate that it left. */
  leave(taker: Taker): Gate | undefined {
    const gate = this.inside.size === 0 ? undefined : this.inside.get(taker);
    if (gate !== undefined) {
      this.inside.delete(taker);
      gate.leave();
    }
    return gate;
  }

  private gateOf({ key, most }: Limit): Gate {
    const gate = this.gates.get(key) ?? new Gate(most, 0);
    this.gates.set(key, gate);
    // Gateways come and go: what the machine says that asks is what there is now.
    gate.most = most;
    return gate;
  }
}

/** Of a resource whose backups take turns. */
function limitOf({ service, place, declaration }: Resource): Limit {
  return service.id === BackupLimits.GATEWAY_SERVICE
    ? gatewaysOf(place, declaration)
    : { key: `${place} ${service.id}`, most: BackupLimits.backupsAtOnce(service.id) };
}
