/**
 * GetGroupPolicy: a document, encoded as in URLs.
 *
 * Source   IAM API reference, GetGroupPolicy.
 */
import type { GetGroupPolicyCommandInput, GetGroupPolicyCommandOutput } from '@aws-sdk/client-iam';
import { encoded, findGroup, inlinePolicy } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function getGroupPolicy(
  state: WorldState,
  caller: Caller,
  input: GetGroupPolicyCommandInput,
): Omit<GetGroupPolicyCommandOutput, '$metadata'> {
  const group = findGroup(state, caller, input.GroupName);
  const PolicyDocument = encoded(inlinePolicy(group, input.PolicyName));
  return { GroupName: group.name, PolicyName: input.PolicyName, PolicyDocument };
}
