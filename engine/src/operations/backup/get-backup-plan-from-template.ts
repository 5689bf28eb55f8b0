/**
 * GetBackupPlanFromTemplate: a plan without vaults, as a template is for any account.
 *
 * Source   B2.6/4. Assumed: the text.
 * Gaps     DeleteAfterEvent of a lifecycle is never there, nor RuleId: a template is no plan yet.
 * Spec     ../../domain/plan-templates.md
 */
import type {
  BackupPlan,
  GetBackupPlanFromTemplateInput,
  GetBackupPlanFromTemplateOutput,
} from '@aws-sdk/client-backup';
import { PLAN_TEMPLATES, TEMPLATE_START_WINDOW_MINUTES } from '../../domain/plan-templates';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { given } from './shapes';

export function getBackupPlanFromTemplate(
  _state: WorldState,
  _caller: Caller,
  input: GetBackupPlanFromTemplateInput,
): GetBackupPlanFromTemplateOutput {
  const id = required(input.BackupPlanTemplateId, 'BackupPlanTemplateId');
  const template = PLAN_TEMPLATES.find((one) => one.id === id);
  if (template === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Cannot find Backup plan template with ID ${id}`);
  }
  const Rules = template.rules.map((rule) => ({
    RuleName: rule.ruleName,
    ScheduleExpression: rule.scheduleExpression,
    StartWindowMinutes: TEMPLATE_START_WINDOW_MINUTES,
    Lifecycle: given({
      MoveToColdStorageAfterDays: rule.moveToColdStorageAfterDays,
      DeleteAfterDays: rule.deleteAfterDays,
    }),
  }));
  // The SDK has every plan with a name and every rule with a vault; those of templates have none.
  return { BackupPlanDocument: { Rules } as BackupPlan };
}
