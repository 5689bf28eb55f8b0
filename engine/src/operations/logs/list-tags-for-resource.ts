/**
 * ListTagsForResource of a log group.
 *
 * Source   API of CloudWatch Logs 2014-03-28.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedLogGroup } from '../find-log-group';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  input: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  return { tags: { ...findTaggedLogGroup(state, caller, input.resourceArn).tags } };
}
