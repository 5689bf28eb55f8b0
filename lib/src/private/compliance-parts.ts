import {
  CompliancePresets,
  ComplianceSettings,
  FrameworkControl,
  ReportTemplate,
  RestoreTestingResourceType,
  ServiceSupport,
  VaultLock,
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

/** Days to change one's mind about a lock in compliance mode. */
const GRACE_DAYS = 14;

/** Plans of snapshots and their points have it, so that controls can ask for what no continuous backup has. */
export const SNAPSHOT_TAG = 'holdfast-snapshots-of';

/** Most letters of the name of a selection for restore tests, and most ARNs in it. */
const SELECTION_NAME = 50;
const SELECTION_ARNS = 30;

/** The longest that AWS Backup keeps a continuous backup (Source B2.3/7). */
const CONTINUOUS_DAYS = 35;

/** The lock that the standards ask for, or the author's own; what the author's is too weak for is refused later. */
export function lockOf({ vaultLock }: CompliantBackupProps, settings: ComplianceSettings): VaultLock | undefined {
  if (vaultLock !== undefined || !settings.locked) {
    return vaultLock;
  }
  return {
    minRetentionDays: settings.lockMinRetentionDays,
    maxRetentionDays: settings.maxRetentionDays,
    changeableForDays: settings.complianceLock ? GRACE_DAYS : undefined,
  };
}

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
  const recoveryPointTags = { [SNAPSHOT_TAG]: props.backupName };
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
  const vaultLock = options.vaultLock ?? lockOf(props, settings);
  const complianceAcknowledgement =
    options.complianceAcknowledgement ??
    (vaultLock?.changeableForDays === undefined ? undefined : props.complianceAcknowledgement);
  const locked = { ...options, vaultLock, complianceAcknowledgement };
  if (vaultAccount !== undefined) {
    return CopyDestination.account(vaultAccount, { ...locked, region: vaultRegion });
  }
  return vaultRegion === undefined ? destination : CopyDestination.region(vaultRegion, locked);
}

/**
 * The plan of continuous backups, for what can have them: a vault whose lock keeps longer than 35 days gets a vault beside.
 *
 * S3 is left to snapshots there, as its continuous and its periodic backups have to share a vault (Source B5.3/7).
 */
export function continuousPlan(
  scope: Construct,
  props: CompliantBackupProps,
  settings: ComplianceSettings,
  vault: backup.IBackupVault,
): Tested | undefined {
  const apart = (lockOf(props, settings)?.minRetentionDays ?? 0) > CONTINUOUS_DAYS;
  const able = settings.continuousBackup
    ? (props.protect ?? []).flatMap((construct) => ableWithin(construct, apart ? ['s3'] : []))
    : [];
  if (able.length === 0) {
    return undefined;
  }
  const days = Math.min(CONTINUOUS_DAYS, settings.maxRetentionDays ?? CONTINUOUS_DAYS);
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
  const changeableForDays = lockOf(props, settings)?.changeableForDays;
  return new Vault(scope, 'ContinuousVault', {
    backupVaultName: `${props.backupName}-continuous`,
    vaultLock: { minRetentionDays: days, changeableForDays },
    complianceAcknowledgement: changeableForDays === undefined ? undefined : props.complianceAcknowledgement,
    breakGlassRoles: props.breakGlassRoles,
  });
}

/** The resources at and below a construct that have point-in-time recovery. */
function ableWithin(construct: IConstruct, except: string[]): CfnResource[] {
  return construct.node
    .findAll()
    .filter((child): child is CfnResource => CfnResource.isCfnResource(child))
    .filter((resource) => {
      const service = tryFindService(resource);
      return (
        service !== undefined && service.pitr && !except.includes(service.id) && protectedWithin(resource).length > 0
      );
    });
}

/** Properties of the framework; names of Audit Manager have underscores alone. */
export function complianceFrameworkProps(
  props: CompliantBackupProps,
  controls: FrameworkControl[],
): AuditFrameworkProps {
  return {
    frameworkName: underscored(props.backupName),
    frameworkDescription: `Controls for ${props.standards.map(({ title }) => title).join(', ')}`.slice(0, 1024),
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
  const name = underscored(props.backupName);
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
  const groups = testGroups(props);
  if (settings.restoreTestDays === undefined || groups.length === 0) {
    return undefined;
  }
  const tests = new RestoreTestingPlan(scope, 'RestoreTests', {
    restoreTestingPlanName: underscored(props.backupName),
    schedule: CompliancePresets.restoreTestSchedule(settings.restoreTestDays),
    backupPlans: from.map(({ plan }) => plan.backupPlan),
    includeVaults: [...new Set(from.map(({ vault }) => vault))].map(RestoreTestingVault.fromVault),
  });
  for (const { id, constructs } of groups) {
    tests.addSelection(id, {
      restoreTestingSelectionName: named(props.backupName, `_${id}`, SELECTION_NAME),
      resources: RestoreTestingResources.fromConstructs(constructs),
    });
  }
  return tests;
}

/** Constructs of one type, no more than a selection takes. */
interface TestGroup {
  readonly id: string;
  readonly constructs: IConstruct[];
}

/** What is protected, by types that restore testing knows; FSx is left to its author, as it asks for values of a network. */
function testGroups({ protect = [] }: CompliantBackupProps): TestGroup[] {
  const known: readonly string[] = Object.values(RestoreTestingResourceType);
  const byType = new Map<string, IConstruct[]>();
  for (const { service, resource } of protect.flatMap(heldBy)) {
    const { restoreTesting, resourceType } = ServiceSupport.find(service);
    if (restoreTesting && known.includes(resourceType) && resourceType !== 'FSx') {
      byType.set(resourceType, [...(byType.get(resourceType) ?? []), resource]);
    }
  }
  return [...byType].sort().flatMap(([type, constructs]) =>
    chunked(constructs, SELECTION_ARNS).map((chunk, index) => ({
      id: index === 0 ? type : `${type}${index + 1}`,
      constructs: chunk,
    })),
  );
}

function chunked<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
    all.slice(index * most, (index + 1) * most),
  );
}

function named(name: string, ending: string, most: number): string {
  return `${underscored(name).slice(0, most - ending.length)}${ending}`;
}

function underscored(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '_');
}
