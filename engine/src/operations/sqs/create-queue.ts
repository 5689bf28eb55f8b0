/**
 * CreateQueue.
 *
 * Source   API of SQS 2012-11-05.
 */
import type { CreateQueueCommandInput, CreateQueueCommandOutput } from '@aws-sdk/client-sqs';
import { QUEUE_DEFAULTS, queueArn } from '../../domain/queues';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { queueSettings } from '../queue-attributes';

export function createQueue(
  state: WorldState,
  caller: Caller,
  input: CreateQueueCommandInput,
): Omit<CreateQueueCommandOutput, '$metadata'> {
  const { queues } = state.services.messaging;
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  const name = required(input.QueueName, 'QueueName');
  // Assumed: the same name again is the queue that is there, whatever the attributes.
  const standing = queues.tryFind(queueArn(env, name));
  const settings = queueSettings(QUEUE_DEFAULTS, input.Attributes ?? {}, name.endsWith('.fifo'));
  const queue = standing ?? queues.add(env, name, settings, state.now);
  for (const [tag, value] of Object.entries(input.tags ?? {})) {
    queue.tags.set(tag, value);
  }
  return { QueueUrl: queue.url };
}
