/**
 * ListAttachedUserPolicies.
 *
 * Source   IAM API reference, ListAttachedUserPolicies.
 */
import type { ListAttachedUserPoliciesCommandInput, ListAttachedUserPoliciesCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findUser } from '../find-identity';
import { given } from '../backup/shapes';
import { pageOf } from '../page';

export function listAttachedUserPolicies(
  state: WorldState,
  caller: Caller,
  input: ListAttachedUserPoliciesCommandInput,
): Omit<ListAttachedUserPoliciesCommandOutput, '$metadata'> {
  const arns = [...findUser(state, caller, input.UserName).attached].sort();
  const page = pageOf(arns, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListAttachedUserPolicies',
    parent: input.UserName,
    keyOf: (arn) => arn,
  });
  return given({
    AttachedPolicies: page.items.map((arn) => ({ PolicyArn: arn, PolicyName: arn.split('/').at(-1) ?? arn })),
    IsTruncated: page.nextToken !== undefined,
    Marker: page.nextToken,
  });
}
