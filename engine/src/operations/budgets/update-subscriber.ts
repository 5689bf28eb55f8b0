/**
 * UpdateSubscriber of a notification.
 *
 * Source   API of AWS Budgets 2016-10-20. Assumed: the texts.
 */
import type { UpdateSubscriberCommandInput } from '@aws-sdk/client-budgets';
import { isSameSubscriber } from '../../domain/budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBudget, findNotification, replaceNotification } from '../find-budget';
import { required } from '../find-vault';

export function updateSubscriber(state: WorldState, caller: Caller, input: UpdateSubscriberCommandInput): void {
  const budget = findBudget(state, caller, input.AccountId, input.BudgetName);
  const notification = findNotification(budget, input.Notification);
  const before = required(input.OldSubscriber, 'OldSubscriber');
  const after = required(input.NewSubscriber, 'NewSubscriber');
  if (!notification.subscribers.some((one) => isSameSubscriber(one, before))) {
    throw new AwsFault('NotFoundException', "Unable to update subscriber: the subscriber doesn't exist.");
  }
  if (notification.subscribers.some((one) => isSameSubscriber(one, after))) {
    throw new AwsFault('DuplicateRecordException', 'Unable to update subscriber: the subscriber already exists.');
  }
  const subscribers = notification.subscribers.map((one) => (isSameSubscriber(one, before) ? after : one));
  replaceNotification(budget, notification, { ...notification, subscribers });
}
