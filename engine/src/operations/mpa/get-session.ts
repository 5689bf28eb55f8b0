/**
 * GetSession.
 *
 * Source   API model 2022-07-26 of mpa.
 * Gaps     Which principal asked is not said, and there are no metadata.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { findSession, showSession, statusOf } from '../approval-sessions';
import { strategyOf } from '../approval-teams';
import { given, toDate } from '../backup/shapes';
import type { Approver } from '../../domain/approval-team';
import type { ApprovalSession } from '../../domain/restore-access';

export function getSession(state: WorldState, caller: Caller, input: api.GetSessionRequest): api.GetSessionResponse {
  const session = findSession(state, caller, input.SessionArn);
  const team = state.approvalTeams.tryFind(session.teamArn);
  return given({
    ...showSession(state, session),
    ApprovalStrategy: team && strategyOf(team.terms),
    NumberOfApprovers: team?.terms.approvers.length,
    ExecutionStatus: executionOf(session),
    RequesterComment: session.comment,
    ApproverResponses: team && responsesOf(session, team.terms.approvers),
  });
}

/** Assumed: what was not agreed to failed. */
function executionOf(session: ApprovalSession): NonNullable<api.GetSessionResponse['ExecutionStatus']> {
  const status = statusOf(session);
  return status === 'PENDING' ? 'PENDING' : status === 'APPROVED' ? 'EXECUTED' : 'FAILED';
}

function responsesOf(
  { request, responses, endedAt }: ApprovalSession,
  approvers: readonly Approver[],
): api.GetSessionResponseApproverResponses {
  const asked = request.kind === 'baseline' ? request.approvers : undefined;
  return approvers
    .filter(({ id }) => asked?.includes(id) ?? true)
    .map(({ id, identityId, sourceArn }) =>
      given({
        ApproverId: id,
        IdentitySourceArn: sourceArn,
        IdentityId: identityId,
        Response: responses.get(id) ?? ('NO_RESPONSE' as const),
        ResponseTime: responses.has(id) ? toDate(endedAt) : undefined,
      }),
    );
}
