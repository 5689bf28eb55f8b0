/**
 * EnableAWSServiceAccess: trusted access of a service.
 *
 * Source   API reference of AWS Organizations, EnableAWSServiceAccess; B11.2/7.
 */
import type { EnableAWSServiceAccessCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { findManaged } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function enableAWSServiceAccess(
  state: WorldState,
  caller: Caller,
  input: EnableAWSServiceAccessCommandInput,
): void {
  const organization = findManaged(state, caller);
  const service = required(input.ServicePrincipal, 'ServicePrincipal');
  organization.trusted.add(service);
  organizationChanged(state, organization, organization.id, `trusts ${service}`);
}
