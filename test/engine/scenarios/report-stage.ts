// A World that reports are made of, plans of reports, and what these say.
import { BackupReportPlan, Estate, ReportTemplate } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { MINUTE } from '../../../engine/src/kernel/instant';
import { createReportPlan } from '../../../engine/src/operations/backup/create-report-plan';
import { startReportJob } from '../../../engine/src/operations/backup/start-report-job';
import { fromReportPlan } from '../../../engine/src/operations/report-plan';
import { ENV, plan, resource, rule, vault, vaultArn, world } from './stage';

const START = '2027-01-01T00:00:00Z';
export const FS = resource('efs', 'fs-1');
export const JOBS = ReportTemplate.BACKUP_JOB;
export const DESTINATION = vaultArn('second');

export function staged(more: Partial<Estate> = {}): WorldState {
  const rules = [rule('daily', { copyActions: [{ destinationBackupVaultArn: DESTINATION }] })];
  const vaults = [vault('main', { vaultLock: { minRetentionDays: 1 } }), vault('second')];
  return world(START, { vaults, resources: [FS], plans: [plan('p', rules)], ...more });
}

export function create(
  state: WorldState,
  template: string,
  more: Partial<BackupReportPlan> = {},
  name = 'jobs',
  env = ENV,
): void {
  const declared = { reportPlanName: name, env, reportTemplate: template, s3BucketName: 'reports', ...more };
  createReportPlan(state, env, { ReportPlanName: name, ...fromReportPlan(declared) });
  pass(state, MINUTE + 1);
}

export function pass(state: WorldState, ms: number): WorldState {
  state.runUntil(state.now + ms);
  return state;
}

/** The rows of a report that is asked for now, in JSON. */
export function rows(state: WorldState, ReportPlanName = 'jobs', env = ENV): Record<string, unknown>[] {
  startReportJob(state, env, { ReportPlanName });
  pass(state, MINUTE + 1);
  const file = state.reportPlans.files.list().at(-1);
  return (JSON.parse(file?.text() ?? '{}') as { reportItems: Record<string, unknown>[] }).reportItems;
}
