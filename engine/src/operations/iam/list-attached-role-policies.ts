/**
 * ListAttachedRolePolicies.
 *
 * Source   IAM API reference, ListAttachedRolePolicies.
 */
import type { ListAttachedRolePoliciesCommandInput, ListAttachedRolePoliciesCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findRole } from '../find-identity';
import { pageOf } from '../page';

export function listAttachedRolePolicies(
  state: WorldState,
  caller: Caller,
  input: ListAttachedRolePoliciesCommandInput,
): Omit<ListAttachedRolePoliciesCommandOutput, '$metadata'> {
  const arns = [...findRole(state, caller, input.RoleName).attached].sort();
  const page = pageOf(arns, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListAttachedRolePolicies',
    parent: input.RoleName,
    keyOf: (arn) => arn,
  });
  return given({
    AttachedPolicies: page.items.map((arn) => ({ PolicyArn: arn, PolicyName: arn.split('/').at(-1) ?? arn })),
    IsTruncated: page.nextToken !== undefined,
    Marker: page.nextToken,
  });
}
