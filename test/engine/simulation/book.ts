// What the invariants remember of a simulation: their own account of points, jobs, locks, holds and plans, kept from
// what was called and what was told, not from the engine's state.
import type { BackupRule } from '@holdfast/model';
import type { RecoveryPointView } from '../../../engine/src/domain/views';
import { toPlan } from '../../../engine/src/operations/backup/shapes';
import type { Answered } from './call';
import { DAY, HOLD_CREATING, isAt, isOut, UNSTOPPABLE } from './facts';
import type { Entry, JobEntry, Opening, PointEntry, Step } from './steps';
import { keyOf, vaultArnOf } from './snapshot';

export interface PointBooked {
  readonly key: string;
  /** As it was told last. */
  view: RecoveryPointView;
  readonly firstSeen: number;
  /** When its end was last moved. */
  movedAt: number;
  goneAt: number | undefined;
}

export interface JobBooked {
  readonly id: string;
  readonly states: { readonly state: string; readonly at: number }[];
  last: JobEntry['job'];
  /** The rule or call that it follows. */
  readonly terms: JobTerms | undefined;
  /** The stack or cluster whose job asked for it, and that job. */
  readonly within: string | undefined;
  readonly parentId: string | undefined;
}

/** That a point is a member of another, until it went or was taken out. */
export interface Membership {
  readonly parent: string;
  until: number;
}

export interface JobTerms {
  readonly deleteAfterDays: number | undefined;
  readonly completionWindowMinutes: number | undefined;
}

export interface LockBooked {
  readonly min: number;
  readonly max: number;
  /** When nobody can change it any more; Infinity in governance mode. */
  readonly lockDate: number;
}

export interface HoldBooked {
  readonly arn: string;
  readonly place: string;
  readonly selection: HoldSelection;
  /** From when on it keeps points. */
  readonly from: number;
  canceledAt: number;
  keeps: ReadonlySet<string> | undefined;
}

interface HoldSelection {
  readonly VaultNames?: readonly string[];
  readonly ResourceIdentifiers?: readonly string[];
  readonly DateRange?: { readonly FromDate: Date; readonly ToDate: Date };
}

export class Book {
  readonly points = new Map<string, PointBooked>();
  /** Points of an earlier life under a name that a later one has. */
  readonly namesakes: string[] = [];
  /** By `keyOf` the member: a point is one of one parent, ever. */
  readonly memberships = new Map<string, Membership>();
  /** Parents, by whether they lacked a member from the beginning. */
  readonly parents = new Map<string, { readonly madePartial: boolean }>();
  readonly jobs = new Map<string, JobBooked>();
  /** What points ever were members of each parent, and jobs children of each job. */
  private readonly kin = new Map<string, string[]>();
  readonly locks = new Map<string, LockBooked>();
  private readonly pastLocks = new Map<string, { readonly since: number; readonly lock: LockBooked | undefined }[]>();
  readonly airGapped = new Set<string>();
  readonly holds = new Map<string, HoldBooked>();
  /** Versions of the rules of each plan by name, oldest first. */
  readonly plans = new Map<string, { readonly since: number; readonly rules: readonly BackupRule[] }[]>();

  private faults: Step['faults'] = [];

  constructor(opening: Opening) {
    const { estate, start } = opening.world;
    for (const vault of estate.vaults ?? []) {
      if (vault.vaultLock !== undefined) {
        this.lock(vaultArnOf(vault.env, vault.backupVaultName), vault.vaultLock, start);
      }
    }
    for (const { env, backupVaultName, ...bounds } of estate.logicallyAirGappedVaults ?? []) {
      this.airGap(vaultArnOf(env, backupVaultName), bounds, start);
    }
    for (const plan of estate.plans ?? []) {
      this.plans.set(plan.backupPlanName, [{ since: start, rules: plan.rules }]);
    }
  }

