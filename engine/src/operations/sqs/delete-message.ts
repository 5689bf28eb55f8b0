/**
 * DeleteMessage.
 *
 * Source   API of SQS 2012-11-05: a handle of a message that is gone is no error.
 */
import type { DeleteMessageCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { findQueue } from '../find-queue';

export function deleteMessage(state: WorldState, _caller: Caller, input: DeleteMessageCommandInput): void {
  const queue = findQueue(state, input.QueueUrl);
  const message = queue.tryFind(required(input.ReceiptHandle, 'ReceiptHandle'), state.now);
  if (message !== undefined) {
    queue.drop(message);
  }
}
