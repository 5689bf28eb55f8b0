/**
 * Composite copy jobs: a parent for the point of the stack or cluster, a child for the point of each member.
 *
 * Owns     which parents are waiting for their children.
 * Units    `…At` are Instants; jobs by number.
 * Source   B6.2/4.
 * Spec     composite.md
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { DAY } from '../kernel/instant';
import { step } from './backup-job';
import { joinPoints } from './composite-backups';
import { isLastOver, JobFamily, ParentRun } from './composites';
import { copyRefusalOf } from './copy-job';
import { isBoundByKey } from './encryption';
import type { CopyRuns } from './copy-runs';
import { COMPLETED, PARTIAL, RUNNING } from './event-codes';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import {
  COPY_MEMBERS_LEFT_OUT,
  COPY_RETENTION_OUTSIDE_LOCK,
  COPY_SOURCE_GONE,
  MEMBERS_FAILED,
  NO_REASON,
} from './reasons';

interface Run extends ParentRun {
  readonly family: JobFamily;
  /** The source lacks a member, or one was left out. */
  partial: boolean;
}

export class CompositeCopies {
  /** By number of the resource, which is busy as long as its parent job runs. */
  private readonly running = new Map<number, Run>();

  constructor(
    private readonly ledger: Ledger,
    private readonly copies: CopyRuns,
  ) {}

  /** A parent job that nothing keeps from running: the copies of its children begin. */
  start(number: number, resource: Resource, origin: Origin, reason: number): void {
    const { ledger } = this;
    const { jobs, points, now } = ledger;
    const row = jobs.rowOf(number);
    const source = ledger.composites.familyOfPoint(intAt(jobs.points, row));
    jobs.startedAts[row] = now;
    jobs.setState(row, RUNNING, reason);
    resource.busy = true;
    this.copies.record(row, RUNNING, reason);
    const family = ledger.composites.addJob(number, now);
    const run: Run = { family, resource, left: 1, partial: source?.partial === true };
    this.running.set(resource.number, run);
    const childOrigin = ledger.origins.within(origin, resource);
    const series = intAt(jobs.series, row);
    const maker = intAt(jobs.makers, row);
    for (const [point, id] of [...(source?.children ?? [])]) {
      const member = ledger.resourceOf(intAt(points.series, point));
      if (this.isLeftOut(point, series, member)) {
        run.partial = true;
      } else {
        run.left++;
        const ends = { coldAt: floatAt(points.coldAts, point), deleteAt: floatAt(points.deleteAts, point) };
        const child = this.copies.begin(member, point, childOrigin, floatAt(points.createdAts, point), ends, maker);
        ledger.composites.addChildJob(family, child, id);
      }
    }
    this.oneLess(run);
  }

  /** A child job is over, in whichever state. */
  childOver(within: Resource): void {
    const run = this.running.get(within.number);
    if (run !== undefined) {
      within.busy = true;
      this.oneLess(run);
    }
  }

  /** Source B6.2/4: what its type does not let be copied there gets no job. */
  private isLeftOut(point: number, series: number, member: Resource): boolean {
    const { ledger } = this;
    const { points } = ledger;
    const from = ledger.vaultOf(intAt(points.series, point));
    const retentionDays = (floatAt(points.deleteAts, point) - floatAt(points.createdAts, point)) / DAY;
    const copied = { resource: member, retentionDays, boundByKey: isBoundByKey(ledger, point) };
    const refusal = copyRefusalOf(from, ledger.vaultOf(series), copied);
    return refusal !== NO_REASON && refusal !== COPY_RETENTION_OUTSIDE_LOCK;
  }

  private oneLess(run: Run): void {
    if (isLastOver(this.running, run)) {
      this.finish(run);
      this.ledger.wake(run.resource);
    }
  }

  private finish({ family, partial }: Run): void {
    const { ledger, copies } = this;
    const { jobs, points } = ledger;
    const row = jobs.rowOf(family.parent);
    const rows = [...family.children].map(([number, id]) => [jobs.rowOf(number), id] as const);
    const made = rows.flatMap(([child, id]) => {
      const point = byteAt(jobs.states, child) === COMPLETED ? this.pointOf(child) : undefined;
      return point === undefined ? [] : [[point, id] as const];
    });
    if (made.length === 0) {
      copies.fail(row, rows.length === 0 ? COPY_SOURCE_GONE : MEMBERS_FAILED);
      return;
    }
    const whole = !partial && made.length === rows.length;
    const point = points.add(intAt(jobs.series, row));
    const reason = whole ? byteAt(jobs.reasons, row) : COPY_MEMBERS_LEFT_OUT;
    points.reasons[point] = copies.reasonOf(row);
    points.origins[point] = intAt(jobs.origins, row);
    points.sources[point] = intAt(jobs.sources, row);
    points.createdAts[point] = floatAt(jobs.pointCreatedAts, row);
    joinPoints(ledger, point, made, !whole);
    jobs.endAts[row] = ledger.now;
    jobs.sizes[row] = floatAt(points.sizes, point);
    jobs.deleteAts[row] = floatAt(points.deleteAts, point);
    jobs.setState(row, step(byteAt(jobs.states, row), whole ? 'finish' : 'finish-partly'), reason);
    copies.record(row, whole ? COMPLETED : PARTIAL, whole ? copies.reasonOf(row) : COPY_MEMBERS_LEFT_OUT);
    if (!whole) {
      ledger.outcomes.note(ledger, row);
    }
  }

  /** The point that a child made, as long as it is there: the newest of its creation and origin. */
  private pointOf(child: number): number | undefined {
    const { jobs, points } = this.ledger;
    return points
      .rowsOf(intAt(jobs.series, child))
      .filter((row) => intAt(points.origins, row) === intAt(jobs.origins, child))
      .find((row) => floatAt(points.createdAts, row) === floatAt(jobs.pointCreatedAts, child));
  }
}
