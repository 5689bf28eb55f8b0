/**
 * What a page says of restores, those alike as one row, and of backups that completed with issues.
 *
 * Pure: reads a World.
 * Source   B4.1/9 (a job that completed with issues has a message), B9.2/3 (validation).
 */
import { COMPLETED, JOB_STATES } from '../../domain/event-codes';
import { BACKUP } from '../../domain/jobs';
import type { Ledger } from '../../domain/ledger';
import { NO_REASON } from '../../domain/reasons';
import type { RestoreJob } from '../../domain/restore-runs';
import { restoreJobView } from '../../domain/restore-views';
import { jobView } from '../../domain/show';
import { isVssIssue } from '../../domain/vss-reasons';
import { byteAt, floatAt, intAt } from '../../kernel/columns';
import { SteppedRuns } from '../chronicle/stepped-runs';
import type { PageMishap, PageRestore } from './overview';

export function restorePages(ledger: Ledger, jobs: readonly RestoreJob[]): PageRestore[] {
  const rows = new Map<string, PageRestore>();
  for (const job of jobs) {
    if (job.request.nestedIn === undefined) {
      const row = rowOf(ledger, job);
      const key = [row.resource, row.plan, row.vault, row.state, row.validation, row.why].join('\u0000');
      const before = rows.get(key);
      rows.set(key, before === undefined ? row : { ...before, count: before.count + 1, lastAt: job.createdAt });
    }
  }
  return [...rows.values()];
}

function rowOf(ledger: Ledger, job: RestoreJob): PageRestore {
  const { state, why, statusMessage, validationStatus } = restoreJobView(job);
  const { test } = job.request;
  const told = test?.validationMessage ?? '';
  return {
    resource: ledger.resources.tryFind(job.resource.arn)?.number ?? 0,
    // The name stands before an id.
    plan: test === undefined ? '' : nameOf(test.planArn),
    vault: job.vault.name,
    state,
    validation: validationStatus ?? '',
    why: [why, statusMessage, told].filter((text) => text !== '').join('; '),
    count: 1,
    firstAt: job.createdAt,
    lastAt: job.createdAt,
  };
}

function nameOf(planArn: string): string {
  return (planArn.split(':').at(-1) ?? '').replace(/-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '');
}

/** Backups on record that are not quite what was asked for: instances without a volume shadow copy. */
export function issuePages(ledger: Ledger): PageMishap[] {
  if (!ledger.resources.list().some(({ vssIssue }) => vssIssue !== NO_REASON)) {
    return [];
  }
  const { jobs } = ledger;
  const groups = new Map<string, { number: number; row: number; count: number }>();
  const instants = new SteppedRuns();
  const issues = jobs.rows(
    (row) =>
      byteAt(jobs.kinds, row) === BACKUP &&
      byteAt(jobs.states, row) === COMPLETED &&
      isVssIssue(byteAt(jobs.reasons, row)),
  );
  for (const row of issues) {
    const key = [intAt(jobs.resources, row), byteAt(jobs.reasons, row), intAt(jobs.origins, row)].join(' ');
    const group = groups.get(key) ?? { number: groups.size, row, count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
    instants.add(group.number, floatAt(jobs.createdAts, row));
  }
  return [...groups.values()].map(({ number, row, count }) => {
    const { why, statusMessage, backupVaultName, ruleName = '' } = jobView(ledger, row);
    return {
      resource: intAt(jobs.resources, row),
      kind: 'backup-job',
      state: `${JOB_STATES[COMPLETED] ?? ''} with issues`,
      vault: backupVaultName,
      rule: ruleName,
      why,
      message: statusMessage,
      count,
      runs: instants.runsOf(number),
    };
  });
}
