/**
 * DeleteReportPlan. What it wrote stays.
 *
 * Source   B10.2/1.
 */
import type { DeleteReportPlanInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSettledReportPlan } from '../report-plan';

export function deleteReportPlan(state: WorldState, caller: Caller, input: DeleteReportPlanInput): void {
  state.reportPlans.delete(findSettledReportPlan(state, caller, input.ReportPlanName));
}
