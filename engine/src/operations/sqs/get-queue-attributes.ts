/**
 * GetQueueAttributes: those that are asked for; none unless any are.
 *
 * Source   API of SQS 2012-11-05, GetQueueAttributes.
 */
import type { GetQueueAttributesCommandInput, GetQueueAttributesCommandOutput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { queueAttributes, refuseUnknownNames } from '../queue-attributes';

export function getQueueAttributes(
  state: WorldState,
  _caller: Caller,
  input: GetQueueAttributesCommandInput,
): Omit<GetQueueAttributesCommandOutput, '$metadata'> {
  const queue = findQueue(state, input.QueueUrl);
  const asked = new Set<string>(input.AttributeNames ?? []);
  refuseUnknownNames([...asked]);
  const all = Object.entries(queueAttributes(queue, state.now));
  return { Attributes: Object.fromEntries(all.filter(([name]) => asked.has('All') || asked.has(name))) };
}
