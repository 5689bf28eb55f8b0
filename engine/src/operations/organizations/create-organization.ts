/**
 * CreateOrganization: the caller is its management account.
 *
 * Source   API reference of AWS Organizations, CreateOrganization.
 */
import type { CreateOrganizationCommandInput, CreateOrganizationCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { Organization, OrganizationIds } from '../../domain/organization';
import { AwsFault } from '../fault';
import { organizationChanged } from '../organization-change';
import { showOrganization } from '../show-organization';

export function createOrganization(
  state: WorldState,
  caller: Caller,
  input: CreateOrganizationCommandInput,
  ids?: OrganizationIds,
): Omit<CreateOrganizationCommandOutput, '$metadata'> {
  const { ledger } = state;
  if (ledger.organizations.of(caller) !== undefined) {
    throw new AwsFault('AlreadyInOrganizationException', 'This account is already a member of an organization.');
  }
  const organization = new Organization(state.seed, { partition: caller.partition }, caller.account, state.now, ids);
  if ((input.FeatureSet ?? 'ALL') !== 'ALL') {
    throw new AwsFault('InvalidInputException', 'FeatureSet must be ALL: consolidated billing alone has no policies.');
  }
  ledger.organizations.add(organization);
  organization.enable('SERVICE_CONTROL_POLICY');
  organization.impliedKinds.add('SERVICE_CONTROL_POLICY');
  organizationChanged(state, organization, organization.id, 'created');
  return { Organization: showOrganization(organization) };
}