  take(step: Step): void {
    this.faults = step.faults;
    if (step.call !== undefined && step.call.fault === undefined) {
      this.takeCall(step.call, step.from);
    }
    for (const entry of step.entries) {
      this.settleHolds(entry.at);
      this.takeEntry(entry, step);
    }
    this.settleHolds(step.to);
  }

  /** Holds that keep a point at an instant, in this book's opinion. */
  holdsOf(key: string, at: number): HoldBooked[] {
    return [...this.holds.values()].filter(
      ({ keeps, from, canceledAt }) => keeps?.has(key) === true && from < at && at <= canceledAt,
    );
  }

  /** An instant, or the end of what keeps a place from doing then what it is about: faults may follow each other. */
  heldUpUntil(arn: string, at: number): number {
    const back = this.faults
      .filter(({ fault, from, to }) => isOut(fault) && isAt(fault, arn) && from <= at && at < to)
      .map(({ to }) => to);
    return back.length === 0 ? at : this.heldUpUntil(arn, Math.max(...back));
  }

  /** Whether what an ARN names could not be reached at an instant from `from` to `to`. */
  isCutOff(arn: string, from: number, to: number): boolean {
    return this.faults
      .filter(({ fault }) => isOut(fault) && isAt(fault, arn))
      .some((one) => one.from <= to && from <= one.to);
  }

  /** When the last of the faults that make jobs of a vault hang is over; -Infinity when there is none. */
  hungUntil(arn: string): number {
    const hung = this.faults.filter(
      ({ fault }) => (fault.kind === 'region-out' || fault.kind === 'job-hangs') && isAt(fault, arn),
    );
    return Math.max(-Infinity, ...hung.map(({ to }) => to));
  }

  /** The locks that a vault had at an instant: the one before its calls, and what they made of it. */
  locksAt(vault: string, at: number): (LockBooked | undefined)[] {
    const past = this.pastLocks.get(vault) ?? [];
    const before = past.findLast(({ since }) => since < at)?.lock;
    return [before, ...past.filter(({ since }) => since === at).map(({ lock }) => lock)];
  }

  /** Members of a parent that are there just after an instant. */
  membersOf(parent: string, at: number): PointBooked[] {
    return this.everMembersOf(parent)
      .filter((key) => (this.memberships.get(key)?.until ?? 0) > at)
      .flatMap((key) => this.points.get(key) ?? []);
  }

  everMembersOf(parent: string): string[] {
    return (this.kin.get(parent) ?? []).filter((key) => this.memberships.get(key)?.parent === parent);
  }

  childrenOf(jobId: string): JobBooked[] {
    return (this.kin.get(jobId) ?? []).flatMap((id) => this.jobs.get(id) ?? []);
  }

  private addKin(parent: string, one: string): void {
    const known = this.kin.get(parent) ?? [];
    this.kin.set(parent, known);
    if (!known.includes(one)) {
      known.push(one);
    }
  }

  live(): PointBooked[] {
    return [...this.points.values()].filter(({ goneAt }) => goneAt === undefined);
  }

  rulesOf(planName: string | undefined, ruleName: string | undefined): BackupRule[] {
    const versions = this.plans.get(planName ?? '') ?? [];
    return versions.flatMap(({ rules }) => rules.filter((rule) => rule.ruleName === ruleName));
  }

