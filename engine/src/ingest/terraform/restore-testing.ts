/**
 * aws_backup_restore_testing_plan and aws_backup_restore_testing_selection as declarations.
 *
 * Pure. What AWS demands and an artifact leaves out stays left out: the rules of the model say so, beside all others.
 * Source   Schema of the AWS provider 5.100.0.
 */
import type {
  RestoreTestingCondition,
  RestoreTestingConditions,
  RestoreTestingPlan,
  RestoreTestingPoints,
  RestoreTestingSelection,
} from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { attempt } from '../listeners';
import { RestoreTestingDeclarations } from '../restore-testing';
import { Given } from './given';
import { known } from './listeners';
import type { Resource } from './resource';
import { tagsOf } from './tags';

type Reader = (resource: Resource, declarations: RestoreTestingDeclarations) => void;

const READERS: Readonly<Record<string, Reader>> = {
  aws_backup_restore_testing_plan: (resource, declarations) => {
    declarations.addPlan(readPlan(resource));
  },
  aws_backup_restore_testing_selection: (resource, declarations) => {
    const planName = Given.argument(resource, 'restore_testing_plan_name').requiredText();
    const place = { path: resource.declaredAt, type: resource.type };
    declarations.addSelection(resource.env(), planName, readSelection(resource), place);
  },
};

export const RESTORE_TESTING_TYPES: readonly string[] = Object.keys(READERS);

/** The restore testing plans among resources; what cannot be read is listed. */
export function readRestoreTesting(resources: readonly Resource[]): RestoreTestingPlan[] {
  const declarations = new RestoreTestingDeclarations();
  for (const resource of resources) {
    const read = resource.mode === 'managed' ? READERS[resource.type] : undefined;
    const reason = read && attempt(() => known(resource, () => read(resource, declarations)));
    if (reason !== undefined) {
      resource.reading.skip(resource.declaredAt, resource.type, reason);
    }
  }
  const { plans, notRead } = declarations.together();
  for (const { path, type, reason } of notRead) {
    resources[0]?.reading.skip(path, type, reason);
  }
  return plans;
}

function readPlan(resource: Resource): RestoreTestingPlan {
  const points = Given.argument(resource, 'recovery_point_selection').block();
  return withoutUndefined<RestoreTestingPlan>({
    restoreTestingPlanName: Given.argument(resource, 'name').text(),
    env: resource.env(),
    recoveryPointSelection: withoutUndefined<RestoreTestingPoints>({
      algorithm: points?.member('algorithm').text(),
      recoveryPointTypes: points?.member('recovery_point_types').texts(),
      includeVaults: points?.member('include_vaults').texts(),
      excludeVaults: some(points?.member('exclude_vaults').texts()),
      selectionWindowDays: points?.member('selection_window_days').number(),
    }),
    scheduleExpression: Given.argument(resource, 'schedule_expression').text(),
    scheduleExpressionTimezone: Given.argument(resource, 'schedule_expression_timezone').text(),
    startWindowHours: Given.argument(resource, 'start_window_hours').number(),
    selections: undefined,
    validated: undefined,
    tags: tagsOf(resource),
    declaredAt: resource.declaredAt,
  });
}

function readSelection(resource: Resource): RestoreTestingSelection {
  return withoutUndefined<RestoreTestingSelection>({
    restoreTestingSelectionName: Given.argument(resource, 'name').text(),
    protectedResourceType: Given.argument(resource, 'protected_resource_type').text(),
    iamRoleArn: Given.argument(resource, 'iam_role_arn').text(),
    protectedResourceArns: some(Given.argument(resource, 'protected_resource_arns').texts()),
    protectedResourceConditions: readConditions(Given.argument(resource, 'protected_resource_conditions').block()),
    restoreMetadataOverrides: Given.argument(resource, 'restore_metadata_overrides').textMap(),
    validationWindowHours: Given.argument(resource, 'validation_window_hours').number(),
    services: undefined,
    declaredAt: resource.declaredAt,
  });
}

function readConditions(conditions: Given | undefined): RestoreTestingConditions | undefined {
  const list = (name: string) => some(conditions?.member(name).items().map(readCondition));
  return (
    conditions && withoutUndefined({ stringEquals: list('string_equals'), stringNotEquals: list('string_not_equals') })
  );
}

function readCondition(condition: Given): RestoreTestingCondition {
  return { key: condition.member('key').requiredText(), value: condition.member('value').requiredText() };
}

/** To the provider an empty list is none. */
function some<T>(list: T[] | undefined): T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}
