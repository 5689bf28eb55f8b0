import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { EfsFileSystem } from '@cdktf/provider-aws/lib/efs-file-system';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Plan, SelectionResource, Vault } from '@holdfast/cdktf';
import { Schedule } from '@holdfast/model';
import { App, TerraformProvider, TerraformResource, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { declareEveryBlueprint } from './everything-blueprint';
import { declareEveryCompliantBackup } from './everything-compliance';
import { declareEveryMonitor } from './everything-monitoring';
import { declareEveryOrganization } from './everything-org';
import { declareEveryAudit } from './everything-audit';
import { declareEveryPlan } from './everything-plans';
import { declareEveryRecovery } from './everything-recovery';
import { declareEveryVault } from './everything-vaults';

/** Makes a provider that plans without a call to AWS. */
export function offline(scope: Construct, region: string, alias?: string): AwsProvider {
  return new AwsProvider(scope, `Aws-${alias ?? 'default'}`, {
    region,
    alias,
    accessKey: 'mock',
    secretKey: 'mock',
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    skipMetadataApiCheck: 'true',
  });
}

/** Resources of several services. */
function data(scope: Construct): TerraformResource[] {
  return [
    new DynamodbTable(scope, 'Orders', {
      name: 'orders',
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'id',
      attribute: [{ name: 'id', type: 'S' }],
    }),
    new S3Bucket(scope, 'Documents', { bucket: 'documents-111122223333' }),
    new DbInstance(scope, 'Reports', {
      identifier: 'reports',
      engine: 'postgres',
      instanceClass: 'db.m5.large',
      allocatedStorage: 100,
      username: 'postgres',
      manageMasterUserPassword: true,
      skipFinalSnapshot: true,
    }),
    new EfsFileSystem(scope, 'Shared', { encrypted: true, tags: { backup: 'daily' } }),
  ];
}

/** Vaults, plans and selections with every property. */
export function declareEveryBackup(stack: TerraformStack, west: TerraformProvider): void {
  const exempt = new TerraformVariable(stack, 'exempt', {
    type: 'list(string)',
    default: ['arn:aws:iam::111122223333:role/break-glass'],
  });
  const days = new TerraformVariable(stack, 'days', { type: 'number', default: 365 });
  const vault = new Vault(stack, 'Vault', {
    backupVaultName: 'primary',
    vaultLock: { minRetentionDays: 7, maxRetentionDays: 2600, changeableForDays: 14 },
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    breakGlassPrincipalArns: exempt.listValue,
    notificationTopicArn: 'arn:aws:sns:eu-central-1:111122223333:backups',
    tags: { owner: 'platform' },
  });
  const copies = new Vault(stack, 'Copies', { backupVaultName: 'copies', provider: west, preventDestroy: false });
  copies.addToAccessPolicy({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:root' },
    Action: 'backup:CopyIntoBackupVault',
    Resource: '*',
  });
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    windowsVss: true,
    tags: { owner: 'platform' },
    rules: [
      { ruleName: 'daily', vault, deleteAfterDays: 35, recoveryPointTags: { kept: 'a month' } },
      {
        ruleName: 'continuous',
        vault,
        schedule: Schedule.hourly({ minute: 30 }),
        startWindowMinutes: 60,
        completionWindowMinutes: 180,
        enableContinuousBackup: true,
        deleteAfterDays: 14,
      },
      {
        ruleName: 'monthly',
        vault,
        schedule: Schedule.lastDayOfMonth({ hour: 3, timeZone: 'Europe/Berlin' }),
        moveToColdStorageAfterDays: 30,
        deleteAfterDays: days.numberValue as number,
        optInToArchiveForSupportedResources: true,
        copyActions: [
          { destination: copies, deleteAfterDays: 90 },
          { destination: Vault.fromBackupVaultArn('arn:aws:backup:eu-north-1:444455556666:backup-vault:safe') },
        ],
      },
    ],
  });
  plan.addSelection('Data', {
    selectionName: 'data',
    resources: data(stack).map((resource) => SelectionResource.fromResource(resource)),
  });
  plan.addSelection('Tagged', {
    selectionName: 'tagged',
    tags: { backup: 'daily' },
    notResources: [SelectionResource.fromArn('arn:aws:ec2:*:*:volume/*')],
    conditions: {
      stringEquals: { stage: 'prod' },
      stringNotEquals: { temporary: 'yes' },
      stringLike: { owner: 'team-*' },
      stringNotLike: { name: 'test-*' },
    },
  });
  plan.addSelection('Passed', {
    selectionName: 'passed',
    resources: [SelectionResource.fromArn('arn:aws:ec2:*:*:instance/*')],
    roleArn: 'arn:aws:iam::111122223333:role/backup',
  });
  new Plan(stack, 'West', {
    backupPlanName: 'west',
    rules: [{ ruleName: 'weekly', vault: copies, schedule: Schedule.weekly() }],
    provider: west,
  }).addSelection('All', { selectionName: 'all', resources: [SelectionResource.fromArn('*')] });
}

/** One stack that uses every property of every construct. */
export function everything(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'everything');
  offline(stack, 'eu-central-1');
  const region = new TerraformVariable(stack, 'region', { type: 'string', default: 'eu-west-1' });
  const west = offline(stack, region.stringValue, 'west');
  declareEveryBackup(stack, west);
  declareEveryMonitor(stack, west);
  declareEveryCompliantBackup(stack, offline(stack, 'eu-west-1', 'compliance'));
  declareEveryOrganization(stack, west);
  declareEveryAudit(stack, west);
  declareEveryPlan(stack);
  declareEveryRecovery(stack);
  declareEveryVault(stack, west, offline);
  declareEveryBlueprint(stack);
  return stack;
}
