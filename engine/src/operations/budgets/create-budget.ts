/**
 * CreateBudget.
 *
 * Source   API of AWS Budgets 2016-10-20 (defaults of period and cost types).
 */
import type { CreateBudgetCommandInput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import { withDefaults } from '../budget-shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { addNotification, ownAccount } from '../find-budget';
import { required } from '../find-vault';
import { tagsOf } from '../tag-list';

export function createBudget(state: WorldState, caller: Caller, input: CreateBudgetCommandInput): void {
  const account = ownAccount(caller, input.AccountId);
  const declared = required(input.Budget, 'Budget');
  const name = required(declared.BudgetName, 'BudgetName');
  if (state.services.budgets.tryFind(account, name) !== undefined) {
    throw new AwsFault('DuplicateRecordException', `Error creating budget: ${name} - the budget already exists.`);
  }
  const budget = {
    name,
    declared: withDefaults(declared, state.now),
    notifications: [],
    tags: tagsOf(input.ResourceTags),
    updatedAt: state.now,
  };
  for (const { Notification, Subscribers } of input.NotificationsWithSubscribers ?? []) {
    addNotification(budget, Notification, Subscribers);
  }
  state.services.budgets.put(account, budget);
}
