/**
 * ListInstanceProfilesForRole: none, as a World has no instance profiles.
 *
 * Source   IAM API reference, ListInstanceProfilesForRole.
 */
import type {
  ListInstanceProfilesForRoleCommandInput,
  ListInstanceProfilesForRoleCommandOutput,
} from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRole } from '../find-identity';

export function listInstanceProfilesForRole(
  state: WorldState,
  caller: Caller,
  input: ListInstanceProfilesForRoleCommandInput,
): Omit<ListInstanceProfilesForRoleCommandOutput, '$metadata'> {
  findRole(state, caller, input.RoleName);
  return { InstanceProfiles: [], IsTruncated: false };
}
