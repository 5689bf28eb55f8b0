import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vault, VaultProps } from '@holdfast/cdktf';
import { TerraformStack, Testing } from 'cdktf';
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

const TYPE = 'aws_backup_vault';
const KEY = 'aws_kms_key';
const LOCK = 'aws_backup_vault_lock_configuration';
const POLICY = 'aws_backup_vault_policy';
const NOTIFICATIONS = 'aws_backup_vault_notifications';
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:backups';
const BREAK_GLASS = 'arn:aws:iam::111122223333:role/break-glass';
const COMPLIANCE: Partial<VaultProps> = {
  vaultLock: { minRetentionDays: 7, maxRetentionDays: 400, changeableForDays: 14 },
  complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
};
const EVERYTHING: Partial<VaultProps> = { ...COMPLIANCE, notificationTopicArn: TOPIC };

function vault(stack: TerraformStack, props: Partial<VaultProps> = {}): Vault {
  return new Vault(stack, 'Vault', { backupVaultName: 'primary', ...props });
}

/** A stack with one vault. */
function stackWith(props: Partial<VaultProps> = {}, stack = stackOf()): TerraformStack {
  vault(stack, props);
  return stack;
}

interface Policy {
  readonly Statement: { Sid?: string; Effect: string; Action: string[]; Condition?: unknown }[];
}

function policyOf(stack: TerraformStack): Policy {
  return JSON.parse(only(stack, POLICY).policy as string) as Policy;
}

describe('defaults', () => {
  test('encrypts with a key of its own that rotates', () => {
    const stack = stackWith();
    expect(only(stack, KEY)).toEqual({
      description: 'Encrypts the recovery points of the backup vault primary',
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, TYPE)).toEqual({
      name: 'primary',
      kms_key_arn: '${aws_kms_key.Vault_Key_447CDAEB.arn}',
      lifecycle: { prevent_destroy: true },
    });
  });

  test('denies everybody the deletion of recovery points', () => {
    const { Statement } = policyOf(stackWith());
    expect(Statement).toEqual([
      {
        Sid: 'DenyEmptyingTheVault',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: expect.arrayContaining(['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle']),
        Resource: '*',
      },
    ]);
  });

  test('sets no lock and sends no notifications', () => {
    const stack = stackWith();
    expect([...all(stack, LOCK), ...all(stack, NOTIFICATIONS)]).toEqual([]);
  });

  test('has Terraform refuse to destroy whatever protects, and nothing else', () => {
    const { resource = {} } = synth(stackWith(EVERYTHING));
    const kept = Object.keys(resource).filter((type) =>
      Object.values(resource[type] ?? {}).some(
        ({ lifecycle }) => (lifecycle as { prevent_destroy?: boolean })?.prevent_destroy,
      ),
    );
    expect(kept.sort()).toEqual([TYPE, LOCK, POLICY, KEY].sort());
  });

  test('does not set force_destroy unless it is asked to', () => {
    expect(Testing.synth(stackWith({ ...EVERYTHING, preventDestroy: false }))).not.toContain('force_destroy');
  });

  test('annotates nothing', () => {
    const stack = stackWith();
    expect([...annotations(stack, 'warn'), ...annotations(stack, 'info')]).toEqual([]);
  });
});

test('hands out references to its name and its ARN', () => {
  const stack = stackOf();
  const made = vault(stack);
  expect(resolve(stack, made.backupVaultName)).toBe('${aws_backup_vault.Vault_23237E5B.name}');
  expect(resolve(stack, made.backupVaultArn)).toBe('${aws_backup_vault.Vault_23237E5B.arn}');
  expect(resolve(stack, made.encryptionKeyArn)).toBe('${aws_kms_key.Vault_Key_447CDAEB.arn}');
});

test('hands out every resource that it makes', () => {
  const made = vault(stackOf(), EVERYTHING);
  const types = [made.backupVault, made.encryptionKey, made.vaultPolicy, made.vaultLock, made.vaultNotifications].map(
    (resource) => resource?.terraformResourceType,
  );
  expect(types).toEqual([TYPE, KEY, POLICY, LOCK, NOTIFICATIONS]);
});

test('takes a key that exists and makes none', () => {
  const stack = stackOf();
  const encryptionKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111';
  const made = vault(stack, { encryptionKeyArn });
  expect(made.encryptionKey).toBeUndefined();
  expect(made.encryptionKeyArn).toBe(encryptionKeyArn);
  expect(all(stack, KEY)).toEqual([]);
  expect(only(stack, TYPE)).toMatchObject({ kms_key_arn: encryptionKeyArn });
});

