/**
 * Access keys that a call names, and whose they are.
 *
 * Pure: reads the World.
 * Source   IAM API reference: without a user's name, a call is about who signed it. Assumed: the root user's keys are none
 *          that IAM lists, as the one that it has cannot be changed.
 */
import type { AccessKey } from '../domain/credentials';
import type { User } from '../domain/roles';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { findUser } from './find-identity';
import { required } from './find-vault';

/** The user that a call names, or that calls. */
export function userMeant(state: WorldState, caller: Caller, name: string | undefined): User {
  const own = state.ledger.roles.tryFindUser(caller.principalArn ?? '');
  if (name === undefined && own === undefined) {
    throw new AwsFault('ValidationError', 'Must specify userName when calling with non-User credentials');
  }
  return name === undefined && own !== undefined ? own : findUser(state, caller, name);
}

export function findAccessKey(
  state: WorldState,
  caller: Caller,
  input: { readonly UserName?: string | undefined; readonly AccessKeyId: string | undefined },
): AccessKey {
  const user = userMeant(state, caller, input.UserName);
  const id = required(input.AccessKeyId, 'AccessKeyId');
  const key = state.services.credentials.tryFindKey(id);
  if (key === undefined || key.user !== user) {
    throw new AwsFault('NoSuchEntityException', `The Access Key with id ${id} cannot be found.`);
  }
  return key;
}
