/**
 * TagInstanceProfile.
 *
 * Source   IAM API reference, TagInstanceProfile.
 */
import type { TagInstanceProfileCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findProfile } from '../instance-profiles';
import { tagsOf } from '../tag-list';

export function tagInstanceProfile(
  state: WorldState,
  caller: Caller,
  { InstanceProfileName, Tags }: TagInstanceProfileCommandInput,
): void {
  const profile = findProfile(state, caller, InstanceProfileName);
  profile.tags = { ...profile.tags, ...tagsOf(Tags) };
}
