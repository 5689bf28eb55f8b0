import { BackupSelection, SelectionConditions, TagCondition } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';

/** Properties of `AWS::Backup::BackupSelection`. */
export function renderSelection(plan: backup.IBackupPlan, selection: BackupSelection): backup.CfnBackupSelectionProps {
  return {
    backupPlanId: plan.backupPlanId,
    backupSelection: {
      selectionName: selection.selectionName,
      iamRoleArn: selection.iamRoleArn,
      resources: selection.resources,
      notResources: selection.notResources,
      listOfTags: selection.listOfTags?.map((tag) => ({ conditionType: 'STRINGEQUALS', ...tag })),
      conditions: renderConditions(selection.conditions),
    },
  };
}

/** CloudFormation declares conditions as free JSON, so the names of the template are written here. */
function renderConditions(conditions: SelectionConditions | undefined): object | undefined {
  return conditions === undefined
    ? undefined
    : {
        StringEquals: renderTags(conditions.stringEquals),
        StringNotEquals: renderTags(conditions.stringNotEquals),
        StringLike: renderTags(conditions.stringLike),
        StringNotLike: renderTags(conditions.stringNotLike),
      };
}

function renderTags(tags: TagCondition[] | undefined): object[] | undefined {
  return tags?.map((tag) => ({ ConditionKey: tag.conditionKey, ConditionValue: tag.conditionValue }));
}
