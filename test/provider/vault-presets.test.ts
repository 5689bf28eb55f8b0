import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Plan, Vault, VaultCopyTarget, VaultEncryption, VaultProps } from '@holdfast/cdktf';
import { VaultCopySource, VaultPurpose } from '@holdfast/model';
import { TerraformStack, Testing } from 'cdktf';
import {
  all,
  annotations,
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
const LOCK = 'aws_backup_vault_lock_configuration';
const NOTIFICATIONS = 'aws_backup_vault_notifications';
const OTHER = '444455556666';
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:backups';
const COMPLIANCE = {
  vaultLock: { minRetentionDays: 7, changeableForDays: 14 },
  complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
};

interface Statement {
  readonly Sid: string;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

function vault(stack: TerraformStack, props: Partial<VaultProps> = {}): Vault {
  return new Vault(stack, 'Vault', { backupVaultName: 'primary', ...props });
}

function stackWith(props: Partial<VaultProps>): TerraformStack {
  const stack = stackOf();
  vault(stack, props);
  return stack;
}

function statements(stack: TerraformStack): Statement[] {
  const { policy } = only(stack, 'aws_backup_vault_policy');
  return (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;
}

function sids(stack: TerraformStack): string[] {
  return statements(stack).map(({ Sid }) => Sid);
}

describe('a purpose', () => {
  // prettier-ignore
  test.each([
    ['primary',  VaultPurpose.PRIMARY,  7,  ['DenyEmptyingTheVault']],
    ['copy',     VaultPurpose.COPY,     7,  ['DenyEmptyingTheVault', 'DenyCopiesFromOthers']],
    ['forensic', VaultPurpose.FORENSIC, 90, ['DenyEmptyingTheVault', 'DenyCopiesFromOthers', 'DenyCopiesToOthers']],
  ])('sets lock, policy and tags: %s', (name, purpose, days, expected) => {
    const stack = stackWith({ purpose });
    expect(only(stack, LOCK)).toMatchObject({ min_retention_days: days });
    expect(only(stack, LOCK)).not.toHaveProperty('changeable_for_days');
    expect(only(stack, TYPE)).toMatchObject({ tags: { 'holdfast:purpose': name } });
    expect(only(stack, 'aws_kms_key')).toMatchObject({ tags: { 'holdfast:purpose': name } });
    expect(sids(stack)).toEqual(expected);
  });

  test.each([
    ['primary', VaultPurpose.PRIMARY],
    ['copy', VaultPurpose.COPY],
    ['forensic', VaultPurpose.FORENSIC],
  ])('chooses the events, as far as version 5 of the AWS provider knows them: %s', (_, purpose) => {
    const known = purpose.notificationEvents.filter((name) => !/^(EKS_|CONTINUOUS_BACKUP_INTERRUPTED)/.test(name));
    expect(only(stackWith({ purpose, notificationTopicArn: TOPIC }), NOTIFICATIONS)).toMatchObject({
      backup_vault_events: known,
    });
  });

  test('gives way to what is declared beside it, field by field', () => {
    const stack = stackWith({
      purpose: VaultPurpose.FORENSIC,
      vaultLock: { minRetentionDays: 30, maxRetentionDays: 60 },
      copiesInFrom: [VaultCopySource.account(OTHER)],
      copiesOutTo: [VaultCopyTarget.vaultArn('arn:aws:backup:*:*:backup-vault:evidence')],
      notificationTopicArn: TOPIC,
      notificationEvents: ['COPY_JOB_FAILED'],
      tags: { 'holdfast:purpose': 'court', owner: 'security' },
    });
    expect(only(stack, LOCK)).toMatchObject({ min_retention_days: 30, max_retention_days: 60 });
    expect(only(stack, NOTIFICATIONS)).toMatchObject({ backup_vault_events: ['COPY_JOB_FAILED'] });
    expect(only(stack, TYPE)).toMatchObject({ tags: { 'holdfast:purpose': 'court', owner: 'security' } });
    expect(sids(stack)).toEqual([
      'DenyEmptyingTheVault',
      'AllowCopiesFromAccounts',
      'DenyCopiesFromOthers',
      'DenyCopiesToOthers',
    ]);
  });

  test('fails plans whose retention is below its bound', () => {
    const stack = stackOf();
    const rules = [{ ruleName: 'daily', vault: vault(stack, { purpose: VaultPurpose.PRIMARY }), deleteAfterDays: 6 }];
    expect(refusal(() => new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules }))).toContain(
      'must be at least 7 days, the bounds of vault primary, got 6 days',
    );
  });
});

describe('the date of no return', () => {
  const outputs = (props: Partial<VaultProps>) =>
    (synth(stackWith(props)) as { output?: Record<string, unknown> }).output;

  test('is an output in compliance mode', () => {
    expect(Object.values(outputs(COMPLIANCE) ?? {})).toEqual([
      {
        value: '2027-01-15',
        description: 'The day from which nobody can change the lock of the backup vault primary',
      },
    ]);
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
    expect(made.encryptionKey).toBeUndefined();
    expect(only(stack, TYPE)).not.toHaveProperty('kms_key_arn');
    expect(all(stack, 'aws_kms_key')).toEqual([]);
    expect(resolve(stack, made.encryptionKeyArn)).toBe('${aws_backup_vault.Vault_23237E5B.kms_key_arn}');
    expect(annotations(stack, 'info')).toEqual([
      `S/Vault: ${sentence('vault-encryption-aws-managed', 'encryption', 'aws/backup')}`,
    ]);
  });

  test('is one that exists, in either way of saying it', () => {
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111';
    const stack = stackWith({ encryption: VaultEncryption.customerManaged(arn) });
    expect(only(stack, TYPE)).toMatchObject({ kms_key_arn: arn });
    expect(all(stack, 'aws_kms_key')).toEqual([]);
  });

  test('is said to lie outside of a lock that becomes permanent', () => {
    expect(annotations(stackWith(COMPLIANCE), 'info')).toEqual([
      expect.stringContaining('[vault-encryption-key-outside-lock]'),
    ]);
  });

  test('fails when it is given twice, or is one that AWS owns', () => {
    const encryptionKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/0000-1111';
    const twice = { encryptionKeyArn, encryption: VaultEncryption.customerManaged(encryptionKeyArn) };
    expect(refusal(() => stackWith(twice))).toBe(
      message('S/Vault', [sentence('vault-encryption-twice', 'encryptionKeyArn', 'both encryption and encryptionKey')]),
    );
    expect(refusal(() => stackWith({ encryption: VaultEncryption.awsOwned() }))).toBe(
      message('S/Vault', [sentence('vault-encryption-aws-owned', 'encryption', 'a key that AWS owns')]),
    );
  });
});

function copyingPlan(stack: TerraformStack, id: string, from: Vault, destination: Vault): Plan {
  const rules = [{ ruleName: 'daily', vault: from, copyActions: [{ destination }] }];
  return new Plan(stack, id, { backupPlanName: 'ledger', rules });
}

describe('copies', () => {
  test('in are allowed to those who are named, at once or later, and denied to others', () => {
    const stack = stackOf();
    const made = vault(stack, { copiesInFrom: [VaultCopySource.account(OTHER)] });
    made.allowCopiesFrom(VaultCopySource.organization('o-a1b2c3d4e5'));
    const [, accounts, organizations, others] = statements(stack);
    expect(accounts).toMatchObject({ Principal: { AWS: ['arn:aws:iam::444455556666:root'] } });
    expect(organizations?.Condition).toEqual({ StringEquals: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] } });
    expect(others?.Condition).toEqual({
      StringNotEquals: { 'aws:PrincipalAccount': ['111122223333', OTHER], 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    });
  });

  test('in ask Terraform for the account where the provider does not say it', () => {
    const stack = new TerraformStack(Testing.app(), 'Open');
    new AwsProvider(stack, 'Aws', { region: 'eu-central-1' });
    vault(stack, { copiesInFrom: [VaultCopySource.account(OTHER)] });
    expect(statements(stack)[2]?.Condition).toMatchObject({
      StringNotEquals: {
        'aws:PrincipalAccount': [
          expect.stringMatching(/^\$\{data\.aws_caller_identity\.Vault_Caller_\w+\.account_id\}$/),
          OTHER,
        ],
      },
    });
  });

  test('out go to vaults that are named, ours by spelled-out ARNs where their place is known, at once or later', () => {
    const stack = stackOf();
    const other = new Vault(stack, 'Other', { backupVaultName: 'other' });
    const west = new AwsProvider(stack, 'West', { alias: 'west' });
    const somewhere = new Vault(stack, 'Somewhere', { backupVaultName: 'somewhere', provider: west });
    const made = vault(stack, { copiesOutTo: [VaultCopyTarget.vault(other)] });
    made.allowCopiesTo(VaultCopyTarget.vault(somewhere));
    made.allowCopiesTo(VaultCopyTarget.organizationPath('o-a1b2c3d4e5/*'));
    const policies = all(stack, 'aws_backup_vault_policy').map(({ policy }) => policy as string);
    const out = (JSON.parse(policies.find((policy) => policy.includes('CopyTargets'))!) as { Statement: Statement[] })
      .Statement;
    expect(out.at(-1)?.Condition).toEqual({
      'ForAllValues:ArnNotLike': {
        'backup:CopyTargets': [
          'arn:aws:backup:eu-central-1:111122223333:backup-vault:other',
          '${aws_backup_vault.Somewhere_5AE59019.arn}',
        ],
      },
      'ForAllValues:StringNotLike': { 'backup:CopyTargetOrgPaths': ['o-a1b2c3d4e5/*'] },
    });
  });

  test('to a vault that is not named fail the plan, until it is', () => {
    const stack = stackOf();
    const other = new Vault(stack, 'Other', { backupVaultName: 'other' });
    const made = vault(stack, { copiesOutTo: [] });
    expect(refusal(() => copyingPlan(stack, 'Before', made, other))).toContain(
      'got arn:aws:backup:eu-central-1:111122223333:backup-vault:other, which the policy of primary denies [copy-action-source-policy]',
    );
    made.allowCopiesTo(VaultCopyTarget.vault(other));
    expect(() => copyingPlan(stack, 'After', made, other)).not.toThrow();
  });

  test('keep statements that were added, behind those of the presets', () => {
    const stack = stackOf();
    const made = vault(stack);
    const denied = { Effect: 'Deny', Principal: '*', Action: 'backup:StartRestoreJob', Resource: '*' };
    made.addToAccessPolicy({ Sid: 'Added', ...denied });
    made.allowCopiesFrom(VaultCopySource.account(OTHER));
    expect(sids(stack)).toEqual(['DenyEmptyingTheVault', 'AllowCopiesFromAccounts', 'DenyCopiesFromOthers', 'Added']);
  });

  test('fail for sources and targets that there cannot be', () => {
    const props = {
      copiesInFrom: [VaultCopySource.account('12')],
      copiesOutTo: [VaultCopyTarget.vaultArn('copies'), VaultCopyTarget.organizationPath('ou-1')],
    };
    const said = refusal(() => stackWith(props));
    expect(said).toContain('S/Vault: 3 value(s) that AWS Backup refuses');
    expect(said).toContain('copiesInFrom[0] must be the id of an account, 12 digits, got 12 ');
    expect(said).toContain('copiesOutTo[0] must be the ARN of a backup vault, in which');
    expect(said).toContain('copiesOutTo[1] must be a path in an organization');
    const made = vault(stackOf());
    expect(refusal(() => made.allowCopiesFrom(VaultCopySource.organization('x')))).toContain('copiesInFrom[0]');
    expect(refusal(() => made.allowCopiesTo(VaultCopyTarget.vaultArn('x')))).toContain('copiesOutTo[0]');
  });

  test('take tokens', () => {
    const stack = stackOf();
    const { text } = variables(stack);
    vault(stack, {
      copiesInFrom: [
        VaultCopySource.account(text('account')),
        VaultCopySource.organization(text('organization')),
        VaultCopySource.organizationPath(text('in_path')),
      ],
      copiesOutTo: [VaultCopyTarget.vaultArn(text('arn')), VaultCopyTarget.organizationPath(text('out_path'))],
    });
    expect(JSON.stringify(statements(stack))).toMatch(
      /var\.account.*var\.organization.*var\.in_path.*var\.arn.*var\.out_path/,
    );
  });
});
