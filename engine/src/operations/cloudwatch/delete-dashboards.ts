/**
 * DeleteDashboards: all of them, or none when one is missing.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type { DeleteDashboardsCommandInput, DeleteDashboardsCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findDashboard } from '../find-dashboard';

export function deleteDashboards(
  state: WorldState,
  caller: Caller,
  input: DeleteDashboardsCommandInput,
): Omit<DeleteDashboardsCommandOutput, '$metadata'> {
  const found = (input.DashboardNames ?? []).map((name) => findDashboard(state, caller, name));
  found.forEach(({ name }) => state.services.dashboards.remove(caller.account, name));
  return {};
}
