/**
 * PurgeQueue, once a minute.
 *
 * Source   API of SQS 2012-11-05, PurgeQueue.
 */
import type { PurgeQueueCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import { MINUTE } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findQueue } from '../find-queue';

export function purgeQueue(state: WorldState, _caller: Caller, input: PurgeQueueCommandInput): void {
  const queue = findQueue(state, input.QueueUrl);
  if (queue.purgedAt !== undefined && state.now < queue.purgedAt + MINUTE) {
    const text = `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`;
    throw new AwsFault('PurgeQueueInProgress', text);
  }
  queue.purge(state.now);
}
