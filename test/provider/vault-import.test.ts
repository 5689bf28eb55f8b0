import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { IVault, Plan, Vault, VaultEncryption } from '@holdfast/cdktf';
import { TerraformStack, Testing } from 'cdktf';
import { addresses, annotations, refusal, resolve, stackOf, variables } from './support/stacks';

const ARN = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:old';

function plan(stack: TerraformStack, vault: IVault, deleteAfterDays = 5): Plan {
  const rules = [{ ruleName: 'daily', vault, deleteAfterDays }];
  return new Plan(stack, `Plan${deleteAfterDays}`, { backupPlanName: 'ledger', rules });
}

test('a vault by name has the ARN that provider and name say, and nothing is said of it', () => {
  const stack = stackOf();
  const it = Vault.fromBackupVaultName(stack, 'Old', 'old');
  expect(it).toEqual({ backupVaultName: 'old', backupVaultArn: ARN });
  expect(() => plan(stack, it)).not.toThrow();
});

test('a vault by name of a provider that does not say its place leaves that to Terraform', () => {
  const stack = new TerraformStack(Testing.app(), 'S');
  const west = new AwsProvider(stack, 'West', { alias: 'west' });
  const { backupVaultArn } = Vault.fromBackupVaultName(stack, 'Old', 'old', west);
  expect(resolve(stack, backupVaultArn)).toMatch(
    /^arn:\$\{data\.aws_partition\.\w+\.partition\}:backup:\$\{data\.aws_region\.\w+\.id\}:\$\{data\.aws_caller_identity\.\w+\.account_id\}:backup-vault:old$/,
  );
  expect(addresses(stack)).toHaveLength(3);
});

test('a vault with what is known of it is held against plans', () => {
  const stack = stackOf();
  const it = Vault.fromBackupVaultAttributes(stack, 'Old', {
    backupVaultArn: ARN,
    vaultLock: { minRetentionDays: 7, changeableForDays: 3 },
  });
  expect(it).toEqual({ backupVaultName: 'old', backupVaultArn: ARN });
  expect(annotations(stack, 'info')).toEqual([]);
  expect(refusal(() => plan(stack, it))).toContain('must be at least 7 days, the bounds of vault old, got 5 days');
  expect(() => plan(stack, it, 7)).not.toThrow();
  expect(addresses(stack)).toEqual([expect.stringMatching(/^aws_backup_plan\./)]);
});

test('a vault of another account is held against copies by its key and its policy; what nobody stated is not asked', () => {
  const backupVaultArn = ARN.replace('111122223333', '444455556666');
  const copy = (attributes: object) => {
    const stack = stackOf();
    const destination = Vault.fromBackupVaultAttributes(stack, 'Old', { backupVaultArn, ...attributes });
    const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
    const rules = [{ ruleName: 'daily', vault, copyActions: [{ destination }] }];
    return () => new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
  };
  expect(copy({})).not.toThrow();
  expect(refusal(copy({ encryption: VaultEncryption.awsManaged() }))).toContain('[copy-action-cross-account-key]');
  const accessPolicy = { Version: '2012-10-17', Statement: [] };
  expect(refusal(copy({ accessPolicy }))).toContain('[copy-action-cross-account-policy]');
});

test('a vault fails when it cannot be like that', () => {
  const vaultLock = { minRetentionDays: 8, maxRetentionDays: 7 };
  const declare = () => Vault.fromBackupVaultAttributes(stackOf(), 'Old', { backupVaultArn: ARN, vaultLock });
  expect(refusal(declare)).toContain('S/Old: 1 value(s) that AWS Backup refuses');
});

test('takes a token as its ARN', () => {
  const stack = stackOf();
  const backupVaultArn = variables(stack).text('arn');
  const it = Vault.fromBackupVaultAttributes(stack, 'Old', { backupVaultArn, vaultLock: { minRetentionDays: 7 } });
  expect(() => plan(stack, it, 7)).not.toThrow();
});
