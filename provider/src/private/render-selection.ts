import {
  BackupSelectionCondition,
  BackupSelectionConfig,
  BackupSelectionSelectionTag,
} from '@cdktf/provider-aws/lib/backup-selection';
import { BackupSelection, SelectionConditions, TagCondition } from '@holdfast/model';
import { IPlan } from '../plan';

/** Arguments of `aws_backup_selection`. */
export function renderSelection(plan: IPlan, selection: BackupSelection): BackupSelectionConfig {
  return {
    planId: plan.backupPlanId,
    name: selection.selectionName,
    iamRoleArn: selection.iamRoleArn,
    resources: selection.resources,
    notResources: selection.notResources,
    selectionTag: selection.listOfTags?.map(renderTag),
    condition: selection.conditions === undefined ? undefined : [renderConditions(selection.conditions)],
  };
}

function renderTag(tag: TagCondition): BackupSelectionSelectionTag {
  return { type: 'STRINGEQUALS', key: tag.conditionKey, value: tag.conditionValue };
}

function renderConditions(conditions: SelectionConditions): BackupSelectionCondition {
  return {
    stringEquals: conditions.stringEquals?.map(renderCondition),
    stringNotEquals: conditions.stringNotEquals?.map(renderCondition),
    stringLike: conditions.stringLike?.map(renderCondition),
    stringNotLike: conditions.stringNotLike?.map(renderCondition),
  };
}

function renderCondition(condition: TagCondition): { key: string; value: string } {
  return { key: condition.conditionKey, value: condition.conditionValue };
}
