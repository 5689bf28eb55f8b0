/**
 * LeaveOrganization, called by a member.
 *
 * Source   API reference of AWS Organizations, LeaveOrganization.
 */
import type { LeaveOrganizationCommandInput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import type { Organization } from '../../domain/organization';
import { AwsFault } from '../fault';
import { findAccount, findOrganization } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function leaveOrganization(state: WorldState, caller: Caller, _input: LeaveOrganizationCommandInput): void {
  removeAccount(state, findOrganization(state, caller), caller.account);
}

/** The account goes with its plans; the management account stays, and so does a delegated administrator. */
export function removeAccount(state: WorldState, organization: Organization, id: string): void {
  if (id === organization.managementAccount) {
    throw new AwsFault('MasterCannotLeaveOrganizationException', 'The management account cannot leave.');
  }
  if ((organization.delegated.get(id)?.size ?? 0) > 0) {
    throw new AwsFault('ConstraintViolationException', 'CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG');
  }
  organization.remove(findAccount(organization, id));
  organizationChanged(state, organization, id, 'account leaves');
}
