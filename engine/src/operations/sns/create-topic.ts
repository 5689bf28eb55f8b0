/**
 * CreateTopic.
 *
 * Source   API of SNS 2010-03-31: a topic that is there already is the answer.
 */
import type { CreateTopicCommandInput, CreateTopicCommandOutput } from '@aws-sdk/client-sns';
import { topicArn } from '../../domain/topics';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { tagAll } from '../tag-map';
import { setTopicAttribute } from '../topic-attributes';

export function createTopic(
  state: WorldState,
  caller: Caller,
  input: CreateTopicCommandInput,
): Omit<CreateTopicCommandOutput, '$metadata'> {
  const { topics } = state.services.messaging;
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  const name = required(input.Name, 'Name');
  const topic = topics.tryFind(topicArn(env, name)) ?? topics.add(env, name);
  for (const [attribute, value] of Object.entries(input.Attributes ?? {})) {
    setTopicAttribute(topic, attribute, value);
  }
  tagAll(topic.tags, input.Tags);
  return { TopicArn: topic.arn };
}
