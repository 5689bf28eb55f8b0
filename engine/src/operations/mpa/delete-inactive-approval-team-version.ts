/**
 * DeleteInactiveApprovalTeamVersion.
 *
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Team drafts": drafts that failed, and teams that are inactive.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { conflict, findTeam, notFound, refuseMembers } from '../approval-teams';
import { needed } from '../validation';

export function deleteInactiveApprovalTeamVersion(
  state: WorldState,
  caller: Caller,
  input: api.DeleteInactiveApprovalTeamVersionRequest,
): api.DeleteInactiveApprovalTeamVersionResponse {
  refuseMembers(state, caller);
  const team = findTeam(state, caller, input.Arn);
  const versionId = needed(input.VersionId, 'VersionId');
  const { draft } = team;
  if (draft?.versionId === versionId) {
    if (draft.statusCode.startsWith('UPDATE_PENDING')) {
      throw conflict(`Version ${versionId} is ${draft.statusCode}: cancel its session.`);
    }
    state.approvalTeams.dropDraft(team);
  } else if (team.versionId !== versionId) {
    throw notFound(`version ${versionId} of ${team.arn}`);
  } else if (team.status !== 'INACTIVE') {
    throw conflict(`Version ${versionId} is ${team.status}.`);
  } else {
    state.approvalTeams.remove(team);
  }
  return {};
}