test('exempts the break-glass principals, and nobody else, from emptying and from weakening the vault', () => {
  const { Statement } = policyOf(stackWith({ breakGlassPrincipalArns: [BREAK_GLASS] }));
  expect(Statement.map(({ Sid }) => Sid)).toEqual(['DenyEmptyingTheVault', 'DenyWeakeningTheVault']);
  for (const statement of Statement) {
    expect(statement).toMatchObject({
      Effect: 'Deny',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': [BREAK_GLASS] } },
    });
  }
});

test('leaves a list of principals that only Terraform knows to Terraform', () => {
  const stack = stackOf();
  vault(stack, { breakGlassPrincipalArns: variables(stack).list('exempt') });
  const { policy } = only(stack, POLICY);
  expect(policy).toMatch(/^\$\{jsonencode\(\{"Version" = "2012-10-17", "Statement" = \[/);
  expect(policy).toContain('{"ArnNotLike" = {"aws:PrincipalArn" = var.exempt}}');
});

test('makes the policy after all that it may deny, so that it is the first to be destroyed', () => {
  expect(only(stackWith(EVERYTHING), POLICY)).toMatchObject({
    depends_on: [`${LOCK}.Vault_Lock_C9DD9055`, `${NOTIFICATIONS}.Vault_Notifications_32C6A421`],
  });
  expect(only(stackWith(), POLICY)).not.toHaveProperty('depends_on');
});

describe('a statement that is added', () => {
  const COPY = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:root' },
    Action: 'backup:CopyIntoBackupVault',
    Resource: '*',
  };

  test('stands beside those that deny', () => {
    const stack = stackOf();
    vault(stack).addToAccessPolicy(COPY);
    expect(policyOf(stack).Statement).toEqual([expect.objectContaining({ Effect: 'Deny' }), COPY]);
  });

  test('fails with a wildcard among its actions', () => {
    const made = vault(stackOf());
    expect(refusal(() => made.addToAccessPolicy({ ...COPY, Action: 'backup:*' }))).toBe(
      message('S/Vault', [sentence('vault-access-policy-wildcard', 'accessPolicy.Statement[1].Action', 'backup:*')]),
    );
  });
});

describe('lock', () => {
  test('is in governance mode without a grace time', () => {
    const stack = stackOf();
    const made = vault(stack, { vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 } });
    expect(only(stack, LOCK)).toEqual({
      backup_vault_name: '${aws_backup_vault.Vault_23237E5B.name}',
      min_retention_days: 7,
      max_retention_days: 400,
      lifecycle: { prevent_destroy: true },
    });
    expect(made.dateOfNoReturn).toBeUndefined();
  });

  test('without a lower bound has one of a day, and nobody is told what CloudFormation would demand', () => {
    const stack = stackWith({ vaultLock: { maxRetentionDays: 30 } });
    expect(only(stack, LOCK)).toMatchObject({ min_retention_days: 1, max_retention_days: 30 });
    expect(annotations(stack, 'info').join()).not.toContain('CloudFormation');
  });

  test('in compliance mode says from when on nobody can change it', () => {
    const stack = stackOf();
    const made = vault(stack, COMPLIANCE);
    expect(made.dateOfNoReturn).toBe('2027-01-15');
    expect(only(stack, LOCK)).toMatchObject({ changeable_for_days: 14 });
    expect(comment(stack, LOCK)).toEqual({
      dateOfNoReturn: '2027-01-15',
      deployedOn: '2027-01-01',
      acknowledgedBy: 'Head of Platform',
    });
  });

  test('whose grace time only Terraform knows has no date of no return yet', () => {
    const stack = stackOf();
    const changeableForDays = variables(stack).number('grace');
    const made = vault(stack, { ...COMPLIANCE, vaultLock: { minRetentionDays: 7, changeableForDays } });
    expect(made.dateOfNoReturn).toBeUndefined();
    expect(comment(stack, LOCK)).toBeUndefined();
  });
});

describe('notifications', () => {
  test('go to the topic, for ends of jobs and failures', () => {
    expect(only(stackWith({ notificationTopicArn: TOPIC }), NOTIFICATIONS)).toEqual({
      backup_vault_name: '${aws_backup_vault.Vault_23237E5B.name}',
      sns_topic_arn: TOPIC,
      backup_vault_events: [
        'BACKUP_JOB_COMPLETED',
        'COPY_JOB_FAILED',
        'RESTORE_JOB_COMPLETED',
        'S3_BACKUP_OBJECT_FAILED',
        'S3_RESTORE_OBJECT_FAILED',
        'RECOVERY_POINT_INDEXING_FAILED',
      ],
    });
  });

  test('tell of the events that were asked for', () => {
    const stack = stackWith({ notificationTopicArn: TOPIC, notificationEvents: ['COPY_JOB_FAILED'] });
    expect(only(stack, NOTIFICATIONS)).toMatchObject({ backup_vault_events: ['COPY_JOB_FAILED'] });
  });
});

test('lets Terraform destroy it when asked to', () => {
  expect(Testing.synth(stackWith({ ...EVERYTHING, preventDestroy: false }))).not.toContain('"prevent_destroy": true');
});

test('has Terraform empty the vault before it destroys it when asked to', () => {
  expect(only(stackWith({ forceDestroy: true, preventDestroy: false }), TYPE)).toMatchObject({ force_destroy: true });
});

test('tags the vault and its key', () => {
  const stack = stackWith({ tags: { owner: 'platform' } });
  expect(only(stack, TYPE)).toMatchObject({ tags: { owner: 'platform' } });
  expect(only(stack, KEY)).toMatchObject({ tags: { owner: 'platform' } });
});

test('makes every resource with the provider that it was given', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west' });
  vault(stack, { ...EVERYTHING, provider });
  const made = Object.values(synth(stack).resource ?? {}).flatMap((named) => Object.values(named));
  expect(made.map((resource) => resource.provider)).toEqual(Array(5).fill('aws.west'));
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, number, list } = variables(stack);
  vault(stack, {
    backupVaultName: text('name'),
    encryptionKeyArn: text('key'),
    vaultLock: { minRetentionDays: number('min'), maxRetentionDays: number('max'), changeableForDays: number('grace') },
    complianceAcknowledgement: { deployedOn: text('deployed_on'), acknowledgedBy: text('acknowledged_by') },
    breakGlassPrincipalArns: [text('exempt')],
    notificationTopicArn: text('topic'),
    notificationEvents: list('events'),
    tags: { owner: text('owner') },
  });
  expect(only(stack, TYPE)).toMatchObject({
    name: '${var.name}',
    kms_key_arn: '${var.key}',
    tags: { owner: '${var.owner}' },
  });
  expect(only(stack, LOCK)).toMatchObject({
    min_retention_days: '${var.min}',
    max_retention_days: '${var.max}',
    changeable_for_days: '${var.grace}',
  });
  expect(only(stack, NOTIFICATIONS)).toMatchObject({
    sns_topic_arn: '${var.topic}',
    backup_vault_events: '${var.events}',
  });
  expect(policyOf(stack).Statement[0]).toMatchObject({
    Condition: { ArnNotLike: { 'aws:PrincipalArn': ['${var.exempt}'] } },
  });
});

