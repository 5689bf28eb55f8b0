import {
  BackupPlan,
  BackupRule,
  BackupRuleDefaults,
  BackupSelection,
  BackupVault,
  CopyAction,
  Lifecycle,
  LogicallyAirGappedVault,
  SelectionConditions,
  TagCondition,
  VaultLock,
} from '@holdfast/model';
import { Known } from './app-reading';
import { blocksOf, daysOf, someBlocks, textsOf } from './read-blocks';
import { Arguments } from './rendered';

type Tags = Record<string, string>;

/** What other resources say of a vault. */
export interface VaultAdditions {
  readonly vaultLock?: Known;
  readonly policy?: Known;
  readonly notifications?: Known;
}

/** `aws_backup_vault` as a declaration. */
export function readVault(known: Known, additions: VaultAdditions, tags: Tags | undefined): BackupVault {
  const { values, name, env, declaredAt } = known;
  return {
    backupVaultName: name,
    env,
    encryptionKeyArn: values.kms_key_arn as string | undefined,
    vaultLock: additions.vaultLock && readLock(additions.vaultLock.values),
    ...readAdditions(additions),
    tags,
    declaredAt,
  };
}

/** `aws_backup_logically_air_gapped_vault` as a declaration. */
export function readAirGappedVault(
  known: Known,
  additions: VaultAdditions,
  tags: Tags | undefined,
): LogicallyAirGappedVault {
  const { values, name, env, declaredAt } = known;
  return {
    backupVaultName: name,
    env,
    minRetentionDays: values.min_retention_days as number,
    maxRetentionDays: values.max_retention_days as number,
    encryptionKeyArn: values.encryption_key_arn as string | undefined,
    ...readAdditions(additions),
    tags,
    declaredAt,
  };
}

function readLock(values: Arguments): VaultLock {
  return {
    minRetentionDays: values.min_retention_days as number | undefined,
    maxRetentionDays: values.max_retention_days as number | undefined,
    changeableForDays: values.changeable_for_days as number | undefined,
  };
}

function readAdditions({ policy, notifications }: VaultAdditions): Pick<BackupVault, 'accessPolicy' | 'notifications'> {
  return {
    accessPolicy: policy && documentOf(policy.values.policy),
    notifications: notifications && {
      snsTopicArn: notifications.values.sns_topic_arn as string,
      backupVaultEvents: textsOf(notifications.values.backup_vault_events) ?? [],
    },
  };
}

/** A policy; the text it is where Terraform alone knows all of it. */
function documentOf(policy: unknown): unknown {
  try {
    return typeof policy === 'string' ? JSON.parse(policy) : policy;
  } catch {
    return policy;
  }
}

/** `aws_backup_plan` as a declaration, without selections. */
export function readPlan({ values, env, declaredAt }: Known, tags: Tags | undefined): BackupPlan {
  return {
    backupPlanName: String(values.name),
    env,
    rules: blocksOf(values.rule).map(readRule),
    advancedBackupSettings: someBlocks(values.advanced_backup_setting, (block) => ({
      resourceType: block.resource_type as string,
      backupOptions: block.backup_options as Tags,
    })),
    scanSettings: someBlocks(values.scan_setting, (block) => ({
      malwareScanner: block.malware_scanner as string,
      resourceTypes: textsOf(block.resource_types) ?? [],
      scannerRoleArn: block.scanner_role_arn as string,
    })),
    tags,
    declaredAt,
  };
}

/** Where a rule says nothing, it is what the provider sends that counts. */
function readRule(rule: Arguments): BackupRule {
  const { SCHEDULE_EXPRESSION_TIMEZONE, TERRAFORM_START_WINDOW_MINUTES, TERRAFORM_COMPLETION_WINDOW_MINUTES } =
    BackupRuleDefaults;
  return {
    ruleName: rule.rule_name as string,
    targetBackupVaultName: rule.target_vault_name as string,
    targetLogicallyAirGappedBackupVaultArn: rule.target_logically_air_gapped_backup_vault_arn as string | undefined,
    scheduleExpression: rule.schedule as string | undefined,
    scheduleExpressionTimezone:
      (rule.schedule_expression_timezone as string | undefined) ?? SCHEDULE_EXPRESSION_TIMEZONE,
    startWindowMinutes: (rule.start_window as number | undefined) ?? TERRAFORM_START_WINDOW_MINUTES,
    completionWindowMinutes: (rule.completion_window as number | undefined) ?? TERRAFORM_COMPLETION_WINDOW_MINUTES,
    lifecycle: readLifecycle(rule.lifecycle),
    recoveryPointTags: rule.recovery_point_tags as Tags | undefined,
    copyActions: someBlocks(rule.copy_action, readCopyAction),
    enableContinuousBackup: rule.enable_continuous_backup as boolean | undefined,
    scanActions: someBlocks(rule.scan_action, (block) => ({
      malwareScanner: block.malware_scanner as string,
      scanMode: block.scan_mode as string,
    })),
  };
}

function readCopyAction(copy: Arguments): CopyAction {
  return {
    destinationBackupVaultArn: copy.destination_vault_arn as string,
    lifecycle: readLifecycle(copy.lifecycle),
  };
}

function readLifecycle(value: unknown): Lifecycle | undefined {
  const [block] = blocksOf(value);
  return (
    block && {
      moveToColdStorageAfterDays: daysOf(block.cold_storage_after),
      deleteAfterDays: daysOf(block.delete_after),
      optInToArchiveForSupportedResources: block.opt_in_to_archive_for_supported_resources as boolean | undefined,
    }
  );
}

/** `aws_backup_selection` as a declaration, and the plan that it belongs to. */
export function readSelection({ values, declaredAt }: Known): { planId: unknown; selection: BackupSelection } {
  const conditions = blocksOf(values.condition)[0];
  return {
    planId: values.plan_id,
    selection: {
      selectionName: String(values.name),
      iamRoleArn: String(values.iam_role_arn),
      resources: textsOf(values.resources),
      notResources: textsOf(values.not_resources),
      listOfTags: someBlocks(values.selection_tag, tagOf),
      conditions: conditions && readConditions(conditions),
      declaredAt,
    },
  };
}

function readConditions(block: Arguments): SelectionConditions {
  return {
    stringEquals: someBlocks(block.string_equals, tagOf),
    stringNotEquals: someBlocks(block.string_not_equals, tagOf),
    stringLike: someBlocks(block.string_like, tagOf),
    stringNotLike: someBlocks(block.string_not_like, tagOf),
  };
}

function tagOf({ key, value }: Arguments): TagCondition {
  return { conditionKey: String(key), conditionValue: String(value) };
}
