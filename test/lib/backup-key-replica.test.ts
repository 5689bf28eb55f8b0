import { BackupKeyReplica, BackupKeyReplicaProps, Vault } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { refusal, stackOf } from './support/stacks';

const ACCOUNT = '111122223333';
const ID = 'mrk-1234abcd12ab34cd56ef1234567890ab';
const PRIMARY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${ID}`;
const LINKED = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

function rendered(props: Partial<BackupKeyReplicaProps> = {}, stack = stackOf()) {
  new BackupKeyReplica(stack, 'Key', { primaryKeyArn: PRIMARY, ...props });
  return replicaOf(stack);
}

function replicaOf(stack: Stack) {
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::ReplicaKey'));
  return resource as { DeletionPolicy: string; Properties: { KeyPolicy: { Statement: Record<string, unknown>[] } } };
}

test('by default stays, waits 30 days, and has the policy of a key for backups', () => {
  const { DeletionPolicy, Properties } = rendered();
  expect(DeletionPolicy).toBe('Retain');
  expect(Properties).toEqual({
    PrimaryKeyArn: PRIMARY,
    Description: 'Encrypts backups',
    PendingWindowInDays: 30,
    KeyPolicy: expect.objectContaining({ Version: '2012-10-17' }) as unknown,
  });
  expect(Properties.KeyPolicy.Statement.map(({ Sid }) => Sid)).toEqual([
    'LeaveToIam',
    'AllowAwsBackup',
    'AllowAwsBackupToGrant',
  ]);
});

test('writes all that it is told', () => {
  const stack = stackOf();
  const role = (name: string) => iam.Role.fromRoleArn(stack, name, `arn:aws:iam::${ACCOUNT}:role/${name}`);
  const props = {
    aliasName: 'alias/backup',
    description: 'for the ledger',
    adminRoles: [role('admin')],
    backupRoles: [role('backup')],
    pendingWindow: Duration.days(7),
    removalPolicy: RemovalPolicy.DESTROY,
    tags: { owner: 'platform' },
    waivers: [{ rule: 'key-*', path: '*', reason: 'shown in the template' }],
  };
  const { DeletionPolicy, Properties } = rendered(props, stack);
  expect(DeletionPolicy).toBe('Delete');
  expect(Properties).toMatchObject({
    Description: 'for the ledger',
    PendingWindowInDays: 7,
    Tags: [{ Key: 'owner', Value: 'platform' }],
  });
  expect(Properties.KeyPolicy.Statement[2]).toMatchObject({
    Sid: 'AllowAwsBackup',
    Condition: { ArnLike: { 'aws:PrincipalArn': [LINKED, `arn:aws:iam::${ACCOUNT}:role/backup`] } },
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/backup' });
  template.hasResource('AWS::KMS::ReplicaKey', { Metadata: { Holdfast: { waivers: props.waivers } } });
});

test('lets further roles and accounts use it', () => {
  const stack = stackOf();
  const replica = new BackupKeyReplica(stack, 'Key', { primaryKeyArn: PRIMARY });
  replica.allowBackupRole(iam.Role.fromRoleArn(stack, 'Later', `arn:aws:iam::${ACCOUNT}:role/later`));
  replica.allowCopiesTo('444455556666');
  const statements = replicaOf(stack).Properties.KeyPolicy.Statement;
  expect(statements[1]).toMatchObject({
    Condition: { ArnLike: { 'aws:PrincipalArn': [LINKED, `arn:aws:iam::${ACCOUNT}:role/later`] } },
  });
  expect(statements.slice(3).map(({ Sid }) => Sid)).toEqual([
    'AllowCopiesTo444455556666',
    'AllowGrantsFor444455556666',
  ]);
  expect(refusal(() => replica.allowCopiesTo(''))).toContain('[key-destination-account]');
});

test('is the key of a vault', () => {
  const stack = stackOf();
  const replica = new BackupKeyReplica(stack, 'Key', { primaryKeyArn: PRIMARY });
  new Vault(stack, 'Vault', { backupVaultName: 'primary', encryptionKey: replica.key });
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', {
    EncryptionKeyArn: stack.resolve(replica.keyArn) as unknown,
  });
});

test('takes the ARN of the key by parameter, and a token for a number', () => {
  const stack = stackOf();
  const pendingWindow = Duration.days(new CfnParameter(stack, 'Pending', { type: 'Number' }).valueAsNumber);
  const primaryKeyArn = new CfnParameter(stack, 'Primary').valueAsString;
  expect(rendered({ primaryKeyArn, pendingWindow }, stack).Properties).toMatchObject({
    PrimaryKeyArn: { Ref: 'Primary' },
    PendingWindowInDays: { Ref: 'Pending' },
  });
});

// prettier-ignore
test.each([
  [`arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, 'the ARN of a multi-Region key, whose id begins with mrk-, got arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab [key-replica-primary]'],
  [`arn:aws:kms:eu-central-1:${ACCOUNT}:key/${ID}`, 'a key of a Region other than that of the replica, got eu-central-1, where the replica is too [key-replica-region]'],
  [`arn:aws:kms:eu-west-1:444455556666:key/${ID}`,  'a key of the account of the replica, got account 444455556666, where the replica is in 111122223333 [key-replica-account]'],
  [`arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/${ID}`, 'a key of the partition of the replica, got aws-cn, where the replica is in aws [key-replica-partition]'],
])('refuses to replicate %s', (primaryKeyArn, message) => {
  expect(refusal(() => rendered({ primaryKeyArn }))).toContain(`primaryKeyArn must be ${message}`);
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  new BackupKeyReplica(stack, 'Key', { primaryKeyArn: PRIMARY, aliasName: 'alias/backup' });
  const paths = stack.node
    .findChild('Key')
    .node.findAll()
    .map((construct) => construct.node.path);
  expect(paths).toEqual([
    'S/Key',
    'S/Key/Resource',
    'S/Key/Imported',
    'S/Key/Imported/Alias',
    'S/Key/Imported/Alias/Resource',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources as object)).toEqual([
    'Key961B73FD',
    'KeyImportedAlias7A91DCF8',
  ]);
});
