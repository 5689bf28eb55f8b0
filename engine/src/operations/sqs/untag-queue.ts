/**
 * UntagQueue.
 *
 * Source   API of SQS 2012-11-05, UntagQueue.
 */
import type { UntagQueueCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { requiredOf } from '../queue-bounds';
import { untagAll } from '../tag-map';

export function untagQueue(state: WorldState, _caller: Caller, input: UntagQueueCommandInput): void {
  untagAll(findQueue(state, input.QueueUrl).tags, requiredOf(input.TagKeys, 'TagKeys'));
}
