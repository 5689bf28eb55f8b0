/**
 * DeleteSubscriber of a notification, which goes with its last one.
 *
 * Source   API of AWS Budgets 2016-10-20. Assumed: the text, and what becomes of the notification.
 */
import type { DeleteSubscriberCommandInput } from '@aws-sdk/client-budgets';
import { isSameSubscriber } from '../../domain/budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBudget, findNotification, replaceNotification } from '../find-budget';
import { required } from '../find-vault';

export function deleteSubscriber(state: WorldState, caller: Caller, input: DeleteSubscriberCommandInput): void {
  const budget = findBudget(state, caller, input.AccountId, input.BudgetName);
  const notification = findNotification(budget, input.Notification);
  const gone = required(input.Subscriber, 'Subscriber');
  const subscribers = notification.subscribers.filter((one) => !isSameSubscriber(one, gone));
  if (subscribers.length === notification.subscribers.length) {
    throw new AwsFault('NotFoundException', "Unable to delete subscriber: the subscriber doesn't exist.");
  }
  replaceNotification(budget, notification, subscribers.length === 0 ? undefined : { ...notification, subscribers });
}
