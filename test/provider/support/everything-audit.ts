import {
  AuditConfigRules,
  AuditFramework,
  BackupConfigRecorder,
  BackupConformancePack,
  BackupKey,
  ConfigRecorder,
  DeliveryFrequency,
  ObjectLockRetention,
  ReportBucket,
  ReportEncryption,
  ReportPlan,
} from '@holdfast/cdktf';
import {
  AuditedService,
  AuditPeriod,
  BackupConfigRule,
  ControlScope,
  FrameworkControl,
  ReportFormat,
  ReportTemplate,
} from '@holdfast/model';
import { TerraformProvider, TerraformStack } from 'cdktf';

const TAGS = { owner: 'platform' };
const WAIVERS = [{ rule: '*', path: '*', reason: 'shown with every property' }];
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111';
const LOGS = { serverAccessLogsBucketName: 'access-logs-111122223333', serverAccessLogsPrefix: 'audit/' };

/** Audits with every property; those of the other provider rely on what others made. */
export function declareEveryAudit(stack: TerraformStack, west: TerraformProvider): void {
  const framework = new AuditFramework(stack, 'EveryFramework', {
    frameworkName: 'everything',
    frameworkDescription: 'All controls that there are',
    controls: controls(),
    configRecorder: ConfigRecorder.inApp(),
    timeouts: { createTimeout: '10m', updateTimeout: '11m', deleteTimeout: '12m' },
    tags: TAGS,
    waivers: WAIVERS,
  });
  reports(stack, framework, west);
  new AuditConfigRules(stack, 'EveryRule', {
    rules: configRules(),
    configRuleNamePrefix: 'backup-',
    configRecorder: ConfigRecorder.inApp(),
    tags: TAGS,
    waivers: WAIVERS,
  });
  new BackupConformancePack(stack, 'EveryPack', {
    conformancePackName: 'backup',
    rules: configRules(),
    deliveryBucketName: 'awsconfigconforms-111122223333',
    deliveryS3KeyPrefix: 'packs',
    configRecorder: ConfigRecorder.existing(),
    waivers: WAIVERS,
    provider: west,
  });
  new BackupConfigRecorder(stack, 'EveryRecorder', {
    additionalResourceTypes: ['AWS::EC2::Volume'],
    s3KeyPrefix: 'config',
    encryptionKeyArn: KEY,
    deliveryFrequency: DeliveryFrequency.TWELVE_HOURS,
    expireAfterDays: 400,
    ...LOGS,
    preventDestroy: false,
    tags: TAGS,
    waivers: WAIVERS,
  });
  new BackupConfigRecorder(stack, 'RecorderOfOthers', {
    bucketName: 'config-111122223333',
    roleArn: 'arn:aws:iam::111122223333:role/config',
    provider: west,
  });
}

function reports(stack: TerraformStack, framework: AuditFramework, west: TerraformProvider): void {
  const { bucketName } = new ReportBucket(stack, 'EveryReport', {
    bucketName: 'backup-reports-111122223333',
    encryption: ReportEncryption.ownKey(),
    expireAfterDays: 2192,
    objectLockRetention: ObjectLockRetention.governance(396),
    reportingAccounts: ['111122223333', '444455556666'],
    createServiceLinkedRole: true,
    ...LOGS,
    preventDestroy: false,
    tags: TAGS,
    waivers: WAIVERS,
  });
  new ReportPlan(stack, 'EveryReportPlan', {
    reportPlanName: 'compliance',
    reportPlanDescription: 'What complies with what',
    reportTemplate: ReportTemplate.RESOURCE_COMPLIANCE,
    frameworks: [framework],
    bucketName,
    s3KeyPrefix: 'compliance',
    formats: [ReportFormat.CSV],
    accounts: ['111122223333', '444455556666'],
    organizationUnits: ['ou-abcd-1234wxyz'],
    regions: ['eu-central-1', 'eu-west-1'],
    tags: TAGS,
    waivers: WAIVERS,
  });
  const key = new BackupKey(stack, 'ReportKey', { adminRoleArns: ['arn:aws:iam::111122223333:role/terraform'] });
  for (const [id, encryption] of [
    ['JobReports', ReportEncryption.key(key)],
    ['PlainReports', ReportEncryption.s3Managed()],
  ] as const) {
    const provider = encryption.isS3Managed ? west : undefined;
    new ReportPlan(stack, `${id}Plan`, {
      reportPlanName: id,
      reportTemplate: ReportTemplate.BACKUP_JOB,
      bucketName: new ReportBucket(stack, id, { encryption, provider }).bucketName,
      formats: [ReportFormat.CSV, ReportFormat.JSON],
      provider,
    });
  }
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
    FrameworkControl.backupRecoveryPointEncrypted(),
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
    BackupConfigRule.resourcesProtectedByBackupPlan(EBS, {
      crossRegions: ['eu-west-1'],
      minRetentionDays: 7,
      backupVaultLockCheck: true,
      resourceTags: { stage: 'prod' },
    }),
    BackupConfigRule.lastBackupRecoveryPointCreated(RDS, { recoveryPointAge: AuditPeriod.days(2) }),
    BackupConfigRule.resourcesInLogicallyAirGappedVault(S3, { recoveryPointAge: AuditPeriod.days(14) }),
  ];
}
