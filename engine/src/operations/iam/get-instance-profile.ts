/**
 * GetInstanceProfile.
 *
 * Source   IAM API reference, GetInstanceProfile.
 */
import type { GetInstanceProfileCommandInput, GetInstanceProfileCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findProfile, showProfile } from '../instance-profiles';

export function getInstanceProfile(
  state: WorldState,
  caller: Caller,
  { InstanceProfileName }: GetInstanceProfileCommandInput,
): Omit<GetInstanceProfileCommandOutput, '$metadata'> {
  return { InstanceProfile: showProfile(state, caller, findProfile(state, caller, InstanceProfileName)) };
}
