/**
 * DisableAWSServiceAccess: trusted access of a service.
 *
 * Source   API reference of AWS Organizations, DisableAWSServiceAccess; B11.2/7.
 */
import type { DisableAWSServiceAccessCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { findManaged } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function disableAWSServiceAccess(
  state: WorldState,
  caller: Caller,
  input: DisableAWSServiceAccessCommandInput,
): void {
  const organization = findManaged(state, caller);
  const service = required(input.ServicePrincipal, 'ServicePrincipal');
  organization.trusted.delete(service);
  organizationChanged(state, organization, organization.id, `no longer trusts ${service}`);
}
