/**
 * ListRestoreTestingSelections, by name.
 *
 * Source   B9.2. Assumed: the order.
 */
import type {
  ListRestoreTestingSelectionsInput,
  ListRestoreTestingSelectionsOutput,
  RestoreTestingSelectionForList,
} from '@aws-sdk/client-backup';
import type { TestingPlan, TestingSelection } from '../../domain/restore-testing-plans';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { findTestingPlan } from '../restore-testing';
import { given } from './shapes';

export function listRestoreTestingSelections(
  state: WorldState,
  caller: Caller,
  input: ListRestoreTestingSelectionsInput,
): ListRestoreTestingSelectionsOutput {
  const plan = findTestingPlan(state, caller, input.RestoreTestingPlanName);
  const page = pageOf(plan.selections(), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListRestoreTestingSelections',
    parent: plan.name,
    keyOf: ({ name }) => name,
  });
  return given({
    RestoreTestingSelections: page.items.map((selection) => show(plan, selection)),
    NextToken: page.nextToken,
  });
}

function show(plan: TestingPlan, { name, declaration, createdAt }: TestingSelection): RestoreTestingSelectionForList {
  return {
    CreationTime: dateOf(createdAt),
    IamRoleArn: declaration.iamRoleArn,
    ProtectedResourceType: declaration.protectedResourceType,
    RestoreTestingPlanName: plan.name,
    RestoreTestingSelectionName: name,
    ValidationWindowHours: declaration.validationWindowHours ?? 0,
  };
}
