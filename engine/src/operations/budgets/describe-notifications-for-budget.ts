/**
 * DescribeNotificationsForBudget.
 *
 * Source   API of AWS Budgets 2016-10-20. Nothing is spent here, so that none is in alarm.
 */
import type {
  DescribeNotificationsForBudgetCommandInput,
  DescribeNotificationsForBudgetCommandOutput,
} from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBudget } from '../find-budget';
import { pageOf } from '../page';

export function describeNotificationsForBudget(
  state: WorldState,
  caller: Caller,
  input: DescribeNotificationsForBudgetCommandInput,
): Omit<DescribeNotificationsForBudgetCommandOutput, '$metadata'> {
  const budget = findBudget(state, caller, input.AccountId, input.BudgetName);
  const page = pageOf(budget.notifications, input.MaxResults, input.NextToken, {
    service: 'budgets',
    operation: 'DescribeNotificationsForBudget',
    parent: input.BudgetName,
    keyOf: ({ declared }) => JSON.stringify(declared),
  });
  return given({
    Notifications: page.items.map(({ declared }) => ({
      ThresholdType: 'PERCENTAGE' as const,
      NotificationState: 'OK' as const,
      ...declared,
    })),
    NextToken: page.nextToken,
  });
}
