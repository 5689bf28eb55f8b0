import {
  AdvancedBackupSetting,
  BackupPlan,
  BackupRule,
  BackupRuleDefaults,
  CopyAction,
  Environment,
  Lifecycle,
} from '@holdfast/model';
import { IConstruct } from 'constructs';
import { PlanCopyActionProps } from '../copy-action';
import { PlanProps } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { IVault } from '../vault';
import { DeclaredVault, tryFindVault, vaultArn } from './declarations';
import { environmentOf } from './environment';
import { SYNTH } from './token-values';

/** The plan in the words of the model; names and ARNs of our own vaults are spelled out, not references. */
export function declaredPlan(scope: IConstruct, props: PlanProps): BackupPlan {
  const env = environmentOf(scope, props.provider);
  const find = (vault: IVault) => tryFindNear(vault, props, env);
  return {
    backupPlanName: props.backupPlanName,
    env,
    rules: props.rules.map((rule) => declaredRule(rule, find)),
    advancedBackupSettings: advancedSettings(props),
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

/** Each vault of ours that the plan names, once. */
export function vaultsOf(props: PlanProps, env: Environment): DeclaredVault[] {
  const named = props.rules.flatMap((rule) => [
    rule.vault,
    ...(rule.copyActions ?? []).map((copyAction) => copyAction.destination),
  ]);
  return [...new Set(named)].flatMap((vault) => tryFindNear(vault, props, env) ?? []);
}

/**
 * What a vault was declared as. A vault that a rule backs up to is where the plan is, unless it is known to be elsewhere:
 * two stacks of one account need not name it.
 */
function tryFindNear(vault: IVault, props: PlanProps, env: Environment): DeclaredVault | undefined {
  const own = tryFindVault(vault);
  if (own === undefined || !props.rules.some((rule) => rule.vault === vault)) {
    return own;
  }
  const { partition, account, region } = own.env;
  return {
    ...own,
    env: {
      partition: SYNTH.known(partition) ? partition : env.partition,
      account: SYNTH.known(account) ? account : env.account,
      region: SYNTH.known(region) ? region : env.region,
    },
  };
}

type FindVault = (vault: IVault) => DeclaredVault | undefined;

function declaredRule(rule: PlanRuleProps, find: FindVault): BackupRule {
  return {
    ruleName: rule.ruleName,
    targetBackupVaultName: find(rule.vault)?.backupVaultName ?? rule.vault.backupVaultName,
    scheduleExpression: rule.schedule?.scheduleExpression ?? BackupRuleDefaults.SCHEDULE_EXPRESSION,
    scheduleExpressionTimezone: rule.schedule?.timeZone ?? BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE,
    startWindowMinutes: rule.startWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES,
    completionWindowMinutes: rule.completionWindowMinutes ?? BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
    lifecycle: lifecycle(rule),
    recoveryPointTags: rule.recoveryPointTags,
    copyActions: rule.copyActions?.map((copyAction) => declaredCopyAction(copyAction, find)),
    enableContinuousBackup: rule.enableContinuousBackup,
  };
}

function declaredCopyAction(copyAction: PlanCopyActionProps, find: FindVault): CopyAction {
  const own = find(copyAction.destination);
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
