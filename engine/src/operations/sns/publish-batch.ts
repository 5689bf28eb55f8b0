/**
 * PublishBatch.
 *
 * Source   API of SNS 2010-03-31: up to 262,144 bytes in all; the order of the entries is that of a FIFO topic.
 */
import type { PublishBatchCommandInput, PublishBatchCommandOutput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { eachOf, OF_SNS, refuseBatch, refuseLong } from '../batches';
import { findTopic } from '../find-topic';
import { sizeOf } from '../queue-messages';
import { MESSAGE_BYTES } from '../topic-bounds';
import { publishOne } from '../topic-messages';

export function publishBatch(
  state: WorldState,
  _caller: Caller,
  input: PublishBatchCommandInput,
): Omit<PublishBatchCommandOutput, '$metadata'> {
  const topic = findTopic(state, input.TopicArn, 'TopicArn');
  const entries = refuseBatch(input.PublishBatchRequestEntries, OF_SNS);
  const sizes = entries.map(({ Message: MessageBody, MessageAttributes }) =>
    sizeOf({ MessageBody, MessageAttributes }),
  );
  refuseLong(
    sizes.reduce((sum, size) => sum + size, 0),
    MESSAGE_BYTES,
    OF_SNS,
  );
  return eachOf(entries, (entry) => publishOne(state, topic, entry));
}
