/**
 * GetDashboard.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type { GetDashboardCommandInput, GetDashboardCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dashboardArn, findDashboard } from '../find-dashboard';

export function getDashboard(
  state: WorldState,
  caller: Caller,
  input: GetDashboardCommandInput,
): Omit<GetDashboardCommandOutput, '$metadata'> {
  const { name, body } = findDashboard(state, caller, input.DashboardName);
  return { DashboardArn: dashboardArn(caller, name), DashboardBody: body, DashboardName: name };
}
