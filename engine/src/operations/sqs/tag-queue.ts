/**
 * TagQueue.
 *
 * Source   API of SQS 2012-11-05, TagQueue.
 */
import type { TagQueueCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { refuseQueueTags, requiredOf } from '../queue-bounds';

export function tagQueue(state: WorldState, _caller: Caller, input: TagQueueCommandInput): void {
  const { name: of, tags } = findQueue(state, input.QueueUrl);
  const given = requiredOf(input.Tags, 'Tags');
  refuseQueueTags(of, given, tags.keys());
  for (const [name, value] of Object.entries(given)) {
    tags.set(name, value);
  }
}
