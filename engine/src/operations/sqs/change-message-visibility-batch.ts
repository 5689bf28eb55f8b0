/**
 * ChangeMessageVisibilityBatch.
 *
 * Source   API of SQS 2012-11-05.
 */
import type {
  ChangeMessageVisibilityBatchCommandInput,
  ChangeMessageVisibilityBatchCommandOutput,
} from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { eachOf, OF_SQS, refuseBatch } from '../batches';
import { findQueue } from '../find-queue';
import { hideOne } from '../queue-messages';

const WORDS = { ...OF_SQS, entry: 'ChangeMessageVisibilityBatchRequestEntry' };

export function changeMessageVisibilityBatch(
  state: WorldState,
  _caller: Caller,
  input: ChangeMessageVisibilityBatchCommandInput,
): Omit<ChangeMessageVisibilityBatchCommandOutput, '$metadata'> {
  const queue = findQueue(state, input.QueueUrl);
  const entries = refuseBatch(input.Entries, WORDS);
  return eachOf(entries, ({ ReceiptHandle, VisibilityTimeout }) =>
    hideOne(queue, ReceiptHandle, VisibilityTimeout, state.now),
  );
}
