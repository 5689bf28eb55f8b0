/**
 * ListQueues of an account and Region.
 *
 * Source   API of SQS 2012-11-05, ListQueues.
 */
import type { ListQueuesCommandInput, ListQueuesCommandOutput } from '@aws-sdk/client-sqs';
import { queueArn } from '../../domain/queues';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { pageOf } from '../page';
import { listedQueues } from '../queue-bounds';

export function listQueues(
  state: WorldState,
  caller: Caller,
  input: ListQueuesCommandInput,
): Omit<ListQueuesCommandOutput, '$metadata'> {
  const prefix = queueArn(caller, input.QueueNamePrefix ?? '');
  const queues = state.services.messaging.queues.list().filter(({ arn }) => arn.startsWith(prefix));
  const page = pageOf(queues, listedQueues(input.MaxResults), input.NextToken, {
    service: 'sqs',
    operation: 'ListQueues',
    keyOf: ({ arn }) => arn,
  });
  // Source: API of SQS, ListQueues: there is a token only where MaxResults is set.
  const NextToken = input.MaxResults === undefined ? undefined : page.nextToken;
  return given({ QueueUrls: page.items.map(({ url }) => url), NextToken });
}
