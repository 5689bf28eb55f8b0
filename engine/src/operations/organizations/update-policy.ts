/**
 * UpdatePolicy.
 *
 * Source   API reference of AWS Organizations, UpdatePolicy; B11.7/2.
 */
import type { UpdatePolicyCommandInput, UpdatePolicyCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findCustomerPolicy, findOrganizationPolicy, findToManage } from '../find-organization';
import { organizationChanged, policyContent } from '../organization-change';
import { showSummary } from '../show-organization';

export function updatePolicy(
  state: WorldState,
  caller: Caller,
  input: UpdatePolicyCommandInput,
): Omit<UpdatePolicyCommandOutput, '$metadata'> {
  const organization = findToManage(state, caller, 'UpdatePolicy', (one) => {
    const { kind, arn } = findOrganizationPolicy(one, input.PolicyId);
    return { kind, arns: [arn] };
  });
  const policy = findCustomerPolicy(organization, input.PolicyId);
  const content = input.Content === undefined ? policy.content : policyContent(policy.kind, input.Content);
  policy.content = content;
  policy.name = input.Name ?? policy.name;
  policy.description = input.Description ?? policy.description;
  organizationChanged(state, organization, policy.id, `content ${content}`);
  return { Policy: { PolicySummary: showSummary(policy), Content: content } };
}
