/**
 * How many backups of a service run at once, and which of those that wait comes next.
 *
 * Owns     for each account and Region the backups that run under a limit, and its queue.
 * Units    counts of jobs.
 * Source   B4.3/1: 4 of Timestream. The numbers are model's BackupLimits.
 * Assumed  The limit holds for each Region; what finds no place waits in CREATED until its start window closes, first come,
 *          first served. A backup gateway's 4 jobs are not counted, as no World knows which machine is behind which; the 100
 *          buckets of an account are a quota that everybody with more has had raised.
 * Spec     backup-job.md
 */
import { BackupLimits } from '@holdfast/model';
import { Gate } from './copy-limits';
import type { Resource } from './protected-resources';

/** Gates tell copies apart by their vault, backups by nothing. */
const ALL = 0;

export class BackupGates {
  private readonly gates = new Map<string, Gate>();
  private readonly inside = new Set<number>();

  /** Whether a backup may run now; if not it is queued. */
  enter(number: number, resource: Resource): boolean {
    const most = BackupLimits.backupsAtOnce(resource.service.id);
    if (most === Infinity) {
      return true;
    }
    const key = `${resource.place} ${resource.service.id}`;
    const gate = this.gates.get(key) ?? new Gate(most, 0);
    this.gates.set(key, gate);
    if (!gate.takesOne()) {
      return gate.takesOneBeyond(number, ALL);
    }
    this.inside.add(number);
    return true;
  }

  /** A job is over; answers, one by one as there is room, those that waited for its place. */
  *leave(number: number, { place, service }: Resource): Generator<number, undefined> {
    const gate = this.inside.delete(number) ? this.gates.get(`${place} ${service.id}`) : undefined;
    gate?.leave(number, ALL);
    for (let next = gate?.take(); next !== undefined; next = gate?.take()) {
      yield next;
    }
  }
}
