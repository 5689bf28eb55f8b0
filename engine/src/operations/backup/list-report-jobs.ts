/**
 * ListReportJobs, newest first.
 *
 * Source   B10.2/4. Assumed: the order.
 * Gaps     StatusMessage is never there: no report job fails.
 */
import type { ListReportJobsInput, ListReportJobsOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { showReportJob } from '../report-plan';
import { given } from './shapes';

export function listReportJobs(state: WorldState, caller: Caller, input: ListReportJobsInput): ListReportJobsOutput {
  const after = input.ByCreationAfter?.getTime() ?? -Infinity;
  const before = input.ByCreationBefore?.getTime() ?? Infinity;
  const passing = state.reportPlans
    .jobs(caller)
    .filter(({ createdAt }) => createdAt > after && createdAt < before)
    .filter(({ plan, status }) => {
      const { ByReportPlanName = plan.name, ByStatus = status } = input;
      return ByReportPlanName === plan.name && ByStatus === status;
    });
  const page = pageOf(passing, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListReportJobs',
    keyOf: ({ id }) => id,
  });
  return given({ ReportJobs: page.items.map(showReportJob), NextToken: page.nextToken });
}
