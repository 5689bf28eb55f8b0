/**
 * ListTagsForResource of an alarm.
 *
 * Source   API of CloudWatch 2010-08-01.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedAlarm } from '../find-alarm';
import { tagList } from '../tag-list';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  input: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  return { Tags: tagList(findTaggedAlarm(state, caller, input.ResourceARN).tags) };
}
