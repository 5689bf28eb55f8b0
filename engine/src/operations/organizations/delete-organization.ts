/**
 * DeleteOrganization: one without other accounts, units and policies.
 *
 * Source   API reference of AWS Organizations, DeleteOrganization.
 */
import type { DeleteOrganizationCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findManaged } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function deleteOrganization(state: WorldState, caller: Caller, _input: DeleteOrganizationCommandInput): void {
  const organization = findManaged(state, caller);
  const others = organization.all().filter(({ id }) => id !== organization.root.id && id !== caller.account);
  const policies = [...organization.policies.values()].filter(({ awsManaged }) => !awsManaged);
  if (others.length + policies.length > 0) {
    // Assumed: the text.
    throw new AwsFault('OrganizationNotEmptyException', 'The organization still has accounts, OUs, or policies.');
  }
  state.ledger.organizations.remove(organization);
  organizationChanged(state, organization, organization.id, 'deleted');
}
