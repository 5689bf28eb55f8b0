/**
 * CreateBackupSelection.
 *
 * Source   B3.1/7, B1.5.
 */
import type { CreateBackupSelectionInput, CreateBackupSelectionOutput } from '@aws-sdk/client-backup';
import { BackupPlanRules, BackupSelectionRules } from '@holdfast/model';
import { addSelection } from '../../domain/plan-making';
import type { StandingSelection } from '../../domain/plans';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
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
  const planId = required(input.BackupPlanId, 'BackupPlanId');
  const declaration = toSelection(required(input.BackupSelection, 'BackupSelection'));
  const plan = ledger.plans.tryFind(planId);
  if (plan === undefined || plan.declaration.env.account !== caller.account) {
    throw new AwsFault('InvalidParameterValueException', `Cannot find Backup plan with ID ${planId}`);
  }
  if (plan.management !== undefined) {
    // Source B11.1/8; the text is Assumed.
    throw new AwsFault('InvalidRequestException', `Backup plan ${planId} is managed by an organization.`);
  }
  refuse(BackupSelectionRules.check(declaration, '', WIRE));
  const repeated = plan.selections.find(
    (selection) => selection.creatorRequestId !== undefined && selection.creatorRequestId === input.CreatorRequestId,
  );
  if (repeated !== undefined) {
    return answer(planId, repeated);
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
