/**
 * Publish.
 *
 * Source   API of SNS 2010-03-31.
 */
import type { PublishCommandInput, PublishCommandOutput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTopic } from '../find-topic';
import { messageAttributes } from '../message-attributes';
import { refusePublication } from '../topic-bounds';

export function publish(
  state: WorldState,
  _caller: Caller,
  input: PublishCommandInput,
): Omit<PublishCommandOutput, '$metadata'> {
  if (input.PhoneNumber !== undefined) {
    throw new AwsFault('NotEmulated', 'sns: Publish to a phone number is not emulated');
  }
  const arn = input.TopicArn ?? input.TargetArn;
  const topic = findTopic(state, arn, arn === undefined ? 'TopicArn or TargetArn' : 'TopicArn');
  const attributes = messageAttributes(input.MessageAttributes, 'InvalidParameterValueException');
  const { MessageGroupId: groupId, MessageDeduplicationId: deduplicationId, Subject: subject } = input;
  const { Message: message, MessageStructure: structure } = input;
  const body = refusePublication(topic, { message, subject, structure, attributes, groupId, deduplicationId });
  return {
    MessageId: state.services.messaging.publish(topic, { body, subject, attributes, groupId, deduplicationId }),
  };
}
