/**
 * PutResourcePolicy: the one policy that lets delegated administrators manage policies.
 *
 * Source   API reference of AWS Organizations, PutResourcePolicy.
 */
import type { PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput } from '@aws-sdk/client-organizations';
import { OrganizationsLimits } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findManaged, organizationTags } from '../find-organization';
import { organizationChanged } from '../organization-change';
import { policyText } from '../policy-document';
import { showResourcePolicy } from '../show-organization';
import { tagAll } from '../tag-map';

export function putResourcePolicy(
  state: WorldState,
  caller: Caller,
  input: PutResourcePolicyCommandInput,
): Omit<PutResourcePolicyCommandOutput, '$metadata'> {
  const organization = findManaged(state, caller);
  // Source: quotas of AWS Organizations, "Resource-based delegation policy".
  const content = policyText(input.Content, 'Content', OrganizationsLimits.RESOURCE_POLICY_CHARACTERS);
  organization.resourcePolicy = content;
  if (input.Tags !== undefined) {
    tagAll(organizationTags(organization, organization.resourcePolicyId), input.Tags);
  }
  organizationChanged(state, organization, organization.id, 'resource policy');
  return { ResourcePolicy: showResourcePolicy(organization) };
}
