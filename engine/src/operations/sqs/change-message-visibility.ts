/**
 * ChangeMessageVisibility.
 *
 * Source   API of SQS 2012-11-05.
 */
import type { ChangeMessageVisibilityCommandInput } from '@aws-sdk/client-sqs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findQueue } from '../find-queue';
import { hideOne } from '../queue-messages';

export function changeMessageVisibility(
  state: WorldState,
  _caller: Caller,
  { QueueUrl, ReceiptHandle, VisibilityTimeout }: ChangeMessageVisibilityCommandInput,
): void {
  hideOne(findQueue(state, QueueUrl), ReceiptHandle, VisibilityTimeout, state.now);
}
