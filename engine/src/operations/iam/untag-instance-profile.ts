/**
 * UntagInstanceProfile.
 *
 * Source   IAM API reference, UntagInstanceProfile.
 */
import type { UntagInstanceProfileCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findProfile } from '../instance-profiles';
import { withoutTags } from '../tag-list';

export function untagInstanceProfile(
  state: WorldState,
  caller: Caller,
  { InstanceProfileName, TagKeys }: UntagInstanceProfileCommandInput,
): void {
  const profile = findProfile(state, caller, InstanceProfileName);
  profile.tags = withoutTags(profile.tags, TagKeys);
}
