// What lib and provider find against standards is the same, for the same declarations, whoever's constructs made them.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BackupFramework } from '@cdktf/provider-aws/lib/backup-framework';
import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupReportPlan } from '@cdktf/provider-aws/lib/backup-report-plan';
import { BackupRestoreTestingPlan } from '@cdktf/provider-aws/lib/backup-restore-testing-plan';
import { BackupRestoreTestingSelection } from '@cdktf/provider-aws/lib/backup-restore-testing-selection';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import {
  ComplianceStandard,
  FrameworkControl,
  ReportTemplate,
  RestoreTestingResourceType,
  Schedule,
  VaultLock,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aspects as CdkAspects, Duration, Stack } from 'aws-cdk-lib/core';
import { Aspects, TerraformStack } from 'cdktf';
import { synthCdk, synthCdktf } from '../support/synth';

const ENV = { account: '111122223333', region: 'us-east-1' };
const COPIES = 'arn:aws:backup:us-west-2:444455556666:backup-vault:copies';
const ALL = ComplianceStandard.all();

/** What both declare. */
interface Declared {
  readonly days: number;
  readonly monthlyDays: number;
  readonly vaultLock?: VaultLock;
  readonly copied?: boolean;
  readonly continuous?: boolean;
  readonly tested?: Schedule;
  readonly controls?: FrameworkControl[];
  readonly reportDays?: number;
}

const STRONG: Declared = {
  days: 100,
  monthlyDays: 400,
  vaultLock: { minRetentionDays: 90, changeableForDays: 7 },
  copied: true,
  tested: Schedule.monthly(),
  controls: [FrameworkControl.backupRecoveryPointEncrypted(), FrameworkControl.backupResourcesProtectedByBackupPlan()],
  reportDays: 2192,
};

const ROWS: [what: string, declared: Declared][] = [
  ['next to nothing', { days: 7, monthlyDays: 30 }],
  ['a lock in governance mode, and a year', { days: 35, monthlyDays: 365, vaultLock: { minRetentionDays: 7 } }],
  ['continuous backups', { days: 35, monthlyDays: 365, continuous: true, copied: true }],
  [
    'tests too far apart, and reports too short',
    { ...STRONG, tested: Schedule.expression('cron(0 5 1 1 ? *)'), reportDays: 90 },
  ],
  ['what many ask for', STRONG],
];

/** The report in a folder. */
function reportIn(folder: string): unknown {
  const file = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .find((name) => path.basename(name) === 'holdfast-compliance.json');
  return JSON.parse(fs.readFileSync(path.join(folder, file as string), 'utf8'));
}

function fromLib(declare: (stack: Stack) => void): unknown {
  return reportIn(
    synthCdk((app) => {
      const stack = new Stack(app, 'S', { env: ENV });
      CdkAspects.of(stack).add(new cdk.ComplianceAspect({ standards: ALL, warnOnly: true }));
      declare(stack);
    }),
  );
}

function fromProvider(declare: (stack: TerraformStack) => void): unknown {
  return reportIn(
    synthCdktf((app) => {
      const stack = new TerraformStack(app, 'S');
      new AwsProvider(stack, 'Aws', { region: ENV.region, allowedAccountIds: [ENV.account] });
      Aspects.of(stack).add(new cdktf.ComplianceAspect({ standards: ALL, warnOnly: true }));
      declare(stack);
    }),
  );
}

const ACKNOWLEDGED = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };

