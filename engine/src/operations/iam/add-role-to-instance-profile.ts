/**
 * AddRoleToInstanceProfile.
 *
 * Source   IAM API reference, AddRoleToInstanceProfile: a profile has one role (LimitExceeded).
 */
import type { AddRoleToInstanceProfileCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRole } from '../find-identity';
import { findProfile } from '../instance-profiles';

export function addRoleToInstanceProfile(
  state: WorldState,
  caller: Caller,
  { InstanceProfileName, RoleName }: AddRoleToInstanceProfileCommandInput,
): void {
  const profile = findProfile(state, caller, InstanceProfileName);
  const { name } = findRole(state, caller, RoleName);
  if (profile.role !== undefined) {
    throw new AwsFault('LimitExceededException', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
  }
  profile.role = name;
}