test.each([['${var.name}'], ['prefix-${local.name}'], ['%{ if var.name }a%{ endif }']])(
  'takes an expression that its author wrote by hand: %s',
  (backupVaultName) => {
    expect(only(stackWith({ backupVaultName }), TYPE)).toMatchObject({ name: backupVaultName });
  },
);

test('checks text that only looks like an expression', () => {
  expect(refusal(() => stackWith({ backupVaultName: '$${name}' }))).toContain('[vault-name]');
});

describe('a vault of elsewhere', () => {
  test('by ARN has the name that the ARN ends with', () => {
    const backupVaultArn = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:copies';
    expect(Vault.fromBackupVaultArn(backupVaultArn)).toEqual({ backupVaultArn, backupVaultName: 'copies' });
  });

  test('by an ARN that only Terraform knows leaves the name to Terraform', () => {
    const stack = stackOf();
    const imported = Vault.fromBackupVaultArn(variables(stack).text('arn'));
    expect(resolve(stack, imported.backupVaultName)).toBe('${element(split(":", var.arn), 6)}');
  });

  test('by its resource has references', () => {
    const stack = stackOf();
    const imported = Vault.fromBackupVault(new BackupVault(stack, 'Plain', { name: 'plain' }));
    expect(resolve(stack, imported)).toEqual({
      backupVaultArn: '${aws_backup_vault.Plain.arn}',
      backupVaultName: '${aws_backup_vault.Plain.name}',
    });
  });
});

test('keeps its ids and addresses', () => {
  const stack = stackWith(EVERYTHING);
  const paths = stack.node.tryFindChild('Vault')?.node.findAll();
  expect(paths?.map(({ node }) => node.path)).toEqual([
    'S/Vault',
    'S/Vault/Key',
    'S/Vault/Resource',
    'S/Vault/Lock',
    'S/Vault/Notifications',
    'S/Vault/Policy',
    'S/Vault/DateOfNoReturn',
  ]);
  expect(addresses(stack)).toEqual([
    'aws_backup_vault.Vault_23237E5B',
    'aws_backup_vault_lock_configuration.Vault_Lock_C9DD9055',
    'aws_backup_vault_notifications.Vault_Notifications_32C6A421',
    'aws_backup_vault_policy.Vault_Policy_022231A7',
    'aws_kms_key.Vault_Key_447CDAEB',
  ]);
});
