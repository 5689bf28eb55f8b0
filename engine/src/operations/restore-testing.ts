/**
 * Restore testing plans and selections: those that a call names, and the SDK's shapes and model's declarations, one into
 * the other.
 *
 * Pure: reads the World.
 * Source   B9.1, B9.2; API model 2018-11-15.
 */
import type * as sdk from '@aws-sdk/client-backup';
import type {
  RestoreTestingConditions,
  RestoreTestingPlan,
  RestoreTestingPoints,
  RestoreTestingSelection,
} from '@holdfast/model';
import { RestoreTestingDefaults } from '@holdfast/model';
import type { TestingPlan, TestingSelection } from '../domain/restore-testing-plans';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given, toDate } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** Assumed: the text. */
export function findTestingPlan(state: WorldState, caller: Caller, name: string | undefined): TestingPlan {
  const wanted = required(name, 'RestoreTestingPlanName');
  const plan = state.restoreTests.plans.tryFind(caller, wanted);
  if (plan === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Restore testing plan ${wanted} does not exist.`);
  }
  return plan;
}

/** Assumed: the text. */
export function findTestingSelection(plan: TestingPlan, name: string | undefined): TestingSelection {
  const wanted = required(name, 'RestoreTestingSelectionName');
  const selection = plan.tryFindSelection(wanted);
  if (selection === undefined) {
    const text = `Restore testing selection ${wanted} does not exist in plan ${plan.name}.`;
    throw new AwsFault('ResourceNotFoundException', text);
  }
  return selection;
}

/** Members of a plan that may change; those that are absent stay absent. */
export function toTestingPlan(shape: sdk.RestoreTestingPlanForUpdate): Partial<RestoreTestingPlan> {
  const points = shape.RecoveryPointSelection;
  return given({
    recoveryPointSelection: points === undefined ? undefined : (toTestingPoints(points) as RestoreTestingPoints),
    scheduleExpression: shape.ScheduleExpression,
    scheduleExpressionTimezone: shape.ScheduleExpressionTimezone,
    startWindowHours: shape.StartWindowHours,
  });
}

export function toTestingPoints(shape: sdk.RestoreTestingRecoveryPointSelection): Partial<RestoreTestingPoints> {
  return given({
    algorithm: shape.Algorithm,
    recoveryPointTypes: shape.RecoveryPointTypes,
    includeVaults: shape.IncludeVaults,
    excludeVaults: shape.ExcludeVaults,
    selectionWindowDays: shape.SelectionWindowDays,
  });
}

/** The document of CreateRestoreTestingPlan. */
export function fromTestingPlan(plan: RestoreTestingPlan): sdk.RestoreTestingPlanForCreate {
  return given({
    RestoreTestingPlanName: plan.restoreTestingPlanName,
    RecoveryPointSelection: fromTestingPoints(plan.recoveryPointSelection),
    ScheduleExpression: plan.scheduleExpression,
    ScheduleExpressionTimezone: plan.scheduleExpressionTimezone,
    StartWindowHours: plan.startWindowHours,
  });
}

function fromTestingPoints(points: RestoreTestingPoints): sdk.RestoreTestingRecoveryPointSelection {
  // What a rule of the model refuses reaches the operation all the same, which refuses it.
  return given({
    Algorithm: points.algorithm as sdk.RestoreTestingRecoveryPointSelectionAlgorithm,
    RecoveryPointTypes: points.recoveryPointTypes as sdk.RestoreTestingRecoveryPointType[],
    IncludeVaults: points.includeVaults,
    ExcludeVaults: points.excludeVaults,
    SelectionWindowDays: points.selectionWindowDays,
  });
}

/** A name or type that is left out is empty, for the rules to refuse. */
export function toTestingSelection(shape: sdk.RestoreTestingSelectionForCreate): RestoreTestingSelection {
  return {
    ...(toSelectionChange(shape) as RestoreTestingSelection),
    restoreTestingSelectionName: shape.RestoreTestingSelectionName ?? '',
    protectedResourceType: shape.ProtectedResourceType ?? '',
  };
}

/** Members of a selection that may change; those that are absent stay absent. */
export function toSelectionChange(shape: sdk.RestoreTestingSelectionForUpdate): Partial<RestoreTestingSelection> {
  const conditions = shape.ProtectedResourceConditions;
  return given({
    iamRoleArn: shape.IamRoleArn,
    protectedResourceArns: shape.ProtectedResourceArns,
    protectedResourceConditions: conditions === undefined ? undefined : toConditions(conditions),
    restoreMetadataOverrides: shape.RestoreMetadataOverrides,
    validationWindowHours: shape.ValidationWindowHours,
  });
}

/** The document of CreateRestoreTestingSelection. */
export function fromTestingSelection(selection: RestoreTestingSelection): sdk.RestoreTestingSelectionForCreate {
  const conditions = selection.protectedResourceConditions;
  return given({
    RestoreTestingSelectionName: selection.restoreTestingSelectionName,
    ProtectedResourceType: selection.protectedResourceType,
    IamRoleArn: selection.iamRoleArn,
    ProtectedResourceArns: selection.protectedResourceArns,
    ProtectedResourceConditions: conditions === undefined ? undefined : fromConditions(conditions),
    RestoreMetadataOverrides: selection.restoreMetadataOverrides,
    ValidationWindowHours: selection.validationWindowHours,
  });
}

/** A plan as lists have it; defaults are spelled out, as AWS does (Source B9.1/3). */
export function showTestingPlan(plan: TestingPlan): sdk.RestoreTestingPlanForList {
  const { declaration } = plan;
  return given({
    CreationTime: dateOf(plan.createdAt),
    LastExecutionTime: toDate(plan.lastRunAt),
    LastUpdateTime: toDate(plan.updatedAt),
    RestoreTestingPlanArn: plan.arn,
    RestoreTestingPlanName: plan.name,
    ScheduleExpression: declaration.scheduleExpression,
    ScheduleExpressionTimezone: declaration.scheduleExpressionTimezone,
    StartWindowHours: declaration.startWindowHours ?? RestoreTestingDefaults.START_WINDOW_HOURS,
  });
}

/** The points that a plan restores, defaults spelled out (Source B9.1/1). */
export function showTestingPoints(plan: TestingPlan): sdk.RestoreTestingRecoveryPointSelection {
  return {
    ExcludeVaults: [],
    SelectionWindowDays: RestoreTestingDefaults.SELECTION_WINDOW_DAYS,
    ...fromTestingPoints(plan.declaration.recoveryPointSelection),
  };
}

function toConditions(shape: sdk.ProtectedResourceConditions): RestoreTestingConditions {
  return given({
    stringEquals: shape.StringEquals?.map(toCondition),
    stringNotEquals: shape.StringNotEquals?.map(toCondition),
  });
}

function toCondition({ Key, Value }: sdk.KeyValue): { key: string; value: string } {
  return { key: Key ?? '', value: Value ?? '' };
}

function fromConditions(conditions: RestoreTestingConditions): sdk.ProtectedResourceConditions {
  const from = ({ key, value }: { readonly key: string; readonly value: string }) => ({ Key: key, Value: value });
  return given({
    StringEquals: conditions.stringEquals?.map(from),
    StringNotEquals: conditions.stringNotEquals?.map(from),
  });
}
