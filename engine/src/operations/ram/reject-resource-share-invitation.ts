/**
 * RejectResourceShareInvitation.
 *
 * Source   B7.5/5; API of AWS RAM 2018-01-04.
 */
import type { RejectResourceShareInvitationRequest, RejectResourceShareInvitationResponse } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findInvitation, showInvitation } from '../share';

export function rejectResourceShareInvitation(
  state: WorldState,
  caller: Caller,
  input: RejectResourceShareInvitationRequest,
): RejectResourceShareInvitationResponse {
  const invitation = findInvitation(state, caller, input.resourceShareInvitationArn);
  invitation.answer = 'REJECTED';
  return { resourceShareInvitation: showInvitation(state, invitation) };
}
