/**
 * What calls publish to a topic, alone or in a batch.
 *
 * Pure: a change of the World.
 * Source   API of SNS 2010-03-31.
 */
import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { Topic } from '../domain/topics';
import type { WorldState } from '../domain/world-state';
import { messageAttributes } from './message-attributes';
import { refusePublication } from './topic-bounds';

/** A message as Publish and each entry of PublishBatch have it. */
export interface GivenPublication {
  readonly Message?: string | undefined;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

export function publishOne(state: WorldState, topic: Topic, given: GivenPublication): { MessageId: string } {
  const attributes = messageAttributes(given.MessageAttributes, 'InvalidParameterValueException');
  const { MessageGroupId: groupId, MessageDeduplicationId: deduplicationId, Subject: subject } = given;
  const { Message: message, MessageStructure: structure } = given;
  const body = refusePublication(topic, { message, subject, structure, attributes, groupId, deduplicationId });
  return {
    MessageId: state.services.messaging.publish(topic, { body, subject, attributes, groupId, deduplicationId }),
  };
}
