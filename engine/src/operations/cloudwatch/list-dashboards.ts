/**
 * ListDashboards, by prefix.
 *
 * Source   API of CloudWatch 2010-08-01: pages of 1000.
 */
import type { ListDashboardsCommandInput, ListDashboardsCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { dashboardArn } from '../find-dashboard';
import { pageOf } from '../page';

export function listDashboards(
  state: WorldState,
  caller: Caller,
  input: ListDashboardsCommandInput,
): Omit<ListDashboardsCommandOutput, '$metadata'> {
  const { DashboardNamePrefix: prefix = '' } = input;
  const found = state.services.dashboards.list(caller.account).filter(({ name }) => name.startsWith(prefix));
  const page = pageOf(found, undefined, input.NextToken, {
    service: 'monitoring',
    operation: 'ListDashboards',
    keyOf: ({ name }) => name,
  });
  return given({
    DashboardEntries: page.items.map(({ name, body, changedAt }) => ({
      DashboardName: name,
      DashboardArn: dashboardArn(caller, name),
      LastModified: dateOf(changedAt),
      Size: Buffer.byteLength(body),
    })),
    NextToken: page.nextToken,
  });
}
