/**
 * The queue that a call names by its URL.
 *
 * Pure: reads the World.
 */
import { Queue } from '../domain/queues';
import type { WorldState } from '../domain/world-state';
import { AwsFault } from './fault';

export function findQueue(state: WorldState, url: string | undefined): Queue {
  const queue = state.services.messaging.queues.list().find((one) => one.url === url);
  if (queue === undefined) {
    throw new AwsFault('QueueDoesNotExist', 'The specified queue does not exist.');
  }
  return queue;
}
