/**
 * GetRestoreTestingSelection.
 *
 * Source   B9.2.
 */
import type { GetRestoreTestingSelectionInput, GetRestoreTestingSelectionOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findTestingPlan, findTestingSelection, fromTestingSelection } from '../restore-testing';
import { given } from './shapes';

export function getRestoreTestingSelection(
  state: WorldState,
  caller: Caller,
  input: GetRestoreTestingSelectionInput,
): GetRestoreTestingSelectionOutput {
  const plan = findTestingPlan(state, caller, input.RestoreTestingPlanName);
  const selection = findTestingSelection(plan, input.RestoreTestingSelectionName);
  return {
    RestoreTestingSelection: given({
      // Source B9.2/2: conditions without ARNs are about every resource.
      ProtectedResourceArns: ['*'],
      ValidationWindowHours: 0,
      ...fromTestingSelection(selection.declaration),
      CreationTime: dateOf(selection.createdAt),
      CreatorRequestId: selection.creatorRequestId,
      RestoreTestingPlanName: plan.name,
    }),
  };
}
