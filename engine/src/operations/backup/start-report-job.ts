/**
 * StartReportJob.
 *
 * Source   B10.2/4; B1.5 (a repeated token is answered with what the first call made).
 */
import type { StartReportJobInput, StartReportJobOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSettledReportPlan } from '../report-plan';

export function startReportJob(state: WorldState, caller: Caller, input: StartReportJobInput): StartReportJobOutput {
  const plan = findSettledReportPlan(state, caller, input.ReportPlanName);
  const token = input.IdempotencyToken;
  const same = state.reportPlans.jobs(caller).find((job) => job.plan === plan && job.token === token);
  const repeated = token === undefined ? undefined : same;
  return { ReportJobId: (repeated ?? state.reportPlans.start(plan, token)).id };
}
