/**
 * Which jobs and recovery points belong together: parents, and the children that are their members.
 *
 * Owns     the families of jobs and of points. Of points that belong to none it knows nothing; a flag tells them.
 * Units    jobs by number, points by row, which holds as long as the point lives.
 * Source   B4.5.
 * Spec     composite.md
 */
import { BackupLimits } from '@holdfast/model';
import { DAY, Instant } from '../kernel/instant';
import type { Resource, Resources } from './protected-resources';

/** Source B4.5/3: layers of stacks within a stack that are followed. */
const LAYERS = 10;

/** What the child is called that holds the stack's template, or the cluster's state. Assumed. */
export const OWN_PART = '';

/** Stands for what no resource is. */
const TOO_DEEP = '';

type Members = Readonly<Record<string, string>>;

/** A member of a stack or cluster. */
export interface Member {
  /** Logical id, or name of the volume; `OWN_PART` for the stack or cluster itself. */
  readonly id: string;
  readonly arn: string;
}

/** A parent job with its children. */
export interface JobFamily {
  readonly parent: number;
  readonly createdAt: Instant;
  /** Member ids by number of the child job, in the order in which they were made. */
  readonly children: Map<number, string>;
}

/** A parent point with its children. */
export interface PointFamily {
  readonly parent: number;
  /** Member ids by row of the child. */
  readonly children: Map<number, string>;
  /** Member that is missing: it was never there, or is gone (Source B4.5/2). */
  partial: boolean;
}

/**
 * The members of a stack or cluster: itself, then the others by id, those of stacks within it as `Nested/Table`. Assumed: what
 * is listed twice is one member, under the first of its ids.
 */
export function membersOf(resources: Resources, { arn, declaration }: Resource): Member[] {
  const all = [{ id: OWN_PART, arn }, ...below(resources, declaration.members ?? {}, '', LAYERS)];
  const seen = new Set<string>();
  return all.filter((member) => {
    const known = member.arn !== TOO_DEEP && seen.has(member.arn);
    seen.add(member.arn);
    return !known;
  });
}

/** Source B4.5/5: volumes of a cluster that are backed up with it. */
const VOLUMES = new Set(['ebs', 'efs', 's3']);

/** Source B4.5/2, B4.5/5: a member that is backed up with a stack or cluster; undefined for one that is left out. */
export function protectedMember(
  resources: Resources,
  { service }: Resource,
  { id, arn }: Member,
): Resource | undefined {
  const member = resources.tryFind(arn);
  const volume = service.id !== 'eks' || id === OWN_PART || VOLUMES.has(member?.service.id ?? '');
  return volume ? member : undefined;
}

/** Assumed: stacks below the tenth layer are left out, as if AWS Backup did not protect them. */
function below(resources: Resources, members: Members, prefix: string, layers: number): Member[] {
  const ids = Object.keys(members).sort();
  return ids.flatMap((id) => {
    const arn = members[id] ?? '';
    const nested = resources.tryFind(arn);
    if (nested?.service.id !== 'cloudformation') {
      return [{ id: prefix + id, arn }];
    }
    return layers === 0
      ? [{ id: prefix + id, arn: TOO_DEEP }]
      : [
          { id: prefix + id, arn },
          ...below(resources, nested.declaration.members ?? {}, `${prefix}${id}/`, layers - 1),
        ];
  });
}

/** What a parent does while its children are under way. */
export interface ParentRun {
  readonly resource: Resource;
  /** Children that are not over yet; one more while they are being made. */
  left: number;
}

/** A child is over; answers whether it was the last, and the parent's resource is free again. */
export function isLastOver(running: Map<number, ParentRun>, run: ParentRun): boolean {
  run.left--;
  if (run.left > 0) {
    return false;
  }
  running.delete(run.resource.number);
  run.resource.busy = false;
  return true;
}

export class Composites {
  private readonly jobs = new Map<number, JobFamily>();
  private readonly points = new Map<number, PointFamily>();

  /** A parent job begins; families that are listed no longer are forgotten. */
  addJob(parent: number, now: Instant): JobFamily {
    for (const [number, family] of this.jobs) {
      if (family.createdAt >= now - BackupLimits.JOBS_LISTED_DAYS * DAY) {
        break;
      }
      this.jobs.delete(number);
    }
    const family: JobFamily = { parent, createdAt: now, children: new Map() };
    this.jobs.set(parent, family);
    return family;
  }

  addChildJob(family: JobFamily, child: number, id: string): void {
    family.children.set(child, id);
    this.jobs.set(child, family);
  }

  /** The family that a job is parent or child in. */
  familyOfJob(number: number): JobFamily | undefined {
    return this.jobs.get(number);
  }

  /** Points come together under a parent. */
  addPoint(parent: number, children: Map<number, string>, partial: boolean): PointFamily {
    const family: PointFamily = { parent, children, partial };
    this.points.set(parent, family);
    for (const row of children.keys()) {
      this.points.set(row, family);
    }
    return family;
  }

  /** The family that a point is parent or child in. */
  familyOfPoint(row: number): PointFamily | undefined {
    return this.points.get(row);
  }

  isParent(row: number): boolean {
    return this.points.get(row)?.parent === row;
  }

  hasChildren(row: number): boolean {
    const family = this.points.get(row);
    return family?.parent === row && family.children.size > 0;
  }

  /** A point leaves its family; answers that family when it was a child. */
  leave(row: number): PointFamily | undefined {
    const family = this.points.get(row);
    this.points.delete(row);
    return family?.children.delete(row) === true ? family : undefined;
  }
}
