/**
 * DeletePolicy: one that is attached nowhere.
 *
 * Source   API reference of AWS Organizations, DeletePolicy; B11.7/2.
 */
import type { DeletePolicyCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findCustomerPolicy, findOrganizationPolicy, findToManage } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function deletePolicy(state: WorldState, caller: Caller, input: DeletePolicyCommandInput): void {
  const organization = findToManage(state, caller, 'DeletePolicy', (one) => {
    const { kind, arn } = findOrganizationPolicy(one, input.PolicyId);
    return { kind, arns: [arn] };
  });
  const policy = findCustomerPolicy(organization, input.PolicyId);
  if (organization.targetsOf(policy).length > 0) {
    throw new AwsFault('PolicyInUseException', `${policy.id} is attached.`);
  }
  organization.policies.delete(policy.id);
  organization.tags.delete(policy.id);
  organizationChanged(state, organization, policy.id, 'policy deleted');
}
