/**
 * DeleteMessage.
 *
 * Source   API of SQS 2012-11-05: a handle of a message that is gone is no error.
 */
import type { DeleteMessageCommandInput } from '@aws-sdk/client-sqs';
import { isReceiptHandle } from '../../domain/queues';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findQueue } from '../find-queue';
import { requiredOf } from '../queue-bounds';

export function deleteMessage(state: WorldState, _caller: Caller, input: DeleteMessageCommandInput): void {
  const queue = findQueue(state, input.QueueUrl);
  const handle = requiredOf(input.ReceiptHandle, 'ReceiptHandle');
  if (!isReceiptHandle(handle)) {
    throw new AwsFault('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  const message = queue.tryFind(handle, state.now);
  if (message !== undefined) {
    queue.drop(message);
  }
}
