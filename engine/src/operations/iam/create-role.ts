/**
 * CreateRole.
 *
 * Source   IAM API reference, CreateRole; B12 (the service role's trust).
 */
import type { CreateRoleCommandInput, CreateRoleCommandOutput } from '@aws-sdk/client-iam';
import { ROLE_CREATED } from '../../domain/event-codes';
import { Role } from '../../domain/roles';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { logIdentity } from '../change-identity';
import { newIdentity, refuseTaken } from '../find-identity';
import { policyText } from '../policy-document';
import { showRole } from '../show-identity';

/** Greatest size of a trust policy. Source: IAM user guide, "IAM and AWS STS quotas", the most it can be raised to. */
export const TRUST_CHARACTERS = 4096;

export function createRole(
  state: WorldState,
  caller: Caller,
  input: CreateRoleCommandInput,
): Omit<CreateRoleCommandOutput, '$metadata'> {
  const { name, path, arn, id } = newIdentity(state, caller, 'role', { name: input.RoleName, path: input.Path });
  const trust = policyText(input.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument', TRUST_CHARACTERS);
  refuseTaken('Role', name, state.ledger.roles.tryFindRoleByName(caller, name));
  const role = new Role(arn, name, path, { partition: caller.partition, account: caller.account }, id, state.now);
  role.trust = trust;
  role.description = input.Description ?? '';
  role.boundary = input.PermissionsBoundary;
  role.maxSessionSeconds = input.MaxSessionDuration ?? 3600;
  for (const tag of input.Tags ?? []) {
    role.tags.set(tag.Key ?? '', tag.Value ?? '');
  }
  state.ledger.roles.putRole(role);
  logIdentity(state, ROLE_CREATED, role, '');
  return { Role: showRole(role) };
}
