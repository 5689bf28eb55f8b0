/**
 * DeleteBackupSelection.
 *
 * Source   B2.6/3: jobs that run go on.
 */
import type { DeleteBackupSelectionInput } from '@aws-sdk/client-backup';
import { canonicalSelection } from '../../domain/canonical';
import { SELECTION_DELETED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findOwnPlan, findSelection } from '../find-plan';

export function deleteBackupSelection(state: WorldState, caller: Caller, input: DeleteBackupSelectionInput): void {
  const { ledger } = state;
  const plan = findOwnPlan(state, caller, input.BackupPlanId);
  const selection = findSelection(plan, input.SelectionId);
  plan.selections.splice(plan.selections.indexOf(selection), 1);
  plan.deletedSelections++;
  ledger.rosterVersion++;
  const text = JSON.stringify(canonicalSelection(selection.declaration));
  ledger.declare(SELECTION_DELETED, plan.arn, plan.place, text, 0, NEVER);
}
