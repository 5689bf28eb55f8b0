import { CopyDestination, Plan, SelectionResource } from '@holdfast/cdk';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { refusal, stackOf } from './support/stacks';

const REFUSED = 'copy-action-cross-account-source-key';

/** Selects what `make` makes for a plan that copies to another account. */
function copied(make: (stack: Stack) => IConstruct): void {
  const stack = stackOf();
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Imported', 'primary');
  const there = backup.BackupVault.fromBackupVaultArn(
    stack,
    'There',
    'arn:aws:backup:eu-central-1:444455556666:backup-vault:copies',
  );
  const copyActions = [{ destination: CopyDestination.vault(there), deleteAfter: Duration.days(90) }];
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [{ ruleName: 'daily', vault, deleteAfter: Duration.days(35), copyActions }],
  });
  plan.addSelection('All', { selectionName: 'all', resources: [SelectionResource.fromConstruct(make(stack))] });
}

const volume = (stack: Stack, props: Partial<ec2.CfnVolumeProps>) =>
  new ec2.CfnVolume(stack, 'Volume', { availabilityZone: 'eu-central-1a', size: 8, ...props });
const database = (stack: Stack, props: rds.CfnDBInstanceProps) => new rds.CfnDBInstance(stack, 'Database', props);
const fileSystem = (stack: Stack, props: Partial<fsx.CfnFileSystemProps>) =>
  new fsx.CfnFileSystem(stack, 'Lustre', {
    fileSystemType: 'LUSTRE',
    subnetIds: ['subnet-0123456789abcdef0'],
    ...props,
  });
const instance = (stack: Stack, ebs: ec2.CfnInstance.EbsProperty) =>
  new ec2.CfnInstance(stack, 'Instance', { blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs }] });
const parameter = (stack: Stack) => new CfnParameter(stack, 'Key').valueAsString;

// prettier-ignore
test.each<[string, (stack: Stack) => IConstruct, string]>([
  ['a volume that names no key',       (stack) => volume(stack, { encrypted: true }),                                'Amazon EBS: S/Volume under alias/aws/ebs'],
  ['a volume under an alias of AWS',   (stack) => volume(stack, { encrypted: true, kmsKeyId: 'alias/aws/ebs' }),     'Amazon EBS: S/Volume under alias/aws/ebs'],
  ['a database that names no key',     (stack) => database(stack, { engine: 'postgres', storageEncrypted: true }),   'Amazon RDS DB instance (single-AZ or Multi-AZ instance): S/Database under alias/aws/rds'],
  ['an imported alias of AWS',         (stack) => database(stack, { storageEncrypted: true, kmsKeyId: kms.Alias.fromAliasName(stack, 'Alias', 'alias/aws/rds').keyArn }), 'Amazon RDS DB instance (single-AZ or Multi-AZ instance): S/Database under alias/aws/rds'],
  ['a cluster of DocumentDB',          (stack) => new docdb.CfnDBCluster(stack, 'Docs', { storageEncrypted: true }), 'Amazon DocumentDB: S/Docs under alias/aws/rds'],
  ['a file system, always encrypted',  (stack) => fileSystem(stack, {}),                                             'Amazon FSx for Lustre: S/Lustre under alias/aws/fsx'],
  ['the first disk of an instance',    (stack) => instance(stack, { encrypted: true }),                              'Amazon EC2: S/Instance under alias/aws/ebs'],
])('no copy to another account of %s', (_, make, given) => {
  expect(refusal(() => copied(make))).toContain(
    `must be used with resources under customer managed keys; keys that AWS manages cannot be shared, got 1 of ${given} [${REFUSED}]`,
  );
});

// prettier-ignore
test.each<[string, (stack: Stack) => IConstruct]>([
  ['a volume that is not encrypted',   (stack) => volume(stack, {})],
  ['a volume under a key by its id',   (stack) => volume(stack, { encrypted: true, kmsKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' })],
  ['a volume under a key of the app',  (stack) => volume(stack, { encrypted: true, kmsKeyId: new kms.Key(stack, 'Own').keyArn })],
  ['a volume under a key by parameter', (stack) => volume(stack, { encrypted: true, kmsKeyId: parameter(stack) })],
  ['a database under a key by parameter', (stack) => database(stack, { storageEncrypted: true, kmsKeyId: parameter(stack) })],
  ['a file system under a key',        (stack) => fileSystem(stack, { kmsKeyId: new kms.Key(stack, 'Own').keyArn })],
  ['a disk under a key',               (stack) => instance(stack, { encrypted: true, kmsKeyId: new kms.Key(stack, 'Own').keyArn })],
  // AWS Backup encrypts points of services under full management itself.
  ['a file system of EFS',             (stack) => new efs.CfnFileSystem(stack, 'Files', { encrypted: true })],
  ['a table under the key of AWS',     (stack) => new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, encryption: dynamodb.TableEncryption.AWS_MANAGED })],
])('a copy to another account of %s', (_, make) => {
  expect(() => copied(make)).not.toThrow();
});
