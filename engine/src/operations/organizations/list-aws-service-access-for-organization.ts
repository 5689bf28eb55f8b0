/**
 * ListAWSServiceAccessForOrganization.
 *
 * Source   API reference of AWS Organizations, ListAWSServiceAccessForOrganization.
 */
import type {
  ListAWSServiceAccessForOrganizationCommandInput,
  ListAWSServiceAccessForOrganizationCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered } from '../find-organization';
import { pageOf } from '../page';
import { given } from '../backup/shapes';

export function listAWSServiceAccessForOrganization(
  state: WorldState,
  caller: Caller,
  input: ListAWSServiceAccessForOrganizationCommandInput,
): Omit<ListAWSServiceAccessForOrganizationCommandOutput, '$metadata'> {
  const services = [...findAdministered(state, caller).trusted].sort();
  const page = pageOf(services, input.MaxResults, input.NextToken, {
    service: 'organizations',
    operation: 'ListAWSServiceAccessForOrganization',
    keyOf: (one) => one,
  });
  return given({
    EnabledServicePrincipals: page.items.map((ServicePrincipal) => ({ ServicePrincipal })),
    NextToken: page.nextToken,
  });
}
