/**
 * CreateNotification of a budget, with its subscribers.
 *
 * Source   API of AWS Budgets 2016-10-20.
 */
import type { CreateNotificationCommandInput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { addNotification, findBudget } from '../find-budget';

export function createNotification(state: WorldState, caller: Caller, input: CreateNotificationCommandInput): void {
  const budget = findBudget(state, caller, input.AccountId, input.BudgetName);
  addNotification(budget, input.Notification, input.Subscribers);
}
