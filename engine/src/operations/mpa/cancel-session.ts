/**
 * CancelSession.
 *
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Cancel an approval session". Assumed: one that is over conflicts.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { findSession, statusOf } from '../approval-sessions';
import { conflict, refuseMembers } from '../approval-teams';

export function cancelSession(
  state: WorldState,
  caller: Caller,
  input: api.CancelSessionRequest,
): api.CancelSessionResponse {
  refuseMembers(state, caller);
  const session = findSession(state, caller, input.SessionArn);
  if (session.status !== 'PENDING') {
    throw conflict(`The session ${session.arn} is ${statusOf(session)}.`);
  }
  state.access.end(session, 'CANCELLED');
  return {};
}
