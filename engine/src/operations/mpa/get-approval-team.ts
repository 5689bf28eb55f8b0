/**
 * GetApprovalTeam.
 *
 * Source   API model 2022-07-26 of mpa.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import type { TeamDraft } from '../../domain/approval-team';
import { findSeen, showApprovers, showTeam, strategyOf } from '../approval-teams';
import { given } from '../backup/shapes';

export function getApprovalTeam(
  state: WorldState,
  caller: Caller,
  input: api.GetApprovalTeamRequest,
): api.GetApprovalTeamResponse {
  const team = findSeen(state, caller, input.Arn);
  return given({
    ...showTeam(team),
    Approvers: showApprovers(team.terms.approvers),
    VersionId: team.versionId,
    UpdateSessionArn: team.session?.arn,
    Policies: team.made.policies.map((PolicyArn) => ({ PolicyArn })),
    LastUpdateTime: dateOf(team.updatedAt),
    PendingUpdate: team.draft && showDraft(team.draft),
  });
}

/** Assumed: the status of a draft is PENDING while it waits, INACTIVE when it failed. */
function showDraft({ versionId, terms, statusCode, initiatedAt }: TeamDraft): api.PendingUpdate {
  return {
    VersionId: versionId,
    Description: terms.description,
    ApprovalStrategy: strategyOf(terms),
    NumberOfApprovers: terms.approvers.length,
    Status: statusCode.startsWith('UPDATE_PENDING') ? 'PENDING' : 'INACTIVE',
    StatusCode: statusCode,
    Approvers: showApprovers(terms.approvers),
    UpdateInitiationTime: dateOf(initiatedAt),
  };
}
