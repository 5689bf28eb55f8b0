import { RestoreTestingPlan, RestoreTestingSelection } from '@holdfast/model';
import { Known } from './app-reading';
import { blocksOf, someBlocks, textsOf } from './read-blocks';
import { Arguments } from './rendered';

type Tags = Record<string, string>;

/** `aws_backup_restore_testing_plan` as a declaration, without selections. */
export function readRestoreTestingPlan(
  { values, name, env, declaredAt }: Known,
  tags: Tags | undefined,
): RestoreTestingPlan {
  const [points = {}] = blocksOf(values.recovery_point_selection);
  return {
    restoreTestingPlanName: name,
    env,
    recoveryPointSelection: {
      algorithm: points.algorithm as string,
      recoveryPointTypes: textsOf(points.recovery_point_types) ?? [],
      includeVaults: textsOf(points.include_vaults) ?? [],
      excludeVaults: textsOf(points.exclude_vaults),
      selectionWindowDays: points.selection_window_days as number | undefined,
    },
    scheduleExpression: values.schedule_expression as string,
    scheduleExpressionTimezone: values.schedule_expression_timezone as string | undefined,
    startWindowHours: values.start_window_hours as number | undefined,
    selections: [],
    tags,
    declaredAt,
  };
}

/** `aws_backup_restore_testing_selection` as a declaration. */
export function readRestoreTestingSelection({ values, declaredAt }: Known): RestoreTestingSelection {
  const [conditions] = blocksOf(values.protected_resource_conditions);
  return {
    restoreTestingSelectionName: values.name as string,
    protectedResourceType: values.protected_resource_type as string,
    iamRoleArn: values.iam_role_arn as string,
    protectedResourceArns: textsOf(values.protected_resource_arns),
    protectedResourceConditions: conditions && {
      stringEquals: someBlocks(conditions.string_equals, conditionOf),
      stringNotEquals: someBlocks(conditions.string_not_equals, conditionOf),
    },
    restoreMetadataOverrides: values.restore_metadata_overrides as Tags | undefined,
    validationWindowHours: values.validation_window_hours as number | undefined,
    declaredAt,
  };
}

/** Days after which a bucket deletes the first of its objects, by its `aws_s3_bucket_lifecycle_configuration`; Infinity where it deletes none. */
export function expiryDaysOf({ rule }: Arguments): number {
  return firstExpiry(blocksOf(rule).filter(({ status }) => status === 'Enabled'));
}

/** The same by the rules in an `aws_s3_bucket` itself, which the provider deprecates. */
export function inlineExpiryDaysOf({ lifecycle_rule: rule }: Arguments): number {
  return firstExpiry(blocksOf(rule).filter(({ enabled }) => enabled === true));
}

function firstExpiry(rules: Arguments[]): number {
  const days = rules
    .flatMap(({ expiration }) => blocksOf(expiration))
    .flatMap(({ days: expiry }) => (typeof expiry === 'number' && expiry > 0 ? [expiry] : []));
  return Math.min(Infinity, ...days);
}

function conditionOf({ key, value }: Arguments): { key: string; value: string } {
  return { key: String(key), value: String(value) };
}
