import * as fs from 'node:fs';
import * as path from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Blueprint, BlueprintProps } from '@holdfast/cdktf';
import { RuleCatalog } from '@holdfast/model';
import { TerraformStack, Testing } from 'cdktf';
import { temporaryFolder } from '../support/synth';
import { all, only, refusal, stackOf } from './support/stacks';

const ENV = { partition: 'aws', account: '111122223333', region: 'eu-central-1' };
const RULES = [{ ruleName: 'daily', targetBackupVaultName: 'main', lifecycle: { deleteAfterDays: 35 } }];

function documentOf(parts: object): object {
  return { schema: 'holdfast.blueprint/1', env: ENV, ...parts };
}

function blueprint(stack: TerraformStack, parts: object, props: BlueprintProps = {}): Blueprint {
  return new Blueprint(stack, 'Estate', { document: documentOf(parts), ...props });
}

function sourceOf(rule: string): string {
  return RuleCatalog.find(rule).source;
}

test('renders vaults, plans and selections of a document, with the defaults of the constructs', () => {
  const stack = stackOf();
  const tags = { listOfTags: [{ conditionKey: 'backup', conditionValue: 'daily' }] };
  const selections = [{ selectionName: 'tagged', iamRoleArn: 'arn:aws:iam::111122223333:role/backup', ...tags }];
  const plans = [{ backupPlanName: 'ledger', rules: RULES, selections }];
  const made = blueprint(stack, { vaults: [{ backupVaultName: 'main', tags: { owner: 'us' } }], plans });
  expect([made.vaults.length, made.logicallyAirGappedVaults.length, made.plans.length]).toEqual([1, 0, 1]);
  expect(only(stack, 'aws_backup_vault')).toMatchObject({
    name: 'main',
    kms_key_arn: expect.stringContaining('aws_kms_key'),
    tags: { owner: 'us' },
  });
  expect(only(stack, 'aws_backup_vault_policy').policy).toContain('DenyEmptyingTheVault');
  expect(only(stack, 'aws_backup_plan')).toMatchObject({
    name: 'ledger',
    rule: [{ rule_name: 'daily', start_window: 480, completion_window: 10080, lifecycle: { delete_after: 35 } }],
  });
  expect(only(stack, 'aws_backup_selection')).toMatchObject({
    name: 'tagged',
    selection_tag: [{ key: 'backup', type: 'STRINGEQUALS', value: 'daily' }],
  });
});

test('takes two values of one tag for two selections, and -1 for never', () => {
  const stack = stackOf();
  const listOfTags = ['daily', 'weekly'].map((conditionValue) => ({ conditionKey: 'backup', conditionValue }));
  const rules = [{ ...RULES[0], lifecycle: { moveToColdStorageAfterDays: -1, deleteAfterDays: 35 } }];
  const selections = [{ selectionName: 'tagged', iamRoleArn: 'arn:aws:iam::111122223333:role/b', listOfTags }];
  blueprint(stack, {
    vaults: [{ backupVaultName: 'main' }],
    plans: [{ backupPlanName: 'ledger', rules, selections }],
  });
  expect(all(stack, 'aws_backup_selection').map(({ name }) => name)).toEqual(['tagged-2', 'tagged']);
  expect(only(stack, 'aws_backup_plan')).toMatchObject({ rule: [{ lifecycle: { delete_after: 35 } }] });
});

test('makes what lives elsewhere by the provider of that place', () => {
  const stack = stackOf();
  new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west', allowedAccountIds: ['111122223333'] });
  blueprint(stack, {
    vaults: [{ backupVaultName: 'main' }, { backupVaultName: 'main', env: { region: 'eu-west-1' } }],
  });
  expect(all(stack, 'aws_backup_vault').map(({ provider }) => provider)).toEqual(['aws.west', undefined]);
});

