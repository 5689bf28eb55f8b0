/**
 * ListRolePolicies: names of the inline policies.
 *
 * Source   IAM API reference, ListRolePolicies.
 */
import type { ListRolePoliciesCommandInput, ListRolePoliciesCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findRole } from '../find-identity';
import { pageOf } from '../page';

export function listRolePolicies(
  state: WorldState,
  caller: Caller,
  input: ListRolePoliciesCommandInput,
): Omit<ListRolePoliciesCommandOutput, '$metadata'> {
  const names = [...findRole(state, caller, input.RoleName).inline.keys()].sort();
  const page = pageOf(names, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListRolePolicies',
    parent: input.RoleName,
    keyOf: (name) => name,
  });
  const IsTruncated = page.nextToken !== undefined;
  return given({ PolicyNames: page.items, IsTruncated, Marker: page.nextToken });
}
