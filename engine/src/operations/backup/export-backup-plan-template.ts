/**
 * ExportBackupPlanTemplate: the document of a plan.
 *
 * Source   API of AWS Backup; GetBackupPlanFromJSON takes it.
 */
import type { ExportBackupPlanTemplateInput, ExportBackupPlanTemplateOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findPlan } from '../find-plan';
import { fromPlan } from './shapes';

export function exportBackupPlanTemplate(
  state: WorldState,
  caller: Caller,
  input: ExportBackupPlanTemplateInput,
): ExportBackupPlanTemplateOutput {
  const { declaration } = findPlan(state, caller, input.BackupPlanId);
  return { BackupPlanTemplateJson: JSON.stringify(fromPlan(declaration)) };
}
