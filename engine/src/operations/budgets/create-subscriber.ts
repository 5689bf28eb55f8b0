/**
 * CreateSubscriber of a notification.
 *
 * Source   API of AWS Budgets 2016-10-20. Assumed: the text.
 */
import type { CreateSubscriberCommandInput } from '@aws-sdk/client-budgets';
import { isSameSubscriber } from '../../domain/budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBudget, findNotification, refuseManySubscribers, replaceNotification } from '../find-budget';
import { required } from '../find-vault';

export function createSubscriber(state: WorldState, caller: Caller, input: CreateSubscriberCommandInput): void {
  const budget = findBudget(state, caller, input.AccountId, input.BudgetName);
  const notification = findNotification(budget, input.Notification);
  const subscriber = required(input.Subscriber, 'Subscriber');
  if (notification.subscribers.some((one) => isSameSubscriber(one, subscriber))) {
    throw new AwsFault('DuplicateRecordException', 'Unable to create subscriber: the subscriber already exists.');
  }
  const subscribers = [...notification.subscribers, subscriber];
  refuseManySubscribers(subscribers);
  replaceNotification(budget, notification, { ...notification, subscribers });
}
