/**
 * ListInstanceProfilesForRole.
 *
 * Source   IAM API reference, ListInstanceProfilesForRole.
 */
import type {
  ListInstanceProfilesForRoleCommandInput,
  ListInstanceProfilesForRoleCommandOutput,
} from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findRole } from '../find-identity';
import { showProfile } from '../instance-profiles';
import { pageOf } from '../page';

export function listInstanceProfilesForRole(
  state: WorldState,
  caller: Caller,
  { RoleName, MaxItems, Marker }: ListInstanceProfilesForRoleCommandInput,
): Omit<ListInstanceProfilesForRoleCommandOutput, '$metadata'> {
  const role = findRole(state, caller, RoleName);
  const all = state.services.instanceProfiles.list(caller).filter((profile) => profile.role === role.name);
  const page = pageOf(all, MaxItems, Marker, {
    service: 'iam',
    operation: 'ListInstanceProfilesForRole',
    parent: role.name,
    keyOf: ({ id }) => id,
  });
  const shapes = page.items.map((profile) => showProfile(state, caller, profile));
  return given({ InstanceProfiles: shapes, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken });
}
