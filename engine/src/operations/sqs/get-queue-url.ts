/**
 * GetQueueUrl, in the account of the caller or another.
 *
 * Source   API of SQS 2012-11-05, GetQueueUrl.
 */
import type { GetQueueUrlCommandInput, GetQueueUrlCommandOutput } from '@aws-sdk/client-sqs';
import { queueArn } from '../../domain/queues';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { requiredOf } from '../queue-bounds';

export function getQueueUrl(
  state: WorldState,
  caller: Caller,
  input: GetQueueUrlCommandInput,
): Omit<GetQueueUrlCommandOutput, '$metadata'> {
  const env = { ...caller, account: input.QueueOwnerAWSAccountId ?? caller.account };
  const queue = state.services.messaging.queues.tryFind(queueArn(env, requiredOf(input.QueueName, 'QueueName')));
  return { QueueUrl: findQueue(state, queue?.url).url };
}
