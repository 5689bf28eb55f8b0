// Ways to break a true history, one for each invariant: what it must see, or it would see nothing.
import type { BackupVaultListMember } from '@aws-sdk/client-backup';
import type { RecoveryPointView, WorldSummary } from '../../../engine/src/domain/views';
import { DAY, HOUR } from './facts';
import { keyOf, Snapshot } from './snapshot';
import type { Entry, JobEntry, PointEntry, Step } from './steps';

/** A history with one lie in it; undefined where this history has no place for the lie. */
export type Breaker = (steps: readonly Step[]) => readonly Step[] | undefined;

/** Changes the first step that can be changed. */
function first(change: (step: Step, steps: readonly Step[]) => Partial<Step> | undefined): Breaker {
  return (steps) => {
    for (const [i, step] of steps.entries()) {
      const changed = change(step, steps);
      if (changed !== undefined) {
        return [...steps.slice(0, i), { ...step, ...changed }, ...steps.slice(i + 1)];
      }
    }
    return undefined;
  };
}

/** Changes the first entry that passes; `undefined` leaves it out. */
function entry<E extends Entry>(
  passes: (one: Entry, step: Step, steps: readonly Step[]) => one is E,
  change: (one: E) => Entry | undefined,
): Breaker {
  return first((step, steps) => {
    const index = step.entries.findIndex((one) => passes(one, step, steps));
    const found = step.entries[index] as E | undefined;
    if (found === undefined) {
      return undefined;
    }
    const changed = change(found);
    return {
      entries: step.entries.flatMap((one, i) => (i !== index ? [one] : changed === undefined ? [] : [changed])),
    };
  });
}

function isPoint(status: PointEntry['status'], more: (one: PointEntry) => boolean = () => true) {
  return (one: Entry): one is PointEntry => one.kind === 'point' && one.status === status && more(one);
}

function isJob(state: string, more: (one: JobEntry) => boolean = () => true) {
  return (one: Entry): one is JobEntry => one.kind === 'job' && one.state === state && more(one);
}

function pointAs(one: PointEntry, more: Partial<RecoveryPointView>): PointEntry {
  return { ...one, point: { ...one.point, ...more } };
}

/** Shows the first point that passes differently, in what a step leaves behind. */
function shown(
  passes: (point: RecoveryPointView, step: Step) => boolean,
  more: Partial<RecoveryPointView>,
  side: 'before' | 'after' = 'after',
): Breaker {
  return first((step) => {
    const snapshot: Snapshot = step[side];
    const index = snapshot.points.findIndex((point) => passes(point, step));
    return index < 0
      ? undefined
      : { [side]: { ...snapshot, points: snapshot.points.map((one, i) => (i === index ? { ...one, ...more } : one)) } };
  });
}

function summaryAs(more: (summary: WorldSummary) => Partial<WorldSummary>): Breaker {
  return first(({ after }) => ({ after: { ...after, summary: { ...after.summary, ...more(after.summary) } } }));
}

function vaultAs(passes: (vault: BackupVaultListMember, step: Step) => boolean, more: object | undefined): Breaker {
  return first((step) => {
    const { after } = step;
    const index = after.vaults.findIndex((vault) => passes(vault, step));
    const found = after.vaults[index];
    return found === undefined
      ? undefined
      : {
          after: {
            ...after,
            vaults: after.vaults.flatMap((one, i) =>
              i !== index ? [one] : more === undefined ? [] : [{ ...one, ...more }],
            ),
          },
        };
  });
}

function deleted(point: RecoveryPointView, at: number): PointEntry {
  return { kind: 'point', at, status: 'DELETED', key: keyOf(point), point, kin: { isParent: false, members: [] } };
}

function isLocked({ after }: Step, arn: string): boolean {
  return after.vaults.some(({ BackupVaultArn, Locked }) => BackupVaultArn === arn && Locked === true);
}

function isForEver({ before }: Step, arn: string, at: number): boolean {
  return before.vaults.some(
    ({ BackupVaultArn, LockDate }) => BackupVaultArn === arn && (LockDate?.getTime() ?? Infinity) <= at,
  );
}

/** A deletion that was refused, told as if it had been answered. */
const deletionUnderLock = first(({ call, before, to, after, ...step }) => {
  const { BackupVaultName, RecoveryPointArn } = (call?.input ?? {}) as Record<string, string>;
  const point = before.points.find(
    (one) => one.backupVaultName === BackupVaultName && one.recoveryPointArn === RecoveryPointArn,
  );
  const refused = call?.operation === 'DeleteRecoveryPoint' && call.fault !== undefined;
  return refused && point !== undefined && isLocked({ ...step, call, before, to, after }, point.backupVaultArn)
    ? { call: { ...call, fault: undefined }, entries: [deleted(point, to)] }
    : undefined;
});

