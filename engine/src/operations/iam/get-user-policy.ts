/**
 * GetUserPolicy: a document, encoded as in URLs.
 *
 * Source   IAM API reference, GetUserPolicy.
 */
import type { GetUserPolicyCommandInput, GetUserPolicyCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { encoded, findUser, inlinePolicy } from '../find-identity';

export function getUserPolicy(
  state: WorldState,
  caller: Caller,
  input: GetUserPolicyCommandInput,
): Omit<GetUserPolicyCommandOutput, '$metadata'> {
  const user = findUser(state, caller, input.UserName);
  const PolicyDocument = encoded(inlinePolicy(user, input.PolicyName));
  return { UserName: user.name, PolicyName: input.PolicyName, PolicyDocument };
}
