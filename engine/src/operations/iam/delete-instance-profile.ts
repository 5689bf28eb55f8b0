/**
 * DeleteInstanceProfile.
 *
 * Source   IAM API reference, DeleteInstanceProfile: a profile without a role.
 */
import type { DeleteInstanceProfileCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findProfile } from '../instance-profiles';

export function deleteInstanceProfile(
  state: WorldState,
  caller: Caller,
  { InstanceProfileName }: DeleteInstanceProfileCommandInput,
): void {
  const profile = findProfile(state, caller, InstanceProfileName);
  if (profile.role !== undefined) {
    throw new AwsFault(
      'DeleteConflictException',
      'Cannot delete entity, must remove roles from instance profile first.',
    );
  }
  state.services.instanceProfiles.remove(caller, profile.name);
}
