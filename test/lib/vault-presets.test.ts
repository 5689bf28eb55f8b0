import { CopyDestination, Plan, Vault, VaultCopyTarget, VaultEncryption, VaultProps } from '@holdfast/cdk';
import { VaultCopySource, VaultPurpose } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';
import { declareEveryVault } from './support/everything-vaults';

const TYPE = 'AWS::Backup::BackupVault';
const OTHER = '444455556666';
const EMAIL = new subscriptions.EmailSubscription('backups@example.com');
const SLOW = 60_000;

interface Statement {
  readonly Sid: string;
  readonly Condition?: unknown;
}

function vault(stack: Stack, props: Partial<VaultProps> = {}): Vault {
  return new Vault(stack, 'Vault', { backupVaultName: 'primary', ...props });
}

function rendered(props: Partial<VaultProps>, stack = stackOf()): Record<string, unknown> {
  vault(stack, props);
  return properties(stack);
}

function properties(stack: Stack): Record<string, unknown> {
  const [resource] = Object.values(Template.fromStack(stack).findResources(TYPE));
  return resource?.Properties as Record<string, unknown>;
}

function statements(stack: Stack): Statement[] {
  return (properties(stack).AccessPolicy as { Statement: Statement[] }).Statement;
}

function sids(props: Partial<VaultProps>): string[] {
  const stack = stackOf();
  vault(stack, props);
  return statements(stack).map(({ Sid }) => Sid);
}

describe('a purpose', () => {
  // prettier-ignore
  test.each([
    ['primary',  VaultPurpose.PRIMARY,  7,  ['DenyEmptyingTheVault']],
    ['copy',     VaultPurpose.COPY,     7,  ['DenyEmptyingTheVault', 'DenyCopiesFromOthers']],
    ['forensic', VaultPurpose.FORENSIC, 90, ['DenyEmptyingTheVault', 'DenyCopiesFromOthers', 'DenyCopiesToOthers']],
  ])('sets lock, policy and tags: %s', (name, purpose, MinRetentionDays, expected) => {
    expect(rendered({ purpose })).toMatchObject({
      LockConfiguration: { MinRetentionDays },
      BackupVaultTags: { 'holdfast:purpose': name },
    });
    expect(rendered({ purpose }).LockConfiguration).toEqual({ MinRetentionDays });
    expect(sids({ purpose })).toEqual(expected);
  });

  test.each([
    ['primary', VaultPurpose.PRIMARY],
    ['copy', VaultPurpose.COPY],
    ['forensic', VaultPurpose.FORENSIC],
  ])('chooses the events: %s', (_, purpose) => {
    const stack = stackOf();
    expect(rendered({ purpose, notificationTopic: new sns.Topic(stack, 'Topic') }, stack).Notifications).toMatchObject({
      BackupVaultEvents: purpose.notificationEvents,
    });
  });

  test('gives way to what is declared beside it, field by field', () => {
    const stack = stackOf();
    const properties = rendered(
      {
        purpose: VaultPurpose.FORENSIC,
        vaultLock: { minRetentionDays: 30, maxRetentionDays: 60 },
        copiesInFrom: [VaultCopySource.account(OTHER)],
        copiesOutTo: [VaultCopyTarget.vaultArn('arn:aws:backup:*:*:backup-vault:evidence')],
        notificationTopic: new sns.Topic(stack, 'Topic'),
        notificationEvents: ['COPY_JOB_FAILED'],
        tags: { 'holdfast:purpose': 'court', owner: 'security' },
      },
      stack,
    );
    expect(properties).toMatchObject({
      LockConfiguration: { MinRetentionDays: 30, MaxRetentionDays: 60 },
      Notifications: { BackupVaultEvents: ['COPY_JOB_FAILED'] },
      BackupVaultTags: { 'holdfast:purpose': 'court', owner: 'security' },
    });
    expect(statements(stack).map(({ Sid }) => Sid)).toEqual([
      'DenyEmptyingTheVault',
      'AllowCopiesFromAccounts',
      'DenyCopiesFromOthers',
      'DenyCopiesToOthers',
    ]);
  });

  test('brings its lower bound to a lock in compliance mode, whose date of no return is known', () => {
    const made = vault(stackOf(), {
      purpose: VaultPurpose.COPY,
      vaultLock: { changeableForDays: 14 },
      complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    });
    expect(made.dateOfNoReturn).toBe('2027-01-15');
  });

  test('is held against plans', () => {
    const stack = stackOf();
    const { backupVault } = vault(stack, { purpose: VaultPurpose.PRIMARY });
    const rules = [{ ruleName: 'daily', vault: backupVault, deleteAfter: Duration.days(6) }];
    expect(refusal(() => new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules }))).toContain(
      'must be at least 7 days, the bounds of vault primary, got 6 days',
    );
  });
});

