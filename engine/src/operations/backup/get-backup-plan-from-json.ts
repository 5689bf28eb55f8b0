/**
 * GetBackupPlanFromJSON: a document that is in order, as a plan.
 *
 * Source   API of AWS Backup. Assumed: it is checked as CreateBackupPlan checks it.
 * Gaps     DeleteAfterEvent of a lifecycle is never there: points have it, plans do not.
 */
import type { BackupPlanInput, GetBackupPlanFromJSONInput, GetBackupPlanFromJSONOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { parseJson } from '../../kernel/json';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { declaredPlan } from './create-backup-plan';
import { fromPlan } from './shapes';

export function getBackupPlanFromJSON(
  _state: WorldState,
  caller: Caller,
  input: GetBackupPlanFromJSONInput,
): GetBackupPlanFromJSONOutput {
  const text = required(input.BackupPlanTemplateJson, 'BackupPlanTemplateJson');
  const plan = fromPlan(declaredPlan(parsed(text), caller, undefined));
  return { BackupPlan: plan as GetBackupPlanFromJSONOutput['BackupPlan'] };
}

/** Assumed: the text. */
function parsed(text: string): BackupPlanInput {
  try {
    const document = parseJson(text) as unknown;
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
      return document as BackupPlanInput;
    }
  } catch {
    // Told below, with what is no object.
  }
  throw new AwsFault('InvalidParameterValueException', 'BackupPlanTemplateJson is no JSON document of a backup plan.');
}
