/**
 * RegisterDelegatedAdministrator.
 *
 * Source   API reference of AWS Organizations, RegisterDelegatedAdministrator; B11.3/5: five for AWS Backup.
 */
import type { RegisterDelegatedAdministratorCommandInput } from '@aws-sdk/client-organizations';
import { OrganizationsLimits } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findAccount, findManaged } from '../find-organization';
import { organizationChanged } from '../organization-change';

export function registerDelegatedAdministrator(
  state: WorldState,
  caller: Caller,
  input: RegisterDelegatedAdministratorCommandInput,
): void {
  const organization = findManaged(state, caller);
  const account = findAccount(organization, input.AccountId);
  const service = required(input.ServicePrincipal, 'ServicePrincipal');
  if (account.id === organization.managementAccount) {
    throw new AwsFault('ConstraintViolationException', 'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR');
  }
  const services = organization.delegated.get(account.id) ?? new Set<string>();
  if (services.has(service)) {
    throw new AwsFault('AccountAlreadyRegisteredException', `${account.id} is registered for ${service} already.`);
  }
  const registered = [...organization.delegated.values()].filter((one) => one.has(service)).length;
  if (registered >= OrganizationsLimits.DELEGATED_ADMINISTRATORS) {
    throw new AwsFault('ConstraintViolationException', 'MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED');
  }
  organization.delegated.set(account.id, services.add(service));
  organizationChanged(state, organization, account.id, `administers ${service}`);
}
