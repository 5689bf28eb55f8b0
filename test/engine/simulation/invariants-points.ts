// When recovery points come, change and go.
import type { Book, PointBooked } from './book';
import { CONTINUOUS_TYPES, DAY, DELETED_BY_ROLE, DELETION_SPREAD, RELEASE_SPREAD } from './facts';
import { Invariant, invariant, named, pointEntries, when } from './invariant';
import { keyOf, vaultArnOf } from './snapshot';
import type { PointEntry, Step } from './steps';

const REMOVALS = ['DeleteRecoveryPoint', 'DisassociateRecoveryPoint'];

/** Whether the call of a step was answered and names this point. */
function isCalled({ call }: Step, key: string, operations: readonly string[] = REMOVALS): boolean {
  const { BackupVaultName, RecoveryPointArn } = (call?.input ?? {}) as Record<string, string>;
  return (
    call !== undefined &&
    call.fault === undefined &&
    operations.includes(call.operation) &&
    key ===
      keyOf({ backupVaultArn: vaultArnOf(call.caller, BackupVaultName), recoveryPointArn: RecoveryPointArn ?? '' })
  );
}

/** B7.6/2: a copy of it is in a logically air-gapped vault by then, and lasts as long. */
function isRelieved({ at, point }: PointEntry, book: Book): boolean {
  return [...book.points.values()].some(
    ({ view, firstSeen, goneAt = Infinity }) =>
      firstSeen <= at &&
      goneAt > at &&
      book.airGapped.has(view.backupVaultArn) &&
      view.copyOf?.recoveryPointArn === point.recoveryPointArn &&
      (view.deleteAt ?? Infinity) >= (point.deleteAt ?? Infinity),
  );
}

/** B7.6/3: it stands beside a continuous point, and the job that takes it where its rule is to lead is over, however. */
function isBeside({ at, point }: PointEntry, book: Book): boolean {
  const { resourceArn, backupVaultArn } = point;
  const continuous = [...book.points.values()].some(
    ({ view, goneAt = Infinity }) =>
      view.continuous && view.resourceArn === resourceArn && view.backupVaultArn === backupVaultArn && goneAt >= at,
  );
  const copied = [...book.jobs.values()].some(
    ({ last }) =>
      last.kind === 'copy' &&
      last.completedAt === at &&
      last.resourceArn === resourceArn &&
      last.sourceBackupVaultArn === backupVaultArn &&
      book
        .rulesOf(last.planName, last.ruleName)
        .some((rule) => rule.targetLogicallyAirGappedBackupVaultArn === last.backupVaultArn),
  );
  return !point.continuous && continuous && copied;
}

/** What a logically air-gapped vault has taken, or was to take, is there no longer. */
function isTemporary(entry: PointEntry, book: Book): boolean {
  return isRelieved(entry, book) || isBeside(entry, book);
}

/** B4.5/4, B4.5/5: a parent goes with its last member; the state of a cluster with the parent that a call names. */
function isWithKin({ at, key, kin: { parent } }: PointEntry, step: Step, book: Book): boolean {
  return (
    (book.parents.has(key) && book.membersOf(key, at).length === 0) || (parent !== undefined && isCalled(step, parent))
  );
}

function isOver({ at, point }: PointEntry): boolean {
  return at >= (point.deleteAt ?? Infinity);
}

/** The last instant at which a point may still be there. */
function latest(book: Book, { key, view, movedAt, firstSeen }: PointBooked, now: number): number {
  const holds = [...book.holds.values()].filter(({ keeps }) => keeps?.has(key) === true);
  if (holds.some(({ canceledAt }) => canceledAt > now)) {
    return Infinity;
  }
  const released = Math.max(-Infinity, ...holds.map(({ canceledAt }) => canceledAt));
  const due = Math.max(view.deleteAt ?? Infinity, movedAt, firstSeen);
  return book.heldUpUntil(view.backupVaultArn, Math.max(due + DELETION_SPREAD, released + RELEASE_SPREAD));
}

