/**
 * GetBackupSelection.
 *
 * Source   B1.5 (a plan that is not there is an InvalidParameterValueException).
 */
import type { GetBackupSelectionInput, GetBackupSelectionOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findPlan, findSelection } from '../find-plan';
import { fromSelection, given } from './shapes';

export function getBackupSelection(
  state: WorldState,
  caller: Caller,
  input: GetBackupSelectionInput,
): GetBackupSelectionOutput {
  const plan = findPlan(state, caller, input.BackupPlanId);
  const selection = findSelection(plan, input.SelectionId);
  return given({
    BackupSelection: fromSelection(selection.declaration),
    SelectionId: selection.id,
    BackupPlanId: plan.id,
    CreationDate: dateOf(selection.createdAt),
    CreatorRequestId: selection.creatorRequestId,
  });
}
