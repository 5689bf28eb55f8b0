/**
 * PurgeQueue.
 *
 * Source   API of SQS 2012-11-05, PurgeQueue.
 */
import type { PurgeQueueCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';

export function purgeQueue(state: WorldState, _caller: Caller, input: PurgeQueueCommandInput): void {
  findQueue(state, input.QueueUrl).purge();
}
