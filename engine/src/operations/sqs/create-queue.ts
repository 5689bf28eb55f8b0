/**
 * CreateQueue.
 *
 * Source   API of SQS 2012-11-05: the same name with the same attributes again is the queue that is there.
 */
import type { CreateQueueCommandInput, CreateQueueCommandOutput } from '@aws-sdk/client-sqs';
import { QUEUE_DEFAULTS, queueArn } from '../../domain/queues';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { queueSettings, refuseOtherSettings } from '../queue-attributes';
import { refuseQueueName, refuseQueueTags, requiredOf } from '../queue-bounds';

export function createQueue(
  state: WorldState,
  caller: Caller,
  input: CreateQueueCommandInput,
): Omit<CreateQueueCommandOutput, '$metadata'> {
  const { queues } = state.services.messaging;
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  const name = requiredOf(input.QueueName, 'QueueName');
  const [Attributes, tags] = [input.Attributes ?? {}, input.tags ?? {}];
  const fifo = Attributes.FifoQueue === 'true';
  refuseQueueName(name, fifo);
  const arn = queueArn(env, name);
  const settings = queueSettings(queues, { arn, fifo }, QUEUE_DEFAULTS, Attributes);
  const standing = queues.tryFind(arn);
  if (standing !== undefined) {
    refuseOtherSettings(standing, settings, Attributes);
  }
  refuseQueueTags(name, tags, standing?.tags.keys() ?? []);
  const queue = standing ?? queues.add(env, name, settings, state.now);
  for (const [tag, value] of Object.entries(tags)) {
    queue.tags.set(tag, value);
  }
  return { QueueUrl: queue.url };
}
