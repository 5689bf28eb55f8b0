/**
 * RemoveRoleFromInstanceProfile.
 *
 * Source   IAM API reference, RemoveRoleFromInstanceProfile.
 */
import type { RemoveRoleFromInstanceProfileCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findRole } from '../find-identity';
import { findProfile } from '../instance-profiles';

export function removeRoleFromInstanceProfile(
  state: WorldState,
  caller: Caller,
  { InstanceProfileName, RoleName }: RemoveRoleFromInstanceProfileCommandInput,
): void {
  const profile = findProfile(state, caller, InstanceProfileName);
  const { name } = findRole(state, caller, RoleName);
  if (profile.role !== name) {
    const why = `The role with name ${name} is not in instance profile ${profile.name}.`;
    throw new AwsFault('NoSuchEntityException', why);
  }
  profile.role = undefined;
}
