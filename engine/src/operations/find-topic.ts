/**
 * The topic that a call names.
 *
 * Pure: reads the World.
 */
import type { Subscription, Topic } from '../domain/topics';
import type { WorldState } from '../domain/world-state';
import { AwsFault } from './fault';
import { refuseArn } from './topic-bounds';

export function findTopic(state: WorldState, arn: string | undefined, parameter = 'TopicArn'): Topic {
  const topic = state.services.messaging.topics.tryFind(refuseArn(parameter, arn));
  if (topic === undefined) {
    throw new AwsFault('NotFoundException', 'Topic does not exist');
  }
  return topic;
}

/** The topic that a call about tags names. */
export function findTagged(state: WorldState, arn: string | undefined): Topic {
  const topic = state.services.messaging.topics.tryFind(refuseArn('ResourceArn', arn));
  if (topic === undefined) {
    throw new AwsFault('ResourceNotFoundException', 'Resource does not exist');
  }
  return topic;
}

export function findSubscription(
  state: WorldState,
  arn: string | undefined,
): { readonly topic: Topic; readonly subscription: Subscription } {
  const found = state.services.messaging.topics.tryFindSubscription(refuseArn('SubscriptionArn', arn));
  if (found === undefined) {
    throw new AwsFault('NotFoundException', 'Subscription does not exist');
  }
  return found;
}
