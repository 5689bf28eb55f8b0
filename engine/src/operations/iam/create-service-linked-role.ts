/**
 * CreateServiceLinkedRole: a role that a service alone assumes, once in an account.
 *
 * Source   IAM API reference, CreateServiceLinkedRole.
 */
import type { CreateServiceLinkedRoleCommandInput, CreateServiceLinkedRoleCommandOutput } from '@aws-sdk/client-iam';
import { ROLE_CREATED } from '../../domain/event-codes';
import { Role } from '../../domain/roles';
import { linkedRoleOf } from '../../domain/service-linked-roles';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { logIdentity } from '../change-identity';
import { AwsFault } from '../fault';
import { newIdentity } from '../find-identity';
import { required } from '../find-vault';
import { showRole } from '../show-identity';

export function createServiceLinkedRole(
  state: WorldState,
  caller: Caller,
  input: CreateServiceLinkedRoleCommandInput,
): Omit<CreateServiceLinkedRoleCommandOutput, '$metadata'> {
  const { roles } = state.ledger;
  const service = required(input.AWSServiceName, 'AWSServiceName');
  const suffix = input.CustomSuffix === undefined ? '' : `_${input.CustomSuffix}`;
  const { name: base, policy } = linkedRoleOf(service);
  const named = { name: `${base}${suffix}`, path: `/aws-service-role/${service}/` };
  const { name, path, arn, id } = newIdentity(state, caller, 'role', named);
  if (roles.tryFindRoleByName(caller, name) !== undefined) {
    const text = `Service role name ${name} has been taken in this account, please try a different suffix.`;
    throw new AwsFault('InvalidInputException', text);
  }
  const role = new Role(arn, name, path, { partition: caller.partition, account: caller.account }, id, state.now);
  const Statement = [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }];
  role.trust = JSON.stringify({ Version: '2012-10-17', Statement });
  role.description = input.Description ?? '';
  if (policy !== undefined) {
    role.attached.add(`arn:${caller.partition}:iam::aws:policy/aws-service-role/${policy}`);
  }
  roles.putRole(role);
  logIdentity(state, ROLE_CREATED, role, '');
  return { Role: showRole(role) };
}
