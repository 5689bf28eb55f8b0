/**
 * What faults do to backup and copy jobs: keep them from beginning, make them fail, or let them hang.
 *
 * Owns     nothing: moves the columns of the ledger. Callers look at `ledger.faults.active` first.
 * Units    `…At` are Instants.
 * Source   B4.1/2 (retryable errors are tried again at least every 10 minutes), B6.1/3 (copies for 2 hours).
 * Spec     faults.md
 */
import type { Environment } from '@holdfast/model';
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { HOUR, minutesAfter, NEVER } from '../kernel/instant';
import { completeByOf, startByOf } from './backup-job';
import { RUNNING } from './event-codes';
import { isInScope, isOut, StandingFault, Struck } from './faults';
import { BACKUP } from './jobs';
import { JOB_ENDS, JOB_TRIES_AGAIN, Ledger } from './ledger';
import { FAILED_BY_FAULT, HANGS_BY_FAULT, HELD_BY_REGION, HELD_BY_SYSTEM_ERROR } from './injected-reasons';
import { COMPLETION_WINDOW_CLOSED } from './reasons';
import type { RestoreJob } from './restore-runs';
import { RETRY_MINUTES } from './waiting';

/** Source B6.1/3: how long a copy is tried again after system errors; then staff of AWS take over. */
const COPY_RETRIED_MS = 2 * HOUR;

/** Why a job does not begin: it waits and is tried again, or fails. */
export interface Meeting {
  readonly reason: number;
  readonly waits: boolean;
}

/** Which fault a job meets that is about to begin; undefined when none is in its way. */
export function meetFault(ledger: Ledger, row: number): Meeting | undefined {
  const job = struckOf(ledger, row);
  for (const fault of ledger.faults.standing) {
    const met = meetingOf(ledger, fault, job);
    if (met !== undefined) {
      ledger.faults.strike(ledger.jobs.numberOf(row), fault, ledger.now);
      return met;
    }
  }
  return undefined;
}

function meetingOf({ faults, now }: Ledger, fault: StandingFault, job: Struck): Meeting | undefined {
  const { given } = fault;
  const envs = placesOf(job);
  const refused = { reason: FAILED_BY_FAULT, waits: false };
  switch (given.kind) {
    case 'region-out':
      return envs.some((env) => isOut(given, env)) ? { reason: HELD_BY_REGION, waits: true } : undefined;
    case 'account-suspended':
      return envs.some(({ account }) => account === given.account) ? refused : undefined;
    case 'job-fails':
      return given.retryable === true && isInScope(given, job) && faults.drawnFor(fault, job, now)
        ? { reason: HELD_BY_SYSTEM_ERROR, waits: true }
        : undefined;
    case 'resource-unavailable':
      return job.jobs === 'backup' && isInScope(given, job) && faults.drawnFor(fault, job) ? refused : undefined;
    case 'copy-refused':
      return job.jobs === 'copy' && isInScope(given, job) && faults.drawnFor(fault, job) ? refused : undefined;
    default:
      return undefined;
  }
}

/**
 * Where a job works: between its vaults; a backup with its resource, too, and a restore where it restores to. Whose data a copy
 * or a restore is of does not matter: that the place it came from is out is what copies are for.
 */
function placesOf({ jobs, vault, source, resource, restoredTo }: Struck): Environment[] {
  const beside = jobs === 'backup' ? [resource.declaration.env] : restoredTo === undefined ? [] : [restoredTo];
  return [...beside, ...[vault, source].flatMap((one) => (one === undefined ? [] : [one.made.env]))];
}

/** A job that may not begin looks again in 10 minutes; a copy that did so for 2 hours when the fault is over. */
export function holdBack(ledger: Ledger, row: number, reason: number): void {
  const { jobs, faults, now, agenda } = ledger;
  const number = jobs.numberOf(row);
  const strike = faults.tryFindStrike(number);
  jobs.reasons[row] = reason;
  if (byteAt(jobs.kinds, row) === BACKUP && strike?.since === now) {
    const origin = ledger.origins.find(intAt(jobs.origins, row));
    agenda.push(Math.max(startByOf(floatAt(jobs.createdAts, row), origin), now), JOB_TRIES_AGAIN, number);
  }
  if (byteAt(jobs.kinds, row) !== BACKUP && strike !== undefined && now >= strike.since + COPY_RETRIED_MS) {
    faults.held.set(number, NEVER);
    strike.fault.deferred.push({ kind: faults.lookKind, subject: number });
  } else {
    faults.held.set(number, minutesAfter(now, RETRY_MINUTES));
    agenda.push(minutesAfter(now, RETRY_MINUTES), faults.lookKind, number);
  }
}