/** By constructs of ours. */
function libConstructs(stack: Stack, declared: Declared): void {
  const { vaultLock } = declared;
  const complianceAcknowledgement = vaultLock?.changeableForDays === undefined ? undefined : ACKNOWLEDGED;
  const made = new cdk.Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock, complianceAcknowledgement });
  const vault = made.backupVault;
  const there = backup.BackupVault.fromBackupVaultArn(stack, 'There', COPIES);
  const copyActions = declared.copied === true ? [{ destination: cdk.CopyDestination.vault(there) }] : undefined;
  const plan = new cdk.Plan(stack, 'Plan', {
    backupPlanName: 'plan',
    rules: [
      { ruleName: 'daily', vault, deleteAfter: Duration.days(declared.days), copyActions },
      { ruleName: 'monthly', vault, schedule: Schedule.monthly(), deleteAfter: Duration.days(declared.monthlyDays) },
      ...(declared.continuous === true
        ? [{ ruleName: 'pitr', vault, enableContinuousBackup: true, deleteAfter: Duration.days(35) }]
        : []),
    ],
  });
  if (declared.tested !== undefined) {
    const tests = { restoreTestingPlanName: 'tests', schedule: declared.tested, backupPlans: [plan.backupPlan] };
    new cdk.RestoreTestingPlan(stack, 'Tests', tests).addSelection('Volumes', {
      restoreTestingSelectionName: 'volumes',
      resources: cdk.RestoreTestingResources.all(RestoreTestingResourceType.EBS),
    });
  }
  if (declared.controls !== undefined) {
    new cdk.AuditFramework(stack, 'Audit', {
      frameworkName: 'audit',
      controls: declared.controls,
      configRecorder: cdk.ConfigRecorder.existing(),
    });
  }
  if (declared.reportDays !== undefined) {
    const { bucket } = new cdk.ReportBucket(stack, 'Reports', { expireAfter: Duration.days(declared.reportDays) });
    new cdk.ReportPlan(stack, 'Jobs', { reportPlanName: 'jobs', reportTemplate: ReportTemplate.BACKUP_JOB, bucket });
  }
}

function providerConstructs(stack: TerraformStack, declared: Declared): void {
  const { vaultLock } = declared;
  const complianceAcknowledgement = vaultLock?.changeableForDays === undefined ? undefined : ACKNOWLEDGED;
  const vault = new cdktf.Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock, complianceAcknowledgement });
  const there = cdktf.Vault.fromBackupVaultArn(COPIES);
  const copyActions = declared.copied === true ? [{ destination: cdktf.CopyDestination.vault(there) }] : undefined;
  const plan = new cdktf.Plan(stack, 'Plan', {
    backupPlanName: 'plan',
    rules: [
      { ruleName: 'daily', vault, deleteAfterDays: declared.days, copyActions },
      { ruleName: 'monthly', vault, schedule: Schedule.monthly(), deleteAfterDays: declared.monthlyDays },
      ...(declared.continuous === true
        ? [{ ruleName: 'pitr', vault, enableContinuousBackup: true, deleteAfterDays: 35 }]
        : []),
    ],
  });
  if (declared.tested !== undefined) {
    const tests = { restoreTestingPlanName: 'tests', schedule: declared.tested, backupPlans: [plan] };
    new cdktf.RestoreTestingPlan(stack, 'Tests', tests).addSelection('Volumes', {
      restoreTestingSelectionName: 'volumes',
      resources: cdktf.RestoreTestingResources.all(RestoreTestingResourceType.EBS),
    });
  }
  if (declared.controls !== undefined) {
    new cdktf.AuditFramework(stack, 'Audit', {
      frameworkName: 'audit',
      controls: declared.controls,
      configRecorder: cdktf.ConfigRecorder.existing(),
    });
  }
  if (declared.reportDays !== undefined) {
    const { bucketName } = new cdktf.ReportBucket(stack, 'Reports', { expireAfterDays: declared.reportDays });
    new cdktf.ReportPlan(stack, 'Jobs', {
      reportPlanName: 'jobs',
      reportTemplate: ReportTemplate.BACKUP_JOB,
      bucketName,
    });
  }
}

