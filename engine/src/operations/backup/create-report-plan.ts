/**
 * CreateReportPlan.
 *
 * Source   B10.2/1; B1.5 (a repeated token is answered with what the first call made).
 */
import type { CreateReportPlanInput, CreateReportPlanOutput } from '@aws-sdk/client-backup';
import type { ReportPlan } from '../../domain/report-plans';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { refuseReportPlan, toReportPlan } from '../report-plan';

export function createReportPlan(
  state: WorldState,
  caller: Caller,
  input: CreateReportPlanInput,
): CreateReportPlanOutput {
  const name = required(input.ReportPlanName, 'ReportPlanName');
  required(input.ReportSetting, 'ReportSetting');
  required(input.ReportDeliveryChannel, 'ReportDeliveryChannel');
  const standing = state.reportPlans.tryFind(caller, name);
  if (standing !== undefined) {
    if (input.IdempotencyToken !== undefined && standing.token === input.IdempotencyToken) {
      return answer(standing);
    }
    // Assumed: the text.
    throw new AwsFault('AlreadyExistsException', `Report plan ${name} already exists.`, { arn: standing.arn });
  }
  const declared = toReportPlan(caller, name, input);
  refuseReportPlan(state, declared);
  return answer(state.reportPlans.create(declared, input.IdempotencyToken));
}

function answer({ name, arn, createdAt }: ReportPlan): CreateReportPlanOutput {
  return { ReportPlanName: name, ReportPlanArn: arn, CreationTime: dateOf(createdAt) };
}
