/**
 * ListApprovalTeams.
 *
 * Source   API model 2022-07-26 of mpa; MPA user guide, "View an approval team": teams that are shared with the account, too.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { refuseElsewhere, showTeam } from '../approval-teams';
import { given } from '../backup/shapes';
import { validPage } from '../validation';

/** Source: API model: at most 20 on a page. Assumed: as many where no number is asked for. */
export const PAGE = 20;

export function listApprovalTeams(
  state: WorldState,
  caller: Caller,
  input: api.ListApprovalTeamsRequest,
): api.ListApprovalTeamsResponse {
  refuseElsewhere(caller);
  const { items, nextToken } = validPage(
    [...state.approvalTeams.list(caller), ...state.shares.teamsWith(caller)],
    input,
    {
      service: 'mpa',
      operation: 'ListApprovalTeams',
      keyOf: ({ arn }) => arn,
    },
    PAGE,
  );
  return given({ ApprovalTeams: items.map((team) => given(showTeam(team))), NextToken: nextToken });
}
