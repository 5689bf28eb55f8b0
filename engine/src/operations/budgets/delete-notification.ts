/**
 * DeleteNotification, with its subscribers.
 *
 * Source   API of AWS Budgets 2016-10-20.
 */
import type { DeleteNotificationCommandInput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBudget, findNotification, replaceNotification } from '../find-budget';

export function deleteNotification(state: WorldState, caller: Caller, input: DeleteNotificationCommandInput): void {
  const budget = findBudget(state, caller, input.AccountId, input.BudgetName);
  replaceNotification(budget, findNotification(budget, input.Notification), undefined);
}
