/**
 * UntagUser.
 *
 * Source   IAM API reference, UntagUser.
 */
import type { UntagUserCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findUser } from '../find-identity';
import { untagAll } from '../tag-map';

export function untagUser(state: WorldState, caller: Caller, input: UntagUserCommandInput): void {
  const user = findUser(state, caller, input.UserName);
  untagAll(user.tags, input.TagKeys);
  identityChanged(state, user, 'tags');
}
