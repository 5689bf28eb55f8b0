// One step of a simulation as plain data: what was done, what happened, what there is before and after.
import type { Change } from '../../../engine/src/domain/changes';
import type { Delivery } from '../../../engine/src/domain/deliveries';
import type { Fault } from '../../../engine/src/domain/fault';
import type { Ledger } from '../../../engine/src/domain/ledger';
import { jobView, pointView } from '../../../engine/src/domain/show';
import type { JobView, RecoveryPointView } from '../../../engine/src/domain/views';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { intAt } from '../../../engine/src/kernel/columns';
import type { Answered } from './call';
import type { Listing } from './listings';
import type { RandomWorld } from './random-world';
import { keyOf, Snapshot } from './snapshot';

/** What a point is to others: a parent with members, by `keyOf` them, or a member of one. */
export interface Kin {
  readonly isParent: boolean;
  readonly members: readonly string[];
  readonly parent?: string;
}

export interface PointEntry {
  readonly kind: 'point';
  readonly at: number;
  readonly status: 'COMPLETED' | 'MODIFIED' | 'COLD' | 'PARTIAL' | 'EXPIRED' | 'STOPPED' | 'DELETED';
  readonly key: string;
  readonly point: RecoveryPointView;
  readonly kin: Kin;
}

export interface JobEntry {
  readonly kind: 'job';
  readonly at: number;
  readonly state: string;
  readonly job: JobView;
  /** ARN of the stack or cluster whose job asked for it. */
  readonly within?: string | undefined;
}

export interface RestoreEntry {
  readonly kind: 'restore';
  readonly at: number;
  readonly state: string;
  readonly id: string;
  readonly recoveryPointArn: string;
}

/** What the World told while a step lasted, in its order. */
export type Entry = PointEntry | JobEntry | RestoreEntry;

export interface FaultSeen {
  readonly fault: Fault;
  readonly from: number;
  readonly to: number;
}

export interface Step {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  /** Which kind of action it was; `the clock moves` when nobody did anything. */
  readonly what: string;
  readonly call: Answered | undefined;
  readonly entries: readonly Entry[];
  /** What goes wrong, or did, since the World began. */
  readonly faults: readonly FaultSeen[];
  /** What services sent. */
  readonly deliveries: readonly Delivery[];
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** What calls can change, before and after a call that was refused. */
  readonly refused: { readonly before: string; readonly after: string } | undefined;
  readonly listings: readonly Listing[];
  /** Whether the plans are gone since long: nothing may be under way any more. */
  readonly quiet: boolean;
}

/** Where a simulation begins. */
export interface Opening {
  readonly world: RandomWorld;
  readonly snapshot: Snapshot;
}

/** The entry for a change; undefined for what no invariant looks at. */
export function entryOf(state: WorldState, change: Change): Entry | undefined {
  const { ledger, now: at } = state;
  switch (change.kind) {
    case 'recovery-point': {
      const point = pointView(ledger, change.row);
      return { kind: 'point', at, status: change.status, key: keyOf(point), point, kin: kinOf(ledger, change.row) };
    }
    case 'backup-job':
    case 'copy-job': {
      const { within } = ledger.origins.find(intAt(ledger.jobs.origins, change.row)).given;
      return { kind: 'job', at, state: change.state, job: jobView(ledger, change.row), within: within?.arn };
    }
    case 'restore-job': {
      const { restoreJobId: id, recoveryPointArn } = change;
      return { kind: 'restore', at, state: change.state, id, recoveryPointArn };
    }
    default:
      return undefined;
  }
}

function kinOf(ledger: Ledger, row: number): Kin {
  const family = ledger.composites.familyOfPoint(row);
  const keyOfRow = (one: number) => keyOf(pointView(ledger, one));
  if (family === undefined) {
    return { isParent: false, members: [] };
  }
  return family.parent === row
    ? { isParent: true, members: [...family.children.keys()].map(keyOfRow) }
    : { isParent: false, members: [], parent: keyOfRow(family.parent) };
}
