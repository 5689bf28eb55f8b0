import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { BackupKey, BackupKeyReplica, BackupKeyReplicaProps, Vault } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { addresses, all, comment, message, only, refusal, sentence, stackOf, variables } from './support/stacks';

const TYPE = 'aws_kms_replica_key';
const ALIAS = 'aws_kms_alias';
const ACCOUNT = '111122223333';
const ID = 'mrk-1234abcd12ab34cd56ef1234567890ab';
const PRIMARY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${ID}`;
const LINKED = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;

function stackWith(props: Partial<BackupKeyReplicaProps> = {}, stack = stackOf()): TerraformStack {
  new BackupKeyReplica(stack, 'Key', { primaryKeyArn: PRIMARY, ...props });
  return stack;
}

function statementsOf(stack: TerraformStack): Record<string, unknown>[] {
  return (JSON.parse(only(stack, TYPE).policy as string) as { Statement: Record<string, unknown>[] }).Statement;
}

function west(stack: TerraformStack): AwsProvider {
  return new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west', allowedAccountIds: [ACCOUNT] });
}

test('by default is not destroyed, waits 30 days, and has the policy of a key for backups', () => {
  const stack = stackWith();
  expect(only(stack, TYPE)).toEqual({
    primary_key_arn: PRIMARY,
    description: 'Encrypts backups',
    deletion_window_in_days: 30,
    policy: expect.stringContaining('"Version":"2012-10-17"') as unknown,
    lifecycle: { prevent_destroy: true },
  });
  expect(statementsOf(stack).map(({ Sid }) => Sid)).toEqual(['LeaveToIam', 'AllowAwsBackup', 'AllowAwsBackupToGrant']);
  expect(all(stack, ALIAS)).toEqual([]);
});

test('writes all that it is told', () => {
  const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const waivers = [{ rule: 'key-*', path: '*', reason: 'shown in the comment' }];
  const stack = stackWith({
    aliasName: 'alias/backup',
    description: 'for the ledger',
    adminRoleArns: [role('admin')],
    backupRoleArns: [role('backup')],
    pendingWindowInDays: 7,
    preventDestroy: false,
    tags: { owner: 'platform' },
    waivers,
  });
  expect(only(stack, TYPE)).toMatchObject({
    description: 'for the ledger',
    deletion_window_in_days: 7,
    tags: { owner: 'platform' },
    lifecycle: { prevent_destroy: false },
  });
  expect(statementsOf(stack)[2]).toMatchObject({
    Sid: 'AllowAwsBackup',
    Condition: { ArnLike: { 'aws:PrincipalArn': [LINKED, role('backup')] } },
  });
  expect(only(stack, ALIAS)).toEqual({
    name: 'alias/backup',
    target_key_id: '${aws_kms_replica_key.Key_961B73FD.key_id}',
  });
  expect(comment(stack, TYPE)).toEqual({ waivers });
});

test('lets further roles and accounts use it, and takes statements', () => {
  const stack = stackOf();
  const replica = new BackupKeyReplica(stack, 'Key', { primaryKeyArn: PRIMARY });
  replica.allowBackupRole(`arn:aws:iam::${ACCOUNT}:role/later`);
  replica.allowCopiesTo('444455556666');
  replica.addToKeyPolicy({ Sid: 'Mine', Effect: 'Allow', Principal: '*', Action: 'kms:Sign', Resource: '*' });
  const statements = statementsOf(stack);
  expect(statements[1]).toMatchObject({
    Condition: { ArnLike: { 'aws:PrincipalArn': [LINKED, `arn:aws:iam::${ACCOUNT}:role/later`] } },
  });
  expect(statements.slice(3).map(({ Sid }) => Sid)).toEqual([
    'AllowCopiesTo444455556666',
    'AllowGrantsFor444455556666',
    'Mine',
  ]);
});

test('fails on an account that is none', () => {
  const replica = new BackupKeyReplica(stackOf(), 'Key', { primaryKeyArn: PRIMARY });
  expect(refusal(() => replica.allowCopiesTo('4444'))).toBe(
    message('S/Key', [sentence('key-destination-account', 'destinationAccounts[0]', '4444')]),
  );
});

test('is the key of a vault', () => {
  const stack = stackOf();
  const replica = new BackupKeyReplica(stack, 'Key', { primaryKeyArn: PRIMARY });
  new Vault(stack, 'Vault', { backupVaultName: 'primary', encryptionKeyArn: replica.keyArn });
  expect(only(stack, 'aws_backup_vault')).toMatchObject({ kms_key_arn: '${aws_kms_replica_key.Key_961B73FD.arn}' });
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, number } = variables(stack);
  stackWith(
    {
      primaryKeyArn: text('primary'),
      aliasName: text('alias'),
      description: text('description'),
      pendingWindowInDays: number('pending'),
      tags: { owner: text('owner') },
    },
    stack,
  );
  expect(only(stack, TYPE)).toMatchObject({
    primary_key_arn: '${var.primary}',
    description: '${var.description}',
    deletion_window_in_days: '${var.pending}',
    tags: { owner: '${var.owner}' },
  });
  expect(only(stack, ALIAS)).toMatchObject({ name: '${var.alias}' });
});

// prettier-ignore
test.each([
  [`arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, 'key-replica-primary', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`],
  [`arn:aws:kms:eu-central-1:${ACCOUNT}:key/${ID}`,  'key-replica-region', 'eu-central-1, where the replica is too'],
  [`arn:aws:kms:eu-west-1:444455556666:key/${ID}`,   'key-replica-account', 'account 444455556666, where the replica is in 111122223333'],
  [`arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/${ID}`, 'key-replica-partition', 'aws-cn, where the replica is in aws'],
])('fails to replicate %s', (primaryKeyArn, rule, given) => {
  expect(refusal(() => stackWith({ primaryKeyArn }))).toBe(message('S/Key', [sentence(rule, 'primaryKeyArn', given)]));
});

describe('of a key of the same stack', () => {
  test('is made by the provider of the other Region, after the key', () => {
    const stack = stackOf();
    const primary = new BackupKey(stack, 'Primary', { multiRegion: true });
    const { alias } = new BackupKeyReplica(stack, 'Key', {
      primaryKeyArn: primary.keyArn,
      provider: west(stack),
      aliasName: 'alias/backup',
    });
    expect(only(stack, TYPE)).toMatchObject({
      provider: 'aws.west',
      primary_key_arn: '${aws_kms_key.Primary_503D6591.arn}',
    });
    expect(alias?.provider?.alias).toBe('west');
  });

  test('fails in the Region of the key, to which the provider is the same', () => {
    const stack = stackOf();
    const { keyArn: primaryKeyArn } = new BackupKey(stack, 'Primary', { multiRegion: true });
    expect(refusal(() => stackWith({ primaryKeyArn }, stack))).toBe(
      message('S/Key', [sentence('key-replica-region', 'primaryKeyArn', 'eu-central-1, where the replica is too')]),
    );
  });

  test('fails on a key that has no replicas, and on a replica', () => {
    const stack = stackOf();
    const provider = west(stack);
    const { keyArn: primaryKeyArn } = new BackupKey(stack, 'Primary');
    const given = 'that of S/Primary, which is no multi-Region primary key';
    expect(refusal(() => stackWith({ primaryKeyArn, provider }, stack))).toBe(
      message('S/Key', [sentence('key-replica-primary', 'primaryKeyArn', given)]),
    );
  });
});

test('keeps its ids and addresses', () => {
  const stack = stackWith({ aliasName: 'alias/backup' });
  const paths = stack.node.findChild('Key').node.findAll();
  expect(paths.map(({ node }) => node.path)).toEqual(['S/Key', 'S/Key/Resource', 'S/Key/Alias']);
  expect(addresses(stack)).toEqual(['aws_kms_alias.Key_Alias_6C2E2031', 'aws_kms_replica_key.Key_961B73FD']);
});
