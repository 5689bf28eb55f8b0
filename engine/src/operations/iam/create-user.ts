/**
 * CreateUser.
 *
 * Source   IAM API reference, CreateUser.
 */
import type { CreateUserCommandInput, CreateUserCommandOutput } from '@aws-sdk/client-iam';
import { USER_CREATED } from '../../domain/event-codes';
import { User } from '../../domain/roles';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import { logIdentity } from '../change-identity';
import { newIdentity, refuseTaken } from '../find-identity';

export function createUser(
  state: WorldState,
  caller: Caller,
  input: CreateUserCommandInput,
): Omit<CreateUserCommandOutput, '$metadata'> {
  const { name, path, arn, id } = newIdentity(state, caller, 'user', { name: input.UserName, path: input.Path });
  refuseTaken('User', name, state.ledger.roles.tryFindUserByName(caller, name));
  const user = new User(arn, name, path, { partition: caller.partition, account: caller.account }, id, state.now);
  user.boundary = input.PermissionsBoundary;
  for (const tag of input.Tags ?? []) {
    user.tags.set(tag.Key ?? '', tag.Value ?? '');
  }
  state.ledger.roles.putUser(user);
  logIdentity(state, USER_CREATED, user, '');
  return { User: { Path: path, UserName: name, UserId: id, Arn: arn, CreateDate: dateOf(state.now) } };
}
