/**
 * SetQueueAttributes.
 *
 * Source   API of SQS 2012-11-05, SetQueueAttributes.
 */
import type { SetQueueAttributesCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { queueSettings } from '../queue-attributes';

export function setQueueAttributes(state: WorldState, _caller: Caller, input: SetQueueAttributesCommandInput): void {
  const queue = findQueue(state, input.QueueUrl);
  queue.settings = queueSettings(queue.settings, input.Attributes ?? {}, queue.fifo);
}
