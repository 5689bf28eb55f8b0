/**
 * TagQueue.
 *
 * Source   API of SQS 2012-11-05, TagQueue.
 */
import type { TagQueueCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';

export function tagQueue(state: WorldState, _caller: Caller, input: TagQueueCommandInput): void {
  const { tags } = findQueue(state, input.QueueUrl);
  for (const [name, value] of Object.entries(input.Tags ?? {})) {
    tags.set(name, value);
  }
}
