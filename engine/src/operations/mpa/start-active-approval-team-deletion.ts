/**
 * StartActiveApprovalTeamDeletion.
 *
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Delete an approval team": the team has to agree; examples of CloudTrail
 *          events. Assumed: when it completes is said where days were given, and counts from now.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { dateOf, daysAfter } from '../../kernel/instant';
import { conflict, findTeam, refuseMembers } from '../approval-teams';
import { invalid } from '../validation';
import { refuseBusy } from './update-approval-team';

export function startActiveApprovalTeamDeletion(
  state: WorldState,
  caller: Caller,
  input: api.StartActiveApprovalTeamDeletionRequest,
): api.StartActiveApprovalTeamDeletionResponse {
  refuseMembers(state, caller);
  const team = findTeam(state, caller, input.Arn);
  const { PendingWindowDays: days } = input;
  if (days !== undefined && days < 0) {
    throw invalid(`PendingWindowDays must be at least 0, got ${days}.`);
  }
  if (team.status === 'INACTIVE') {
    throw conflict(`The approval team ${team.made.name} is INACTIVE: delete its version.`);
  }
  refuseBusy(team);
  state.approvalTeams.delete(team, days ?? 0);
  const completed = days === undefined ? {} : { DeletionCompletionTime: dateOf(daysAfter(state.now, days)) };
  return { DeletionStartTime: dateOf(state.now), ...completed };
}
