import { CopyDestination, Plan, Vault, VaultEncryption, VaultProps } from '@holdfast/cdk';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const OTHER = '444455556666';

function vault(stack: Stack, props: Partial<VaultProps> = {}): Vault {
  return new Vault(stack, 'Vault', { backupVaultName: 'primary', ...props });
}

describe('a vault that exists', () => {
  const arn = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:old';
  const rule = (it: backup.IBackupVault, days: number) => ({
    ruleName: 'daily',
    vault: it,
    deleteAfter: Duration.days(days),
  });
  const plan = (stack: Stack, it: backup.IBackupVault, days = 5) =>
    new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: [rule(it, days)] });

  test('by ARN or by name is used as it is, and nothing is said of it', () => {
    const stack = stackOf();
    expect(Vault.fromBackupVaultArn(stack, 'ByArn', arn).backupVaultName).toBe('old');
    const byName = Vault.fromBackupVaultName(stack, 'ByName', 'old');
    expect(byName.backupVaultName).toBe('old');
    expect(() => plan(stack, byName)).not.toThrow();
  });

  test('with what is known of it is held against plans', () => {
    const stack = stackOf();
    const it = Vault.fromBackupVaultAttributes(stack, 'Old', {
      backupVaultArn: arn,
      vaultLock: { minRetentionDays: 7, changeableForDays: 3 },
    });
    expect([it.backupVaultName, it.backupVaultArn]).toEqual(['old', arn]);
    expect(annotations(stack, 'info')).toEqual([]);
    expect(refusal(() => plan(stack, it))).toContain('must be at least 7 days, the bounds of vault old, got 5 days');
    expect(() => plan(new Stack(stack, 'Other', { env: stack }), it, 7)).not.toThrow();
  });

  test('of another account is held against copies by its key and its policy; what nobody stated is not asked', () => {
    const there = arn.replace('111122223333', OTHER);
    const copy = (attributes: object) => {
      const stack = stackOf();
      const it = Vault.fromBackupVaultAttributes(stack, 'Old', { backupVaultArn: there, ...attributes });
      const copyActions = [{ destination: CopyDestination.vault(it) }];
      const rules = [{ ruleName: 'daily', vault: vault(stack).backupVault, copyActions }];
      return () => new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
    };
    expect(copy({})).not.toThrow();
    expect(refusal(copy({ encryption: VaultEncryption.awsManaged() }))).toContain('[copy-action-cross-account-key]');
    expect(refusal(copy({ accessPolicy: new iam.PolicyDocument() }))).toContain('[copy-action-cross-account-policy]');
  });

  test('fails when it cannot be like that', () => {
    const vaultLock = { minRetentionDays: 8, maxRetentionDays: 7 };
    const declare = () => Vault.fromBackupVaultAttributes(stackOf(), 'Old', { backupVaultArn: arn, vaultLock });
    expect(refusal(declare)).toContain('S/Old: 1 value(s) that AWS Backup refuses');
  });

  test('takes a token as its ARN', () => {
    const stack = stackOf();
    const backupVaultArn = new CfnParameter(stack, 'Arn').valueAsString;
    const it = Vault.fromBackupVaultAttributes(stack, 'Old', { backupVaultArn, vaultLock: { minRetentionDays: 7 } });
    expect(() => plan(stack, it, 7)).not.toThrow();
  });
});
