/**
 * ListSubscriptionsByTopic.
 *
 * Source   API of SNS 2010-03-31, ListSubscriptionsByTopic.
 */
import type { ListSubscriptionsByTopicCommandInput, ListSubscriptionsByTopicCommandOutput } from '@aws-sdk/client-sns';
import { showSubscription } from '../subscription-attributes';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findTopic } from '../find-topic';
import { pageOf } from '../page';

/** Source API ListSubscriptionsByTopic: so many at a time. */
const PAGE = 100;

export function listSubscriptionsByTopic(
  state: WorldState,
  _caller: Caller,
  input: ListSubscriptionsByTopicCommandInput,
): Omit<ListSubscriptionsByTopicCommandOutput, '$metadata'> {
  const topic = findTopic(state, input.TopicArn);
  const page = pageOf(topic.subscriptions, PAGE, input.NextToken, {
    service: 'sns',
    operation: 'ListSubscriptionsByTopic',
    parent: topic.arn,
    keyOf: ({ arn }) => arn,
  });
  return given({
    Subscriptions: page.items.map((one) => showSubscription(topic, one)),
    NextToken: page.nextToken,
  });
}
