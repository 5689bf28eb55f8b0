/**
 * AcceptResourceShareInvitation, within 12 hours.
 *
 * Source   B7.5/5; API of AWS RAM 2018-01-04.
 */
import type { AcceptResourceShareInvitationRequest, AcceptResourceShareInvitationResponse } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findInvitation, showInvitation } from '../share';

export function acceptResourceShareInvitation(
  state: WorldState,
  caller: Caller,
  input: AcceptResourceShareInvitationRequest,
): AcceptResourceShareInvitationResponse {
  const invitation = findInvitation(state, caller, input.resourceShareInvitationArn);
  state.shares.accept(invitation);
  return { resourceShareInvitation: showInvitation(state, invitation) };
}
