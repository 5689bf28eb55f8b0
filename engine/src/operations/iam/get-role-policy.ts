/**
 * GetRolePolicy: an inline policy, encoded as in URLs.
 *
 * Source   IAM API reference, GetRolePolicy.
 */
import type { GetRolePolicyCommandInput, GetRolePolicyCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { encoded, findRole, inlinePolicy } from '../find-identity';

export function getRolePolicy(
  state: WorldState,
  caller: Caller,
  input: GetRolePolicyCommandInput,
): Omit<GetRolePolicyCommandOutput, '$metadata'> {
  const role = findRole(state, caller, input.RoleName);
  const document = inlinePolicy(role, input.PolicyName);
  return { RoleName: role.name, PolicyName: input.PolicyName, PolicyDocument: encoded(document) };
}
