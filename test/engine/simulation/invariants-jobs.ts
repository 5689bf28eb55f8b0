// How jobs move and end, and that every point has one.
import type { Book, JobBooked } from './book';
import { COMPLETION_WINDOW_MINUTES, DAY, GIB, LONGEST_PER_GIB, MINUTE, RUNS_PAST_ITS_WINDOW } from './facts';
import { Invariant, invariant, named, newPoints, pointEntries, when } from './invariant';
import { keyOf } from './snapshot';
import type { JobEntry, Step } from './steps';

const NEXT: Readonly<Record<string, readonly string[]>> = {
  '': ['CREATED'],
  // Backups are PENDING first, copies never.
  CREATED: ['PENDING', 'RUNNING', 'FAILED', 'EXPIRED', 'ABORTING'],
  PENDING: ['RUNNING', 'ABORTING'],
  RUNNING: ['COMPLETED', 'PARTIAL', 'FAILED', 'EXPIRED', 'ABORTING'],
  ABORTING: ['ABORTED'],
};
const OPEN = ['CREATED', 'PENDING', 'RUNNING', 'ABORTING'];
const UNDER_WAY = ['PENDING', 'RUNNING'];

function jobEntries({ entries }: Step, state: string): JobEntry[] {
  return entries.filter((entry): entry is JobEntry => entry.kind === 'job' && entry.state === state);
}

/** Jobs that make a point. */
function madeEntries(step: Step): JobEntry[] {
  return [...jobEntries(step, 'COMPLETED'), ...jobEntries(step, 'PARTIAL')];
}

function stateOf({ states }: JobBooked): string {
  return states.at(-1)?.state ?? '';
}

function shown({ last, id }: JobBooked): string {
  return `${last.kind} job ${id} of ${last.resourceArn}`;
}

/** When a job that runs has to be over, but for one that waits for its children; what makes jobs hang may last longer, but for the completion window. */
function overBy({ id, last, terms }: JobBooked, book: Book): number {
  if (book.childrenOf(id).length > 0) {
    return Infinity;
  }
  const arns = [last.backupVaultArn, last.sourceBackupVaultArn ?? last.backupVaultArn];
  const from = Math.max(last.startedAt ?? Infinity, ...arns.map((arn) => book.hungUntil(arn)));
  const longest = from + Math.max(1, last.sizeBytes / GIB) * LONGEST_PER_GIB;
  const minutes = terms?.completionWindowMinutes ?? COMPLETION_WINDOW_MINUTES;
  const windowed = last.kind === 'backup' && terms !== undefined && !RUNS_PAST_ITS_WINDOW.test(last.resourceType);
  return windowed ? Math.min(longest, last.createdAt + minutes * MINUTE) : longest;
}

