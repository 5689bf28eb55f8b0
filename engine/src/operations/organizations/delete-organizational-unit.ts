/**
 * DeleteOrganizationalUnit: one that is empty.
 *
 * Source   API reference of AWS Organizations, DeleteOrganizationalUnit.
 */
import type { DeleteOrganizationalUnitCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findManaged, findUnit } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function deleteOrganizationalUnit(
  state: WorldState,
  caller: Caller,
  input: DeleteOrganizationalUnitCommandInput,
): void {
  const organization = findManaged(state, caller);
  const unit = findUnit(organization, input.OrganizationalUnitId);
  if (unit.children.length > 0) {
    throw new AwsFault('OrganizationalUnitNotEmptyException', 'The specified OU is not empty.');
  }
  organization.remove(unit);
  organizationChanged(state, organization, unit.id, 'deleted');
}
