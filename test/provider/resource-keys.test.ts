import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DocdbCluster } from '@cdktf/provider-aws/lib/docdb-cluster';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume';
import { FsxLustreFileSystem } from '@cdktf/provider-aws/lib/fsx-lustre-file-system';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { Plan, Vault } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { refusal, stackOf, variables } from './support/stacks';

const REFUSED = 'copy-action-cross-account-source-key';

/** Protects what `make` makes by a plan that copies to another account. */
function copied(make: (stack: TerraformStack) => IConstruct): void {
  const stack = stackOf();
  const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');
  const destination = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:444455556666:backup-vault:copies');
  const copyActions = [{ destination, deleteAfterDays: 90 }];
  new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [{ ruleName: 'daily', vault, deleteAfterDays: 35, copyActions }],
  }).protect(make(stack));
}

const volume = (stack: TerraformStack, over: object) =>
  new EbsVolume(stack, 'It', { availabilityZone: 'eu-central-1a', ...over });
const database = (stack: TerraformStack, over: object) =>
  new DbInstance(stack, 'It', { instanceClass: 'db.m5.large', engine: 'postgres', ...over });

// prettier-ignore
test.each<[string, (stack: TerraformStack) => IConstruct, string]>([
  ['a volume that names no key',       (s) => volume(s, { encrypted: true }),                                        'alias/aws/ebs'],
  ['a volume under an alias of AWS',   (s) => volume(s, { encrypted: true, kmsKeyId: 'alias/aws/ebs' }),             'alias/aws/ebs'],
  ['a database that names no key',     (s) => database(s, { storageEncrypted: true }),                               'alias/aws/rds'],
  ['a cluster of DocumentDB',          (s) => new DocdbCluster(s, 'It', { storageEncrypted: true }),                 'alias/aws/rds'],
  ['a file system, always encrypted',  (s) => new FsxLustreFileSystem(s, 'It', { subnetIds: ['subnet-1'] }),         'alias/aws/fsx'],
  ['the first disk of an instance',    (s) => new Instance(s, 'It', { rootBlockDevice: { encrypted: true } }),       'alias/aws/ebs'],
])('no copy to another account of %s', (_, make, alias) => {
  expect(refusal(() => copied(make))).toMatch(new RegExp(`S/It under ${alias} \\[${REFUSED}\\]`));
});

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
// prettier-ignore
test.each<[string, (stack: TerraformStack) => IConstruct]>([
  ['a volume under a key of its own',       (s) => volume(s, { encrypted: true, kmsKeyId: KEY })],
  ['a volume under a key that only Terraform knows', (s) => volume(s, { encrypted: true, kmsKeyId: variables(s).text('key') })],
  ['a volume whose encryption only Terraform knows', (s) => volume(s, { encrypted: variables(s).text('encrypted') })],
  ['a volume without encryption',           (s) => volume(s, {})],
  ['an instance that says nothing of disks', (s) => new Instance(s, 'It', {})],
  ['a table, whose key does not matter',    (s) => new DynamodbTable(s, 'It', { name: 't', serverSideEncryption: { enabled: true } })],
])('a copy to another account of %s', (_, make) => {
  expect(() => copied(make)).not.toThrow();
});
