/**
 * CreateQueue.
 *
 * Source   API of SQS 2012-11-05.
 */
import type { CreateQueueCommandInput, CreateQueueCommandOutput } from '@aws-sdk/client-sqs';
import { QUEUE_DEFAULTS, queueArn, QueueSettings, Redrive } from '../../domain/queues';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';

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
  const queue = queues.tryFind(queueArn(env, name)) ?? queues.add(env, name, settingsOf(input), state.now);
  return { QueueUrl: queue.url };
}

function settingsOf({ Attributes: given = {} }: CreateQueueCommandInput): QueueSettings {
  const redrive = given['RedrivePolicy'];
  const number = (text: string | undefined, otherwise: number) => (text === undefined ? otherwise : Number(text));
  return {
    policy: given['Policy'],
    visibilityTimeoutSeconds: number(given['VisibilityTimeout'], QUEUE_DEFAULTS.visibilityTimeoutSeconds),
    delaySeconds: number(given['DelaySeconds'], QUEUE_DEFAULTS.delaySeconds),
    retentionSeconds: number(given['MessageRetentionPeriod'], QUEUE_DEFAULTS.retentionSeconds),
    contentBasedDeduplication: given['ContentBasedDeduplication'] === 'true',
    redrive: redrive === undefined ? undefined : redriveOf(JSON.parse(redrive) as Redrive),
  };
}

/** The count may be text. */
function redriveOf({ deadLetterTargetArn, maxReceiveCount }: Redrive): Redrive {
  return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}
