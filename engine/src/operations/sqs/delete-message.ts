/**
 * DeleteMessage.
 *
 * Source   API of SQS 2012-11-05: a handle of a message that is gone is no error.
 */
import type { DeleteMessageCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { deleteOne } from '../queue-messages';

export function deleteMessage(state: WorldState, _caller: Caller, input: DeleteMessageCommandInput): void {
  deleteOne(findQueue(state, input.QueueUrl), input.ReceiptHandle, state.now);
}
