/**
 * ListBackupPlanTemplates.
 *
 * Source   B2.6/4.
 * Spec     ../../domain/plan-templates.md
 */
import type { ListBackupPlanTemplatesInput, ListBackupPlanTemplatesOutput } from '@aws-sdk/client-backup';
import { PLAN_TEMPLATES } from '../../domain/plan-templates';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { given } from './shapes';

export function listBackupPlanTemplates(
  _state: WorldState,
  _caller: Caller,
  input: ListBackupPlanTemplatesInput,
): ListBackupPlanTemplatesOutput {
  const members = PLAN_TEMPLATES.map(({ id, name }) => ({ BackupPlanTemplateId: id, BackupPlanTemplateName: name }));
  const page = pageOf(members, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListBackupPlanTemplates',
    keyOf: ({ BackupPlanTemplateId }) => BackupPlanTemplateId,
  });
  return given({ BackupPlanTemplatesList: page.items, NextToken: page.nextToken });
}
