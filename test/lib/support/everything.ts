import { CopyDestination, Plan, SelectionResource, Vault } from '@holdfast/cdk';
import { Schedule, WeekDay } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Fn, Size, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Declares every construct of ours with every property, over resources of many services. */
export function declareEverything(stack: Stack): void {
  const air = `arn:aws:backup:${stack.region}:${stack.account}:backup-vault:air-gapped`;
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: 'everything',
    rules: [
      {
        ruleName: 'daily',
        vault: lockedVault(stack),
        targetLogicallyAirGappedBackupVaultArn: air,
        schedule: Schedule.weekly({ weekDays: [WeekDay.MONDAY, WeekDay.FRIDAY], timeZone: 'Europe/Berlin' }),
        startWindow: Duration.hours(2),
        completionWindow: Duration.hours(10),
        moveToColdStorageAfter: Duration.days(30),
        deleteAfter: Duration.days(365),
        optInToArchiveForSupportedResources: true,
        recoveryPointTags: { kept: 'a year' },
        copyActions: [{ destination: CopyDestination.vault(vaultElsewhere(stack)), deleteAfter: Duration.days(120) }],
      },
      {
        ruleName: 'continuous',
        vault: new Vault(stack, 'Plain', { backupVaultName: 'plain' }).backupVault,
        schedule: Schedule.daily({ hour: 20 }),
        startWindow: Duration.hours(1),
        enableContinuousBackup: true,
        deleteAfter: Duration.days(14),
        indexActions: ['S3'],
      },
    ],
    windowsVss: true,
    advancedBackupSettings: [{ resourceType: 'S3', backupOptions: { BackupACLs: 'enabled' } }],
    tags: { owner: 'platform' },
  });
  plan.addSelection('Constructs', {
    selectionName: 'constructs',
    resources: [SelectionResource.fromConstruct(resources(stack))],
    conditions: { stringEquals: { stage: 'prod' }, stringNotLike: { owner: 'test-*' } },
  });
  plan.addSelection('Tags', {
    selectionName: 'tags',
    tags: { backup: 'daily' },
    notResources: [SelectionResource.fromArn('arn:aws:ec2:*:*:instance/*')],
    conditions: { stringLike: { stage: 'p*' }, stringNotEquals: { temporary: 'yes' } },
  });
}

function lockedVault(stack: Stack): backup.IBackupVault {
  const breakGlass = new iam.Role(stack, 'BreakGlass', { assumedBy: new iam.AccountRootPrincipal() });
  const vault = new Vault(stack, 'Locked', {
    backupVaultName: 'locked',
    vaultLock: { minRetentionDays: 30, maxRetentionDays: 400, changeableForDays: 14 },
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    breakGlassRoles: [breakGlass],
    notificationTopic: new sns.Topic(stack, 'Topic'),
    tags: { owner: 'platform' },
    waivers: [{ rule: 'vault-lock-governance', path: 'vaultLock.*', reason: 'shows a waiver in the template' }],
  });
  vault.addToAccessPolicy(
    new iam.PolicyStatement({
      principals: [new iam.AccountPrincipal('444455556666')],
      actions: ['backup:CopyIntoBackupVault'],
      resources: ['*'],
    }),
  );
  return vault.backupVault;
}

function vaultElsewhere(stack: Stack): backup.IBackupVault {
  const arn = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:copies';
  return backup.BackupVault.fromBackupVaultArn(stack, 'Copies', arn);
}

function resources(stack: Stack): Construct {
  const group = new Construct(stack, 'Resources');
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  });
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  new dynamodb.TableV2(group, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  new s3.Bucket(group, 'Bucket', { versioned: true });
  new efs.FileSystem(group, 'Files', { vpc, vpcSubnets });
  new ec2.Volume(group, 'Volume', {
    availabilityZone: Fn.select(0, Fn.getAzs()),
    size: Size.gibibytes(8),
    encrypted: true,
  });
  new rds.DatabaseCluster(group, 'Aurora', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    vpc,
    vpcSubnets,
  });
  new fsx.CfnFileSystem(group, 'Lustre', {
    fileSystemType: 'LUSTRE',
    storageCapacity: 1200,
    subnetIds: [vpc.isolatedSubnets[0]!.subnetId],
    lustreConfiguration: { deploymentType: 'PERSISTENT_2', perUnitStorageThroughput: 125 },
  });
  new redshift.CfnCluster(group, 'Redshift', {
    clusterType: 'single-node',
    dbName: 'reports',
    nodeType: 'ra3.xlplus',
    masterUsername: 'root',
    manageMasterPassword: true,
  });
  return group;
}
