/**
 * DeleteMessageBatch.
 *
 * Source   API of SQS 2012-11-05.
 */
import type { DeleteMessageBatchCommandInput, DeleteMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { eachOf, OF_SQS, refuseBatch } from '../batches';
import { findQueue } from '../find-queue';
import { deleteOne } from '../queue-messages';

const WORDS = { ...OF_SQS, entry: 'DeleteMessageBatchRequestEntry' };

export function deleteMessageBatch(
  state: WorldState,
  _caller: Caller,
  input: DeleteMessageBatchCommandInput,
): Omit<DeleteMessageBatchCommandOutput, '$metadata'> {
  const queue = findQueue(state, input.QueueUrl);
  const entries = refuseBatch(input.Entries, WORDS);
  return eachOf(entries, ({ ReceiptHandle }) => deleteOne(queue, ReceiptHandle, state.now));
}
