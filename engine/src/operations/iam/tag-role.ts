/**
 * TagRole.
 *
 * Source   IAM API reference, TagRole.
 */
import type { TagRoleCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findRole } from '../find-identity';
import { tagAll } from '../tag-map';

export function tagRole(state: WorldState, caller: Caller, input: TagRoleCommandInput): void {
  const role = findRole(state, caller, input.RoleName);
  tagAll(role.tags, input.Tags);
  identityChanged(state, role, 'tags');
}
