/**
 * ListGroupPolicies: names of the inline policies.
 *
 * Source   IAM API reference, ListGroupPolicies.
 */
import type { ListGroupPoliciesCommandInput, ListGroupPoliciesCommandOutput } from '@aws-sdk/client-iam';
import { given } from '../backup/shapes';
import { pageOf } from '../page';
import { findGroup } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function listGroupPolicies(
  state: WorldState,
  caller: Caller,
  input: ListGroupPoliciesCommandInput,
): Omit<ListGroupPoliciesCommandOutput, '$metadata'> {
  const names = [...findGroup(state, caller, input.GroupName).inline.keys()].sort();
  const page = pageOf(names, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListGroupPolicies',
    parent: input.GroupName,
    keyOf: (one) => one,
  });
  return given({ PolicyNames: page.items, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken });
}