export const pointInvariants: readonly Invariant[] = [
  invariant(
    'no-early-end',
    'a point goes when its lifecycle is over, when a call that was answered names it, when its copy relieves it, or with its kin',
    (step, book) =>
      pointEntries(step, 'DELETED')
        .filter((entry) => !isOver(entry) && !isCalled(step, entry.key) && !isTemporary(entry, book))
        .filter((entry) => !isWithKin(entry, step, book))
        .map(({ key, at, point }) => `${named(key)} went ${when(at)}, not due before ${when(point.deleteAt)}`),
  ),
  invariant('no-deletion-under-a-lock', 'no call takes a point out of a locked vault', (step, book) =>
    pointEntries(step, 'DELETED')
      .filter(({ key, point }) => isCalled(step, key) && book.locks.has(point.backupVaultArn))
      .map(({ key }) => `${step.call?.operation} took ${named(key)}`),
  ),
  invariant('compliance-keeps', 'past its lock date, a vault loses a point only to its lifecycle', (step, book) =>
    pointEntries(step, 'DELETED')
      .filter((entry) => (book.locks.get(entry.point.backupVaultArn)?.lockDate ?? Infinity) <= entry.at)
      .filter((entry) => !isOver(entry) && !isTemporary(entry, book))
      .map(({ key, at, point }) => `${named(key)} went ${when(at)} before its end ${when(point.deleteAt)}`),
  ),
  invariant('no-deletion-under-a-hold', 'nothing takes a point that an active hold keeps', (step, book) =>
    pointEntries(step, 'DELETED').flatMap(({ key, at }) =>
      book.holdsOf(key, at).map(({ arn }) => `${named(key)} went ${when(at)} under ${arn}`),
    ),
  ),
  invariant(
    'no-late-end',
    'no point outlives its lifecycle by more than 8 hours, or its last hold by a day',
    (step, book) =>
      book
        .live()
        .filter(({ key, view }) => view.status !== 'EXPIRED' && !book.parents.has(key))
        .filter((point) => latest(book, point, step.to) < step.to)
        .map(({ key, view }) => `${named(key)} is there ${when(step.to)}, due ${when(view.deleteAt)}`),
  ),
  invariant(
    'expired-for-a-reason',
    'a point turns EXPIRED when it was to go and its service deletes with the role, or when it is continuous and late',
    (step) =>
      pointEntries(step, 'EXPIRED')
        .filter(
          (entry) =>
            !(entry.point.continuous && isOver(entry)) &&
            (!DELETED_BY_ROLE.includes(entry.point.resourceType) || !(isOver(entry) || isCalled(step, entry.key))),
        )
        .map(({ key, at }) => `${named(key)} turned EXPIRED ${when(at)}`),
  ),
  expiredStays(),
  invariant('cold-in-time', 'a point is cold from its day on and not before, and never warm again', (step, book) => [
    ...pointEntries(step, 'COLD')
      .filter(({ at, point }) => point.continuous || at < (point.coldAt ?? Infinity))
      .map(({ key, at, point }) => `${named(key)} turned cold ${when(at)}, due ${when(point.coldAt)}`),
    ...step.after.points
      .filter(({ storageClass, coldAt = Infinity, backupVaultArn }) => {
        const late = book.heldUpUntil(backupVaultArn, coldAt) < step.to;
        return storageClass === 'COLD' ? coldAt >= step.to : late;
      })
      .map((point) => `${named(keyOf(point))} is ${point.storageClass} ${when(step.to)}, due ${when(point.coldAt)}`),
  ]),
  invariant('one-continuous', 'a resource has at most one continuous point, and only where its service can', (step) => {
    // One that was stopped may be shown as EXPIRED in the end.
    const running = step.after.points.filter(({ continuous, status }) => continuous && status === 'COMPLETED');
    return running
      .filter(
        ({ resourceArn, resourceType }, i) =>
          !CONTINUOUS_TYPES.includes(resourceType) ||
          running.findIndex((other) => other.resourceArn === resourceArn) !== i,
      )
      .map((point) => `${named(keyOf(point))} of ${point.resourceArn}`);
  }),
  invariant('ends-as-declared', 'a new point ends as its rule or its call says', (step, book) =>
    pointEntries(step, 'COMPLETED')
      .filter(({ point, kin }) => point.copyOf === undefined && !kin.isParent)
      .flatMap(({ key, point }) => {
        const job = [...book.jobs.values()].find(
          ({ last }) =>
            last.recoveryPointArn === point.recoveryPointArn && last.backupVaultArn === point.backupVaultArn,
        );
        const days = job?.terms?.deleteAfterDays;
        const due = days === undefined || days === -1 ? undefined : point.createdAt + days * DAY;
        // Children of a job that waited are asked for by nobody's call.
        const isAsked = job !== undefined && (job.terms !== undefined || job.within === undefined);
        return !isAsked || due === point.deleteAt
          ? []
          : [`${named(key)} ends ${when(point.deleteAt)}, declared ${when(due)}`];
      }),
  ),
  invariant('copies-end-as-declared', 'a copy ends as its action says, or with its source', (step, book) =>
    pointEntries(step, 'COMPLETED')
      .filter(({ point, kin }) => point.copyOf !== undefined && point.planName !== undefined && !kin.isParent)
      .filter(({ point }) => !copyEnds(point, book).includes(point.deleteAt))
      .map(({ key, point }) => `${named(key)} ends ${when(point.deleteAt)}`),
  ),
  invariant('names-are-unique', 'no two points of a vault have one name, ever', (step, book) => {
    const keys = step.after.points.map(keyOf);
    return [...keys.filter((key, i) => keys.indexOf(key) !== i), ...book.namesakes].map(named);
  }),
];

/** Every end that a copy may have by the versions of its rule. */
function copyEnds(point: PointEntry['point'], book: Book): (number | undefined)[] {
  const rules = book.rulesOf(point.planName, point.ruleName);
  const own = rules.flatMap(({ copyActions = [], lifecycle, targetLogicallyAirGappedBackupVaultArn: airGap }) => [
    ...copyActions
      .filter((action) => action.destinationBackupVaultArn === point.backupVaultArn)
      .map((action) => action.lifecycle?.deleteAfterDays ?? lifecycle?.deleteAfterDays),
    ...(airGap === point.backupVaultArn ? [lifecycle?.deleteAfterDays] : []),
  ]);
  return own.map((days) => (days === undefined || days === -1 ? undefined : point.createdAt + days * DAY));
}

/** A point that is EXPIRED stays so until a call takes it; a run renews a continuous one. */
function expiredStays(): Invariant {
  return invariant('expired-stays', 'a snapshot that is EXPIRED stays so until a call takes it', (step) => {
    const after = new Map(step.after.points.map((point) => [keyOf(point), point.status]));
    return step.before.points
      .filter(({ status, continuous }) => status === 'EXPIRED' && !continuous)
      .map(keyOf)
      .filter((key) => after.get(key) !== 'EXPIRED' && !isCalled(step, key))
      .map((key) => `${named(key)} is ${after.get(key) ?? 'gone'}`);
  });
}
