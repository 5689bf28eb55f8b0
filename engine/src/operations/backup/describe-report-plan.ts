/**
 * DescribeReportPlan.
 *
 * Source   B10.2/1.
 */
import type { DescribeReportPlanInput, DescribeReportPlanOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findReportPlan, showReportPlan } from '../report-plan';

export function describeReportPlan(
  state: WorldState,
  caller: Caller,
  input: DescribeReportPlanInput,
): DescribeReportPlanOutput {
  return { ReportPlan: showReportPlan(findReportPlan(state, caller, input.ReportPlanName)) };
}
