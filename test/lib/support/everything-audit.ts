import {
  AuditConfigRules,
  AuditFramework,
  BackupConfigRecorder,
  BackupConformancePack,
  ConfigRecorder,
  ReportBucket,
  ReportEncryption,
  ReportPlan,
} from '@holdfast/cdk';
import {
  AuditedService,
  AuditPeriod,
  BackupConfigRule,
  ControlScope,
  FrameworkControl,
  ReportFormat,
  ReportTemplate,
} from '@holdfast/model';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';

const TAGS = { owner: 'platform' };
const WAIVERS = [{ rule: 'report-plan-organization', path: '*', reason: 'deployed in the management account' }];

/** Declares every construct of audits with every property, but for the conformance pack. */
export function declareEveryAudit(stack: Stack): void {
  const logs = s3.Bucket.fromBucketName(stack, 'Logs', 'access-logs-111122223333');
  const framework = new AuditFramework(stack, 'Framework', {
    frameworkName: 'everything',
    frameworkDescription: 'All controls that there are',
    controls: controls(),
    configRecorder: ConfigRecorder.inApp(),
    tags: TAGS,
    waivers: WAIVERS,
  });
  reports(stack, framework, logs);
  new AuditConfigRules(stack, 'Rules', {
    rules: configRules(),
    configRuleNamePrefix: 'backup-',
    configRecorder: ConfigRecorder.inApp(),
    waivers: WAIVERS,
  });
  new BackupConfigRecorder(stack, 'Recorder', {
    additionalResourceTypes: ['AWS::Backup::BackupPlan'],
    s3KeyPrefix: 'config',
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111'),
    deliveryFrequency: config.MaximumExecutionFrequency.TWELVE_HOURS,
    expireAfter: Duration.days(400),
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: 'config',
    removalPolicy: RemovalPolicy.RETAIN,
    tags: TAGS,
    waivers: WAIVERS,
  });
}

/** Declares a conformance pack with every property. Its tags are newer than the schemas of cfn-lint. */
export function declareEveryPack(stack: Stack): void {
  new BackupConformancePack(stack, 'Pack', {
    conformancePackName: 'backup',
    rules: configRules(),
    deliveryBucket: s3.Bucket.fromBucketName(stack, 'Packs', 'awsconfigconforms-111122223333'),
    deliveryS3KeyPrefix: 'packs',
    configRecorder: ConfigRecorder.existing(),
    tags: TAGS,
    waivers: WAIVERS,
  });
}

/** What `declareEveryAudit` cannot have beside a bucket and a role of the recorder's own. */
export function declareRecorderOfOthers(stack: Stack): void {
  new BackupConfigRecorder(stack, 'Recorder', {
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'config-111122223333'),
    role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/config'),
  });
}

function reports(stack: Stack, framework: AuditFramework, logs: s3.IBucket): void {
  const { bucket } = new ReportBucket(stack, 'Reports', {
    bucketName: 'backup-reports-111122223333',
    encryption: ReportEncryption.ownKey(),
    expireAfter: Duration.days(2192),
    objectLockRetention: s3.ObjectLockRetention.governance(Duration.days(396)),
    reportingAccounts: ['111122223333', '444455556666'],
    createServiceLinkedRole: true,
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: 'reports',
    removalPolicy: RemovalPolicy.RETAIN,
    tags: TAGS,
    waivers: WAIVERS,
  });
  new ReportPlan(stack, 'Compliance', {
    reportPlanName: 'compliance',
    reportPlanDescription: 'What complies with what',
    reportTemplate: ReportTemplate.RESOURCE_COMPLIANCE,
    frameworks: [framework],
    bucket,
    s3KeyPrefix: 'compliance',
    formats: [ReportFormat.CSV],
    accounts: ['111122223333', '444455556666'],
    organizationUnits: ['ou-abcd-1234wxyz'],
    regions: ['eu-central-1', 'eu-west-1'],
    tags: TAGS,
    waivers: WAIVERS,
  });
  new ReportPlan(stack, 'Jobs', {
    reportPlanName: 'jobs',
    reportTemplate: ReportTemplate.BACKUP_JOB,
    bucket: new ReportBucket(stack, 'Plain', { encryption: ReportEncryption.s3Managed() }).bucket,
    formats: [ReportFormat.CSV, ReportFormat.JSON],
  });
}

function controls(): FrameworkControl[] {
  const scope = ControlScope.resourceTypes(['EBS', 'RDS']);
  return [
    FrameworkControl.backupResourcesProtectedByBackupPlan({ scope }),
    FrameworkControl.backupPlanMinFrequencyAndMinRetention({
      requiredFrequency: AuditPeriod.hours(24),
      requiredRetentionDays: 35,
      scope: ControlScope.tagged('stage', 'prod'),
    }),
    FrameworkControl.backupRecoveryPointManualDeletionDisabled({
      principalArns: ['arn:aws:iam::111122223333:role/break-glass'],
      scope: ControlScope.singleResource('AWS::Backup::BackupVault', 'primary'),
    }),
    FrameworkControl.backupRecoveryPointEncrypted({ scope: ControlScope.tagged('stage') }),
    FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays: 35 }),
    FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['eu-west-1'], scope }),
    FrameworkControl.backupResourcesProtectedByCrossAccount({ crossAccounts: ['444455556666'], scope }),
    FrameworkControl.backupResourcesProtectedByBackupVaultLock({ minRetentionDays: 7, maxRetentionDays: 400, scope }),
    FrameworkControl.backupLastRecoveryPointCreated({ recoveryPointAge: AuditPeriod.days(2), scope }),
    FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes: 720, scope }),
    FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: AuditPeriod.days(14), scope }),
  ];
}

function configRules(): BackupConfigRule[] {
  const { EBS, RDS, S3 } = AuditedService;
  return [
    BackupConfigRule.backupPlanMinFrequencyAndMinRetention({
      requiredFrequency: AuditPeriod.days(1),
      requiredRetentionDays: 35,
    }),
    BackupConfigRule.backupRecoveryPointEncrypted(),
    BackupConfigRule.backupRecoveryPointManualDeletionDisabled(['arn:aws:iam::111122223333:role/break-glass']),
    BackupConfigRule.backupRecoveryPointMinimumRetention(35),
    BackupConfigRule.resourcesProtectedByBackupPlan(EBS, {
      crossRegions: ['eu-west-1'],
      crossAccounts: ['444455556666'],
      minRetentionDays: 7,
      maxRetentionDays: 400,
      backupVaultLockCheck: true,
      resourceTags: { stage: 'prod' },
    }),
    BackupConfigRule.lastBackupRecoveryPointCreated(RDS, {
      recoveryPointAge: AuditPeriod.days(2),
      resourceId: 'orders',
    }),
    BackupConfigRule.meetsRestoreTimeTarget(RDS, { maxRestoreTimeMinutes: 720 }),
    BackupConfigRule.resourcesInLogicallyAirGappedVault(S3, { recoveryPointAge: AuditPeriod.days(14) }),
  ];
}
