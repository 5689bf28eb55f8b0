import {
  CompliancePresets,
  ComplianceSettings,
  CompliantBackups,
  FrameworkControl,
  ReportTemplate,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnResource, Duration } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { AuditFramework, AuditFrameworkProps } from '../audit-framework';
import { CompliantBackupProps } from '../compliant-backup-props';
import { CopyDestination } from '../copy-destination';
import { Plan } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { PlanRules } from '../plan-rules';
import { ReportBucket } from '../report-bucket';
import { ReportPlan } from '../report-plan';
import { RestoreTestingPlan } from '../restore-testing-plan';
import { RestoreTestingResources } from '../restore-testing-resources';
import { RestoreTestingVault } from '../restore-testing-vault';
import { SelectionResource } from '../selection-resource';
import { Vault } from '../vault';
import { heldBy, protectedWithin, tryFindService } from './resource-arn';

/** The rules of the preset, with what the author would have otherwise. */
export function complianceRules(
  props: CompliantBackupProps,
  settings: ComplianceSettings,
  vault: backup.IBackupVault,
): PlanRuleProps[] {
  const { schedule, deleteAfter, monthlyDeleteAfter } = props;
  const copyActions = (props.copies ?? []).map((destination) => ({
    destination: lockedDestination(destination, props, settings),
  }));
  const recoveryPointTags = { [CompliantBackups.SNAPSHOT_TAG]: props.backupName };
  const rules = PlanRules.fromPreset(CompliancePresets.plan(props.standards), { vault, recoveryPointTags });
  return rules.map((rule): PlanRuleProps => {
    const kept = rule.ruleName === 'Daily' ? deleteAfter : monthlyDeleteAfter;
    return {
      ...rule,
      ...(rule.ruleName === 'Daily' && schedule !== undefined && { schedule }),
      ...(kept !== undefined && { deleteAfter: kept }),
      copyActions,
    };
  });
}

/** A vault that the destination makes is as hard to empty as the one here. */
function lockedDestination(
  destination: CopyDestination,
  props: CompliantBackupProps,
  settings: ComplianceSettings,
): CopyDestination {
  const { vaultAccount, vaultRegion, options } = destination;
  const vaultLock = options.vaultLock ?? CompliantBackups.vaultLock(settings, props.vaultLock);
  const complianceAcknowledgement =
    options.complianceAcknowledgement ??
    (vaultLock?.changeableForDays === undefined ? undefined : props.complianceAcknowledgement);
  const locked = { ...options, vaultLock, complianceAcknowledgement };
  if (vaultAccount !== undefined) {
    return CopyDestination.account(vaultAccount, { ...locked, region: vaultRegion });
  }
  return vaultRegion === undefined ? destination : CopyDestination.region(vaultRegion, locked);
}

/** The plan of continuous backups, for what can have them: a vault whose lock keeps longer than 35 days gets a vault beside. */
export function continuousPlan(
  scope: Construct,
  props: CompliantBackupProps,
  settings: ComplianceSettings,
  vault: backup.IBackupVault,
): Tested | undefined {
  const apart = CompliantBackups.continuousApart(settings, props.vaultLock);
  const able = settings.continuousBackup ? (props.protect ?? []).flatMap((each) => ableWithin(each, apart)) : [];
  if (able.length === 0) {
    return undefined;
  }
  const days = CompliantBackups.continuousDays(settings);
  const target = apart ? continuousVault(scope, props, settings, days).backupVault : vault;
  const plan = new Plan(scope, 'Continuous', {
    backupPlanName: `${props.backupName}-continuous`,
    rules: [
      {
        ruleName: 'Continuous',
        vault: target,
        enableContinuousBackup: true,
        deleteAfter: Duration.days(days),
      },
    ],
  });
  plan.addSelection('Data', {
    selectionName: `${props.backupName}-continuous`,
    resources: able.map((resource) => SelectionResource.fromConstruct(resource)),
  });
  return { plan, vault: target };
}

