/**
 * UpdateReportPlan: what is not given stays.
 *
 * Source   B10.2/1. Assumed: that what is not given stays.
 */
import type { UpdateReportPlanInput, UpdateReportPlanOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findSettledReportPlan, fromReportPlan, refuseReportPlan, toReportPlan } from '../report-plan';
import { given } from './shapes';

export function updateReportPlan(
  state: WorldState,
  caller: Caller,
  input: UpdateReportPlanInput,
): UpdateReportPlanOutput {
  const plan = findSettledReportPlan(state, caller, input.ReportPlanName);
  const { name, declaration, arn, createdAt } = plan;
  const { ReportPlanDescription, ReportSetting, ReportDeliveryChannel } = input;
  const asked = given({ ReportPlanDescription, ReportSetting, ReportDeliveryChannel });
  // Assumed: an empty description, which Terraform sends where none is declared, takes away the one that was there.
  const merged = { ...fromReportPlan(declaration), ...asked, ReportPlanTags: declaration.tags };
  const described = merged.ReportPlanDescription === '' ? undefined : merged.ReportPlanDescription;
  const declared = toReportPlan(declaration.env, name, { ...merged, ReportPlanDescription: described });
  refuseReportPlan(state, declared, plan);
  state.reportPlans.update(plan, declared);
  return { ReportPlanName: name, ReportPlanArn: arn, CreationTime: dateOf(createdAt) };
}
