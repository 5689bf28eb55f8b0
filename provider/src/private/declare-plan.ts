import {
  AdvancedBackupSetting,
  BackupPlan,
  BackupRule,
  BackupRuleDefaults,
  BackupVault,
  CopyAction,
  Lifecycle,
} from '@holdfast/model';
import { IConstruct } from 'constructs';
import { PlanCopyActionProps, PlanProps, PlanRuleProps } from '../plan';
import { tryFindVault, vaultArn } from './declarations';
import { environmentOf } from './environment';

/** The plan in the words of the model; names and ARNs of our own vaults are spelled out, not references. */
export function declaredPlan(scope: IConstruct, props: PlanProps): BackupPlan {
  return {
    backupPlanName: props.backupPlanName,
    env: environmentOf(scope, props.provider),
    rules: props.rules.map(declaredRule),
    advancedBackupSettings: advancedSettings(props),
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

/** Each vault of ours that the plan names, once. */
export function vaultsOf(props: PlanProps): BackupVault[] {
  const named = props.rules.flatMap((rule) => [
    rule.vault,
    ...(rule.copyActions ?? []).map((copyAction) => copyAction.destination),
  ]);
  return [...new Set(named)].flatMap((vault) => tryFindVault(vault) ?? []);
}

function declaredRule(rule: PlanRuleProps): BackupRule {
  return {
    ruleName: rule.ruleName,
    targetBackupVaultName: tryFindVault(rule.vault)?.backupVaultName ?? rule.vault.backupVaultName,
    scheduleExpression: rule.schedule?.scheduleExpression ?? BackupRuleDefaults.SCHEDULE_EXPRESSION,
    scheduleExpressionTimezone: rule.schedule?.timeZone ?? BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE,
    startWindowMinutes: rule.startWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES,
    completionWindowMinutes: rule.completionWindowMinutes ?? BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
    lifecycle: lifecycle(rule),
    recoveryPointTags: rule.recoveryPointTags,
    copyActions: rule.copyActions?.map(declaredCopyAction),
    enableContinuousBackup: rule.enableContinuousBackup,
  };
}

function declaredCopyAction(copyAction: PlanCopyActionProps): CopyAction {
  const own = tryFindVault(copyAction.destination);
  return {
    destinationBackupVaultArn: own === undefined ? copyAction.destination.backupVaultArn : vaultArn(own),
    lifecycle: lifecycle(copyAction),
  };
}

/** What a rule and a copy action have in common. */
interface LifecycleProps {
  readonly moveToColdStorageAfterDays?: number;
  readonly deleteAfterDays?: number;
  readonly optInToArchiveForSupportedResources?: boolean;
}

function lifecycle(props: LifecycleProps): Lifecycle | undefined {
  const declared = {
    moveToColdStorageAfterDays: props.moveToColdStorageAfterDays,
    deleteAfterDays: props.deleteAfterDays,
    optInToArchiveForSupportedResources: props.optInToArchiveForSupportedResources,
  };
  return Object.values(declared).every((value) => value === undefined) ? undefined : declared;
}

function advancedSettings(props: PlanProps): AdvancedBackupSetting[] | undefined {
  const vss = props.windowsVss === undefined ? [] : [windowsVss(props.windowsVss)];
  const settings = [...vss, ...(props.advancedBackupSettings ?? [])];
  return settings.length === 0 ? undefined : settings;
}

function windowsVss(enabled: boolean): AdvancedBackupSetting {
  return { resourceType: 'EC2', backupOptions: { WindowsVSS: enabled ? 'enabled' : 'disabled' } };
}