const deletionUnderHold = first(({ before, call, from, to }) => {
  const held = before.holds.filter(({ status }) => status === 'ACTIVE').flatMap(({ keeps }) => keeps);
  const point = before.points.find((one) => held.includes(keyOf(one)));
  return call === undefined && point !== undefined && to > from ? { entries: [deleted(point, from + 1)] } : undefined;
});

/** Leaves out whatever is told of the first job that passes, from a state on. */
function silence(passes: (one: JobEntry) => boolean, after: string): Breaker {
  return (steps) => {
    const entries = steps.flatMap((step) => step.entries);
    const job = entries.find((one): one is JobEntry => one.kind === 'job' && one.state === after && passes(one));
    const rest = entries.filter((one) => one.kind === 'job' && one.job.jobId === job?.job.jobId && one !== job);
    const later = rest.filter((one) => entries.indexOf(one) > entries.indexOf(job as Entry));
    return job === undefined || later.length === 0
      ? undefined
      : steps.map((step) => ({ ...step, entries: step.entries.filter((one) => !later.includes(one)) }));
  };
}

function withAnswer(passes: (step: Step) => boolean): Breaker {
  return first((step) =>
    step.call?.fault?.name === 'AccessDeniedException' && passes(step)
      ? { call: { ...step.call, fault: undefined, output: {} } }
      : undefined,
  );
}

/** Hides the first delivery that passes, or shows it as lost. */
function delivery(passes: (one: Step['deliveries'][number]) => boolean, more?: { readonly delivered: false }): Breaker {
  return first(({ deliveries }) => {
    const index = deliveries.findIndex(passes);
    return index < 0
      ? undefined
      : {
          deliveries: deliveries.flatMap((one, i) =>
            i !== index ? [one] : more === undefined ? [] : [{ ...one, ...more }],
          ),
        };
  });
}

