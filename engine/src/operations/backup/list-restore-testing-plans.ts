/**
 * ListRestoreTestingPlans, by name.
 *
 * Source   B9.1/4. Assumed: the order.
 */
import type { ListRestoreTestingPlansInput, ListRestoreTestingPlansOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { showTestingPlan } from '../restore-testing';
import { given } from './shapes';

export function listRestoreTestingPlans(
  state: WorldState,
  caller: Caller,
  input: ListRestoreTestingPlansInput,
): ListRestoreTestingPlansOutput {
  const page = pageOf(state.restoreTests.plans.at(caller), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListRestoreTestingPlans',
    keyOf: ({ arn }) => arn,
  });
  return given({ RestoreTestingPlans: page.items.map(showTestingPlan), NextToken: page.nextToken });
}