  private takeCall({ caller, operation, input, output }: Answered, at: number): void {
    const { BackupVaultName: name } = input as { BackupVaultName?: string };
    const vault = vaultArnOf(caller, name);
    switch (operation) {
      case 'PutBackupVaultLockConfiguration':
        this.lock(vault, lowered(input), at);
        break;
      case 'CreateLogicallyAirGappedBackupVault':
        if (!this.airGapped.has(vault)) {
          this.airGap(vault, lowered(input), at);
        }
        break;
      case 'DeleteBackupVault':
        this.airGapped.delete(vault);
        this.setLock(vault, undefined, at);
        break;
      case 'DeleteBackupVaultLockConfiguration':
        this.setLock(vault, undefined, at);
        break;
      case 'CreateLegalHold':
        this.hold(input, (output as { LegalHoldArn: string }).LegalHoldArn, at, `${caller.region}:${caller.account}`);
        break;
      case 'CancelLegalHold':
        this.cancel((input as { LegalHoldId: string }).LegalHoldId, at);
        break;
      case 'CreateBackupPlan':
      case 'UpdateBackupPlan': {
        const { rules, backupPlanName } = toPlan((input as { BackupPlan: never }).BackupPlan, caller);
        this.plans.set(backupPlanName, [...(this.plans.get(backupPlanName) ?? []), { since: at, rules }]);
        break;
      }
      case 'StopBackupJob':
        this.stop((input as { BackupJobId: string }).BackupJobId, at);
        break;
      case 'DisassociateRecoveryPointFromParent':
        this.leave(keyOf({ backupVaultArn: vault, recoveryPointArn: String(lowered(input).recoveryPointArn) }), at);
        break;
      default:
    }
  }

  private takeEntry(entry: Entry, step: Step): void {
    if (entry.kind === 'point') {
      this.takePoint(entry);
    } else if (entry.kind === 'job') {
      this.takeJob(entry, step);
    }
  }

  /** With a job its children are stopped, as far as their services let them (B4.3/8). */
  private stop(id: string, at: number): void {
    const job = this.jobs.get(id);
    job?.states.push({ state: 'ABORTING', at });
    for (const child of this.childrenOf(id)) {
      const state = child.states.at(-1)?.state ?? '';
      if (['CREATED', 'PENDING', 'RUNNING'].includes(state) && !UNSTOPPABLE.test(child.last.resourceType)) {
        child.states.push({ state: 'ABORTING', at });
      }
    }
  }

  private leave(member: string, at: number): void {
    const membership = this.memberships.get(member);
    if (membership !== undefined) {
      membership.until = Math.min(membership.until, at);
    }
  }

  private takeKin({ at, key, kin: { isParent, members }, status }: PointEntry): void {
    if (isParent && !this.parents.has(key)) {
      this.parents.set(key, { madePartial: status === 'PARTIAL' });
      for (const member of members) {
        this.memberships.set(member, { parent: key, until: Infinity });
        this.addKin(key, member);
      }
    }
    if (status === 'DELETED') {
      this.leave(key, at);
    }
  }

  private takePoint(entry: PointEntry): void {
    const { at, key, point: view, status } = entry;
    this.takeKin(entry);
    const known = this.points.get(key);
    if (known === undefined || (status === 'COMPLETED' && known.goneAt !== undefined)) {
      if (known !== undefined) {
        this.namesakes.push(key);
      }
      this.points.set(key, { key, view, firstSeen: at, movedAt: at, goneAt: undefined });
      return;
    }
    known.movedAt = view.deleteAt === known.view.deleteAt ? known.movedAt : at;
    known.view = view;
    known.goneAt = status === 'DELETED' ? at : known.goneAt;
  }

  private takeJob({ at, state, job, within }: JobEntry, step: Step): void {
    const known = this.jobs.get(job.jobId);
    if (known === undefined) {
      const parentId = within === undefined ? undefined : this.parentOf(job.kind, within);
      // Members are asked for with their stack, which may have waited while its plan was changed.
      const terms = this.jobs.get(parentId ?? '')?.terms ?? this.termsOf(job, step.call);
      const states = [{ state, at }];
      this.jobs.set(job.jobId, { id: job.jobId, states, last: job, terms, within, parentId });
      if (parentId !== undefined) {
        this.addKin(parentId, job.jobId);
      }
      return;
    }
    known.states.push({ state, at });
    known.last = job;
  }

  /** The job of a stack or cluster that makes its children now. */
  private parentOf(kind: string, arn: string): string | undefined {
    const jobs = [...this.jobs.values()];
    return jobs.findLast(
      ({ last, within, states }) =>
        last.kind === kind && last.resourceArn === arn && within === undefined && states.at(-1)?.state === 'RUNNING',
    )?.id;
  }

