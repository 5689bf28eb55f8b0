/**
 * GetResourceShareInvitations of the account.
 *
 * Source   B7.5/5; API of AWS RAM 2018-01-04.
 */
import type { GetResourceShareInvitationsRequest, GetResourceShareInvitationsResponse } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { pageOf } from '../page';
import { showInvitation } from '../share';

export function getResourceShareInvitations(
  state: WorldState,
  caller: Caller,
  input: GetResourceShareInvitationsRequest,
): GetResourceShareInvitationsResponse {
  const { resourceShareInvitationArns: arns, resourceShareArns: shares } = input;
  const invitations = state.shares
    .invitationsOf(caller)
    .filter(({ arn, share }) => (arns?.includes(arn) ?? true) && (shares?.includes(share.arn) ?? true))
    .map((invitation) => showInvitation(state, invitation));
  const { items, nextToken } = pageOf(invitations, input.maxResults, input.nextToken, {
    service: 'ram',
    operation: 'GetResourceShareInvitations',
    keyOf: ({ resourceShareInvitationArn = '' }) => resourceShareInvitationArn,
  });
  return given({ resourceShareInvitations: items, nextToken });
}
