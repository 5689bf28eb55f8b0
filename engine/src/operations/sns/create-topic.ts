/**
 * CreateTopic.
 *
 * Source   API of SNS 2010-03-31: the same topic again is the answer, another one of its name is a fault.
 */
import type { CreateTopicCommandInput, CreateTopicCommandOutput } from '@aws-sdk/client-sns';
import { Topic, topicArn } from '../../domain/topics';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { tagAll } from '../tag-map';
import { setTopicAttribute, topicAttributes } from '../topic-attributes';
import { invalidParameter, refuseTopicAttribute, refuseTopicName, refuseTopicTags } from '../topic-bounds';

export function createTopic(
  state: WorldState,
  caller: Caller,
  input: CreateTopicCommandInput,
): Omit<CreateTopicCommandOutput, '$metadata'> {
  const { topics } = state.services.messaging;
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  const given = Object.entries(input.Attributes ?? {});
  const fifo = input.Attributes?.['FifoTopic'] === 'true';
  const name = refuseTopicName(input.Name, fifo);
  for (const [attribute, value] of given) {
    refuseTopicAttribute(fifo, attribute, value, 'Attributes Reason: ');
  }
  const standing = topics.tryFind(topicArn(env, name));
  refuseTopicTags(input.Tags, standing?.tags.keys() ?? []);
  if (standing !== undefined) {
    refuseOther(standing, input);
    return { TopicArn: standing.arn };
  }
  const topic = topics.add(env, name);
  for (const [attribute, value] of given) {
    setTopicAttribute(topic, attribute, value);
  }
  tagAll(topic.tags, input.Tags);
  return { TopicArn: topic.arn };
}

/** @throws AwsFault when the topic is another than the one that is asked for */
function refuseOther(standing: Topic, { Attributes, Tags }: CreateTopicCommandInput): void {
  const there = topicAttributes(standing);
  if (Object.entries(Attributes ?? {}).some(([name, value]) => (there[name] ?? DEFAULTS[name] ?? '') !== value)) {
    throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  }
  const isSame = (Tags ?? []).every(({ Key, Value }) => standing.tags.get(Key ?? '') === (Value ?? ''));
  if (!isSame || (Tags !== undefined && Tags.length > 0 && Tags.length < standing.tags.size)) {
    throw invalidParameter('Tags Reason: Topic already exists with different tags');
  }
}

/** What is not shown of a topic unless somebody says otherwise. */
const DEFAULTS: Readonly<Record<string, string>> = {
  FifoTopic: 'false',
  ContentBasedDeduplication: 'false',
  SignatureVersion: '1',
  TracingConfig: 'PassThrough',
  FifoThroughputScope: 'Topic',
};
