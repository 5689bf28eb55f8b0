/**
 * What answers say of parents and children.
 *
 * Pure: reads the World.
 * Source   B4.5/1. Assumed: the child that is the stack's or the cluster's own part has no CompositeMemberIdentifier.
 */
import { JOB_STATES, type JobState } from '../domain/event-codes';
import type { JobFamily } from '../domain/composites';
import { shownState } from '../domain/job-stages';
import { arnOfPoint, jobId } from '../domain/show';
import type { WorldState } from '../domain/world-state';
import { given } from './backup/shapes';

/** Members of a job's shape in lists. */
export interface JobKinship {
  readonly IsParent: boolean;
  readonly ParentJobId?: string;
}

/** What only parents have. */
export interface ChildCounts {
  readonly NumberOfChildJobs?: number;
  readonly ChildJobsInState?: Partial<Record<JobState, number>>;
}

/** Members of a recovery point's shape. */
export interface PointKinship {
  readonly IsParent: boolean;
  readonly ParentRecoveryPointArn?: string;
  readonly CompositeMemberIdentifier?: string;
}

export function jobKinship(state: WorldState, row: number): JobKinship {
  const family = familyOf(state, row);
  const number = state.ledger.jobs.numberOf(row);
  return family === undefined || family.parent === number
    ? { IsParent: family !== undefined }
    : { IsParent: false, ParentJobId: jobId(state.ledger, state.ledger.jobs.rowOf(family.parent)) };
}

/** Logical id, or name of the volume, of the member that a job is about. */
export function memberOfJob(state: WorldState, row: number): string | undefined {
  const id = familyOf(state, row)?.children.get(state.ledger.jobs.numberOf(row));
  return id === '' ? undefined : id;
}

export function childCounts(state: WorldState, row: number): ChildCounts {
  const { jobs } = state.ledger;
  const family = familyOf(state, row);
  if (family?.parent !== jobs.numberOf(row)) {
    return {};
  }
  const counts: Partial<Record<JobState, number>> = {};
  for (const child of family.children.keys()) {
    const name = JOB_STATES[shownState(state.ledger, jobs.rowOf(child))] ?? 'CREATED';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return { NumberOfChildJobs: family.children.size, ChildJobsInState: counts };
}

export function pointKinship({ ledger }: WorldState, row: number): PointKinship {
  const family = ledger.composites.familyOfPoint(row);
  const id = family?.children.get(row);
  return id === undefined || family === undefined
    ? { IsParent: family !== undefined }
    : given({
        IsParent: false,
        ParentRecoveryPointArn: arnOfPoint(ledger, family.parent),
        CompositeMemberIdentifier: id === '' ? undefined : id,
      });
}

function familyOf({ ledger }: WorldState, row: number): JobFamily | undefined {
  return ledger.composites.familyOfJob(ledger.jobs.numberOf(row));
}