export const BREAKERS: Readonly<Record<string, Breaker>> = {
  'no-early-end': entry(isPoint('DELETED', isOver), (one) => pointAs(one, { deleteAt: one.at + HOUR })),
  'no-deletion-under-a-lock': deletionUnderLock,
  'compliance-keeps': entry(
    (one, step): one is PointEntry =>
      isPoint('DELETED', isOver)(one) && isForEver(step, (one as PointEntry).point.backupVaultArn, step.from),
    (one) => pointAs(one, { deleteAt: undefined }),
  ),
  'no-deletion-under-a-hold': deletionUnderHold,
  'no-late-end': entry(isPoint('DELETED', isOver), () => undefined),
  'expired-for-a-reason': entry(
    isPoint(
      'DELETED',
      (one) => isOver(one) && !one.point.continuous && !['EBS', 'EC2'].includes(one.point.resourceType),
    ),
    (one) => ({ ...one, status: 'EXPIRED' }),
  ),
  'expired-stays': shown(
    (point, { after }) => !point.continuous && after.points.some((one) => keyOf(one) === keyOf(point)),
    { status: 'EXPIRED' },
    'before',
  ),
  'cold-in-time': shown(({ coldAt }) => coldAt === undefined, { storageClass: 'COLD' }),
  'one-continuous': shown(({ resourceType }) => resourceType === 'EFS', { continuous: true }),
  'ends-as-declared': entry(
    isPoint('COMPLETED', ({ point }) => point.copyOf === undefined && !point.continuous),
    later,
  ),
  'copies-end-as-declared': entry(
    isPoint('COMPLETED', ({ point }) => point.copyOf !== undefined && point.planName !== undefined),
    later,
  ),
  'names-are-unique': first(({ after }) => {
    const [point] = after.points;
    return point && { after: { ...after, points: [...after.points, point] } };
  }),
  'jobs-move-as-specified': entry(isJob('CREATED'), () => undefined),
  'jobs-end-in-time': silence(({ job }) => job.kind === 'backup', 'RUNNING'),
  'nothing-left-running': silence(({ job }) => job.kind === 'copy', 'CREATED'),
  'restores-end': entry(
    (one): one is Entry => one.kind === 'restore' && one.state === 'COMPLETED',
    () => undefined,
  ),
  'one-job-at-a-time': silenceBefore(),
  'every-point-has-a-job': entry(
    isJob('COMPLETED', ({ job }) => job.kind === 'backup'),
    () => undefined,
  ),
  'every-job-has-its-point': entry(isPoint('COMPLETED'), () => undefined),
  'every-copy-has-a-source': entry(
    isPoint('COMPLETED', ({ point }) => point.copyOf !== undefined),
    (one) => pointAs(one, { createdAt: one.point.createdAt + 1 }),
  ),
  'retention-inside-the-lock': entry(
    (one, step): one is PointEntry =>
      isPoint('COMPLETED', ({ point }) => !point.continuous)(one) &&
      step.after.vaults.some(
        ({ BackupVaultArn, MinRetentionDays = 0 }) =>
          BackupVaultArn === (one as PointEntry).point.backupVaultArn && MinRetentionDays > 1,
      ),
    (one) => pointAs(one, { deleteAt: one.point.createdAt + HOUR }),
  ),
  'bytes-add-up': entry(isJob('COMPLETED'), (one) => ({
    ...one,
    job: { ...one.job, sizeBytes: one.job.sizeBytes + 1 },
  })),
  'parents-come-over-members': entry(
    isPoint('COMPLETED', ({ kin }) => kin.isParent),
    (one) => ({ ...one, kin: { ...one.kin, members: one.kin.members.map((key) => `${key}0`) } }),
  ),
  'parents-go-last': entry(
    isPoint('DELETED', ({ kin }) => kin.isParent),
    () => undefined,
  ),
  'parents-show-their-members': shown(({ whyUntil }) => whyUntil.startsWith('goes with the last of its members'), {
    deleteAt: 1,
  }),
  'parent-jobs-end-as-their-children': silence(({ within }) => within !== undefined, 'PENDING'),
  'lists-tell-kinship': first(({ listings }) => {
    const index = listings.findIndex(
      ({ operation, whole }) =>
        operation === 'ListRecoveryPointsByBackupVault' &&
        whole.some((text) => text.includes('"ParentRecoveryPointArn"')),
    );
    const lie = (text: string) => text.replace('"ParentRecoveryPointArn"', '"Other"');
    return index < 0
      ? undefined
      : { listings: listings.map((one, i) => (i === index ? { ...one, whole: one.whole.map(lie) } : one)) };
  }),
  'counts-add-up': summaryAs(({ recoveryPoints }) => ({
    recoveryPoints: { ...recoveryPoints, liveWarm: recoveryPoints.liveWarm + 1 },
  })),
  'sums-follow': summaryAs(({ recoveryPoints }) => ({
    recoveryPoints: { ...recoveryPoints, created: recoveryPoints.created + 1, deleted: recoveryPoints.deleted + 1 },
  })),
  'books-agree': first(({ after }) =>
    after.points.length === 0 ? undefined : { after: { ...after, points: after.points.slice(1) } },
  ),
  'jobs-add-up': summaryAs(({ copyJobs }) => ({ copyJobs: { ...copyJobs, RUNNING: 99 } })),
  'lists-page-completely': first(({ listings }) => {
    const index = listings.findIndex(({ pages }) => pages.length > 1);
    return index < 0
      ? undefined
      : { listings: listings.map((one, i) => (i === index ? { ...one, pages: one.pages.slice(1) } : one)) };
  }),
  'time-goes-on': entry(
    (one): one is Entry => one.kind === 'job',
    (one) => ({ ...one, at: one.at - 400 * DAY }),
  ),
  'a-refusal-changes-nothing': first(({ call, after }) =>
    call?.fault === undefined ? undefined : { after: { ...after, digest: `${after.digest}0` } },
  ),
  'locks-stand-as-put': vaultAs(({ Locked }) => Locked === true, { Locked: false }),
  'a-compliance-lock-is-for-ever': vaultAs(
    ({ BackupVaultArn = '' }, step) => isForEver(step, BackupVaultArn, step.from),
    { MinRetentionDays: 1, LockDate: undefined },
  ),
  'vaults-go-empty': vaultAs(() => true, undefined),
  'holds-keep-what-they-list': first(({ after }) =>
    after.holds.some(({ status, keeps }) => status === 'ACTIVE' && keeps.length > 0)
      ? { after: { ...after, holds: after.holds.map((hold) => ({ ...hold, keeps: hold.keeps.slice(1) })) } }
      : undefined,
  ),
  'every-change-is-an-event': delivery(({ what }) => what === 'Backup Job State Change'),
  'every-end-is-notified': delivery(({ what }) => what === 'BACKUP_JOB_COMPLETED'),
  'nothing-is-lost': delivery(() => true, { delivered: false }),
  'nobody-exceeds-their-rights': withAnswer(({ call }) =>
    /role\/(stranger|auditor)$/.test(call?.caller.principalArn ?? ''),
  ),
};

function isOver({ at, point }: PointEntry): boolean {
  return at >= (point.deleteAt ?? Infinity);
}

function later(one: PointEntry): PointEntry {
  return pointAs(one, { deleteAt: (one.point.deleteAt ?? one.at) + DAY });
}

/** Leaves out the end of a job whose resource has another one afterwards. */
function silenceBefore(): Breaker {
  return entry(
    (one, _step, steps): one is JobEntry =>
      isJob('COMPLETED')(one) &&
      steps
        .flatMap((step) => step.entries)
        .some(
          (other) =>
            isJob('PENDING')(other) && other.at > one.at && other.job.resourceArn === (one as JobEntry).job.resourceArn,
        ),
    () => undefined,
  );
}
