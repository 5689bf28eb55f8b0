/**
 * AWS::Backup::RestoreTestingPlan and AWS::Backup::RestoreTestingSelection as declarations.
 *
 * Pure. A required property that is left out stays left out: the rules of the model say so, beside all others.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): both types.
 */
import type {
  RestoreTestingCondition,
  RestoreTestingConditions,
  RestoreTestingPlan,
  RestoreTestingPoints,
  RestoreTestingSelection,
} from '@holdfast/model';
import { attempt } from '../listeners';
import type { RestoreTestingDeclarations } from '../restore-testing';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';
import type { DeclaredValue } from './declared-value';
import { tagsOf } from './tag-list';

export const RESTORE_TESTING_PLAN = 'AWS::Backup::RestoreTestingPlan';
const RESTORE_TESTING_SELECTION = 'AWS::Backup::RestoreTestingSelection';

export function isRestoreTesting(type: string): boolean {
  return type === RESTORE_TESTING_PLAN || type === RESTORE_TESTING_SELECTION;
}

/** Takes a declaration in; answers why it is left out, if it is. */
export function readRestoreTesting(
  declaration: Declaration,
  declarations: RestoreTestingDeclarations,
): string | undefined {
  return attempt(() => {
    if (declaration.type === RESTORE_TESTING_PLAN) {
      declarations.addPlan(readTestingPlan(declaration));
      return;
    }
    const { properties, env, declaredAt: path, type } = declaration;
    const planName = properties.member('RestoreTestingPlanName').requiredText();
    declarations.addSelection(env, planName, readTestingSelection(declaration), { path, type });
  });
}

export function readTestingPlan(declaration: Declaration): RestoreTestingPlan {
  const { properties, env, declaredAt } = declaration;
  return withoutUndefined<RestoreTestingPlan>({
    restoreTestingPlanName: properties.member('RestoreTestingPlanName').text(),
    env,
    recoveryPointSelection: readPoints(properties.member('RecoveryPointSelection')),
    scheduleExpression: properties.member('ScheduleExpression').text(),
    scheduleExpressionTimezone: properties.member('ScheduleExpressionTimezone').text(),
    startWindowHours: properties.member('StartWindowHours').number(),
    selections: undefined,
    validated: undefined,
    tags: declaration.withStackTags(tagsOf(properties.member('Tags'))),
    declaredAt,
  });
}

function readPoints(points: DeclaredValue): RestoreTestingPoints {
  return withoutUndefined<RestoreTestingPoints>({
    algorithm: points.member('Algorithm').text(),
    recoveryPointTypes: points.member('RecoveryPointTypes').texts(),
    includeVaults: points.member('IncludeVaults').texts(),
    excludeVaults: points.member('ExcludeVaults').texts(),
    selectionWindowDays: points.member('SelectionWindowDays').number(),
  });
}

export function readTestingSelection({ properties, declaredAt }: Declaration): RestoreTestingSelection {
  return withoutUndefined<RestoreTestingSelection>({
    restoreTestingSelectionName: properties.member('RestoreTestingSelectionName').text(),
    protectedResourceType: properties.member('ProtectedResourceType').text(),
    iamRoleArn: properties.member('IamRoleArn').text(),
    protectedResourceArns: properties.member('ProtectedResourceArns').texts(),
    protectedResourceConditions: readConditions(properties.member('ProtectedResourceConditions')),
    restoreMetadataOverrides: properties.member('RestoreMetadataOverrides').textMap(),
    validationWindowHours: properties.member('ValidationWindowHours').number(),
    services: undefined,
    declaredAt,
  });
}

function readConditions(conditions: DeclaredValue): RestoreTestingConditions | undefined {
  const list = (operator: string): RestoreTestingCondition[] | undefined => {
    const written = conditions.member(operator);
    return written.isPresent ? written.items().map(readCondition) : undefined;
  };
  return conditions.isPresent
    ? withoutUndefined<RestoreTestingConditions>({
        stringEquals: list('StringEquals'),
        stringNotEquals: list('StringNotEquals'),
      })
    : undefined;
}

function readCondition(condition: DeclaredValue): RestoreTestingCondition {
  return { key: condition.member('Key').requiredText(), value: condition.member('Value').requiredText() };
}
