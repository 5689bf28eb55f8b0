/**
 * CreateBackupSelection.
 *
 * Source   B3.1/7, B1.5; section 12 (the role is looked at).
 */
import type { CreateBackupSelectionInput, CreateBackupSelectionOutput } from '@aws-sdk/client-backup';
import { BackupPlanRules, BackupSelectionRules } from '@holdfast/model';
import { addSelection } from '../../domain/plan-making';
import type { StandingSelection } from '../../domain/plans';
import { selectionRefusal } from '../../domain/selection-access';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findOwnPlan } from '../find-plan';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { toSelection } from './shapes';

/** Rules of a plan that a further selection breaks (Source B2.1/1). */
const QUOTAS = new Set(['plan-selections', 'plan-tag-selections']);

export function createBackupSelection(
  state: WorldState,
  caller: Caller,
  input: CreateBackupSelectionInput,
): CreateBackupSelectionOutput {
  const { ledger } = state;
  const declaration = toSelection(required(input.BackupSelection, 'BackupSelection'));
  const plan = findOwnPlan(state, caller, input.BackupPlanId);
  const planId = plan.id;
  refuse(BackupSelectionRules.check(declaration, '', WIRE));
  const repeated = plan.selections.find(
    (selection) => selection.creatorRequestId !== undefined && selection.creatorRequestId === input.CreatorRequestId,
  );
  if (repeated !== undefined) {
    return answer(planId, repeated);
  }
  const unusable = selectionRefusal(ledger, plan, declaration);
  if (unusable !== undefined) {
    throw new AwsFault('InvalidParameterValueException', unusable);
  }
  const selections = [...plan.selections.map((selection) => selection.declaration), declaration];
  const full = BackupPlanRules.check({ ...plan.declaration, selections }, '', WIRE).find((one) => QUOTAS.has(one.rule));
  if (full !== undefined) {
    // Assumed: the text.
    throw new AwsFault('LimitExceededException', `${full.path} ${full.message}`);
  }
  return answer(planId, addSelection(ledger, plan, declaration, input.CreatorRequestId));
}

function answer(planId: string, selection: StandingSelection): CreateBackupSelectionOutput {
  return { SelectionId: selection.id, BackupPlanId: planId, CreationDate: dateOf(selection.createdAt) };
}
