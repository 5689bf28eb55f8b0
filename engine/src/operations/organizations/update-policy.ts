/**
 * UpdatePolicy.
 *
 * Source   API reference of AWS Organizations, UpdatePolicy.
 */
import type { UpdatePolicyCommandInput, UpdatePolicyCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered, findCustomerPolicy } from '../find-organization';
import { organizationChanged, policyContent } from '../organization-change';
import { showSummary } from '../show-organization';

export function updatePolicy(
  state: WorldState,
  caller: Caller,
  input: UpdatePolicyCommandInput,
): Omit<UpdatePolicyCommandOutput, '$metadata'> {
  const organization = findAdministered(state, caller);
  const policy = findCustomerPolicy(organization, input.PolicyId);
  const content = input.Content === undefined ? policy.content : policyContent(policy.kind, input.Content);
  policy.content = content;
  policy.name = input.Name ?? policy.name;
  policy.description = input.Description ?? policy.description;
  organizationChanged(state, organization, policy.id, `content ${content}`);
  return { Policy: { PolicySummary: showSummary(policy), Content: content } };
}
