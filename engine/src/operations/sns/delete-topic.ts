/**
 * DeleteTopic, with its subscriptions; one that is not there is no error.
 *
 * Source   API of SNS 2010-03-31, DeleteTopic.
 */
import type { DeleteTopicCommandInput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { refuseArn } from '../topic-bounds';

export function deleteTopic(state: WorldState, _caller: Caller, input: DeleteTopicCommandInput): void {
  const { topics } = state.services.messaging;
  const topic = topics.tryFind(refuseArn('TopicArn', input.TopicArn));
  if (topic !== undefined) {
    topics.remove(topic);
  }
}
