/**
 * Logs what becomes of backup and copy jobs, and tells those who listen.
 *
 * Source   B14.
 * Spec     backup-job.md, copy-job.md
 */
import { floatAt, intAt } from '../kernel/columns';
import { ABORTING, CREATED } from './event-codes';
import { eventKey } from './faults';
import { isInjected } from './injected-reasons';
import { tellJob } from './jobs';
import type { Ledger } from './ledger';
import { NO_VAULT } from './rule-targets';

/** Logs a state of a job, and tells of it. */
export function recordJob(ledger: Ledger, codes: number, row: number, state: number, reason: number, flags = 0): void {
  logJob(ledger, codes, row, state, reason, flags);
  // Nobody is told of ABORTING.
  if (ledger.observers.listening && state !== CREATED && state !== ABORTING) {
    tellJob(ledger, row, state, reason);
  }
}

/** @param codes the first event code of the kind of job; states count from there */
export function logJob(ledger: Ledger, codes: number, row: number, state: number, reason: number, flags = 0): void {
  const { jobs, log, now, resources, series: chains, vaults, origins } = ledger;
  const series = intAt(jobs.series, row);
  const place = series === NO_VAULT ? 0 : vaults.find(intAt(chains.vaults, series)).arnName;
  const resource = resources.find(intAt(jobs.resources, row)).arnName;
  const cause = origins.find(intAt(jobs.origins, row)).name;
  if (isInjected(reason)) {
    ledger.faults.note(eventKey(now, codes + state, resource, place, cause), jobs.numberOf(row));
  }
  log.stage(now, floatAt(jobs.sizes, row), floatAt(jobs.deleteAts, row));
  log.appendStaged(codes + state, flags, reason, resource, place, cause);
}
