/**
 * GetUser: the one that is named, or that calls.
 *
 * Source   IAM API reference, GetUser; the root user is shown under its account.
 */
import type { GetUserCommandInput, GetUserCommandOutput, User as UserShape } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { userMeant } from '../access-key';
import type { Caller } from '../caller';
import { callingArn } from '../principal-id';
import { showUser } from '../show-identity';

export function getUser(
  state: WorldState,
  caller: Caller,
  input: GetUserCommandInput,
): Omit<GetUserCommandOutput, '$metadata'> {
  const arn = callingArn(caller);
  if (input.UserName === undefined && arn.endsWith(':root')) {
    // Source: the answer to a root user has no path and no name; the model marks both as required.
    const root = { UserId: caller.account, Arn: arn, CreateDate: dateOf(state.start) };
    return { User: root as UserShape };
  }
  return { User: showUser(userMeant(state, caller, input.UserName)) };
}
