import {
  BackupRole,
  ContinuousRouting,
  CopyDestination,
  LegalHold,
  Plan,
  PlanRules,
  PlanSet,
  RestoreRole,
  SelectionResource,
  TieringConfiguration,
  Vault,
} from '@holdfast/cdk';
import { PlanPresets, ScanMode, ScanResourceType, Schedule } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Declares sets of plans, presets, scans, routed rules, roles, tiering and holds with every property they have. */
export function declareEveryPlan(stack: Stack): void {
  const vault = new Vault(stack, 'Main', { backupVaultName: 'main', vaultLock: { minRetentionDays: 30 } }).backupVault;
  const permissionsBoundary = boundary(stack);
  const { role } = new BackupRole(stack, 'BackupRole', {
    services: ['ebs', 'ec2', 's3', 'rds'],
    indexing: true,
    scanning: true,
    permissionsBoundary,
    roleName: 'backup-by-plans',
  });
  new RestoreRole(stack, 'RestoreRole', {
    services: ['ec2', 's3'],
    instanceRoles: [iam.Role.fromRoleArn(stack, 'InstanceRole', 'arn:aws:iam::111122223333:role/instance')],
    itemRestores: true,
    permissionsBoundary,
    roleName: 'restore-by-plans',
  });
  const set = everyPlanSet(stack, vault, role, permissionsBoundary);
  const data = new Construct(stack, 'Data');
  const bucket = bucketOf(data);
  set.protect('gold', bucket);
  everyPreset(stack, vault, permissionsBoundary).protect(data);
  new TieringConfiguration(stack, 'Tiering', {
    tieringConfigurationName: 'tiers',
    vault,
    selections: [{ tierDownAfter: Duration.days(90), buckets: [bucket] }],
    tags: { owner: 'platform' },
    waivers: [{ rule: 'tiering-configuration-star', path: '*', reason: 'shows a waiver in the template' }],
  });
  new LegalHold(stack, 'Hold', {
    title: 'case 4711',
    description: 'preserves what the case asks for',
    vaults: [vault],
    resources: [SelectionResource.fromConstruct(bucket)],
    dateRange: { fromDate: '2027-01-01T00:00:00Z', toDate: '2027-12-31T23:59:59Z' },
    tags: { owner: 'legal' },
    removalPolicy: RemovalPolicy.RETAIN,
    waivers: [{ rule: 'legal-hold-everything', path: '*', reason: 'shows a waiver in the template' }],
  });
}

function everyPlanSet(
  stack: Stack,
  vault: backup.IBackupVault,
  role: iam.IRole,
  permissionsBoundary: iam.IManagedPolicy,
): PlanSet {
  const scannerRole = iam.Role.fromRoleArn(stack, 'ScannerRole', 'arn:aws:iam::111122223333:role/scanner');
  const rule = { ruleName: 'daily', vault, deleteAfter: Duration.days(35) };
  return new PlanSet(stack, 'Plans', {
    planSetName: 'everything',
    tagKey: 'tier',
    tiers: [
      {
        tierName: 'gold',
        tagValue: 'au',
        rules: [{ ...rule, scanAction: ScanMode.INCREMENTAL_SCAN, indexActions: ['EBS'] }],
        overrides: [{ overrideName: 'databases', services: ['rds'], rules: [rule] }],
      },
      { tierName: 'silver', rules: [rule] },
    ],
    role,
    permissionsBoundary,
    windowsVss: true,
    s3BackupAcls: true,
    s3BackupObjectTags: true,
    advancedBackupSettings: [],
    scanSettings: { resourceTypes: [ScanResourceType.EBS, ScanResourceType.EC2], scannerRole },
    continuousRouting: ContinuousRouting.toVault(vault),
    tags: { owner: 'platform' },
    waivers: [{ rule: 'plan-quota', path: '*', reason: 'shows a waiver in the template' }],
  });
}

/** A plan of a preset, with a continuous rule that the lock of its vault does not take. */
function everyPreset(stack: Stack, vault: backup.IBackupVault, permissionsBoundary: iam.IManagedPolicy): Plan {
  const destination = CopyDestination.vault(
    backup.BackupVault.fromBackupVaultArn(
      stack,
      'Copies',
      `arn:aws:backup:eu-west-1:${stack.account}:backup-vault:copies`,
    ),
  );
  const preset = PlanRules.fromPreset(PlanPresets.DAILY_MONTHLY_1_YEAR_RETENTION, {
    vault,
    timeZone: 'Europe/Berlin',
    copyActions: [{ destination }],
    recoveryPointTags: { preset: 'a year' },
    targetLogicallyAirGappedBackupVaultArn: `arn:aws:backup:${stack.region}:${stack.account}:backup-vault:air-gapped`,
    optInToArchiveForSupportedResources: true,
  });
  const plan = new Plan(stack, 'Preset', {
    backupPlanName: 'preset',
    rules: [
      ...preset,
      {
        ruleName: 'continuous',
        vault,
        schedule: Schedule.daily({ hour: 20 }),
        startWindow: Duration.hours(1),
        enableContinuousBackup: true,
        deleteAfter: Duration.days(14),
        scanAction: ScanMode.FULL_SCAN,
      },
    ],
    s3BackupAcls: false,
    s3BackupObjectTags: false,
    scanSettings: { resourceTypes: [ScanResourceType.EC2] },
    continuousRouting: ContinuousRouting.toOwnVault({
      backupVaultName: 'preset-continuous',
      encryptionKey: new kms.Key(stack, 'ContinuousKey', { enableKeyRotation: true }),
      breakGlassRoles: [iam.Role.fromRoleArn(stack, 'BreakGlass', 'arn:aws:iam::111122223333:role/break-glass')],
      notificationTopic: sns.Topic.fromTopicArn(stack, 'Alarms', `arn:aws:sns:${stack.region}:${stack.account}:alarms`),
      removalPolicy: RemovalPolicy.RETAIN,
    }),
  });
  plan.addSelection('Volumes', {
    selectionName: 'volumes',
    resources: [SelectionResource.fromArn('arn:aws:ec2:*:*:volume/*')],
    permissionsBoundary,
  });
  return plan;
}

function boundary(stack: Stack): iam.IManagedPolicy {
  return iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/boundary');
}

function bucketOf(scope: Construct): s3.Bucket {
  return new s3.Bucket(scope, 'Bucket', { versioned: true, enforceSSL: true });
}
