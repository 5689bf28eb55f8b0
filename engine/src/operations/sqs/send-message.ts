/**
 * SendMessage.
 *
 * Source   API of SQS 2012-11-05.
 */
import type { SendMessageCommandInput, SendMessageCommandOutput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { sendOne } from '../queue-messages';

export function sendMessage(
  state: WorldState,
  _caller: Caller,
  input: SendMessageCommandInput,
): Omit<SendMessageCommandOutput, '$metadata'> {
  return sendOne(findQueue(state, input.QueueUrl), input, state.now);
}
