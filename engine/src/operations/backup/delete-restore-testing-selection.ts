/**
 * DeleteRestoreTestingSelection.
 *
 * Source   API model: DeleteRestoreTestingSelection. Assumed: restores that it began go on.
 */
import type { DeleteRestoreTestingSelectionInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTestingPlan, findTestingSelection } from '../restore-testing';

export function deleteRestoreTestingSelection(
  state: WorldState,
  caller: Caller,
  input: DeleteRestoreTestingSelectionInput,
): Record<string, never> {
  const plan = findTestingPlan(state, caller, input.RestoreTestingPlanName);
  state.restoreTests.deselect(plan, findTestingSelection(plan, input.RestoreTestingSelectionName));
  return {};
}
