/**
 * UpdateApprovalTeam.
 *
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Update an approval team": one update at a time, and the active team has to
 *          agree. Assumed: nothing else waits meanwhile; a team that is not active yet cannot be updated.
 * Gaps     `SYNCHRONIZE_MFA_DEVICES` is accepted and changes nothing, as approvers have no devices.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import type { ApprovalTeam } from '../../domain/approval-team';
import { conflict, findTeam, minApprovals, namedApprovers, refuseMembers, refuseThreshold } from '../approval-teams';
import { invalid } from '../validation';

export function updateApprovalTeam(
  state: WorldState,
  caller: Caller,
  input: api.UpdateApprovalTeamRequest,
): api.UpdateApprovalTeamResponse {
  refuseMembers(state, caller);
  const team = findTeam(state, caller, input.Arn);
  const { Description, ApprovalStrategy, Approvers, UpdateActions = [] } = input;
  const change = {
    description: Description,
    minApprovals: ApprovalStrategy === undefined ? undefined : minApprovals(ApprovalStrategy),
    approvers: Approvers === undefined ? undefined : namedApprovers(Approvers),
  };
  if (Object.values(change).every((one) => one === undefined)) {
    if (UpdateActions.length === 0) {
      throw invalid('Description, ApprovalStrategy, Approvers or UpdateActions is required.');
    }
    return { VersionId: team.versionId };
  }
  refuseThreshold(change.minApprovals ?? team.terms.minApprovals, (change.approvers ?? team.terms.approvers).length);
  refuseBusy(team);
  return { VersionId: state.approvalTeams.update(team, change) };
}

/** A team of which something waits. */
export function refuseBusy({ status, statusCode, made }: ApprovalTeam): void {
  const waits = statusCode?.includes('PENDING') === true || status === 'PENDING' || status === 'DELETING';
  if (waits) {
    throw conflict(`The approval team ${made.name} is ${[status, statusCode].filter(Boolean).join(', ')}.`);
  }
}
