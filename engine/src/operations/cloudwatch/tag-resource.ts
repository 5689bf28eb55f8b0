/**
 * TagResource of an alarm.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedAlarm } from '../find-alarm';
import { tagsOf } from '../tag-list';

export function tagResource(
  state: WorldState,
  caller: Caller,
  input: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  const alarm = findTaggedAlarm(state, caller, input.ResourceARN);
  alarm.tags = { ...alarm.tags, ...tagsOf(input.Tags) };
  return {};
}
