/**
 * ListEntitiesForPolicy: who has a managed policy, or has it for a boundary.
 *
 * Source   IAM API reference, ListEntitiesForPolicy.
 */
import type { ListEntitiesForPolicyCommandInput, ListEntitiesForPolicyCommandOutput } from '@aws-sdk/client-iam';
import { Group, Identity, Role, User } from '../../domain/roles';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';

export function listEntitiesForPolicy(
  state: WorldState,
  caller: Caller,
  input: ListEntitiesForPolicyCommandInput,
): Omit<ListEntitiesForPolicyCommandOutput, '$metadata'> {
  const arn = required(input.PolicyArn, 'PolicyArn');
  const { roles } = state.ledger;
  const filter = input.PolicyUsageFilter;
  const has = (one: Identity) =>
    (filter !== 'PermissionsPolicy' && one.boundary === arn) ||
    (filter !== 'PermissionsBoundary' && one.attached.has(arn));
  const entities = roles.usersOfPolicy(arn).filter(has);
  const here = (one: Identity) => one.env.account === caller.account;
  return {
    PolicyGroups: entities
      .filter((one) => one instanceof Group && here(one))
      .map(({ name, id }) => ({ GroupName: name, GroupId: id })),
    PolicyRoles: entities
      .filter((one) => one instanceof Role && here(one))
      .map(({ name, id }) => ({ RoleName: name, RoleId: id })),
    PolicyUsers: entities
      .filter((one) => one instanceof User && here(one))
      .map(({ name, id }) => ({ UserName: name, UserId: id })),
    IsTruncated: false,
  };
}
