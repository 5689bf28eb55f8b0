/**
 * ListAttachedGroupPolicies.
 *
 * Source   IAM API reference, ListAttachedGroupPolicies.
 */
import type {
  ListAttachedGroupPoliciesCommandInput,
  ListAttachedGroupPoliciesCommandOutput,
} from '@aws-sdk/client-iam';
import { given } from '../backup/shapes';
import { pageOf } from '../page';
import { findGroup } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function listAttachedGroupPolicies(
  state: WorldState,
  caller: Caller,
  input: ListAttachedGroupPoliciesCommandInput,
): Omit<ListAttachedGroupPoliciesCommandOutput, '$metadata'> {
  const arns = [...findGroup(state, caller, input.GroupName).attached].sort();
  const page = pageOf(arns, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListAttachedGroupPolicies',
    parent: input.GroupName,
    keyOf: (one) => one,
  });
  const AttachedPolicies = page.items.map((arn) => ({ PolicyArn: arn, PolicyName: arn.split('/').at(-1) ?? arn }));
  return given({ AttachedPolicies, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken });
}
