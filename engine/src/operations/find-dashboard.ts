/**
 * The dashboard that a call names.
 *
 * Pure: reads the World.
 * Source   API of CloudWatch 2010-08-01. Assumed: the text.
 */
import type { Dashboard } from '../domain/dashboards';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

export function findDashboard(state: WorldState, caller: Caller, name: string | undefined): Dashboard {
  const dashboard = state.services.dashboards.tryFind(caller.account, required(name, 'DashboardName'));
  if (dashboard === undefined) {
    throw new AwsFault('DashboardNotFoundError', `Dashboard ${name} does not exist`);
  }
  return dashboard;
}

export function dashboardArn({ partition, account }: Caller, name: string): string {
  return `arn:${partition}:cloudwatch::${account}:dashboard/${name}`;
}
