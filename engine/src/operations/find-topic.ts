/**
 * The topic that a call names.
 *
 * Pure: reads the World.
 */
import type { Subscription, Topic } from '../domain/topics';
import type { WorldState } from '../domain/world-state';
import { AwsFault } from './fault';

/** @param code what a call about tags answers is another than what the others do */
export function findTopic(
  state: WorldState,
  arn: string | undefined,
  code: 'NotFoundException' | 'ResourceNotFoundException' = 'NotFoundException',
): Topic {
  const topic = state.services.messaging.topics.tryFind(arn ?? '');
  if (topic === undefined) {
    throw new AwsFault(code, 'Topic does not exist');
  }
  return topic;
}

export function findSubscription(
  state: WorldState,
  arn: string | undefined,
): { readonly topic: Topic; readonly subscription: Subscription } {
  const found = state.services.messaging.topics.tryFindSubscription(arn ?? '');
  if (found === undefined) {
    throw new AwsFault('NotFoundException', 'Subscription does not exist');
  }
  return found;
}
