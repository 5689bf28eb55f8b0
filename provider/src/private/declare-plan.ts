import {
  AdvancedBackupSetting,
  BackupPlan,
  BackupRule,
  BackupRuleDefaults,
  CopyAction,
  Environment,
  Lifecycle,
  ScanResourceType,
  ScanSetting,
} from '@holdfast/model';
import { IConstruct } from 'constructs';
import { PlanCopyActionProps } from '../copy-action';
import { PlanProps } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { IVault } from '../vault';
import { DeclaredVault, tryFindAirGappedVault, tryFindVault, vaultArn } from './declarations';
import { environmentOf } from './environment';
import { LATER, SYNTH } from './token-values';

/** The only scanner that AWS Backup knows. */
const SCANNER = 'GUARDDUTY';

/** The plan in the words of the model; names and ARNs of our own vaults are spelled out, not references. */
export function declaredPlan(scope: IConstruct, props: PlanProps): BackupPlan {
  const env = environmentOf(scope, props.provider);
  const find = (vault: IVault) => tryFindNear(vault, props, env);
  return {
    backupPlanName: props.backupPlanName,
    env,
    rules: props.rules.map((rule) => declaredRule(scope, rule, find)),
    advancedBackupSettings: advancedSettings(props),
    scanSettings: scanSettings(props),
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

/** Each vault of ours that the plan names, once. */
export function vaultsOf(scope: IConstruct, props: PlanProps, env: Environment): DeclaredVault[] {
  const named = props.rules.flatMap((rule) => [
    rule.vault,
    ...(rule.copyActions ?? []).map((copyAction) => copyAction.destination),
  ]);
  const targets = props.rules.map((rule) => rule.targetLogicallyAirGappedBackupVaultArn);
  return [
    ...[...new Set(named)].flatMap((vault) => tryFindNear(vault, props, env) ?? []),
    ...[...new Set(targets)].flatMap((arn) => tryFindAirGappedVault(scope, arn) ?? []),
  ];
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

function declaredRule(scope: IConstruct, rule: PlanRuleProps, find: FindVault): BackupRule {
  const airGapped = tryFindAirGappedVault(scope, rule.targetLogicallyAirGappedBackupVaultArn);
  return {
    ruleName: rule.ruleName,
    targetBackupVaultName: find(rule.vault)?.backupVaultName ?? rule.vault.backupVaultName,
    targetLogicallyAirGappedBackupVaultArn:
      airGapped === undefined ? rule.targetLogicallyAirGappedBackupVaultArn : vaultArn(airGapped),
    scheduleExpression: rule.schedule?.scheduleExpression ?? BackupRuleDefaults.SCHEDULE_EXPRESSION,
    scheduleExpressionTimezone: rule.schedule?.timeZone ?? BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE,
    startWindowMinutes: rule.startWindowMinutes ?? BackupRuleDefaults.START_WINDOW_MINUTES,
    completionWindowMinutes: rule.completionWindowMinutes ?? BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
    lifecycle: lifecycle(rule),
    recoveryPointTags: rule.recoveryPointTags,
    copyActions: rule.copyActions?.map((copyAction) => declaredCopyAction(copyAction, find)),
    enableContinuousBackup: rule.enableContinuousBackup,
    indexActions: rule.indexActions,
    scanActions: rule.scanAction && [{ malwareScanner: SCANNER, scanMode: rule.scanAction }],
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
  const settings = [
    ...settingOf('EC2', { WindowsVSS: props.windowsVss }),
    ...settingOf('S3', { BackupACLs: props.s3BackupAcls, BackupObjectTags: props.s3BackupObjectTags }),
    ...(props.advancedBackupSettings ?? []),
  ];
  return settings.length === 0 ? undefined : settings;
}

/** One setting of the options that were given; none where none was. */
function settingOf(resourceType: string, options: Record<string, boolean | undefined>): AdvancedBackupSetting[] {
  const given = Object.entries(options).flatMap(([option, value]) =>
    value === undefined ? [] : [[option, value ? 'enabled' : 'disabled']],
  );
  return given.length === 0 ? [] : [{ resourceType, backupOptions: Object.fromEntries(given) }];
}

/** A rule that scans is enough to say that all is scanned, as its author would find nothing scanned otherwise. */
function scanSettings({ rules, scanSettings: given }: PlanProps): ScanSetting[] | undefined {
  if (given === undefined && !rules.some(({ scanAction }) => scanAction !== undefined)) {
    return undefined;
  }
  const { resourceTypes = [ScanResourceType.ALL], scannerRoleArn = LATER } = given ?? {};
  return [{ malwareScanner: SCANNER, resourceTypes, scannerRoleArn }];
}
