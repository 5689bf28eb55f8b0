import { ContinuousRouting, Plan, PlanProps, PlanRuleProps, Vault } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { addresses, all, only, refusal, resolve, stackOf, variables } from './support/stacks';

const VAULT = 'aws_backup_vault';
const LOCK = 'aws_backup_vault_lock_configuration';

const locked = (stack: TerraformStack, minRetentionDays = 90) =>
  new Vault(stack, 'Main', { backupVaultName: 'main', vaultLock: { minRetentionDays } });
const daily = (vault: Vault): PlanRuleProps => ({ ruleName: 'daily', vault, deleteAfterDays: 120 });
const continuous = (vault: Vault, deleteAfterDays = 35): PlanRuleProps => ({
  ruleName: 'continuous',
  vault,
  enableContinuousBackup: true,
  deleteAfterDays,
});

function plan(stack: TerraformStack, rules: PlanRuleProps[], over: Partial<PlanProps> = {}): Plan {
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules, ...over });
}

/** The vault of each rule. */
function targets(stack: TerraformStack): unknown[] {
  const { rule } = only(stack, 'aws_backup_plan') as { rule: { target_vault_name: unknown }[] };
  return rule.map((it) => it.target_vault_name);
}

test('fails without it: a lock that keeps longer than 35 days takes no continuous backup', () => {
  const stack = stackOf();
  expect(refusal(() => plan(stack, [continuous(locked(stack))]))).toContain('[rule-continuous-in-lock]');
});

test('sends a continuous rule to a vault that is there, and leaves the others where they are', () => {
  const stack = stackOf();
  const main = locked(stack);
  const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:short');
  const made = plan(stack, [daily(main), continuous(main)], { continuousRouting: ContinuousRouting.toVault(vault) });
  expect(targets(stack)).toEqual([resolve(stack, main.backupVaultName), 'short']);
  expect(made.continuousVault).toBe(vault);
});

test('makes a vault whose lock takes 35 days at most, once a rule needs it', () => {
  const stack = stackOf();
  const main = locked(stack);
  const made = plan(stack, [daily(main), continuous(main)], { continuousRouting: ContinuousRouting.toOwnVault() });
  expect(targets(stack)).toEqual(resolve(stack, [main.backupVaultName, made.continuousVault?.backupVaultName]));
  expect(all(stack, VAULT)).toContainEqual(
    expect.objectContaining({ name: 'ledger-continuous', lifecycle: { prevent_destroy: true } }),
  );
  expect(all(stack, LOCK)).toContainEqual(expect.objectContaining({ min_retention_days: 1, max_retention_days: 35 }));
  expect(addresses(stack).filter((address) => /_vault\.Plan_/.test(address))).toHaveLength(1);
});

test('makes the vault with the properties that are given, by the provider of the plan', () => {
  const stack = stackOf();
  const encryptionKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const continuousRouting = ContinuousRouting.toOwnVault({
    backupVaultName: 'pitr',
    encryptionKeyArn,
    breakGlassPrincipalArns: ['arn:aws:iam::111122223333:role/break-glass'],
    notificationTopicArn: 'arn:aws:sns:eu-central-1:111122223333:alarms',
    preventDestroy: false,
  });
  plan(stack, [continuous(locked(stack))], { continuousRouting });
  const made = all(stack, VAULT).find(({ name }) => name === 'pitr');
  expect(made).toMatchObject({ name: 'pitr', kms_key_arn: encryptionKeyArn });
  expect(made).not.toHaveProperty('lifecycle.prevent_destroy', true);
  expect(JSON.stringify(all(stack, 'aws_backup_vault_policy'))).toContain('role/break-glass');
  expect(only(stack, 'aws_backup_vault_notifications')).toMatchObject({
    sns_topic_arn: 'arn:aws:sns:eu-central-1:111122223333:alarms',
  });
});

// prettier-ignore
test.each([
  ['n'.repeat(50), `${'n'.repeat(39)}-continuous`],
  ['a.b',          'a-b-continuous'],
])('names the vault of the plan %s so that a vault may have the name', (backupPlanName, backupVaultName) => {
  const stack = stackOf();
  plan(stack, [continuous(locked(stack))], { continuousRouting: ContinuousRouting.toOwnVault(), backupPlanName });
  expect(all(stack, VAULT).map(({ name }) => name)).toContain(backupVaultName);
});

test('names the vault of a plan whose name only Terraform knows', () => {
  const stack = stackOf();
  const backupPlanName = variables(stack).text('name');
  plan(stack, [continuous(locked(stack))], { continuousRouting: ContinuousRouting.toOwnVault(), backupPlanName });
  expect(all(stack, VAULT).map(({ name }) => name)).toContain('${var.name}-continuous');
});

describe('leaves a rule where it is', () => {
  // prettier-ignore
  const STAYS: [string, (stack: TerraformStack) => PlanRuleProps][] = [
    ['whose lock takes it',                     (stack) => continuous(locked(stack, 7))],
    ['that is not continuous',                  (stack) => daily(locked(stack))],
    ['whose lock only Terraform knows',         (stack) => continuous(locked(stack, variables(stack).number('least')))],
  ];

  test.each(STAYS)('%s', (_, rule) => {
    const stack = stackOf();
    const made = plan(stack, [rule(stack)], { continuousRouting: ContinuousRouting.toOwnVault() });
    expect(made.continuousVault).toBeUndefined();
    expect(all(stack, VAULT)).toHaveLength(1);
  });
});

test('routes by what the lock keeps and the rule does, not by 35 days alone', () => {
  const stack = stackOf();
  const continuousRouting = ContinuousRouting.toOwnVault();
  expect(plan(stack, [continuous(locked(stack, 30), 29)], { continuousRouting }).continuousVault).toBeDefined();
});

test('fails for a vault whose lock keeps too long, too', () => {
  const stack = stackOf();
  const other = new Vault(stack, 'Other', { backupVaultName: 'other', vaultLock: { minRetentionDays: 40 } });
  const continuousRouting = ContinuousRouting.toVault(other);
  expect(refusal(() => plan(stack, [continuous(locked(stack))], { continuousRouting }))).toContain(
    'got other with minRetentionDays 40 [rule-continuous-in-lock]',
  );
});

test('says what it was made of', () => {
  const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:short');
  expect(ContinuousRouting.toVault(vault)).toMatchObject({ vault, ownVault: undefined });
  expect(ContinuousRouting.toOwnVault()).toMatchObject({ vault: undefined, ownVault: {} });
});
