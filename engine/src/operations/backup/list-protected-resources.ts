/**
 * ListProtectedResources: what has a recovery point, by ARN.
 *
 * Source   B1.3 ProtectedResource. Assumed: a resource whose points are all gone is not protected any more, and points
 *          in vaults of other accounts and Regions do not count, as the account of the vault has those.
 */
import type { ListProtectedResourcesInput, ListProtectedResourcesOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { protectedResources } from '../protected-resource';
import { given } from './shapes';

export function listProtectedResources(
  state: WorldState,
  caller: Caller,
  input: ListProtectedResourcesInput,
): ListProtectedResourcesOutput {
  const page = pageOf(protectedResources(state, caller), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListProtectedResources',
    keyOf: ({ ResourceArn = '' }) => ResourceArn,
  });
  return given({ Results: page.items, NextToken: page.nextToken });
}
