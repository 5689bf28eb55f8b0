/**
 * UntagResource of an alarm.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedAlarm } from '../find-alarm';
import { withoutTags } from '../tag-list';

export function untagResource(
  state: WorldState,
  caller: Caller,
  input: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  const alarm = findTaggedAlarm(state, caller, input.ResourceARN);
  alarm.tags = withoutTags(alarm.tags, input.TagKeys);
  return {};
}
