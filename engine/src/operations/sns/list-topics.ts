/**
 * ListTopics of an account and Region.
 *
 * Source   API of SNS 2010-03-31, ListTopics.
 */
import type { ListTopicsCommandInput, ListTopicsCommandOutput } from '@aws-sdk/client-sns';
import { topicArn } from '../../domain/topics';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { pageOf } from '../page';

/** Source API ListTopics: so many at a time. */
const PAGE = 100;

export function listTopics(
  state: WorldState,
  caller: Caller,
  input: ListTopicsCommandInput,
): Omit<ListTopicsCommandOutput, '$metadata'> {
  const prefix = topicArn(caller, '');
  const topics = state.services.messaging.topics.list().filter(({ arn }) => arn.startsWith(prefix));
  const page = pageOf(topics, PAGE, input.NextToken, {
    service: 'sns',
    operation: 'ListTopics',
    keyOf: ({ arn }) => arn,
  });
  return given({ Topics: page.items.map(({ arn }) => ({ TopicArn: arn })), NextToken: page.nextToken });
}
