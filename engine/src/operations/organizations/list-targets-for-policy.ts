/**
 * ListTargetsForPolicy.
 *
 * Source   API reference of AWS Organizations, ListTargetsForPolicy.
 */
import type {
  ListTargetsForPolicyCommandInput,
  ListTargetsForPolicyCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered, findOrganizationPolicy } from '../find-organization';
import { pageOf } from '../page';
import { given } from '../backup/shapes';

export function listTargetsForPolicy(
  state: WorldState,
  caller: Caller,
  input: ListTargetsForPolicyCommandInput,
): Omit<ListTargetsForPolicyCommandOutput, '$metadata'> {
  const organization = findAdministered(state, caller);
  const policy = findOrganizationPolicy(organization, input.PolicyId);
  const page = pageOf(organization.targetsOf(policy), input.MaxResults, input.NextToken, {
    service: 'organizations',
    operation: 'ListTargetsForPolicy',
    parent: policy.id,
    keyOf: ({ id }) => id,
  });
  return given({
    Targets: page.items.map(({ id, arn, name, kind }) => ({ TargetId: id, Arn: arn, Name: name, Type: kind })),
    NextToken: page.nextToken,
  });
}
