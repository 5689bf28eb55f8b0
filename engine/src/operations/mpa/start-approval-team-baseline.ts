/**
 * StartApprovalTeamBaseline.
 *
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Baseline an approval team". Assumed: all approvers where none is named; what a
 *          team that is not active is answered.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { findTeam, refuseMembers } from '../approval-teams';
import { invalid } from '../validation';

export function startApprovalTeamBaseline(
  state: WorldState,
  caller: Caller,
  input: api.StartApprovalTeamBaselineRequest,
): api.StartApprovalTeamBaselineResponse {
  refuseMembers(state, caller);
  const team = findTeam(state, caller, input.Arn);
  if (team.status !== 'ACTIVE') {
    throw invalid(`The approval team ${team.made.name} is ${team.status}.`);
  }
  const { approvers } = team.terms;
  const { ApproverIds: ids = [] } = input;
  const unknown = ids.find((id) => !approvers.some((approver) => approver.id === id));
  if (unknown !== undefined) {
    throw invalid(`There is no approver ${unknown} in the approval team ${team.made.name}.`);
  }
  const asked = ids.length === 0 ? approvers : approvers.filter(({ id }) => ids.includes(id));
  return { BaselineSessionArn: state.approvalTeams.baseline(team, asked).arn };
}
