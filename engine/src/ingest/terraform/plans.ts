/**
 * aws_backup_plan and aws_backup_selection as declarations.
 *
 * Pure. What AWS demands and an artifact leaves out stays left out: the rules of the model say so, beside all others.
 * Source   Schema of the AWS provider 5.100.0; terraform.md section 5: what the provider sends where nothing is said.
 * Assumed  A rule's place is its place in the artifact; to the provider rules are a set.
 */
import {
  type AdvancedBackupSetting,
  type BackupPlan,
  type BackupRule,
  BackupRuleDefaults,
  type BackupSelection,
  type CopyAction,
  type Lifecycle,
  type ScanAction,
  type ScanSetting,
  type SelectionConditions,
  type TagCondition,
} from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { Given } from './given';
import { attempted, type Resource } from './resource';
import { tagsOf } from './tags';

/** Arguments of a rule that are read. */
const RULE_ARGUMENTS = [
  ...['rule_name', 'target_vault_name', 'target_logically_air_gapped_backup_vault_arn', 'schedule', 'lifecycle'],
  ...['schedule_expression_timezone', 'start_window', 'completion_window', 'recovery_point_tags', 'copy_action'],
  ...['enable_continuous_backup', 'scan_action'],
];

const LIFECYCLE_ARGUMENTS = ['cold_storage_after', 'delete_after', 'opt_in_to_archive_for_supported_resources'];
const COPY_ARGUMENTS = ['destination_vault_arn', 'lifecycle'];

/** The plans among resources, their selections nested; a selection of a plan elsewhere is listed as not read. */
export function readPlans(resources: readonly Resource[]): BackupPlan[] {
  /** Undefined for those that are refused: what is said of them is read all the same. */
  const plans = new Map<string, BackupPlan | undefined>();
  for (const resource of resources) {
    if (resource.type !== 'aws_backup_plan') continue;
    const id = attempted(resource, () => Given.attribute(resource, 'id').requiredText());
    const plan = attempted(resource, () => readPlan(resource));
    if (id !== undefined) plans.set(id, plan);
  }
  for (const resource of resources) {
    if (resource.type !== 'aws_backup_selection') continue;
    attempted(resource, () => {
      const planId = Given.attribute(resource, 'plan_id').requiredText();
      if (!plans.has(planId)) {
        resource.reading.skip(resource.declaredAt, resource.type, `its plan ${planId} is not among the artifacts`);
        return;
      }
      const selection = readSelection(resource);
      const plan = plans.get(planId);
      plans.set(planId, plan && { ...plan, selections: [...(plan.selections ?? []), selection] });
    });
  }
  return [...plans.values()].flatMap((plan) => plan ?? []);
}

function readPlan(resource: Resource): BackupPlan {
  const settings = Given.argument(resource, 'advanced_backup_setting').items().map(readSetting);
  const scans = Given.argument(resource, 'scan_setting').items().map(readScanSetting);
  return withoutUndefined<BackupPlan>({
    backupPlanName: Given.attribute(resource, 'name').requiredText(),
    env: resource.env(),
    rules: Given.argument(resource, 'rule').items().map(readRule),
    selections: undefined,
    advancedBackupSettings: settings.length === 0 ? undefined : settings,
    scanSettings: scans.length === 0 ? undefined : scans,
    tags: tagsOf(resource),
    declaredAt: resource.declaredAt,
  });
}

function readRule(rule: Given): BackupRule {
  rule.skipOthers(RULE_ARGUMENTS);
  const copies = rule.member('copy_action').items().map(readCopyAction);
  const scans = rule.member('scan_action').items().map(readScanAction);
  const tags = rule.member('recovery_point_tags').textMap();
  return withoutUndefined<BackupRule>({
    ruleName: rule.member('rule_name').text(),
    targetBackupVaultName: rule.member('target_vault_name').text(),
    // Version 6 of the provider has it.
    targetLogicallyAirGappedBackupVaultArn: rule.member('target_logically_air_gapped_backup_vault_arn').text(),
    scheduleExpression: rule.member('schedule').text(),
    scheduleExpressionTimezone:
      rule.member('schedule_expression_timezone').text() ?? BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE,
    startWindowMinutes: rule.member('start_window').number() ?? BackupRuleDefaults.TERRAFORM_START_WINDOW_MINUTES,
    completionWindowMinutes:
      rule.member('completion_window').number() ?? BackupRuleDefaults.TERRAFORM_COMPLETION_WINDOW_MINUTES,
    lifecycle: readLifecycle(rule.member('lifecycle').block()),
    recoveryPointTags: tags === undefined || Object.keys(tags).length === 0 ? undefined : tags,
    copyActions: copies.length === 0 ? undefined : copies,
    // The provider sends false where nothing is said, which is what AWS takes too.
    enableContinuousBackup: rule.member('enable_continuous_backup').truth() === true ? true : undefined,
    indexActions: undefined,
    // Version 6 of the provider has it.
    scanActions: scans.length === 0 ? undefined : scans,
  });
}

