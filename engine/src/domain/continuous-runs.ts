/**
 * The continuous recovery points of resources: made, renewed, changed in their retention, late, and over.
 *
 * Owns     nothing: moves the columns of the ledger, and what a resource knows of its continuous point.
 * Units    `…At` are Instants.
 * Source   B5.3.
 * Spec     continuous.md
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { continuousDecision, stands } from './continuous';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import { CONTINUOUS_BY_RULE, CONTINUOUS_REFRESHED, RETENTION_CHANGED, SNAPSHOT_UNTIL_MAINTENANCE } from './reasons';
import { EXPIRED_POINT } from './recovery-points';
import type { RetentionRuns } from './retention-runs';

export class ContinuousRuns {
  constructor(
    private readonly ledger: Ledger,
    private readonly retention: RetentionRuns,
  ) {}

  /** What a finished job of a rule makes, as the reason of its point. */
  decide(resource: Resource, series: number, origin: Origin): number {
    const { points, now } = this.ledger;
    const standing = resource.continuousPoint < 0 ? -1 : intAt(points.series, resource.continuousPoint);
    const asked = origin.rule?.declaration.enableContinuousBackup === true;
    const decision = continuousDecision(asked, resource.pitr, standing, series);
    if (decision === CONTINUOUS_BY_RULE && !resource.automatedBackups.turnOn(resource.declaration, now)) {
      return SNAPSHOT_UNTIL_MAINTENANCE;
    }
    // Source B5.3/4: S3 stops the point and makes one with the new retention.
    if (decision === CONTINUOUS_REFRESHED && resource.service.id === 's3' && changesRetention(resource, origin)) {
      this.retention.stop(resource.continuousPoint, RETENTION_CHANGED);
      return CONTINUOUS_BY_RULE;
    }
    return decision;
  }

  /** A run found that its resource cannot be backed up any more. Source B5.1: versioning off; when: Assumed. */
  interrupt(resource: Resource, reason: number): void {
    if (resource.continuousPoint >= 0) {
      this.retention.stop(resource.continuousPoint, reason);
    }
  }

  /** A point was made that its resource has from now on. */
  begin(row: number, resource: Resource, origin: Origin): void {
    const { points } = this.ledger;
    resource.beginContinuous(row, intAt(points.series, row), floatAt(points.createdAts, row), origin);
  }

  /**
   * A run renews the point. Source B5.3/4: it does so each time; B5.3/2: of rules that stand side by side the longest
   * retention wins; B5.3/4: a retention that was changed, to a shorter one too, counts from the run.
   */
  refresh(job: number, resource: Resource, origin: Origin): void {
    const { ledger } = this;
    const { jobs, points } = ledger;
    const row = resource.continuousPoint;
    const deleteAt = floatAt(jobs.deleteAts, job);
    points.stored[row] = floatAt(points.stored, row) + floatAt(jobs.moved, job);
    points.sizes[row] = floatAt(jobs.sizes, job);
    points.flags[row] = byteAt(points.flags, row) & ~EXPIRED_POINT;
    points.renew(row, floatAt(jobs.pointCreatedAts, job));
    ledger.chains.join(row);
    jobs.points[job] = row;
    ledger.content?.keep(jobs.numberOf(job), row);
    if (deleteAt > floatAt(points.deleteAts, row) || changesRetention(resource, origin)) {
      points.deleteAts[row] = deleteAt;
      ledger.scheduleEnds(row);
    }
    if (!stands(resource.continuousKeeper) || daysOf(origin) > daysOf(resource.continuousKeeper)) {
      resource.continuousKeeper = origin;
    }
    ledger.meter?.renewed(row);
    if (ledger.observers.listening) {
      ledger.tell({ kind: 'recovery-point', row, status: 'MODIFIED', reason: CONTINUOUS_REFRESHED });
    }
  }
}

/** Whether the rule whose retention a point has is no longer there, and the one that renews it keeps for other days. */
function changesRetention({ continuousKeeper: keeper }: Resource, origin: Origin): boolean {
  return !stands(keeper) && daysOf(origin) !== daysOf(keeper);
}

function daysOf(origin: Origin | undefined): number {
  return origin?.terms.deleteAfterDays ?? 0;
}