/** By hand. */
function cloudFormation(stack: Stack, declared: Declared): void {
  const vault = new backup.CfnBackupVault(stack, 'Vault', {
    backupVaultName: 'main',
    lockConfiguration: declared.vaultLock && { minRetentionDays: 1, ...declared.vaultLock },
  });
  const copyActions = declared.copied === true ? [{ destinationBackupVaultArn: COPIES }] : undefined;
  const rule = { targetBackupVault: vault.ref, scheduleExpression: 'cron(0 5 ? * * *)' };
  new backup.CfnBackupPlan(stack, 'Plan', {
    backupPlan: {
      backupPlanName: 'plan',
      backupPlanRule: [
        { ...rule, ruleName: 'daily', lifecycle: { deleteAfterDays: declared.days }, copyActions },
        { ...rule, ruleName: 'monthly', lifecycle: { deleteAfterDays: declared.monthlyDays } },
        { ...rule, ruleName: 'pitr', enableContinuousBackup: declared.continuous ?? false },
      ],
    },
  });
  if (declared.tested !== undefined) {
    const { restoreTestingPlanName } = new backup.CfnRestoreTestingPlan(stack, 'Tests', {
      restoreTestingPlanName: 'tests',
      scheduleExpression: declared.tested.scheduleExpression,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: ['*'],
        recoveryPointTypes: ['SNAPSHOT'],
      },
    });
    new backup.CfnRestoreTestingSelection(stack, 'Volumes', {
      restoreTestingPlanName,
      restoreTestingSelectionName: 'volumes',
      protectedResourceType: 'EBS',
      protectedResourceArns: ['*'],
      iamRoleArn: 'arn:aws:iam::111122223333:role/restore',
    });
  }
  if (declared.controls !== undefined) {
    new backup.CfnFramework(stack, 'Audit', {
      frameworkControls: declared.controls.map(({ controlName }) => ({ controlName })),
    });
  }
  if (declared.reportDays !== undefined) {
    const expiration = Duration.days(declared.reportDays);
    const { bucketName } = new s3.Bucket(stack, 'Reports', { lifecycleRules: [{ expiration }] });
    new backup.CfnReportPlan(stack, 'Jobs', {
      reportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
      reportDeliveryChannel: { S3BucketName: bucketName },
    });
  }
}

function terraform(stack: TerraformStack, declared: Declared): void {
  const vault = new BackupVault(stack, 'Vault', { name: 'main' });
  if (declared.vaultLock !== undefined) {
    const lock = { minRetentionDays: 1, ...declared.vaultLock };
    new BackupVaultLockConfiguration(stack, 'Lock', { backupVaultName: vault.name, ...lock });
  }
  const copyAction = declared.copied === true ? [{ destinationVaultArn: COPIES }] : undefined;
  const rule = { targetVaultName: vault.name, schedule: 'cron(0 5 ? * * *)' };
  new BackupPlan(stack, 'Plan', {
    name: 'plan',
    rule: [
      { ...rule, ruleName: 'daily', lifecycle: { deleteAfter: declared.days }, copyAction },
      { ...rule, ruleName: 'monthly', lifecycle: { deleteAfter: declared.monthlyDays } },
      { ...rule, ruleName: 'pitr', enableContinuousBackup: declared.continuous ?? false },
    ],
  });
  if (declared.tested !== undefined) {
    const { name } = new BackupRestoreTestingPlan(stack, 'Tests', {
      name: 'tests',
      scheduleExpression: declared.tested.scheduleExpression,
      recoveryPointSelection: [
        { algorithm: 'LATEST_WITHIN_WINDOW', includeVaults: ['*'], recoveryPointTypes: ['SNAPSHOT'] },
      ],
    });
    new BackupRestoreTestingSelection(stack, 'Volumes', {
      restoreTestingPlanName: name,
      name: 'volumes',
      protectedResourceType: 'EBS',
      protectedResourceArns: ['*'],
      iamRoleArn: 'arn:aws:iam::111122223333:role/restore',
    });
  }
  if (declared.controls !== undefined) {
    new BackupFramework(stack, 'Audit', {
      name: 'audit',
      control: declared.controls.map(({ controlName: name }) => ({ name })),
    });
  }
  if (declared.reportDays !== undefined) {
    const { id: bucket } = new S3Bucket(stack, 'Reports', {});
    const expiration = [{ days: declared.reportDays }];
    new S3BucketLifecycleConfiguration(stack, 'Expiry', {
      bucket,
      rule: [{ id: 'all', status: 'Enabled', expiration }],
    });
    new BackupReportPlan(stack, 'Jobs', {
      name: 'jobs',
      reportSetting: { reportTemplate: 'BACKUP_JOB_REPORT' },
      reportDeliveryChannel: { s3BucketName: bucket },
    });
  }
}

test.each(ROWS)('constructs of ours are told of the same by both, all standards held: %s', (_, declared) => {
  const report = fromLib((stack) => libConstructs(stack, declared));
  expect(JSON.stringify(report)).toContain('"held":false');
  expect(fromProvider((stack) => providerConstructs(stack, declared))).toEqual(report);
});

test.each(ROWS)('resources by hand are told of the same by both, all standards held: %s', (_, declared) => {
  const report = fromLib((stack) => cloudFormation(stack, declared));
  expect(JSON.stringify(report)).toContain('"held":false');
  expect(fromProvider((stack) => terraform(stack, declared))).toEqual(report);
});