describe('the date of no return', () => {
  const COMPLIANCE = {
    vaultLock: { minRetentionDays: 7, changeableForDays: 14 },
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
  };
  const outputs = (props: Partial<VaultProps>) => {
    const stack = stackOf();
    vault(stack, props);
    return (Template.fromStack(stack).toJSON() as { Outputs?: Record<string, unknown> }).Outputs;
  };

  test('is an output in compliance mode', () => {
    expect(outputs(COMPLIANCE)).toEqual({
      VaultDateOfNoReturn15EAF662: {
        Value: '2027-01-15',
        Description: 'The day from which nobody can change the lock of the backup vault primary',
      },
    });
  });

  test('is none where that is asked, in governance mode, and without a lock', () => {
    expect(outputs({ ...COMPLIANCE, outputDateOfNoReturn: false })).toBeUndefined();
    expect(outputs({ vaultLock: { minRetentionDays: 7 } })).toBeUndefined();
    expect(outputs({})).toBeUndefined();
  });
});

describe('the key', () => {
  test('is aws/backup where that is chosen, with a note on what follows', () => {
    const stack = stackOf();
    const made = vault(stack, { encryption: VaultEncryption.awsManaged() });
    expect(properties(stack).EncryptionKeyArn).toBeUndefined();
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
    expect(stack.resolve(made.encryptionKey.keyArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:eu-central-1:111122223333:alias/aws/backup']],
    });
    expect(annotations(stack, 'info')).toEqual([
      '/S/Vault: encryption must be a customer managed key, or it is known that the vault takes no copies from other accounts, and that the policy of the key cannot be changed, got aws/backup [vault-encryption-aws-managed] (AWS Backup facts B6.3/4, B7.1/1 and section 13)',
    ]);
  });

  test('is one that exists, in either way of saying it', () => {
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111';
    const stack = stackOf();
    const key = kms.Key.fromKeyArn(stack, 'Key', arn);
    expect(rendered({ encryption: VaultEncryption.customerManaged(key) }, stack).EncryptionKeyArn).toBe(arn);
  });

  test('is said to lie outside of a lock that becomes permanent', () => {
    const stack = stackOf();
    vault(stack, {
      vaultLock: { minRetentionDays: 7, changeableForDays: 14 },
      complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
    });
    expect(annotations(stack, 'info')).toEqual([expect.stringContaining('[vault-encryption-key-outside-lock]')]);
  });

  test('fails when it is given twice, or is one that AWS owns', () => {
    const stack = stackOf();
    const encryptionKey = new kms.Key(stack, 'Key');
    const twice = { encryptionKey, encryption: VaultEncryption.customerManaged(encryptionKey) };
    expect(refusal(() => vault(stack, twice))).toBe(
      [
        'S/Vault: 1 value(s) that AWS Backup refuses',
        '  encryptionKey must be given once: encryptionKey says the same as encryption with a customer managed key, got both encryption and encryptionKey [vault-encryption-twice] (AWS Backup facts B7.1/1)',
      ].join('\n'),
    );
    expect(refusal(() => vault(stackOf(), { encryption: VaultEncryption.awsOwned() }))).toContain(
      'encryption must be a customer managed key or aws/backup; only logically air-gapped vaults have a key that AWS owns, got a key that AWS owns [vault-encryption-aws-owned]',
    );
  });

  test('of AWS is held against copies from other accounts', () => {
    const app = new App();
    const there = new Stack(app, 'There', { env: { account: OTHER, region: 'eu-central-1' } });
    const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'eu-central-1' } });
    const copies = new Vault(there, 'Copies', {
      backupVaultName: 'copies',
      encryption: VaultEncryption.awsManaged(),
      copiesInFrom: [VaultCopySource.account('111122223333')],
    });
    expect(refusal(() => copyingPlan(here, vault(here), copies))).toContain('[copy-action-cross-account-key]');
  });
});

function copyingPlan(stack: Stack, from: Vault, to: Vault): Plan {
  const copyActions = [{ destination: CopyDestination.vault(to.backupVault) }];
  const rules = [{ ruleName: 'daily', vault: from.backupVault, copyActions }];
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
}

test('keeps the ids of what a purpose, an output and failures add', () => {
  const stack = stackOf();
  const made = vault(stack, {
    vaultLock: { minRetentionDays: 7, changeableForDays: 14 },
    complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
  });
  made.notifyFailures(EMAIL);
  expect(made.node.children.map(({ node }) => node.id)).toEqual([
    'Key',
    'Resource',
    'DateOfNoReturn',
    'TopicKey',
    'Topic',
  ]);
});

test(
  'vaults of every kind with every property are clean under cdk-nag and cfn-lint',
  () => {
    const stack = naggedStack();
    declareEveryVault(stack);
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'vaults of every kind')).toBe('');
  },
  SLOW,
);
