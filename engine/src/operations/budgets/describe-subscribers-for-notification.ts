/**
 * DescribeSubscribersForNotification.
 *
 * Source   API of AWS Budgets 2016-10-20.
 */
import type {
  DescribeSubscribersForNotificationCommandInput,
  DescribeSubscribersForNotificationCommandOutput,
} from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBudget, findNotification } from '../find-budget';
import { pageOf } from '../page';

export function describeSubscribersForNotification(
  state: WorldState,
  caller: Caller,
  input: DescribeSubscribersForNotificationCommandInput,
): Omit<DescribeSubscribersForNotificationCommandOutput, '$metadata'> {
  const budget = findBudget(state, caller, input.AccountId, input.BudgetName);
  const { subscribers } = findNotification(budget, input.Notification);
  const page = pageOf(subscribers, input.MaxResults, input.NextToken, {
    service: 'budgets',
    operation: 'DescribeSubscribersForNotification',
    parent: `${input.BudgetName} ${JSON.stringify(input.Notification)}`,
    keyOf: ({ Address = '' }) => Address,
  });
  return given({ Subscribers: page.items, NextToken: page.nextToken });
}
