/**
 * UntagRole.
 *
 * Source   IAM API reference, UntagRole.
 */
import type { UntagRoleCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { findRole } from '../find-identity';
import { untagAll } from '../tag-map';

export function untagRole(state: WorldState, caller: Caller, input: UntagRoleCommandInput): void {
  const role = findRole(state, caller, input.RoleName);
  untagAll(role.tags, input.TagKeys);
  identityChanged(state, role, 'tags');
}
