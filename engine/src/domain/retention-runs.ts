/**
 * What lifecycles do to recovery points when their time has come.
 *
 * Owns     nothing: moves the columns of the ledger.
 * Units    `…At` are Instants.
 * Source   B5.2.
 * Spec     lifecycle.md
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { DAY, type Instant } from '../kernel/instant';
import { stands } from './continuous';
import { POINT_COLD, POINT_EXPIRED, POINT_STOPPED } from './event-codes';
import { deletionAccess } from './job-access';
import { type Ledger, POINT_IS_DELETED, POINT_MOVES_TO_COLD } from './ledger';
import { CONTINUOUS_LATE, DELETED_BY_LIFECYCLE, DELETION_NOT_PERMITTED, MOVED_TO_COLD, NO_REASON } from './reasons';
import { COLD, COMPOSITE, CONTINUOUS, EXPIRED_POINT, HELD, LIVE, STOPPED } from './recovery-points';

export class RetentionRuns {
  constructor(private readonly ledger: Ledger) {}

  /**
   * An entry says that a point is deleted now. The row may hold a later point by now, or the point a later end; both
   * find themselves not due yet. A lock does not keep a lifecycle from ending (Source B7.4/5).
   */
  deletion(row: number): void {
    const { ledger } = this;
    const { points } = ledger;
    // Nothing tries again what AWS Backup was not permitted to delete; a continuous point may just be late.
    const refused = points.has(row, EXPIRED_POINT) && !points.has(row, CONTINUOUS);
    const kept = points.has(row, HELD) || refused;
    if (!points.has(row, LIVE) || kept || ledger.deletionAtOf(row) > ledger.now) {
      return;
    }
    // Source B4.5/4: a parent goes with the last of its children.
    if (points.has(row, COMPOSITE) && ledger.composites.hasChildren(row)) {
      return;
    }
    if (this.putOff(POINT_IS_DELETED, row)) {
      return;
    }
    const nextRun = this.nextRenewal(row);
    if (nextRun === undefined) {
      this.delete(row, DELETED_BY_LIFECYCLE);
    } else {
      this.expire(row, CONTINUOUS_LATE);
      this.ledger.agenda.push(nextRun + DAY, POINT_IS_DELETED, row);
    }
  }

  /** When the rule of a continuous point renews it; undefined for what no rule renews. */
  private nextRenewal(row: number): Instant | undefined {
    const { ledger } = this;
    const { points } = ledger;
    if (!points.has(row, CONTINUOUS)) {
      return undefined;
    }
    const resource = ledger.resourceOf(intAt(points.series, row));
    const { continuousPoint, continuousKeeper: keeper } = resource;
    // A point that is late for the second time may be one that no selection comes to any more.
    const left = points.has(row, EXPIRED_POINT) && keeper?.rule?.plan.roster.includes(resource) !== true;
    return continuousPoint === row && stands(keeper) && !left ? keeper?.rule?.nextAfter(ledger.now) : undefined;
  }

  /** Whether what a lifecycle would do now waits until a Region or an account is back. */
  private putOff(kind: number, row: number): boolean {
    const { points, faults } = this.ledger;
    return faults.active !== 0 && faults.putsOff(this.ledger.vaultOf(intAt(points.series, row)).made.env, kind, row);
  }

  /**
   * Deletes a point, unless AWS Backup is not permitted to: then it turns EXPIRED, stays, and is billed (Source B5.1/1).
   */
  delete(row: number, reason: number): void {
    const { ledger } = this;
    const refusal = deletionAccess(ledger, row);
    if (refusal === NO_REASON) {
      ledger.removePoint(row, reason);
      return;
    }
    this.expire(row, DELETION_NOT_PERMITTED);
    const series = intAt(ledger.points.series, row);
    ledger.permissions.explain(refusal, ledger.resourceOf(series).arnName, ledger.vaultOf(series).arnName);
  }

  private expire(row: number, reason: number): void {
    const { ledger } = this;
    const { points } = ledger;
    if (points.has(row, EXPIRED_POINT)) {
      return;
    }
    points.flags[row] = byteAt(points.flags, row) | EXPIRED_POINT;
    const series = intAt(points.series, row);
    const [vault, resource] = [ledger.vaultOf(series), ledger.resourceOf(series)];
    const origin = ledger.origins.find(intAt(points.origins, row));
    const [size, createdAt] = [floatAt(points.sizes, row), floatAt(points.createdAts, row)];
    if (ledger.observers.listening) {
      ledger.tell({ kind: 'recovery-point', row, status: 'EXPIRED', reason });
    }
    const { log, now } = ledger;
    log.append(now, POINT_EXPIRED, 0, reason, resource.arnName, vault.arnName, origin.name, size, createdAt);
  }

  /** A continuous point gets no data any more; the next run of its rule makes another (Source B5.1/2). */
  stop(row: number, reason: number): void {
    const { ledger } = this;
    const { points, log, now } = ledger;
    const series = intAt(points.series, row);
    const [vault, resource] = [ledger.vaultOf(series), ledger.resourceOf(series)];
    points.flags[row] = byteAt(points.flags, row) | STOPPED;
    if (resource.continuousPoint === row) {
      resource.endContinuous(now);
    }
    if (ledger.observers.listening) {
      ledger.tell({ kind: 'recovery-point', row, status: 'STOPPED', reason });
    }
    const origin = ledger.origins.find(intAt(points.origins, row));
    const [size, createdAt] = [floatAt(points.sizes, row), floatAt(points.createdAts, row)];
    log.append(now, POINT_STOPPED, 0, reason, resource.arnName, vault.arnName, origin.name, size, createdAt);
  }

  /** Assumed: a point turns cold at MoveToColdStorageAt; a warm chain that needs it affects billing alone. */
  coldTransition(row: number): void {
    const { ledger } = this;
    const { points, now } = ledger;
    if (!points.has(row, LIVE) || points.has(row, COLD) || floatAt(points.coldAts, row) > now) {
      return;
    }
    if (this.putOff(POINT_MOVES_TO_COLD, row)) {
      return;
    }
    const series = intAt(points.series, row);
    const vault = ledger.vaultOf(series);
    const resource = ledger.resourceOf(series);
    const origin = ledger.origins.find(intAt(points.origins, row));
    ledger.chains.leave(row);
    points.flags[row] = byteAt(points.flags, row) | COLD;
    vault.cold++;
    ledger.meter?.cooled(row);
    const createdAt = floatAt(points.createdAts, row);
    const size = floatAt(points.sizes, row);
    if (ledger.observers.listening) {
      ledger.tell({ kind: 'recovery-point', row, status: 'COLD', reason: MOVED_TO_COLD });
    }
    ledger.log.append(now, POINT_COLD, 0, MOVED_TO_COLD, resource.arnName, vault.arnName, origin.name, size, createdAt);
  }
}
