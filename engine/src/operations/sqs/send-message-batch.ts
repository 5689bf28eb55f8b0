/**
 * SendMessageBatch.
 *
 * Source   API of SQS 2012-11-05: up to 1,048,576 bytes in all.
 */
import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { eachOf, OF_SQS, refuseBatch, refuseLong } from '../batches';
import { findQueue } from '../find-queue';
import { ATTRIBUTE_BOUNDS } from '../queue-bounds';
import { sendOne, sizeOf } from '../queue-messages';

const WORDS = { ...OF_SQS, entry: 'SendMessageBatchRequestEntry' };

export function sendMessageBatch(
  state: WorldState,
  _caller: Caller,
  input: SendMessageBatchCommandInput,
): Omit<SendMessageBatchCommandOutput, '$metadata'> {
  const queue = findQueue(state, input.QueueUrl);
  const entries = refuseBatch(input.Entries, WORDS);
  const [, most = 0] = ATTRIBUTE_BOUNDS['MaximumMessageSize'] ?? [];
  refuseLong(
    entries.reduce((sum, entry) => sum + sizeOf(entry), 0),
    most,
    WORDS,
  );
  return eachOf(entries, (entry) => sendOne(queue, entry, state.now));
}
