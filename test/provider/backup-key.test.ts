import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { BackupKey, BackupKeyProps, Vault } from '@holdfast/cdktf';
import { TerraformStack, Testing } from 'cdktf';
import {
  addresses,
  all,
  comment,
  message,
  only,
  refusal,
  resolve,
  sentence,
  stackOf,
  synth,
  variables,
} from './support/stacks';

const TYPE = 'aws_kms_key';
const ALIAS = 'aws_kms_alias';
const ACCOUNT = '111122223333';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const LINKED = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

interface Statement {
  readonly Sid?: string;
  readonly Principal?: { readonly AWS: string[] };
  readonly Condition?: { readonly ArnLike?: Record<string, unknown> };
}

function stackWith(props?: BackupKeyProps, stack = stackOf()): TerraformStack {
  new BackupKey(stack, 'Key', props);
  return stack;
}

function statementsOf(stack: TerraformStack): Statement[] {
  return (JSON.parse(only(stack, TYPE).policy as string) as { Statement: Statement[] }).Statement;
}

test('by default rotates every year, is not destroyed, waits 30 days, and is used by AWS Backup and by whom IAM lets', () => {
  const stack = stackWith();
  expect(only(stack, TYPE)).toEqual({
    description: 'Encrypts backups',
    enable_key_rotation: true,
    rotation_period_in_days: 365,
    deletion_window_in_days: 30,
    policy: expect.stringContaining('"Version":"2012-10-17"') as unknown,
    lifecycle: { prevent_destroy: true },
  });
  expect(all(stack, ALIAS)).toEqual([]);
  const by = { 'aws:PrincipalArn': [LINKED] };
  expect(statementsOf(stack)).toEqual([
    { Sid: 'LeaveToIam', Effect: 'Allow', Principal: { AWS: [ROOT] }, Action: ['kms:*'], Resource: '*' },
    expect.objectContaining({ Sid: 'AllowAwsBackup', Principal: { AWS: [ROOT] }, Condition: { ArnLike: by } }),
    expect.objectContaining({
      Sid: 'AllowAwsBackupToGrant',
      Principal: { AWS: [ROOT] },
      Condition: { ArnLike: by, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  ]);
});

test('writes all that it is told', () => {
  const admin = `arn:aws:iam::${ACCOUNT}:role/admin`;
  const waivers = [{ rule: 'key-*', path: '*', reason: 'shown in the comment' }];
  const stack = stackWith({
    aliasName: 'alias/backup',
    description: 'for the ledger',
    adminRoleArns: [admin],
    backupRoleArns: [`arn:aws:iam::${ACCOUNT}:role/backup`],
    rotationPeriodInDays: 90,
    pendingWindowInDays: 7,
    multiRegion: true,
    preventDestroy: false,
    tags: { owner: 'platform' },
    waivers,
  });
  expect(only(stack, TYPE)).toMatchObject({
    description: 'for the ledger',
    rotation_period_in_days: 90,
    deletion_window_in_days: 7,
    multi_region: true,
    tags: { owner: 'platform' },
    lifecycle: { prevent_destroy: false },
  });
  expect(comment(stack, TYPE)).toEqual({ waivers });
  const statements = statementsOf(stack);
  expect(statements.map(({ Sid, Principal }) => [Sid, Principal?.AWS])).toEqual([
    ['AllowAdministration', [admin]],
    ['AllowMakingVaults', [admin]],
    ['AllowAwsBackup', [ROOT]],
    ['AllowAwsBackupToGrant', [ROOT]],
  ]);
  expect(statements[2]?.Condition?.ArnLike).toEqual({
    'aws:PrincipalArn': [LINKED, `arn:aws:iam::${ACCOUNT}:role/backup`],
  });
  expect(only(stack, ALIAS)).toEqual({
    name: 'alias/backup',
    target_key_id: '${aws_kms_key.Key_961B73FD.key_id}',
  });
});

test('lets further roles and accounts use it, and takes statements', () => {
  const stack = stackOf();
  const key = new BackupKey(stack, 'Key');
  key.allowBackupRole(`arn:aws:iam::${ACCOUNT}:role/later`);
  key.allowCopiesTo('444455556666');
  key.addToKeyPolicy({ Sid: 'Mine', Effect: 'Allow', Principal: { AWS: [ROOT] }, Action: ['kms:Sign'], Resource: '*' });
  const statements = statementsOf(stack);
  expect(statements[1]?.Condition?.ArnLike).toEqual({
    'aws:PrincipalArn': [LINKED, `arn:aws:iam::${ACCOUNT}:role/later`],
  });
  const there = 'arn:aws:iam::444455556666:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';
  expect(statements.slice(3)).toEqual([
    expect.objectContaining({
      Sid: 'AllowCopiesTo444455556666',
      Principal: { AWS: ['arn:aws:iam::444455556666:root'] },
    }),
    expect.objectContaining({
      Sid: 'AllowGrantsFor444455556666',
      Condition: { ArnLike: { 'aws:PrincipalArn': [there] }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
    expect.objectContaining({ Sid: 'Mine' }),
  ]);
});

test('is the key of a vault', () => {
  const stack = stackOf();
  const key = new BackupKey(stack, 'Key');
  new Vault(stack, 'Vault', { backupVaultName: 'primary', encryptionKeyArn: key.keyArn });
  expect(only(stack, 'aws_backup_vault')).toMatchObject({ kms_key_arn: '${aws_kms_key.Key_961B73FD.arn}' });
});

test('asks Terraform for account and partition where its provider leaves them open', () => {
  const stack = new TerraformStack(Testing.app(), 'Open');
  new AwsProvider(stack, 'Aws', {});
  new BackupKey(stack, 'Key');
  expect(addresses(stack)).toEqual([
    'aws_kms_key.Key_961B73FD',
    'data.aws_caller_identity.Key_Caller_D52F8A58',
    'data.aws_partition.Key_Partition_B36E0522',
  ]);
  expect(statementsOf(stack)[0]?.Principal?.AWS).toEqual([
    expect.stringMatching(
      /^arn:\$\{data\.aws_partition\.Key_Partition_\w+\.partition\}:iam::\$\{data\.aws_caller_identity\.Key_Caller_\w+\.account_id\}:root$/,
    ),
  ]);
});

test('makes every resource with the provider that it was given', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west' });
  stackWith({ aliasName: 'alias/backup', provider }, stack);
  const { resource = {}, data = {} } = synth(stack);
  const made = [...Object.values(resource), ...Object.values(data)].flatMap((named) => Object.values(named));
  expect(made.map((one) => one.provider)).toEqual(['aws.west', 'aws.west', 'aws.west']);
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, number, list } = variables(stack);
  stackWith(
    {
      aliasName: text('alias'),
      description: text('description'),
      adminRoleArns: list('admins'),
      backupRoleArns: [text('role')],
      rotationPeriodInDays: number('rotation'),
      pendingWindowInDays: number('pending'),
      tags: { owner: text('owner') },
    },
    stack,
  );
  expect(only(stack, TYPE)).toMatchObject({
    description: '${var.description}',
    rotation_period_in_days: '${var.rotation}',
    deletion_window_in_days: '${var.pending}',
    tags: { owner: '${var.owner}' },
  });
  expect(only(stack, TYPE).policy).toContain('"Principal" = {"AWS" = var.admins}');
  expect(only(stack, TYPE).policy).toContain('var.role');
  expect(only(stack, ALIAS)).toMatchObject({ name: '${var.alias}' });
});

test('fails on what KMS would refuse, all at once', () => {
  const props = { aliasName: 'alias/aws/mine', rotationPeriodInDays: 89, pendingWindowInDays: 31 };
  expect(refusal(() => stackWith(props))).toBe(
    message('S/Key', [
      sentence('key-alias', 'aliasName', 'alias/aws/mine'),
      sentence('key-rotation-period', 'rotationPeriodInDays', '89 days'),
      sentence('key-pending-window', 'pendingWindowInDays', '31 days'),
    ]),
  );
});

test('fails on an account that is none', () => {
  const key = new BackupKey(stackOf(), 'Key');
  expect(refusal(() => key.allowCopiesTo('4444'))).toBe(
    message('S/Key', [sentence('key-destination-account', 'destinationAccounts[0]', '4444')]),
  );
});

test('of elsewhere is its ARN', () => {
  const stack = stackOf();
  const keyArn = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  expect(BackupKey.fromKeyArn(keyArn)).toEqual({ keyArn });
  const imported = BackupKey.fromKmsKey(new KmsKey(stack, 'Plain', {}));
  expect(resolve(stack, imported)).toEqual({ keyArn: '${aws_kms_key.Plain.arn}' });
});

test('keeps its ids and addresses', () => {
  const stack = stackWith({ aliasName: 'alias/backup' });
  const paths = stack.node.findChild('Key').node.findAll();
  expect(paths.map(({ node }) => node.path)).toEqual(['S/Key', 'S/Key/Resource', 'S/Key/Alias']);
  expect(addresses(stack)).toEqual(['aws_kms_alias.Key_Alias_6C2E2031', 'aws_kms_key.Key_961B73FD']);
});