/** Source: the provider takes 0 for a number that is not there. */
function readLifecycle(lifecycle: Given | undefined): Lifecycle | undefined {
  if (lifecycle === undefined) return undefined;
  lifecycle.skipOthers(LIFECYCLE_ARGUMENTS);
  const days = (name: string): number | undefined => {
    const number = lifecycle.member(name).number();
    return number === 0 ? undefined : number;
  };
  return withoutUndefined<Lifecycle>({
    moveToColdStorageAfterDays: days('cold_storage_after'),
    deleteAfterDays: days('delete_after'),
    optInToArchiveForSupportedResources:
      lifecycle.member('opt_in_to_archive_for_supported_resources').truth() === true ? true : undefined,
  });
}

function readCopyAction(copy: Given): CopyAction {
  copy.skipOthers(COPY_ARGUMENTS);
  return withoutUndefined<CopyAction>({
    destinationBackupVaultArn: copy.member('destination_vault_arn').text(),
    lifecycle: readLifecycle(copy.member('lifecycle').block()),
  });
}

function readScanAction(scan: Given): ScanAction {
  scan.skipOthers(['malware_scanner', 'scan_mode']);
  return withoutUndefined<ScanAction>({
    malwareScanner: scan.member('malware_scanner').text(),
    scanMode: scan.member('scan_mode').text(),
  });
}

function readScanSetting(scan: Given): ScanSetting {
  scan.skipOthers(['malware_scanner', 'resource_types', 'scanner_role_arn']);
  return withoutUndefined<ScanSetting>({
    malwareScanner: scan.member('malware_scanner').text(),
    resourceTypes: scan.member('resource_types').texts(),
    scannerRoleArn: scan.member('scanner_role_arn').text(),
  });
}

function readSetting(setting: Given): AdvancedBackupSetting {
  return {
    resourceType: setting.member('resource_type').requiredText(),
    backupOptions: setting.member('backup_options').textMap() ?? setting.member('backup_options').missing(),
  };
}

function readSelection(resource: Resource): BackupSelection {
  const tags = Given.argument(resource, 'selection_tag').items().map(readListedTag);
  const texts = (name: string): string[] | undefined => {
    const given = Given.argument(resource, name).texts();
    return given === undefined || given.length === 0 ? undefined : given;
  };
  return withoutUndefined<BackupSelection>({
    selectionName: Given.argument(resource, 'name').text(),
    iamRoleArn: Given.argument(resource, 'iam_role_arn').text(),
    resources: texts('resources'),
    notResources: texts('not_resources'),
    listOfTags: tags.length === 0 ? undefined : tags,
    conditions: readConditions(Given.argument(resource, 'condition').items()),
    declaredAt: resource.declaredAt,
  });
}

function readListedTag(tag: Given): TagCondition {
  const type = tag.member('type').text() ?? '';
  return type.toUpperCase() === 'STRINGEQUALS' ? readTag(tag) : { ...readTag(tag), conditionType: type };
}

function readTag(tag: Given): TagCondition {
  return { conditionKey: tag.member('key').requiredText(), conditionValue: tag.member('value').requiredText() };
}

function readConditions(blocks: readonly Given[]): SelectionConditions | undefined {
  const tags = (operator: string): TagCondition[] | undefined => {
    const found = blocks.flatMap((block) => block.member(operator).items().map(readTag));
    return found.length === 0 ? undefined : found;
  };
  const conditions = withoutUndefined<SelectionConditions>({
    stringEquals: tags('string_equals'),
    stringNotEquals: tags('string_not_equals'),
    stringLike: tags('string_like'),
    stringNotLike: tags('string_not_like'),
  });
  return Object.keys(conditions).length === 0 ? undefined : conditions;
}
