/**
 * UpdateNotification: its subscribers stay.
 *
 * Source   API of AWS Budgets 2016-10-20. Assumed: the text.
 */
import type { UpdateNotificationCommandInput } from '@aws-sdk/client-budgets';
import { isSameNotification } from '../../domain/budgets';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBudget, findNotification, replaceNotification } from '../find-budget';
import { required } from '../find-vault';

export function updateNotification(state: WorldState, caller: Caller, input: UpdateNotificationCommandInput): void {
  const budget = findBudget(state, caller, input.AccountId, input.BudgetName);
  const before = findNotification(budget, input.OldNotification);
  const declared = required(input.NewNotification, 'NewNotification');
  if (budget.notifications.some((one) => one !== before && isSameNotification(one.declared, declared))) {
    throw new AwsFault('DuplicateRecordException', 'Unable to update notification: the notification already exists.');
  }
  replaceNotification(budget, before, { ...before, declared });
}