  /** What a backup job was asked for: by its rule as it stands, or by the call of this step. */
  private termsOf(job: JobEntry['job'], call: Answered | undefined): JobTerms | undefined {
    if (job.kind === 'copy') {
      return undefined;
    }
    const rule = this.rulesOf(job.planName, job.ruleName).at(-1);
    if (rule !== undefined) {
      const { lifecycle, completionWindowMinutes } = rule;
      return { deleteAfterDays: lifecycle?.deleteAfterDays, completionWindowMinutes };
    }
    const input = call?.input as { Lifecycle?: { DeleteAfterDays?: number }; CompleteWindowMinutes?: number };
    return call?.operation !== 'StartBackupJob'
      ? undefined
      : { deleteAfterDays: input.Lifecycle?.DeleteAfterDays, completionWindowMinutes: input.CompleteWindowMinutes };
  }

  private lock(vault: string, lock: Lowered, at: number): void {
    const { minRetentionDays: min = 0, maxRetentionDays: max = Infinity, changeableForDays: days } = lock;
    this.setLock(vault, { min, max, lockDate: days === undefined ? Infinity : at + days * DAY }, at);
  }

  private setLock(vault: string, lock: LockBooked | undefined, since: number): void {
    this.pastLocks.set(vault, [...(this.pastLocks.get(vault) ?? []), { since, lock }]);
    if (lock === undefined) {
      this.locks.delete(vault);
    } else {
      this.locks.set(vault, lock);
    }
  }

  private airGap(vault: string, bounds: Lowered, at: number): void {
    this.airGapped.add(vault);
    this.lock(vault, { ...bounds, changeableForDays: 0 }, at);
  }

  private hold(input: object, arn: string, at: number, place: string): void {
    const { RecoveryPointSelection: selection = {} } = input as { RecoveryPointSelection?: HoldSelection };
    const from = at + HOLD_CREATING;
    this.holds.set(arn, { arn, place, selection, from, canceledAt: Infinity, keeps: undefined });
  }

  private cancel(id: string, at: number): void {
    const hold = [...this.holds.values()].find(({ arn }) => arn.endsWith(id));
    if (hold !== undefined) {
      hold.canceledAt = Math.min(hold.canceledAt, at);
    }
  }

  /** Holds that have become active by an instant keep what is there then (B5.4/1, B5.4/2). */
  private settleHolds(at: number): void {
    for (const hold of this.holds.values()) {
      if (hold.keeps === undefined && hold.from < at && hold.canceledAt > hold.from) {
        hold.keeps = new Set(
          this.live()
            .filter(({ view }) => matches(hold, view))
            .map(({ key }) => key),
        );
      }
    }
  }
}

/** Whether a fault is about the account and Region of an ARN. */
interface Lowered {
  readonly recoveryPointArn?: string;
  readonly minRetentionDays?: number;
  readonly maxRetentionDays?: number;
  readonly changeableForDays?: number;
}

/** Members of an input in the words of declarations. */
function lowered(input: Readonly<Record<string, unknown>>): Lowered {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [`${name.slice(0, 1).toLowerCase()}${name.slice(1)}`, value]),
  );
}

function matches({ place, selection }: HoldBooked, view: RecoveryPointView): boolean {
  const { VaultNames = [], ResourceIdentifiers = [], DateRange } = selection;
  const [, , , region, account] = view.backupVaultArn.split(':');
  return (
    `${region}:${account}` === place &&
    !view.continuous &&
    view.status !== 'EXPIRED' &&
    (VaultNames.length === 0 || VaultNames.includes(view.backupVaultName)) &&
    (ResourceIdentifiers.length === 0 || ResourceIdentifiers.includes(view.resourceArn)) &&
    (DateRange === undefined ||
      (view.createdAt >= DateRange.FromDate.getTime() && view.createdAt <= DateRange.ToDate.getTime()))
  );
}
