import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  LogicallyAirGappedVault,
  LogicallyAirGappedVaultProps,
  Plan,
  Vault,
  VaultCopyTarget,
  VaultEncryption,
} from '@holdfast/cdktf';
import { TerraformFeatures, VaultCopySource } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import {
  addresses,
  all,
  annotations,
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

const TYPE = 'aws_backup_logically_air_gapped_vault';
const OTHER = '444455556666';
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:backups';
const SAID = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };
const NEWER = { 'holdfast:awsProviderVersion': TerraformFeatures.find('logically-air-gapped-vault-key').since };

function gapped(stack: TerraformStack, props: Partial<LogicallyAirGappedVaultProps> = {}): LogicallyAirGappedVault {
  return new LogicallyAirGappedVault(stack, 'Gapped', {
    backupVaultName: 'gapped',
    minRetentionDays: 7,
    maxRetentionDays: 400,
    complianceAcknowledgement: SAID,
    ...props,
  });
}

function sids(stack: TerraformStack): string[] {
  const { policy } = only(stack, 'aws_backup_vault_policy');
  return (JSON.parse(policy as string) as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
}

describe('defaults', () => {
  test('are a key that AWS owns, a policy against emptying, and nothing else', () => {
    const stack = stackOf();
    const made = gapped(stack);
    expect([made.encryptionKey, made.encryptionKeyArn, made.vaultNotifications]).toEqual(Array(3).fill(undefined));
    expect(only(stack, TYPE)).toEqual({
      name: 'gapped',
      min_retention_days: 7,
      max_retention_days: 400,
      lifecycle: { prevent_destroy: true },
    });
    expect(sids(stack)).toEqual(['DenyEmptyingTheVault']);
    expect(only(stack, 'aws_backup_vault_policy')).toMatchObject({ lifecycle: { prevent_destroy: true } });
    expect([...annotations(stack, 'warn'), ...annotations(stack, 'info')]).toEqual([]);
  });

  test('say that the bounds are fixed from the day of the deployment, as an output too', () => {
    const stack = stackOf();
    expect(gapped(stack).dateOfNoReturn).toBe('2027-01-01');
    expect(comment(stack, TYPE)).toEqual({ dateOfNoReturn: '2027-01-01', ...SAID });
    expect(Object.values((synth(stack) as { output?: object }).output ?? {})).toEqual([
      {
        value: '2027-01-01',
        description: 'The day from which nobody can change the bounds of the backup vault gapped',
      },
    ]);
  });
});

test('takes every property', () => {
  const stack = stackOf(NEWER);
  const provider = new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west', allowedAccountIds: [OTHER] });
  const waivers = [{ rule: 'vault-encryption-key-outside-lock', path: '*', reason: 'its policy keeps it' }];
  const made = gapped(stack, {
    encryption: VaultEncryption.customerManaged(),
    breakGlassPrincipalArns: ['arn:aws:iam::111122223333:role/break-glass'],
    copiesInFrom: [VaultCopySource.account('111122223333')],
    copiesOutTo: [],
    outputDateOfNoReturn: false,
    notificationTopicArn: TOPIC.replace('111122223333', OTHER),
    notificationEvents: ['COPY_JOB_FAILED'],
    preventDestroy: false,
    createTimeoutMinutes: 30,
    tags: { owner: 'platform' },
    waivers,
    provider,
  });
  expect(only(stack, TYPE)).toMatchObject({
    encryption_key_arn: '${aws_kms_key.Gapped_Key_EED3BAAC.arn}',
    lifecycle: { prevent_destroy: false },
    timeouts: { create: '30m' },
    tags: { owner: 'platform' },
  });
  expect(resolve(stack, made.encryptionKeyArn)).toBe('${aws_kms_key.Gapped_Key_EED3BAAC.arn}');
  expect(only(stack, 'aws_backup_vault_notifications')).toMatchObject({
    sns_topic_arn: TOPIC.replace('111122223333', OTHER),
    backup_vault_events: ['COPY_JOB_FAILED'],
  });
  expect(sids(stack)).toEqual([
    'DenyEmptyingTheVault',
    'DenyWeakeningTheVault',
    'AllowCopiesFromAccounts',
    'DenyCopiesFromOthers',
    'DenyCopiesToOthers',
  ]);
  expect(only(stack, 'aws_backup_vault_policy').policy).toContain('backup:PutBackupVaultSharingPolicy');
  expect(comment(stack, TYPE)).toMatchObject({ waivers });
  expect((synth(stack) as { output?: object }).output).toBeUndefined();
  const resources = Object.values(synth(stack).resource ?? {}).flatMap((named) => Object.values(named));
  expect([...new Set(resources.map((one) => one.provider))]).toEqual(['aws.west']);
});

describe('a customer managed key', () => {
  const encryption = VaultEncryption.customerManaged('arn:aws:kms:eu-central-1:111122223333:key/0000-1111');

  test('is written where the AWS provider has the argument', () => {
    const stack = stackOf(NEWER);
    gapped(stack, { encryption });
    expect(only(stack, TYPE)).toMatchObject({ encryption_key_arn: encryption.encryptionKeyArn });
    expect(all(stack, 'aws_kms_key')).toEqual([]);
  });

  test('fails with an AWS provider that lacks it, with the version that has it', () => {
    const { since, terraformNames } = TerraformFeatures.find('logically-air-gapped-vault-key');
    const allowed = `used with version ${since} of the AWS provider or a later one (${terraformNames.join()})`;
    const stack = stackOf({ 'holdfast:awsProviderVersion': '5.100.0' });
    expect(refusal(() => gapped(stack, { encryption }))).toBe(
      message('S/Gapped', [sentence('terraform-provider-version', 'encryption', 'version 5.100.0', allowed)]),
    );
  });
});

test('fails without an acknowledgement, as nobody can ever change the bounds', () => {
  expect(refusal(() => gapped(stackOf(), { complianceAcknowledgement: undefined }))).toContain(
    'complianceAcknowledgement must be acknowledged with deployedOn and acknowledgedBy',
  );
});

// prettier-ignore
test.each<[string, Partial<LogicallyAirGappedVaultProps>, string]>([
  ['a name of one letter',    { backupVaultName: 'x' },                      'backupVaultName must be 2 to 50 letters, digits, - and _, got x [logically-air-gapped-vault-name]'],
  ['6 days',                  { minRetentionDays: 6 },                       'minRetentionDays must be a whole number of days, at least 7 and at most 36500, got 6 days'],
  ['more than a century',     { maxRetentionDays: 36501 },                   'maxRetentionDays must be a whole number of days, at least 7 and at most 36500, got 36501 days'],
  ['bounds in wrong order',   { maxRetentionDays: 7, minRetentionDays: 8 },  'maxRetentionDays must be at least 8 days, the minRetentionDays, got 7 days'],
  ['aws/backup',              { encryption: VaultEncryption.awsManaged() },  'encryption must be a customer managed key or one that AWS owns; a logically air-gapped vault does not take aws/backup, got aws/backup'],
  ['no day',                  { complianceAcknowledgement: { ...SAID, deployedOn: '2027-02-30' } }, 'complianceAcknowledgement.deployedOn must be a day of the calendar'],
  ['an account that is none', { copiesInFrom: [VaultCopySource.account('1')] }, 'copiesInFrom[0] must be the id of an account, 12 digits, got 1'],
])('fails with %s', (_, props, expected) => {
  expect(refusal(() => gapped(stackOf(), props))).toContain(expected);
});

describe('a share', () => {
  test('is one of the vault with each account', () => {
    const stack = stackOf();
    const share = gapped(stack, { tags: { owner: 'platform' } }).share('Recovery', {
      accounts: [OTHER, '777788889999'],
    });
    const arn = resolve(stack, share.arn);
    expect(only(stack, 'aws_ram_resource_share')).toEqual({
      name: 'gapped',
      allow_external_principals: false,
      tags: { owner: 'platform' },
    });
    expect(only(stack, 'aws_ram_resource_association')).toEqual({
      resource_share_arn: arn,
      resource_arn: '${aws_backup_logically_air_gapped_vault.Gapped_2A15B63F.arn}',
    });
    expect(all(stack, 'aws_ram_principal_association')).toEqual([
      { resource_share_arn: arn, principal: OTHER },
      { resource_share_arn: arn, principal: '777788889999' },
    ]);
  });

  test('has the name that it is given, and lets others in where that is asked', () => {
    const stack = stackOf();
    const accounts = [variables(stack).text('account')];
    gapped(stack).share('Recovery', { accounts, allowExternalPrincipals: true, resourceShareName: 'recovery' });
    expect(only(stack, 'aws_ram_resource_share')).toEqual({ name: 'recovery', allow_external_principals: true });
    expect(only(stack, 'aws_ram_principal_association')).toMatchObject({ principal: '${var.account}' });
  });

  test('fails with an account that is none', () => {
    expect(refusal(() => gapped(stackOf()).share('Recovery', { accounts: ['4444'] }))).toContain(
      'Recovery.accounts[0] must be',
    );
  });
});

test('grows: statements, copies in and out, whom it tells of failures', () => {
  const stack = stackOf();
  const made = gapped(stack);
  made.addToAccessPolicy({
    Sid: 'Mine',
    Effect: 'Deny',
    Principal: '*',
    Action: 'backup:StartRestoreJob',
    Resource: '*',
  });
  made.allowCopiesFrom(VaultCopySource.account(OTHER));
  made.allowCopiesTo(VaultCopyTarget.organizationPath('o-a1b2c3d4e5/*'));
  made.notifyFailures('Email', { protocol: 'email', endpoint: 'backups@example.com' });
  expect(sids(stack)).toEqual([
    'DenyEmptyingTheVault',
    'AllowCopiesFromAccounts',
    'DenyCopiesFromOthers',
    'DenyCopiesToOthers',
    'Mine',
  ]);
  expect(only(stack, 'aws_backup_vault_policy').depends_on).toEqual([
    expect.stringMatching(/^aws_backup_vault_notifications\.Gapped_Notifications_/),
  ]);
  expect(made.notificationTopic).toBeDefined();
  const wildcard = { Effect: 'Allow', Principal: '*', Action: 'backup:*', Resource: '*' };
  expect(refusal(() => made.addToAccessPolicy(wildcard))).toContain('accessPolicy.Statement[5].Action');
});

test('fails for an event that there is none of', () => {
  const made = gapped(stackOf(), { notificationEvents: ['BACKUP_JOB_FORGOTTEN'] });
  const email = { protocol: 'email', endpoint: 'backups@example.com' };
  expect(refusal(() => made.notifyFailures('Email', email))).toContain('BACKUP_JOB_FORGOTTEN');
});

describe('a plan that copies into it', () => {
  function copying(
    deleteAfterDays: number,
    stack = stackOf(),
    destination: { backupVaultName: string; backupVaultArn: string } = gapped(stack),
  ) {
    const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
    const rules = [{ ruleName: 'daily', vault, copyActions: [{ destination, deleteAfterDays }] }];
    return () => new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
  }

  test('fails with a retention outside of its bounds', () => {
    expect(copying(7)).not.toThrow();
    expect(refusal(copying(401))).toContain('rules[0].copyActions[0]');
  });

  test('fails with one outside of the bounds that are known of a vault of elsewhere', () => {
    const stack = stackOf();
    const backupVaultArn = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:old';
    const attributes = { backupVaultArn, minRetentionDays: 7, maxRetentionDays: 30 };
    const old = LogicallyAirGappedVault.fromBackupVaultAttributes(stack, 'Old', attributes);
    expect(old).toEqual({ backupVaultArn, backupVaultName: 'old' });
    expect(refusal(copying(31, stack, old))).toContain('rules[0].copyActions[0]');
  });
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, number, list } = variables(stack);
  gapped(stack, {
    backupVaultName: text('name'),
    minRetentionDays: number('min'),
    maxRetentionDays: number('max'),
    createTimeoutMinutes: number('minutes'),
    notificationTopicArn: text('topic'),
    notificationEvents: list('events'),
    tags: { owner: text('owner') },
  });
  expect(only(stack, TYPE)).toMatchObject({
    name: '${var.name}',
    min_retention_days: '${var.min}',
    max_retention_days: '${var.max}',
    timeouts: { create: '${var.minutes}m' },
    tags: { owner: '${var.owner}' },
  });
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = gapped(stack, { notificationTopicArn: TOPIC });
  made.share('Recovery', { accounts: [OTHER] });
  expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
    'S/Gapped',
    'S/Gapped/Resource',
    'S/Gapped/Notifications',
    'S/Gapped/Policy',
    'S/Gapped/DateOfNoReturn',
    'S/Gapped/Recovery',
    'S/Gapped/Recovery/Vault',
    `S/Gapped/Recovery/Account-${OTHER}`,
  ]);
  expect(addresses(stack)).toEqual([
    'aws_backup_logically_air_gapped_vault.Gapped_2A15B63F',
    'aws_backup_vault_notifications.Gapped_Notifications_4B15C2F2',
    'aws_backup_vault_policy.Gapped_Policy_9CDAA7E6',
    'aws_ram_principal_association.Gapped_Recovery_Account-444455556666_F0FBA4D2',
    'aws_ram_resource_association.Gapped_Recovery_Vault_3B6AEF69',
    'aws_ram_resource_share.Gapped_Recovery_970B0E9D',
  ]);
});
