/**
 * The topic that a call names.
 *
 * Pure: reads the World.
 */
import type { Topic } from '../domain/topics';
import type { WorldState } from '../domain/world-state';
import { AwsFault } from './fault';

export function findTopic(state: WorldState, arn: string | undefined): Topic {
  const topic = state.services.messaging.topics.tryFind(arn ?? '');
  if (topic === undefined) {
    throw new AwsFault('NotFoundException', 'Topic does not exist');
  }
  return topic;
}