export const jobInvariants: readonly Invariant[] = [
  invariant(
    'jobs-move-as-specified',
    'a job moves as its table says, begins once and never leaves its end',
    (step, book) => {
      const moved = new Set(step.entries.flatMap((entry) => (entry.kind === 'job' ? [entry.job.jobId] : [])));
      return [...moved].flatMap((id) => {
        const states = book.jobs.get(id)?.states ?? [];
        return states
          .map(({ state }, i) => [states[i - 1]?.state ?? '', state] as const)
          .filter(([from, to]) => NEXT[from]?.includes(to) !== true)
          .map(([from, to]) => `job ${id} went from '${from}' to ${to}`);
      });
    },
  ),
  invariant('jobs-end-in-time', 'no job waits past its start window or runs past its completion window', (step, book) =>
    [...book.jobs.values()]
      .filter((job) => {
        const startBy = job.last.startBy ?? Infinity;
        return stateOf(job) === 'CREATED'
          ? startBy < step.to
          : UNDER_WAY.includes(stateOf(job)) && overBy(job, book) < step.to;
      })
      .map((job) => `${shown(job)} is ${stateOf(job)} ${when(step.to)}`),
  ),
  invariant(
    'nothing-left-running',
    'when all plans are gone and days have passed, no job is under way',
    (step, book) =>
      step.quiet
        ? [...book.jobs.values()]
            .filter((job) => OPEN.includes(stateOf(job)))
            .map((job) => `${shown(job)} is ${stateOf(job)}`)
        : [],
  ),
  restoresEnd(),
  oneAtATime(),
  invariant('every-point-has-a-job', 'a job of its vault and resource completes the instant a point appears', (step) =>
    newPoints(step)
      .filter(({ at, point }) =>
        madeEntries(step).every(
          ({ at: ended, job }) =>
            ended !== at ||
            (job.recoveryPointArn !== point.recoveryPointArn && !isBesideContinuous(point.why)) ||
            job.backupVaultArn !== point.backupVaultArn ||
            job.kind !== (point.copyOf === undefined ? 'backup' : 'copy'),
        ),
      )
      .map(({ key }) => `${named(key)} came from nothing`),
  ),
  invariant(
    'every-job-has-its-point',
    'a job that completes makes a point or refreshes a continuous one',
    (step, book) =>
      madeEntries(step)
        .filter(({ at, job }) => {
          const key = keyOf({ backupVaultArn: job.backupVaultArn, recoveryPointArn: job.recoveryPointArn ?? '' });
          const point = step.entries.find((entry) => entry.kind === 'point' && entry.key === key && entry.at === at);
          return point === undefined || !book.points.has(key);
        })
        .map(({ job }) => `job ${job.jobId} completed with '${job.recoveryPointArn}'`),
  ),
  invariant(
    'every-copy-has-a-source',
    'a copy names a point that was there, of its resource, creation and size',
    (step, book) =>
      newPoints(step).flatMap(({ key, point }) => {
        if (point.copyOf === undefined) {
          return [];
        }
        const source = book.points.get(keyOf(point.copyOf))?.view;
        const same =
          source?.resourceArn === point.resourceArn && (source.continuous || source.createdAt === point.createdAt);
        return same
          ? []
          : [`${named(key)} is a copy of ${named(keyOf(point.copyOf))}, created ${when(source?.createdAt)}`];
      }),
  ),
  invariant(
    'retention-inside-the-lock',
    'no job starts that would put a point outside the bounds of a lock',
    (step, book) =>
      pointEntries(step, 'COMPLETED')
        .filter(({ point, kin }) => !point.continuous && !kin.isParent)
        .flatMap(({ key, point }) => {
          const days = ((point.deleteAt ?? Infinity) - point.createdAt) / DAY;
          const locks = book.locksAt(point.backupVaultArn, jobStart(step, key));
          return locks.some((lock) => lock === undefined || (days >= lock.min && days <= lock.max))
            ? []
            : [
                `${named(key)} is kept ${days} days, the lock allows ${locks.map((lock) => `${lock?.min} to ${lock?.max}`)}`,
              ];
        }),
  ),
  invariant(
    'bytes-add-up',
    'a job moves at most what there is, and a point is as big as its job and its source',
    (step) =>
      madeEntries(step).flatMap(({ at, job }) => {
        const key = keyOf({ backupVaultArn: job.backupVaultArn, recoveryPointArn: job.recoveryPointArn ?? '' });
        const told = step.entries.find((one) => one.kind === 'point' && one.key === key && one.at === at);
        const view = told?.kind === 'point' ? told.point : undefined;
        const wrong =
          job.transferredBytes > job.sizeBytes || job.transferredBytes < 0 || view?.sizeBytes !== job.sizeBytes;
        return wrong
          ? [`job ${job.jobId} moved ${job.transferredBytes} of ${job.sizeBytes}, point ${view?.sizeBytes}`]
          : [];
      }),
  ),
];

function jobStart(step: Step, key: string): number {
  const made = jobEntries(step, 'COMPLETED').find(
    ({ job }) => key === keyOf({ backupVaultArn: job.backupVaultArn, recoveryPointArn: job.recoveryPointArn ?? '' }),
  );
  return made?.job.startedAt ?? step.from;
}

/** B7.6/3: a snapshot that goes to an air-gapped vault beside the continuous point, which is the job's. */
function isBesideContinuous(why: string): boolean {
  return why.includes('made it on its way to a logically air-gapped vault');
}

/** B4.3/1: a resource has one job at a time. */
function oneAtATime(): Invariant {
  return {
    name: 'one-job-at-a-time',
    says: 'two jobs of a resource never run at once, but for a parent and its own part',
    watch: () => {
      const running = new Map<string, string>();
      return (step) =>
        step.entries.flatMap((entry) => {
          if (entry.kind !== 'job') {
            return [];
          }
          const { resourceArn, jobId } = entry.job;
          if (entry.within === resourceArn) {
            return [];
          }
          const other = running.get(resourceArn);
          if (UNDER_WAY.includes(entry.state)) {
            running.set(resourceArn, jobId);
            return other === undefined || other === jobId
              ? []
              : [`job ${jobId} runs beside ${other} of ${resourceArn}`];
          }
          if (other === jobId) {
            running.delete(resourceArn);
          }
          return [];
        });
    },
  };
}

function restoresEnd(): Invariant {
  return {
    name: 'restores-end',
    says: 'a restore begins once, of a point that was there, and is over when days have passed',
    watch: () => {
      const states = new Map<string, string>();
      return (step, book) => {
        const wrong: string[] = [];
        for (const entry of step.entries) {
          if (entry.kind === 'restore') {
            const before = states.get(entry.id);
            states.set(entry.id, entry.state);
            const known = [...book.points.keys()].some((key) => key.endsWith(` ${entry.recoveryPointArn}`));
            if (
              (before === undefined) !== (entry.state === 'CREATED' || entry.state === 'PENDING') &&
              before !== 'CREATED'
            ) {
              wrong.push(`restore ${entry.id} went from ${before} to ${entry.state}`);
            } else if (!known) {
              wrong.push(`restore ${entry.id} is of ${entry.recoveryPointArn}, which never was`);
            }
          }
        }
        const open = [...states].filter(([, state]) => !['COMPLETED', 'FAILED', 'ABORTED'].includes(state));
        return step.quiet ? [...wrong, ...open.map(([id, state]) => `restore ${id} is ${state}`)] : wrong;
      };
    },
  };
}
