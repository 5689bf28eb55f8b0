/**
 * DescribeBudgets of an account.
 *
 * Source   API of AWS Budgets 2016-10-20.
 * Gaps     No CalculatedSpend: nothing is spent here.
 */
import type { DescribeBudgetsCommandInput, DescribeBudgetsCommandOutput } from '@aws-sdk/client-budgets';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import { budgetShape } from '../budget-shapes';
import type { Caller } from '../caller';
import { ownAccount } from '../find-budget';
import { pageOf } from '../page';

export function describeBudgets(
  state: WorldState,
  caller: Caller,
  input: DescribeBudgetsCommandInput,
): Omit<DescribeBudgetsCommandOutput, '$metadata'> {
  const budgets = state.services.budgets.list(ownAccount(caller, input.AccountId));
  const page = pageOf(budgets, input.MaxResults, input.NextToken, {
    service: 'budgets',
    operation: 'DescribeBudgets',
    keyOf: ({ name }) => name,
  });
  return given({ Budgets: page.items.map(budgetShape), NextToken: page.nextToken });
}
