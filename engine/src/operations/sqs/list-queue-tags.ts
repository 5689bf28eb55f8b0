/**
 * ListQueueTags.
 *
 * Source   API of SQS 2012-11-05, ListQueueTags.
 */
import type { ListQueueTagsCommandInput, ListQueueTagsCommandOutput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';

export function listQueueTags(
  state: WorldState,
  _caller: Caller,
  input: ListQueueTagsCommandInput,
): Omit<ListQueueTagsCommandOutput, '$metadata'> {
  return { Tags: Object.fromEntries(findQueue(state, input.QueueUrl).tags) };
}
