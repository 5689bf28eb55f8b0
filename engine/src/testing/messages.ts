/**
 * Messages of queues and topics, for those who test.
 *
 * Pure: reads a World.
 */
import type { WorldState } from '../domain/world-state';

/**
 * Bodies of the messages that are in a queue, or that were published to a topic, oldest first.
 *
 * @param place its ARN, or its name when no other queue or topic has it
 * @throws RangeError when there is none, or more than one
 */
export function messagesOf(state: WorldState, place: string): string[] {
  const { queues, topics } = state.services.messaging;
  const named = ({ arn, name }: { readonly arn: string; readonly name: string }) => arn === place || name === place;
  const found = [
    ...queues
      .list()
      .filter(named)
      .map((queue) => queue.messages(state.now).map(({ body }) => body)),
    ...topics
      .list()
      .filter(named)
      .map((topic) => topic.published.map(({ message }) => message)),
  ];
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new RangeError(`place must be one queue or topic, got '${place}', which names ${found.length}`);
  }
  return first;
}