/** What becomes of a job that has just begun: it may be going to fail at its end, or to hang. */
export function strikeAtStart(ledger: Ledger, row: number): void {
  const { jobs, faults, now } = ledger;
  const job = struckOf(ledger, row);
  for (const fault of faults.standing) {
    const { given } = fault;
    const fails = given.kind === 'job-fails' && given.retryable !== true;
    if ((!fails && given.kind !== 'job-hangs') || !isInScope(given, job) || !faults.drawnFor(fault, job)) {
      continue;
    }
    if (!fails) {
      hang(ledger, fault, row, floatAt(jobs.endAts, row) - now);
    } else if (byteAt(jobs.reasons, row) !== COMPLETION_WINDOW_CLOSED) {
      faults.strike(jobs.numberOf(row), fault, now);
      jobs.reasons[row] = FAILED_BY_FAULT;
    }
    return;
  }
}

/** Whether a job that would end now does not, as a Region is out. */
export function putOffEnd(ledger: Ledger, row: number): boolean {
  const { jobs, faults, now, agenda } = ledger;
  const reason = byteAt(jobs.reasons, row);
  if (reason === COMPLETION_WINDOW_CLOSED || reason === HANGS_BY_FAULT) {
    return false;
  }
  const { vault, source } = struckOf(ledger, row);
  const fault = [vault, source].reduce<StandingFault | undefined>(
    (found, one) => found ?? (one === undefined ? undefined : faults.outOf(one.made.env)),
    undefined,
  );
  if (fault === undefined) {
    return false;
  }
  hang(ledger, fault, row, 0);
  const endAt = floatAt(jobs.endAts, row);
  if (endAt > now && endAt !== NEVER) {
    agenda.push(endAt, JOB_ENDS, jobs.numberOf(row));
  }
  return endAt > now;
}

/** A running job gets no further: only its completion window ends it before the fault is over. */
function hang(ledger: Ledger, fault: StandingFault, row: number, remainingMs: number): void {
  const { jobs, faults, now } = ledger;
  const number = jobs.numberOf(row);
  const resource = ledger.resources.find(intAt(jobs.resources, row));
  const origin = ledger.origins.find(intAt(jobs.origins, row));
  const backup = byteAt(jobs.kinds, row) === BACKUP;
  faults.strike(number, fault, now);
  fault.hung.push({ number, remainingMs, reason: byteAt(jobs.reasons, row) });
  jobs.endAts[row] = backup ? Math.max(completeByOf(floatAt(jobs.createdAts, row), origin, resource), now) : NEVER;
  jobs.reasons[row] = HANGS_BY_FAULT;
}

/**
 * Which fault a restore meets that would begin or end: it waits, or fails. Undefined when none is in its way.
 *
 * Restores are few and have no windows, so that one that waits or hangs looks again every 10 minutes.
 */
export function meetFaultInRestore(
  ledger: Ledger,
  restore: RestoreJob,
): { readonly fault: StandingFault; readonly waits: boolean } | undefined {
  const { faults } = ledger;
  const { state, pointArn } = restore;
  const job = struckRestoreOf(ledger, restore);
  const ends = state === RUNNING;
  for (const fault of faults.standing) {
    const { given } = fault;
    const met = meetingOf(ledger, fault, job);
    const hangs = ends && given.kind === 'job-hangs' && isInScope(given, job) && faults.drawnFor(fault, job);
    // What is in a point is a matter of the rule that made it; a restore itself has none.
    const corrupted =
      given.kind === 'point-corrupted' &&
      (given.recoveryPoint ?? pointArn) === pointArn &&
      isInScope(given, { ...job, rule: makerOf(ledger, restore) });
    const broken = given.kind === 'job-fails' && given.retryable !== true && isInScope(given, job);
    const fails = ends && (corrupted || broken) && faults.drawnFor(fault, job);
    if (met !== undefined || hangs || fails) {
      fault.strikes++;
      return { fault, waits: met?.waits ?? hangs };
    }
  }
  return undefined;
}

/** Name of the rule that made what a restore reads, or what that is a copy of; none once the point is gone. */
function makerOf({ points, origins }: Ledger, { request, series, pointCreatedAt }: RestoreJob): string | undefined {
  return points.isSame(request.row, series, pointCreatedAt)
    ? origins.find(intAt(points.origins, request.row)).rule?.declaration.ruleName
    : undefined;
}

/** What a job is, as far as faults ask. */
function struckOf(ledger: Ledger, row: number): Struck {
  const { jobs } = ledger;
  const origin = ledger.origins.find(intAt(jobs.origins, row));
  const vaultOf = (series: number) => (series < 0 ? undefined : ledger.vaultOf(series));
  return {
    jobs: byteAt(jobs.kinds, row) === BACKUP ? 'backup' : 'copy',
    resource: ledger.resources.find(intAt(jobs.resources, row)),
    vault: vaultOf(intAt(jobs.series, row)),
    source: vaultOf(intAt(jobs.sources, row)),
    rule: origin.rule?.declaration.ruleName,
    cause: origin.name,
    createdAt: floatAt(jobs.createdAts, row),
  };
}

/** What a restore job is, as far as faults ask. */
function struckRestoreOf(ledger: Ledger, { id, resource, vault, createdAt, request }: RestoreJob): Struck {
  const cause = ledger.names.intern(id);
  const restoredTo = request.env;
  return { jobs: 'restore', resource, vault, source: undefined, rule: undefined, cause, createdAt, restoredTo };
}
