/**
 * GetResourceShares: those of the account (SELF), or shared with it (OTHER-ACCOUNTS).
 *
 * Source   B7.5/5; API of AWS RAM 2018-01-04.
 */
import type { GetResourceSharesRequest, GetResourceSharesResponse } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { required } from '../find-vault';
import { pageOf } from '../page';
import { showShare } from '../share';

export function getResourceShares(
  state: WorldState,
  caller: Caller,
  input: GetResourceSharesRequest,
): GetResourceSharesResponse {
  const owner = required(input.resourceOwner, 'resourceOwner');
  const accepted = state.shares.invitationsOf(caller).filter(({ answer }) => answer === 'ACCEPTED');
  const shares = (owner === 'SELF' ? state.shares.by(caller) : accepted.map(({ share }) => share))
    .filter((share) => input.name === undefined || share.name === input.name)
    .filter((share) => input.resourceShareArns?.includes(share.arn) ?? true)
    .map(showShare)
    .filter(({ status }) => (input.resourceShareStatus ?? status) === status);
  const { items, nextToken } = pageOf(shares, input.maxResults, input.nextToken, {
    service: 'ram',
    operation: 'GetResourceShares',
    parent: owner,
    keyOf: ({ resourceShareArn = '' }) => resourceShareArn,
  });
  return given({ resourceShares: items, nextToken });
}
