/**
 * AWS::Backup::BackupPlan and AWS::Backup::BackupSelection as declarations.
 *
 * Pure. A required property that is left out stays left out: the rules of the model say so, beside all others.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): both types. CloudFormation calls a plan's rules
 *          `BackupPlanRule` and a rule's vault `TargetBackupVault`.
 */
import type {
  AdvancedBackupSetting,
  BackupPlan,
  BackupRule,
  BackupSelection,
  CopyAction,
  Lifecycle,
  ScanAction,
  ScanSetting,
  SelectionConditions,
  TagCondition,
} from '@holdfast/model';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';
import type { DeclaredValue } from './declared-value';

export function readPlan(declaration: Declaration): BackupPlan {
  const { properties, env, declaredAt } = declaration;
  const plan = properties.member('BackupPlan');
  const settings = plan.member('AdvancedBackupSettings');
  const scans = plan.member('ScanSettings');
  return withoutUndefined<BackupPlan>({
    backupPlanName: plan.member('BackupPlanName').text(),
    env,
    rules: plan.member('BackupPlanRule').items().map(readRule),
    selections: undefined,
    advancedBackupSettings: settings.isPresent ? settings.items().map(readSetting) : undefined,
    scanSettings: scans.isPresent ? scans.items().map(readScanSetting) : undefined,
    tags: declaration.withStackTags(properties.member('BackupPlanTags').textMap()),
    declaredAt,
  });
}

function readRule(rule: DeclaredValue): BackupRule {
  const copies = rule.member('CopyActions');
  const index = rule.member('IndexActions');
  const scans = rule.member('ScanActions');
  return withoutUndefined<BackupRule>({
    ruleName: rule.member('RuleName').text(),
    targetBackupVaultName: rule.member('TargetBackupVault').text(),
    targetLogicallyAirGappedBackupVaultArn: rule.member('TargetLogicallyAirGappedBackupVaultArn').text(),
    scheduleExpression: rule.member('ScheduleExpression').text(),
    scheduleExpressionTimezone: rule.member('ScheduleExpressionTimezone').text(),
    startWindowMinutes: rule.member('StartWindowMinutes').number(),
    completionWindowMinutes: rule.member('CompletionWindowMinutes').number(),
    lifecycle: readLifecycle(rule.member('Lifecycle')),
    recoveryPointTags: rule.member('RecoveryPointTags').textMap(),
    copyActions: copies.isPresent ? copies.items().map(readCopyAction) : undefined,
    enableContinuousBackup: rule.member('EnableContinuousBackup').boolean(),
    indexActions: index.isPresent
      ? index.items().flatMap((action) => action.member('ResourceTypes').texts() ?? [])
      : undefined,
    scanActions: scans.isPresent ? scans.items().map(readScanAction) : undefined,
  });
}

function readScanAction(action: DeclaredValue): ScanAction {
  return withoutUndefined<ScanAction>({
    malwareScanner: action.member('MalwareScanner').text(),
    scanMode: action.member('ScanMode').text(),
  });
}

function readScanSetting(setting: DeclaredValue): ScanSetting {
  return withoutUndefined<ScanSetting>({
    malwareScanner: setting.member('MalwareScanner').text(),
    resourceTypes: setting.member('ResourceTypes').texts(),
    scannerRoleArn: setting.member('ScannerRoleArn').text(),
  });
}

function readLifecycle(lifecycle: DeclaredValue): Lifecycle | undefined {
  return lifecycle.isPresent
    ? withoutUndefined<Lifecycle>({
        moveToColdStorageAfterDays: lifecycle.member('MoveToColdStorageAfterDays').number(),
        deleteAfterDays: lifecycle.member('DeleteAfterDays').number(),
        optInToArchiveForSupportedResources: lifecycle.member('OptInToArchiveForSupportedResources').boolean(),
      })
    : undefined;
}

function readCopyAction(copy: DeclaredValue): CopyAction {
  return withoutUndefined<CopyAction>({
    destinationBackupVaultArn: copy.member('DestinationBackupVaultArn').text(),
    lifecycle: readLifecycle(copy.member('Lifecycle')),
  });
}

function readSetting(setting: DeclaredValue): AdvancedBackupSetting {
  return {
    resourceType: setting.member('ResourceType').requiredText(),
    backupOptions: setting.member('BackupOptions').textMap() ?? {},
  };
}

/** A selection, with the id of the plan that it belongs to. */
export function readSelection(declaration: Declaration): { planId: string; selection: BackupSelection } {
  const { properties, declaredAt } = declaration;
  const selection = properties.member('BackupSelection');
  const tags = selection.member('ListOfTags');
  return {
    planId: properties.member('BackupPlanId').requiredText(),
    selection: withoutUndefined<BackupSelection>({
      selectionName: selection.member('SelectionName').text(),
      iamRoleArn: selection.member('IamRoleArn').text(),
      resources: selection.member('Resources').texts(),
      notResources: selection.member('NotResources').texts(),
      listOfTags: tags.isPresent ? tags.items().map(readListedTag) : undefined,
      conditions: readConditions(selection.member('Conditions')),
      declaredAt,
    }),
  };
}

function readListedTag(tag: DeclaredValue): TagCondition {
  const type = tag.member('ConditionType').text() ?? '';
  return type.toUpperCase() === 'STRINGEQUALS' ? readTag(tag) : { ...readTag(tag), conditionType: type };
}

function readTag(tag: DeclaredValue): TagCondition {
  return {
    conditionKey: tag.member('ConditionKey').requiredText(),
    conditionValue: tag.member('ConditionValue').requiredText(),
  };
}

function readConditions(conditions: DeclaredValue): SelectionConditions | undefined {
  const tags = (operator: string): TagCondition[] | undefined => {
    const list = conditions.member(operator);
    return list.isPresent ? list.items().map(readTag) : undefined;
  };
  return conditions.isPresent
    ? withoutUndefined<SelectionConditions>({
        stringEquals: tags('StringEquals'),
        stringNotEquals: tags('StringNotEquals'),
        stringLike: tags('StringLike'),
        stringNotLike: tags('StringNotLike'),
      })
    : undefined;
}
