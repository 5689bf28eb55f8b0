/**
 * DeleteGroupPolicy: an inline policy goes.
 *
 * Source   IAM API reference, DeleteGroupPolicy.
 */
import type { DeleteGroupPolicyCommandInput } from '@aws-sdk/client-iam';
import { identityChanged } from '../change-identity';
import { findGroup, inlinePolicy } from '../find-identity';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function deleteGroupPolicy(state: WorldState, caller: Caller, input: DeleteGroupPolicyCommandInput): void {
  const group = findGroup(state, caller, input.GroupName);
  inlinePolicy(group, input.PolicyName);
  group.inline.delete(input.PolicyName ?? '');
  identityChanged(state, group, `without ${input.PolicyName}`);
}
