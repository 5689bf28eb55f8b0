/**
 * ListUserPolicies: names of the inline policies.
 *
 * Source   IAM API reference, ListUserPolicies.
 */
import type { ListUserPoliciesCommandInput, ListUserPoliciesCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findUser } from '../find-identity';
import { given } from '../backup/shapes';
import { pageOf } from '../page';

export function listUserPolicies(
  state: WorldState,
  caller: Caller,
  input: ListUserPoliciesCommandInput,
): Omit<ListUserPoliciesCommandOutput, '$metadata'> {
  const names = [...findUser(state, caller, input.UserName).inline.keys()].sort();
  const page = pageOf(names, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListUserPolicies',
    parent: input.UserName,
    keyOf: (name) => name,
  });
  return given({ PolicyNames: page.items, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken });
}
