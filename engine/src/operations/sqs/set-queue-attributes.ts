/**
 * SetQueueAttributes.
 *
 * Source   API of SQS 2012-11-05, SetQueueAttributes.
 */
import type { SetQueueAttributesCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findQueue } from '../find-queue';
import { queueSettings } from '../queue-attributes';
import { requiredOf } from '../queue-bounds';

export function setQueueAttributes(state: WorldState, _caller: Caller, input: SetQueueAttributesCommandInput): void {
  const queue = findQueue(state, input.QueueUrl);
  const { FifoQueue, ...given } = requiredOf(input.Attributes, 'Attributes');
  if (FifoQueue !== undefined && FifoQueue !== String(queue.fifo)) {
    const text = 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.';
    throw new AwsFault('InvalidAttributeValue', text);
  }
  queue.settings = queueSettings(state.services.messaging.queues, queue, queue.settings, given);
}
