/**
 * TagUser.
 *
 * Source   IAM API reference, TagUser.
 */
import type { TagUserCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findUser } from '../find-identity';
import { tagAll } from '../tag-map';

export function tagUser(state: WorldState, caller: Caller, input: TagUserCommandInput): void {
  const user = findUser(state, caller, input.UserName);
  tagAll(user.tags, input.Tags);
  identityChanged(state, user, 'tags');
}