/** A vault of the same mode whose lock lets continuous backups end. */
function continuousVault(
  scope: Construct,
  props: CompliantBackupProps,
  settings: ComplianceSettings,
  days: number,
): Vault {
  const changeableForDays = CompliantBackups.vaultLock(settings, props.vaultLock)?.changeableForDays;
  return new Vault(scope, 'ContinuousVault', {
    backupVaultName: `${props.backupName}-continuous`,
    vaultLock: { minRetentionDays: days, changeableForDays },
    complianceAcknowledgement: changeableForDays === undefined ? undefined : props.complianceAcknowledgement,
    breakGlassRoles: props.breakGlassRoles,
  });
}

/** The resources at and below a construct that have point-in-time recovery. */
function ableWithin(construct: IConstruct, apart: boolean): CfnResource[] {
  return construct.node
    .findAll()
    .filter((child): child is CfnResource => CfnResource.isCfnResource(child))
    .filter((resource) => {
      const service = tryFindService(resource);
      return (
        service !== undefined &&
        CompliantBackups.hasContinuous(service.id, apart) &&
        protectedWithin(resource).length > 0
      );
    });
}

/** Properties of the framework. */
export function complianceFrameworkProps(
  props: CompliantBackupProps,
  controls: FrameworkControl[],
): AuditFrameworkProps {
  return {
    frameworkName: CompliantBackups.underscored(props.backupName),
    frameworkDescription: CompliantBackups.frameworkDescription(props.standards),
    controls,
    configRecorder: props.configRecorder,
  };
}

/** A bucket that keeps reports as long as the standards ask, and the reports. */
export function complianceReports(
  scope: Construct,
  props: CompliantBackupProps,
  settings: ComplianceSettings,
  framework: AuditFramework | undefined,
): s3.IBucket {
  const { bucket } = new ReportBucket(scope, 'Reports', {
    expireAfter: settings.evidenceRetentionDays > 0 ? Duration.days(settings.evidenceRetentionDays) : undefined,
  });
  const name = CompliantBackups.underscored(props.backupName);
  const plan = (id: string, reportTemplate: ReportTemplate, more: object = {}) =>
    new ReportPlan(scope, id, { reportPlanName: `${name}_${id.toLowerCase()}`, reportTemplate, bucket, ...more });
  plan('BackupJobs', ReportTemplate.BACKUP_JOB);
  plan('CopyJobs', ReportTemplate.COPY_JOB);
  plan('RestoreJobs', ReportTemplate.RESTORE_JOB);
  if (framework !== undefined) {
    plan('Controls', ReportTemplate.CONTROL_COMPLIANCE, { frameworks: [framework] });
  }
  return bucket;
}

/** A plan, and the vault that it fills. */
export interface Tested {
  readonly plan: Plan;
  readonly vault: backup.IBackupVault;
}

/** Tests of restores of what is protected, at the pace that the standards ask for, from the vaults of the backups alone. */
export function complianceRestoreTests(
  scope: Construct,
  props: CompliantBackupProps,
  settings: ComplianceSettings,
  from: Tested[],
): RestoreTestingPlan | undefined {
  const held = (props.protect ?? []).flatMap(heldBy);
  const groups = CompliantBackups.restoreTests(
    props.backupName,
    held.map(({ service }) => service),
  );
  if (settings.restoreTestDays === undefined || groups.length === 0) {
    return undefined;
  }
  const tests = new RestoreTestingPlan(scope, 'RestoreTests', {
    restoreTestingPlanName: CompliantBackups.underscored(props.backupName),
    schedule: CompliancePresets.restoreTestSchedule(settings.restoreTestDays),
    backupPlans: from.map(({ plan }) => plan.backupPlan),
    includeVaults: [...new Set(from.map(({ vault }) => vault))].map(RestoreTestingVault.fromVault),
  });
  for (const { groupId, restoreTestingSelectionName, places } of groups) {
    const constructs = places.map((place) => held[place]!.resource);
    tests.addSelection(groupId, {
      restoreTestingSelectionName,
      resources: RestoreTestingResources.fromConstructs(constructs),
    });
  }
  return tests;
}
