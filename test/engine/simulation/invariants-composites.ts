// That parents and their members belong together: points, jobs, and what lists say of them.
import type { BackupJob, RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import type { Book, JobBooked } from './book';
import { RELEASE_SPREAD } from './facts';
import { Invariant, invariant, named, newPoints, pointEntries, when } from './invariant';
import { keyOf } from './snapshot';
import type { JobEntry, PointEntry, Step } from './steps';

const OVER = ['COMPLETED', 'PARTIAL', 'FAILED', 'EXPIRED', 'ABORTED'];

function stateOf({ states }: JobBooked): string {
  return states.at(-1)?.state ?? '';
}

/** What is wrong with a parent that comes. */
function badMembers({ at, key, point, kin: { members } }: PointEntry, book: Book): string[] {
  const source = point.copyOf === undefined ? undefined : keyOf(point.copyOf);
  const wrong = members.filter((member) => {
    const { view, goneAt = Infinity, firstSeen = Infinity } = book.points.get(member) ?? {};
    const sameSource =
      view?.copyOf === undefined
        ? source === undefined
        : book.memberships.get(keyOf(view.copyOf))?.parent === source && source !== undefined;
    return (
      view === undefined ||
      view.backupVaultArn !== point.backupVaultArn ||
      view.createdAt < point.createdAt ||
      firstSeen > at ||
      goneAt < at ||
      !sameSource ||
      book.memberships.get(member)?.parent !== key
    );
  });
  return [
    ...(members.length === 0 ? [`${named(key)} has no members`] : []),
    ...wrong.map((member) => `${named(member)} is no member that ${named(key)} can have`),
  ];
}

/** A hold that kept a parent, until a day after its release. */
function isHeld(book: Book, key: string, now: number): boolean {
  return [...book.holds.values()].some(
    ({ keeps, canceledAt }) => keeps?.has(key) === true && canceledAt + RELEASE_SPREAD >= now,
  );
}

/** What is wrong with the end of a parent job, by its children. */
function badEnd({ at, state, job }: JobEntry, book: Book): string[] {
  const children = book.childrenOf(job.jobId);
  const open = children.filter((child) => !OVER.includes(stateOf(child)) || (child.states.at(-1)?.at ?? 0) > at);
  const done = children.filter((child) => stateOf(child) === 'COMPLETED').length;
  const fits =
    state === 'COMPLETED'
      ? done === children.length
      : state === 'PARTIAL'
        ? done > 0
        : // Points of children may go before the last of them is over.
          true;
  return children.length === 0 || state === 'ABORTED' || (fits && open.length === 0)
    ? []
    : [`${job.kind} job ${job.jobId} is ${state}, its children ${children.map(stateOf).join(', ')}`];
}

function jobEnds({ entries }: Step): JobEntry[] {
  return entries.filter((entry): entry is JobEntry => entry.kind === 'job' && OVER.includes(entry.state));
}

function listed<T>({ listings }: Step, operation: RegExp): (readonly [where: string, whole: readonly T[]])[] {
  return listings
    .filter((one) => operation.test(one.operation))
    .map(({ where, whole }) => [where, whole.map((text) => JSON.parse(text) as T)] as const);
}

export const compositeInvariants: readonly Invariant[] = [
  invariant(
    'parents-come-over-members',
    'a parent comes over members of its vault that are there, made since its job began, or copied from those of its source',
    (step, book) =>
      newPoints(step)
        .filter(({ kin }) => kin.isParent)
        .flatMap((entry) => badMembers(entry, book)),
  ),
  invariant('parents-go-last', 'a parent goes when its last member does, unless a hold keeps it', (step, book) => [
    ...pointEntries(step, 'DELETED')
      .filter(({ key, at }) => book.parents.has(key) && book.membersOf(key, at).length > 0)
      .map(({ key, at }) => `${named(key)} went ${when(at)} before its members`),
    ...book
      .live()
      .filter(({ key }) => book.parents.has(key) && book.membersOf(key, step.to).length === 0)
      .filter(({ key }) => !isHeld(book, key, step.to))
      .map(({ key }) => `${named(key)} is there ${when(step.to)} without members`),
  ]),
  invariant(
    'parents-show-their-members',
    'a parent ends with the member that lives longest, and is PARTIAL once one is missing',
    ({ after, to }, book) => {
      const shown = new Map(after.points.map((one) => [keyOf(one), one.deleteAt ?? Infinity]));
      return after.points.flatMap((point) => {
        const key = keyOf(point);
        const members = book.membersOf(key, to);
        const parent = book.parents.get(key);
        if (parent === undefined || members.length === 0) {
          return [];
        }
        const end = Math.max(...members.map((member) => shown.get(member.key) ?? 0));
        const ever = book.everMembersOf(key).length;
        const status = parent.madePartial || ever > members.length ? 'PARTIAL' : 'COMPLETED';
        return (point.deleteAt ?? Infinity) === end && point.status === status
          ? []
          : [
              `${named(key)} is ${point.status} until ${when(point.deleteAt)}, its members ${status} until ${when(end)}`,
            ];
      });
    },
  ),
  invariant(
    'parent-jobs-end-as-their-children',
    'a parent job is over after its children, COMPLETED when all of them are, PARTIAL when one of them is',
    (step, book) => jobEnds(step).flatMap((entry) => badEnd(entry, book)),
  ),
  invariant('lists-tell-kinship', 'lists name the parent of each member and of each child job', (step, book) => [
    ...listed<RecoveryPointByBackupVault>(step, /^ListRecoveryPointsByBackupVault$/).flatMap(([where, points]) =>
      points
        .filter(({ Status }) => (Status as string) !== 'CREATING')
        .filter(({ BackupVaultArn: backupVaultArn = '', RecoveryPointArn = '', ParentRecoveryPointArn, IsParent }) => {
          const key = keyOf({ backupVaultArn, recoveryPointArn: RecoveryPointArn });
          const membership = book.memberships.get(key);
          const parent = membership === undefined || membership.until <= step.to ? undefined : membership.parent;
          const told =
            ParentRecoveryPointArn === undefined
              ? undefined
              : keyOf({ backupVaultArn, recoveryPointArn: ParentRecoveryPointArn });
          return told !== parent || IsParent !== book.parents.has(key);
        })
        .map(({ RecoveryPointArn }) => `${RecoveryPointArn} in ${where}`),
    ),
    ...listed<BackupJob>(step, /^ListBackupJobs$/).flatMap(([where, jobs]) =>
      jobs
        .filter(({ BackupJobId = '', ParentJobId, IsParent }) => {
          const isParent = book.childrenOf(BackupJobId).length > 0;
          return ParentJobId !== book.jobs.get(BackupJobId)?.parentId || IsParent !== isParent;
        })
        .map(({ BackupJobId, ParentJobId }) => `${BackupJobId} in ${where}, child of ${ParentJobId}`),
    ),
  ]),
];
