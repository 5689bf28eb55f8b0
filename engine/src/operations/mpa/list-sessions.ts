/**
 * ListSessions.
 *
 * Source   API model 2022-07-26 of mpa.
 * Assumed  The newest session is first.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { filterOf, showSession } from '../approval-sessions';
import { findTeam } from '../approval-teams';
import { given } from '../backup/shapes';
import { validPage } from '../validation';
import { PAGE } from './list-approval-teams';

export function listSessions(
  state: WorldState,
  caller: Caller,
  input: api.ListSessionsRequest,
): api.ListSessionsResponse {
  const team = findTeam(state, caller, input.ApprovalTeamArn);
  const filters = (input.Filters ?? []).map(filterOf);
  const sessions = state.access.ofTeam(team.arn).reverse();
  const found = sessions.filter((session) => filters.every((passes) => passes(session)));
  const { items, nextToken } = validPage(
    found,
    input,
    {
      service: 'mpa',
      operation: 'ListSessions',
      parent: input.ApprovalTeamArn,
      keyOf: ({ arn }) => arn,
    },
    PAGE,
  );
  return given({ Sessions: items.map((session) => showSession(state, session)), NextToken: nextToken });
}
