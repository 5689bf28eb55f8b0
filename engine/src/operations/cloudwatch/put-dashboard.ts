/**
 * PutDashboard.
 *
 * Source   API of CloudWatch 2010-08-01. Assumed: the text.
 * Gaps     Of the body, only that it is JSON with widgets is checked.
 */
import type { PutDashboardCommandInput, PutDashboardCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import { parseJson } from '../../kernel/json';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function putDashboard(
  state: WorldState,
  caller: Caller,
  input: PutDashboardCommandInput,
): Omit<PutDashboardCommandOutput, '$metadata'> {
  const name = required(input.DashboardName, 'DashboardName');
  const body = required(input.DashboardBody, 'DashboardBody');
  if (!hasWidgets(body)) {
    throw new AwsFault(
      'DashboardInvalidInputError',
      'The dashboard body is invalid: it must be JSON with an array of widgets.',
    );
  }
  state.services.dashboards.put(caller.account, { name, body, changedAt: state.now });
  return { DashboardValidationMessages: [] };
}

function hasWidgets(body: string): boolean {
  try {
    const read = parseJson(body) as { readonly widgets?: unknown } | null;
    return Array.isArray(read?.widgets);
  } catch {
    return false;
  }
}