test('fails where no provider is of a place, with the block that makes it', () => {
  const vaults = [{ backupVaultName: 'main', env: { account: '444455556666', region: 'eu-west-1' } }];
  expect(refusal(() => blueprint(stackOf(), { vaults }))).toBe(
    [
      'S/Estate: 1 value(s) that AWS Backup refuses',
      `  vaults[0].env must be ${RuleCatalog.find('copy-destination-provider').allowed}, got none of that place; add ` +
        "new AwsProvider(stack, 'eu-west-1', { alias: 'eu-west-1', region: 'eu-west-1', allowedAccountIds: ['444455556666'] }) " +
        `before the blueprint [copy-destination-provider] (${sourceOf('copy-destination-provider')})`,
    ].join('\n'),
  );
});

test('takes a provider that leaves its Region open for the place of the blueprint alone', () => {
  const elsewhere = [{ backupVaultName: 'main' }, { backupVaultName: 'main', env: { region: 'eu-west-1' } }];
  const open = () => {
    const stack = new TerraformStack(Testing.app(), 'S');
    new AwsProvider(stack, 'Aws', {});
    return stack;
  };
  expect(refusal(() => blueprint(open(), { vaults: elsewhere }))).toContain('vaults[1].env must be');
  const stack = open();
  new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west' });
  blueprint(stack, { vaults: elsewhere });
  expect(all(stack, 'aws_backup_vault').map(({ provider }) => provider)).toEqual(['aws.west', undefined]);
});

test('fails where a provider of the Region does not say that it is of the account', () => {
  const stack = stackOf();
  new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west' });
  const vaults = [{ backupVaultName: 'main', env: { account: '444455556666', region: 'eu-west-1' } }];
  expect(refusal(() => blueprint(stack, { vaults }))).toContain("allowedAccountIds: ['444455556666']");
});

test('fails on an approval team, which the AWS provider cannot say', () => {
  const mpaApprovalTeamArn = 'arn:aws:mpa:us-east-1:111122223333:approval-team/team';
  const vault = { backupVaultName: 'bunker', minRetentionDays: 30, maxRetentionDays: 400, mpaApprovalTeamArn };
  const complianceAcknowledgement = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };
  expect(
    refusal(() => blueprint(stackOf(), { logicallyAirGappedVaults: [vault] }, { complianceAcknowledgement })),
  ).toBe(
    [
      'S/Estate: 1 value(s) that AWS Backup refuses',
      `  logicallyAirGappedVaults[0].mpaApprovalTeamArn must be ${RuleCatalog.find('terraform-argument-missing').allowed}, ` +
        `got ${mpaApprovalTeamArn} [terraform-argument-missing] (${sourceOf('terraform-argument-missing')})`,
    ].join('\n'),
  );
});

test('fails under the construct of the part that AWS Backup refuses, unless the blueprint waives it', () => {
  const vaults = [{ backupVaultName: 'main', vaultLock: { minRetentionDays: 100 } }];
  const plans = [{ backupPlanName: 'ledger', rules: RULES }];
  expect(refusal(() => blueprint(stackOf(), { vaults, plans }))).toContain('S/Estate/Plan-ledger: 1 value(s)');
  const path = 'plans[0].rules[0].lifecycle.deleteAfterDays';
  const waivers = [{ rule: 'rule-retention-in-lock', path, reason: 'the lock goes tomorrow' }];
  expect(blueprint(stackOf(), { vaults, plans, waivers }).plans).toHaveLength(1);
});

test('reads a file, and fails on one that is not there or no blueprint', () => {
  const folder = temporaryFolder('blueprint');
  const file = path.join(folder, 'estate.yaml');
  fs.writeFileSync(file, 'schema: holdfast.blueprint/1\nvaults: [{ backupVaultName: main }]\n');
  const made = (props: BlueprintProps) => new Blueprint(stackOf(), 'Estate', props);
  expect(made({ file }).vaults).toHaveLength(1);
  expect(refusal(() => made({ file: path.join(folder, 'none.yaml') }))).toContain('[blueprint-document]');
  expect(refusal(() => made({}))).toContain('got neither a file nor a document [blueprint-document]');
  expect(refusal(() => made({ document: { schema: 'x' } }))).toContain('[blueprint-document]');
});
