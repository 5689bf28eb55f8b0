/**
 * Composite backup jobs: a parent for the stack or cluster, a child for its own part and for each member.
 *
 * Owns     which parents are waiting for their children.
 * Units    `…At` are Instants; jobs by number.
 * Source   B4.5.
 * Spec     composite.md
 */
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { NEVER } from '../kernel/instant';
import { step } from './backup-job';
import type { BackupRuns } from './backup-runs';
import { isLastOver, JobFamily, membersOf, ParentRun, protectedMember } from './composites';
import type { CopyRuns } from './copy-runs';
import { COMPLETED, FAILED, PARTIAL, RUNNING } from './event-codes';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import { COMPOSITE_WHOLE, MEMBERS_FAILED, MEMBERS_LEFT_OUT } from './reasons';
import { COMPOSITE, LIVE } from './recovery-points';

interface Run extends ParentRun {
  readonly family: JobFamily;
  /** A member was left out. */
  partial: boolean;
}

export class CompositeBackups {
  /** By number of the resource, which is busy as long as its parent job runs. */
  private readonly running = new Map<number, Run>();

  constructor(
    private readonly ledger: Ledger,
    private readonly backups: BackupRuns,
    private readonly copies: CopyRuns,
  ) {}

  /** A parent job that nothing keeps from running: its children begin. */
  start(number: number, resource: Resource, origin: Origin, reason: number): void {
    const { ledger } = this;
    const { jobs, now } = ledger;
    const row = jobs.rowOf(number);
    jobs.startedAts[row] = now;
    jobs.pointCreatedAts[row] = now;
    jobs.setState(row, RUNNING, reason);
    resource.busy = true;
    this.backups.record(row, RUNNING, reason);
    const vault = ledger.vaultOf(intAt(jobs.series, row));
    const run: Run = { family: ledger.composites.addJob(number, now), resource, left: 1, partial: false };
    this.running.set(resource.number, run);
    const childOrigin = ledger.origins.within(origin, resource);
    for (const member of membersOf(ledger.resources, resource)) {
      const found = protectedMember(ledger.resources, resource, member);
      if (found === undefined) {
        run.partial = true;
      } else {
        run.left++;
        const child = this.backups.begin(found, ledger.series.of(found, vault), childOrigin);
        ledger.composites.addChildJob(run.family, child, member.id);
      }
    }
    this.oneLess(run);
  }

  /** A child job is over, in whichever state. */
  childOver(row: number, within: Resource): void {
    const run = this.running.get(within.number);
    // Children of a parent that was stopped come to nothing but their own point.
    if (run?.family.createdAt === floatAt(this.ledger.jobs.createdAts, row)) {
      within.busy = true;
      this.oneLess(run);
    }
  }

  /** A parent is stopped: answers the children, which are then on their own. */
  forget(resource: Resource): number[] {
    const run = this.running.get(resource.number);
    this.running.delete(resource.number);
    return [...(run?.family.children.keys() ?? [])];
  }

  private oneLess(run: Run): void {
    if (isLastOver(this.running, run)) {
      this.finish(run);
      this.ledger.wake(run.resource);
    }
  }

  private finish({ family, resource, partial }: Run): void {
    const { ledger, backups } = this;
    const { jobs } = ledger;
    const row = jobs.rowOf(family.parent);
    jobs.endAts[row] = ledger.now;
    const rows = [...family.children].map(([number, id]) => [jobs.rowOf(number), id] as const);
    const done = rows.filter(([child]) => byteAt(jobs.states, child) === COMPLETED && this.stands(child));
    if (done.length === 0) {
      step(byteAt(jobs.states, row), 'fail');
      backups.close(row, FAILED, MEMBERS_FAILED);
      return;
    }
    const whole = !partial && done.length === rows.length;
    this.make(row, done, !whole);
    const reason = whole ? byteAt(jobs.reasons, row) : MEMBERS_LEFT_OUT;
    jobs.setState(row, step(byteAt(jobs.states, row), whole ? 'finish' : 'finish-partly'), reason);
    backups.record(row, whole ? COMPLETED : PARTIAL, whole ? COMPOSITE_WHOLE : MEMBERS_LEFT_OUT);
    if (!whole) {
      ledger.outcomes.note(ledger, row);
    }
    this.copies.follow(row, resource, ledger.origins.find(intAt(jobs.origins, row)));
  }

  /** Whether the point that a child made is still there. */
  private stands(child: number): boolean {
    const { jobs, points } = this.ledger;
    return points.isSame(intAt(jobs.points, child), intAt(jobs.series, child), floatAt(jobs.pointCreatedAts, child));
  }

  /** The parent point, over the points that its children made. */
  private make(job: number, children: (readonly [number, string])[], partial: boolean): void {
    const { jobs, points } = this.ledger;
    const made = children.map(([child, id]) => [intAt(jobs.points, child), id] as const);
    const row = points.add(intAt(jobs.series, job));
    jobs.points[job] = row;
    points.reasons[row] = partial ? MEMBERS_LEFT_OUT : COMPOSITE_WHOLE;
    points.origins[row] = intAt(jobs.origins, job);
    points.sources[row] = -1;
    points.createdAts[row] = floatAt(jobs.pointCreatedAts, job);
    joinPoints(this.ledger, row, made, partial);
    jobs.sizes[job] = floatAt(points.sizes, row);
    jobs.deleteAts[job] = floatAt(points.deleteAts, row);
  }
}

/**
 * Fills what a parent point has of its children, and tells of it.
 *
 * Source   B4.5/4: it lives as long as the child that lives longest. It stores nothing itself.
 */
export function joinPoints(
  ledger: Ledger,
  row: number,
  children: (readonly [number, string])[],
  partial: boolean,
): void {
  const { points, now } = ledger;
  const vault = ledger.vaultOf(intAt(points.series, row));
  points.flags[row] = LIVE | COMPOSITE;
  points.completedAts[row] = now;
  points.coldAts[row] = NEVER;
  points.sizes[row] = children.reduce((sum, [child]) => sum + floatAt(points.sizes, child), 0);
  points.stored[row] = 0;
  for (const [child] of children) {
    points.flags[child] = byteAt(points.flags, child) | COMPOSITE;
  }
  points.deleteAts[row] = ledger.longestOf(ledger.composites.addPoint(row, new Map(children), partial));
  ledger.chains.join(row);
  vault.live++;
  if (ledger.observers.listening) {
    const status = partial ? 'PARTIAL' : 'COMPLETED';
    ledger.tell({ kind: 'recovery-point', row, status, reason: byteAt(points.reasons, row) });
  }
}
