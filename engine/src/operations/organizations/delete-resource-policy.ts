/**
 * DeleteResourcePolicy.
 *
 * Source   API reference of AWS Organizations, DeleteResourcePolicy.
 */
import type { DeleteResourcePolicyCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findManaged } from '../find-organization';
import { organizationChanged } from '../organization-change';
import { showResourcePolicy } from '../show-organization';

export function deleteResourcePolicy(
  state: WorldState,
  caller: Caller,
  _input: DeleteResourcePolicyCommandInput,
): void {
  const organization = findManaged(state, caller);
  showResourcePolicy(organization);
  organization.resourcePolicy = undefined;
  organization.tags.delete(organization.resourcePolicyId);
  organizationChanged(state, organization, organization.id, 'resource policy deleted');
}
