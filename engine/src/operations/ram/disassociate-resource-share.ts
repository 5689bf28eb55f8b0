/**
 * DisassociateResourceShare: resources or accounts leave a share.
 *
 * Source   B7.5/5; API of AWS RAM 2018-01-04.
 */
import type { DisassociateResourceShareRequest, DisassociateResourceShareResponse } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { associationsOf, findShare } from '../share';

export function disassociateResourceShare(
  state: WorldState,
  caller: Caller,
  input: DisassociateResourceShareRequest,
): DisassociateResourceShareResponse {
  const share = findShare(state, caller, input.resourceShareArn);
  const resources = [...share.resources].filter(({ arn }) => input.resourceArns?.includes(arn));
  const accounts = share.invitations.map(({ account }) => account).filter((one) => input.principals?.includes(one));
  const answer = associationsOf(state, share, { resources, accounts }, 'DISASSOCIATED');
  state.shares.take(share, resources, accounts);
  return { resourceShareAssociations: answer };
}
