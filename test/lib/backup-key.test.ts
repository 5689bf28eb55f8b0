import { BackupKey, BackupKeyProps, Vault } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::KMS::Key';
const ACCOUNT = '111122223333';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const LINKED = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

function rendered(props?: BackupKeyProps, stack = stackOf()) {
  new BackupKey(stack, 'Key', props);
  return keyOf(stack);
}

function keyOf(stack: Stack) {
  const [resource] = Object.values(Template.fromStack(stack).findResources(TYPE));
  return resource as {
    DeletionPolicy: string;
    Metadata?: object;
    Properties: Record<string, unknown> & { KeyPolicy: { Statement: Statement[] } };
  };
}

interface Statement {
  readonly Sid: string;
  readonly Principal: { readonly AWS: unknown };
  readonly Condition?: { readonly ArnLike?: Record<string, unknown> };
}

test('by default rotates every year, stays, waits 30 days, and is used by AWS Backup and by whom IAM lets', () => {
  const { DeletionPolicy, Properties } = rendered();
  expect(DeletionPolicy).toBe('Retain');
  expect(Properties).toMatchObject({
    Description: 'Encrypts backups',
    EnableKeyRotation: true,
    RotationPeriodInDays: 365,
    PendingWindowInDays: 30,
  });
  expect(Properties).not.toHaveProperty('MultiRegion');
  expect(Properties).not.toHaveProperty('Tags');
  const by = { 'aws:PrincipalArn': [LINKED] };
  expect(Properties.KeyPolicy.Statement).toEqual([
    { Sid: 'LeaveToIam', Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' },
    expect.objectContaining({ Sid: 'AllowAwsBackup', Principal: { AWS: ROOT }, Condition: { ArnLike: by } }),
    expect.objectContaining({
      Sid: 'AllowAwsBackupToGrant',
      Principal: { AWS: ROOT },
      Condition: { ArnLike: by, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  ]);
});

test('writes all that it is told', () => {
  const stack = stackOf();
  const { DeletionPolicy, Metadata, Properties } = rendered(
    {
      aliasName: 'alias/backup',
      description: 'for the ledger',
      adminRoles: [iam.Role.fromRoleArn(stack, 'Admin', `arn:aws:iam::${ACCOUNT}:role/admin`)],
      backupRoles: [iam.Role.fromRoleArn(stack, 'Backup', `arn:aws:iam::${ACCOUNT}:role/backup`)],
      rotationPeriod: Duration.days(90),
      pendingWindow: Duration.days(7),
      multiRegion: true,
      removalPolicy: RemovalPolicy.DESTROY,
      tags: { owner: 'platform' },
      waivers: [{ rule: 'key-*', path: '*', reason: 'shown in the template' }],
    },
    stack,
  );
  expect(DeletionPolicy).toBe('Delete');
  expect(Metadata).toEqual({ Holdfast: { waivers: [{ rule: 'key-*', path: '*', reason: 'shown in the template' }] } });
  expect(Properties).toMatchObject({
    Description: 'for the ledger',
    RotationPeriodInDays: 90,
    PendingWindowInDays: 7,
    MultiRegion: true,
    Tags: [{ Key: 'owner', Value: 'platform' }],
  });
  const admin = `arn:aws:iam::${ACCOUNT}:role/admin`;
  const statements = Properties.KeyPolicy.Statement;
  expect(statements.map(({ Sid, Principal }) => [Sid, Principal.AWS])).toEqual([
    ['AllowAdministration', admin],
    ['AllowMakingVaults', admin],
    ['AllowAwsBackup', ROOT],
    ['AllowAwsBackupToGrant', ROOT],
  ]);
  expect(statements[2]?.Condition?.ArnLike).toEqual({
    'aws:PrincipalArn': [LINKED, `arn:aws:iam::${ACCOUNT}:role/backup`],
  });
  Template.fromStack(stack).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/backup' });
});

test('lets further roles and accounts use it', () => {
  const stack = stackOf();
  const key = new BackupKey(stack, 'Key');
  key.allowBackupRole(iam.Role.fromRoleArn(stack, 'Later', `arn:aws:iam::${ACCOUNT}:role/later`));
  key.allowCopiesTo('444455556666');
  const statements = keyOf(stack).Properties.KeyPolicy.Statement;
  expect(statements[1]?.Condition?.ArnLike).toEqual({
    'aws:PrincipalArn': [LINKED, `arn:aws:iam::${ACCOUNT}:role/later`],
  });
  const there = 'arn:aws:iam::444455556666:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';
  expect(statements.slice(3)).toEqual([
    expect.objectContaining({ Sid: 'AllowCopiesTo444455556666', Principal: { AWS: 'arn:aws:iam::444455556666:root' } }),
    expect.objectContaining({
      Sid: 'AllowGrantsFor444455556666',
      Condition: { ArnLike: { 'aws:PrincipalArn': [there] }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  ]);
});

test('is the key of a vault', () => {
  const stack = stackOf();
  const key = new BackupKey(stack, 'Key');
  new Vault(stack, 'Vault', { backupVaultName: 'primary', encryptionKey: key.key });
  const arn = stack.resolve(key.keyArn) as unknown;
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', { EncryptionKeyArn: arn });
});

test('names its account and partition by reference where the stack leaves them open', () => {
  const stack = new Stack(undefined, 'Open');
  const [first] = rendered({}, stack).Properties.KeyPolicy.Statement;
  expect(first?.Principal.AWS).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
  });
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const number = (id: string) => Duration.days(new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber);
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const props = {
    description: text('Description'),
    rotationPeriod: number('Rotation'),
    pendingWindow: number('Pending'),
    tags: { owner: text('Owner') },
  };
  expect(rendered(props, stack).Properties).toMatchObject({
    Description: { Ref: 'Description' },
    RotationPeriodInDays: { Ref: 'Rotation' },
    PendingWindowInDays: { Ref: 'Pending' },
    Tags: [{ Key: 'owner', Value: { Ref: 'Owner' } }],
  });
});

test('refuses what KMS would, all at once', () => {
  const stack = stackOf();
  const props = { aliasName: 'alias/aws/mine', rotationPeriod: Duration.days(89), pendingWindow: Duration.days(31) };
  expect(refusal(() => new BackupKey(stack, 'Key', props))).toBe(
    [
      'S/Key: 3 value(s) that AWS Backup refuses',
      '  aliasName must be alias/ and 1 to 250 letters, digits, /, - and _, not alias/aws/, got alias/aws/mine [key-alias] (https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html)',
      '  rotationPeriodInDays must be a whole number of days, at least 90 and at most 2560, got 89 days [key-rotation-period] (https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html)',
      '  pendingWindowInDays must be a whole number of days, at least 7 and at most 30, got 31 days [key-pending-window] (https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html)',
    ].join('\n'),
  );
});

test('refuses an account that is none', () => {
  const key = new BackupKey(stackOf(), 'Key');
  expect(refusal(() => key.allowCopiesTo('4444'))).toContain(
    'destinationAccounts[0] must be the id of an account, 12 digits, got 4444 [key-destination-account]',
  );
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  new BackupKey(stack, 'Key', { aliasName: 'alias/backup' });
  const paths = stack.node
    .findChild('Key')
    .node.findAll()
    .map((construct) => construct.node.path);
  expect(paths).toEqual([
    'S/Key',
    'S/Key/Resource',
    'S/Key/Resource/Resource',
    'S/Key/Resource/Alias',
    'S/Key/Resource/Alias/Resource',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources as object)).toEqual([
    'KeyE447D366',
    'KeyAlias85DCBF1E',
  ]);
});
