/**
 * DeleteQueue, with what is in it.
 *
 * Source   API of SQS 2012-11-05, DeleteQueue.
 */
import type { DeleteQueueCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';

export function deleteQueue(state: WorldState, _caller: Caller, input: DeleteQueueCommandInput): void {
  state.services.messaging.queues.remove(findQueue(state, input.QueueUrl));
}
