/**
 * ListReportPlans, by name.
 *
 * Source   B10.2/1. Assumed: the order.
 */
import type { ListReportPlansInput, ListReportPlansOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { showReportPlan } from '../report-plan';
import { given } from './shapes';

export function listReportPlans(state: WorldState, caller: Caller, input: ListReportPlansInput): ListReportPlansOutput {
  const page = pageOf(state.reportPlans.list(caller), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListReportPlans',
    keyOf: ({ arn }) => arn,
  });
  return given({ ReportPlans: page.items.map(showReportPlan), NextToken: page.nextToken });
}
