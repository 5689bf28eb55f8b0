/**
 * The SDK's shapes and model's declarations, one into the other.
 *
 * Pure: absent members stay absent.
 * Source   API model 2018-11-15 by way of @aws-sdk/client-backup.
 */
import type * as sdk from '@aws-sdk/client-backup';
import {
  BackupPlan,
  BackupRule,
  BackupRuleDefaults,
  BackupSelection,
  CopyAction,
  Environment,
  Lifecycle,
  SelectionConditions,
  TagCondition,
} from '@holdfast/model';
import type { Origin } from '../../domain/origins';
import { dateOf, Instant, NEVER } from '../../kernel/instant';

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The object without members that are undefined. */
export function given<T extends object>(members: T): Given<T> {
  const kept: Partial<Record<keyof T, unknown>> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) {
      kept[name] = members[name];
    }
  }
  return kept as Given<T>;
}

export function toLifecycle(shape: sdk.Lifecycle | undefined): Lifecycle | undefined {
  return shape === undefined
    ? undefined
    : (given({
        moveToColdStorageAfterDays: shape.MoveToColdStorageAfterDays,
        deleteAfterDays: shape.DeleteAfterDays,
        optInToArchiveForSupportedResources: shape.OptInToArchiveForSupportedResources,
      }) as Lifecycle);
}

export function fromLifecycle(lifecycle: Lifecycle | undefined): sdk.Lifecycle | undefined {
  return lifecycle === undefined
    ? undefined
    : given({
        MoveToColdStorageAfterDays: lifecycle.moveToColdStorageAfterDays,
        DeleteAfterDays: lifecycle.deleteAfterDays,
        OptInToArchiveForSupportedResources: lifecycle.optInToArchiveForSupportedResources,
      });
}

export function toPlan(shape: sdk.BackupPlanInput, env: Environment, tags?: Record<string, string>): BackupPlan {
  return given({
    backupPlanName: shape.BackupPlanName ?? '',
    env: { partition: env.partition, account: env.account, region: env.region },
    rules: (shape.Rules ?? []).map(toRule),
    tags,
    advancedBackupSettings: shape.AdvancedBackupSettings?.map((setting) => ({
      resourceType: setting.ResourceType ?? '',
      backupOptions: setting.BackupOptions ?? {},
    })),
    scanSettings: shape.ScanSettings?.map((setting) =>
      given({
        malwareScanner: setting.MalwareScanner,
        resourceTypes: setting.ResourceTypes,
        scannerRoleArn: setting.ScannerRoleArn,
      }),
    ),
  }) as BackupPlan;
}

export function fromPlan(plan: BackupPlan): sdk.BackupPlanInput {
  return given({
    BackupPlanName: plan.backupPlanName,
    Rules: plan.rules.map(fromRule),
    AdvancedBackupSettings: plan.advancedBackupSettings?.map((setting) => ({
      ResourceType: setting.resourceType,
      BackupOptions: setting.backupOptions,
    })),
    // What a rule of the model refuses reaches the operation all the same, which refuses it.
    ScanSettings: plan.scanSettings?.map((setting) =>
      given({
        MalwareScanner: setting.malwareScanner as sdk.MalwareScanner | undefined,
        ResourceTypes: setting.resourceTypes,
        ScannerRoleArn: setting.scannerRoleArn,
      }),
    ),
  });
}

function toRule(shape: sdk.BackupRuleInput): BackupRule {
  return given({
    ruleName: shape.RuleName ?? '',
    targetBackupVaultName: shape.TargetBackupVaultName ?? '',
    targetLogicallyAirGappedBackupVaultArn: shape.TargetLogicallyAirGappedBackupVaultArn,
    scheduleExpression: shape.ScheduleExpression,
    scheduleExpressionTimezone: shape.ScheduleExpressionTimezone,
    startWindowMinutes: shape.StartWindowMinutes,
    completionWindowMinutes: shape.CompletionWindowMinutes,
    lifecycle: toLifecycle(shape.Lifecycle),
    recoveryPointTags: shape.RecoveryPointTags,
    copyActions: shape.CopyActions?.map(toCopyAction),
    enableContinuousBackup: shape.EnableContinuousBackup,
    indexActions: shape.IndexActions?.flatMap((action) => action.ResourceTypes ?? []),
    scanActions: shape.ScanActions?.map((action) =>
      given({ malwareScanner: action.MalwareScanner, scanMode: action.ScanMode }),
    ),
  }) as BackupRule;
}

