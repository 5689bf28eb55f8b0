/**
 * The point that a finished backup job makes.
 *
 * Owns     nothing: moves the columns of the ledger.
 * Source   B4.1, B5.3, B7.6.
 * Spec     recovery-points.md
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { NEVER } from '../kernel/instant';
import { isContinuous } from './continuous';
import type { ContinuousRuns } from './continuous-runs';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import { TEMPORARY_FOR_AIR_GAP } from './reasons';
import { CONTINUOUS, LIVE, TEMPORARY } from './recovery-points';
import type { Vault } from './vaults';

export function makePoint(
  ledger: Ledger,
  runs: ContinuousRuns,
  job: number,
  resource: Resource,
  vault: Vault,
  origin: Origin,
  decision: number,
): void {
  const { jobs } = ledger;
  const continuous = isContinuous(decision);
  const flags = LIVE | (continuous ? CONTINUOUS : 0) | (decision === TEMPORARY_FOR_AIR_GAP ? TEMPORARY : 0);
  // Source B5.3/7: continuous points never move to cold storage.
  const row = addPointOf(ledger, job, flags, decision, continuous);
  jobs.points[job] = row;
  ledger.content?.keep(jobs.numberOf(job), row);
  vault.live++;
  if (continuous) {
    runs.begin(row, resource, origin);
  }
  announcePoint(ledger, row, job, continuous);
}

/** A row for a point of what a backup job captured, with its columns filled. */
export function addPointOf(ledger: Ledger, job: number, flags: number, reason: number, staysWarm: boolean): number {
  const { jobs, points } = ledger;
  const row = points.add(intAt(jobs.series, job));
  points.flags[row] = flags;
  points.reasons[row] = reason;
  points.origins[row] = intAt(jobs.origins, job);
  points.sources[row] = -1;
  points.createdAts[row] = floatAt(jobs.pointCreatedAts, job);
  points.completedAts[row] = ledger.now;
  points.deleteAts[row] = floatAt(jobs.deleteAts, job);
  points.coldAts[row] = staysWarm ? NEVER : floatAt(jobs.coldAts, job);
  points.sizes[row] = floatAt(jobs.sizes, job);
  points.stored[row] = floatAt(jobs.moved, job);
  return row;
}

/**
 * A new point of a job is built upon, is measured, ends when its time comes, and is told of. It goes by the columns of the
 * job: to read those of the point at once would wait for what was just written.
 */
export function announcePoint(ledger: Ledger, row: number, job: number, staysWarm: boolean): void {
  ledger.chains.joinMade(job);
  ledger.meter?.made(row);
  ledger.scheduleEndsOf(row, job, staysWarm);
  if (ledger.observers.listening) {
    ledger.tell({ kind: 'recovery-point', row, status: 'COMPLETED', reason: byteAt(ledger.points.reasons, row) });
  }
}
