import {
  AdvancedBackupSetting,
  BackupPlan,
  BackupRule,
  BackupRuleDefaults,
  CopyAction,
  Lifecycle,
  ScanResourceType,
  ScanSetting,
} from '@holdfast/model';
import { Duration } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { PlanCopyActionProps } from '../copy-action';
import { PlanProps } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { copyVault } from './copy-places';
import { DeclaredVault, tryFindAirGappedVault, tryFindVault, vaultArn } from './declarations';
import { environmentOf } from './environment';
import { LATER } from './token-values';

/** The only scanner that AWS Backup knows. */
const SCANNER = 'GUARDDUTY';

/** The plan in the words of the model; names and ARNs of our own vaults are spelled out, not references. */
export function declaredPlan(scope: IConstruct, props: PlanProps): BackupPlan {
  return {
    backupPlanName: props.backupPlanName,
    env: environmentOf(scope),
    rules: props.rules.map((rule) => declaredRule(scope, rule)),
    advancedBackupSettings: advancedSettings(props),
    scanSettings: scanSettings(props),
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

/** Each vault of ours that the plan names, once. */
export function vaultsOf(scope: IConstruct, props: PlanProps): DeclaredVault[] {
  const named = props.rules.flatMap((rule) => [rule.vault, ...(rule.copyActions ?? []).map(copyVault)]);
  const targets = props.rules.map((rule) => rule.targetLogicallyAirGappedBackupVaultArn);
  return [
    ...new Set([
      ...named.flatMap((vault) => tryFindVault(vault) ?? []),
      ...targets.flatMap((arn) => tryFindAirGappedVault(scope, arn) ?? []),
    ]),
  ];
}

function declaredRule(scope: IConstruct, rule: PlanRuleProps): BackupRule {
  const airGapped = tryFindAirGappedVault(scope, rule.targetLogicallyAirGappedBackupVaultArn);
  return {
    ruleName: rule.ruleName,
    targetBackupVaultName: tryFindVault(rule.vault)?.backupVaultName ?? rule.vault.backupVaultName,
    targetLogicallyAirGappedBackupVaultArn:
      airGapped === undefined ? rule.targetLogicallyAirGappedBackupVaultArn : vaultArn(airGapped),
    scheduleExpression: rule.schedule?.scheduleExpression ?? BackupRuleDefaults.SCHEDULE_EXPRESSION,
    scheduleExpressionTimezone: rule.schedule?.timeZone ?? BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE,
    startWindowMinutes: minutes(rule.startWindow) ?? BackupRuleDefaults.START_WINDOW_MINUTES,
    completionWindowMinutes: minutes(rule.completionWindow) ?? BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
    lifecycle: lifecycle(rule),
    recoveryPointTags: rule.recoveryPointTags,
    copyActions: rule.copyActions?.map(declaredCopyAction),
    enableContinuousBackup: rule.enableContinuousBackup,
    indexActions: rule.indexActions,
    scanActions: rule.scanAction && [{ malwareScanner: SCANNER, scanMode: rule.scanAction }],
  };
}

/** A copy whose vault is there or was made. */
export function declaredCopyAction(copyAction: PlanCopyActionProps): CopyAction {
  const backupVault = copyVault(copyAction);
  const own = tryFindVault(backupVault);
  return {
    destinationBackupVaultArn: own === undefined ? backupVault.backupVaultArn : vaultArn(own),
    lifecycle: lifecycle(copyAction),
  };
}

/** What a rule and a copy action have in common. */
export interface LifecycleProps {
  readonly moveToColdStorageAfter?: Duration;
  readonly deleteAfter?: Duration;
  readonly optInToArchiveForSupportedResources?: boolean;
}

/** The lifecycle of a rule or a copy; undefined where nothing of it is given. */
export function lifecycle(props: LifecycleProps): Lifecycle | undefined {
  const declared = {
    moveToColdStorageAfterDays: days(props.moveToColdStorageAfter),
    deleteAfterDays: days(props.deleteAfter),
    optInToArchiveForSupportedResources: props.optInToArchiveForSupportedResources,
  };
  return Object.values(declared).every((value) => value === undefined) ? undefined : declared;
}

/** Fractions are left to the rules, which refuse them beside everything else that is wrong. */
function days(duration: Duration | undefined): number | undefined {
  return duration?.toDays({ integral: false });
}

function minutes(duration: Duration | undefined): number | undefined {
  return duration?.toMinutes({ integral: false });
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
  const { resourceTypes = [ScanResourceType.ALL], scannerRole } = given ?? {};
  return [{ malwareScanner: SCANNER, resourceTypes, scannerRoleArn: scannerRole?.roleArn ?? LATER }];
}