function fromRule(rule: BackupRule): sdk.BackupRuleInput {
  return given({
    RuleName: rule.ruleName,
    TargetBackupVaultName: rule.targetBackupVaultName,
    TargetLogicallyAirGappedBackupVaultArn: rule.targetLogicallyAirGappedBackupVaultArn,
    ScheduleExpression: rule.scheduleExpression,
    ScheduleExpressionTimezone: rule.scheduleExpressionTimezone,
    StartWindowMinutes: rule.startWindowMinutes,
    CompletionWindowMinutes: rule.completionWindowMinutes,
    Lifecycle: fromLifecycle(rule.lifecycle),
    RecoveryPointTags: rule.recoveryPointTags,
    CopyActions: rule.copyActions?.map((copy) => ({
      DestinationBackupVaultArn: copy.destinationBackupVaultArn,
      Lifecycle: fromLifecycle(copy.lifecycle),
    })),
    EnableContinuousBackup: rule.enableContinuousBackup,
    IndexActions: rule.indexActions?.map((service) => ({ ResourceTypes: [service] })),
    ScanActions: rule.scanActions?.map((action) =>
      given({
        MalwareScanner: action.malwareScanner as sdk.MalwareScanner | undefined,
        ScanMode: action.scanMode as sdk.ScanMode | undefined,
      }),
    ),
  });
}

export function toCopyAction(shape: sdk.CopyAction): CopyAction {
  return given({
    destinationBackupVaultArn: shape.DestinationBackupVaultArn ?? '',
    lifecycle: toLifecycle(shape.Lifecycle),
  }) as CopyAction;
}

export function toSelection(shape: sdk.BackupSelection): BackupSelection {
  return given({
    selectionName: shape.SelectionName ?? '',
    iamRoleArn: shape.IamRoleArn ?? '',
    resources: shape.Resources,
    notResources: shape.NotResources,
    listOfTags: shape.ListOfTags?.map(toListedTag),
    conditions:
      shape.Conditions === undefined
        ? undefined
        : (given({
            stringEquals: shape.Conditions.StringEquals?.map(toTagCondition),
            stringNotEquals: shape.Conditions.StringNotEquals?.map(toTagCondition),
            stringLike: shape.Conditions.StringLike?.map(toTagCondition),
            stringNotLike: shape.Conditions.StringNotLike?.map(toTagCondition),
          }) as SelectionConditions),
  }) as BackupSelection;
}

export function fromSelection(selection: BackupSelection): sdk.BackupSelection {
  const { conditions } = selection;
  return given({
    SelectionName: selection.selectionName,
    IamRoleArn: selection.iamRoleArn,
    Resources: selection.resources,
    NotResources: selection.notResources,
    ListOfTags: selection.listOfTags?.map((tag) => ({
      ConditionType: (tag.conditionType ?? 'STRINGEQUALS') as sdk.ConditionType,
      ConditionKey: tag.conditionKey,
      ConditionValue: tag.conditionValue,
    })),
    Conditions:
      conditions === undefined
        ? undefined
        : given({
            StringEquals: conditions.stringEquals?.map(fromTagCondition),
            StringNotEquals: conditions.stringNotEquals?.map(fromTagCondition),
            StringLike: conditions.stringLike?.map(fromTagCondition),
            StringNotLike: conditions.stringNotLike?.map(fromTagCondition),
          }),
  });
}

/** The one type that there is goes without saying; another is for the rules to refuse. */
function toListedTag(shape: sdk.Condition): TagCondition {
  const type: string | undefined = shape.ConditionType;
  const tag = toTagCondition(shape);
  return type === undefined || type === 'STRINGEQUALS' ? tag : { ...tag, conditionType: type };
}

function toTagCondition(shape: sdk.ConditionParameter): TagCondition {
  return { conditionKey: shape.ConditionKey ?? '', conditionValue: shape.ConditionValue ?? '' };
}

function fromTagCondition(tag: TagCondition): sdk.ConditionParameter {
  return { ConditionKey: tag.conditionKey, ConditionValue: tag.conditionValue };
}

/** An Instant as the SDK's Date; undefined for never. */
export function toDate(at: Instant | undefined): Date | undefined {
  return at === undefined || at === NEVER ? undefined : dateOf(at);
}

/** Who made a job or a point; undefined for on-demand backups (Source B1.3, B4.2/2). */
export function creatorOf(origin: Origin): sdk.RecoveryPointCreator | undefined {
  const { rule } = origin;
  if (rule === undefined) {
    return undefined;
  }
  const { plan, declaration } = rule;
  return {
    BackupPlanId: plan.id,
    BackupPlanArn: plan.arn,
    BackupPlanName: plan.declaration.backupPlanName,
    BackupPlanVersion: plan.versionId,
    BackupRuleId: rule.id,
    BackupRuleName: declaration.ruleName,
    BackupRuleCron: declaration.scheduleExpression ?? BackupRuleDefaults.SCHEDULE_EXPRESSION,
    BackupRuleTimezone: declaration.scheduleExpressionTimezone ?? BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE,
  };
}

/** The role that a job assumes. */
export function roleOf(origin: Origin): string | undefined {
  return origin.roleArn;
}
