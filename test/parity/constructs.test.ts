import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import { BackupPlan, PlanPresets } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import { DiskFiles } from '../../engine/src/host/files';
import { readArtifacts } from '../../engine/src/ingest/read-artifacts';
import { many } from '../model/rows';
import { synthCdk, synthCdktf } from '../support/synth';

const ROLE = 'arn:aws:iam::111122223333:role/backup';
const ENV = { account: '111122223333', region: 'eu-central-1' };

/** What an artifact declares, in the order of names: Terraform keeps its resources so. */
function plansOf(folder: string): BackupPlan[] {
  const options = { env: { partition: 'aws', ...ENV }, parameters: {}, values: {} };
  const plans = readArtifacts([folder], options, new DiskFiles()).estate.plans ?? [];
  const byName = (one: string, other: string) => (one < other ? -1 : 1);
  return plans
    .map(({ selections = [], ...plan }) => ({
      ...plan,
      selections: [...selections].sort((a, b) => byName(a.selectionName, b.selectionName)),
    }))
    .sort((a, b) => byName(a.backupPlanName, b.backupPlanName));
}

/** The plans that come back from what lib renders. */
function fromLib(declare: (stack: Stack) => void): BackupPlan[] {
  return plansOf(synthCdk((app) => declare(new Stack(app, 'S', { env: ENV }))));
}

/** The plans that come back from what provider renders. */
function fromProvider(declare: (stack: TerraformStack) => void): BackupPlan[] {
  return plansOf(
    synthCdktf((app) => {
      const stack = new TerraformStack(app, 'S');
      new AwsProvider(stack, 'Aws', { region: ENV.region, allowedAccountIds: [ENV.account] });
      declare(stack);
    }),
  );
}

/** Plans without the places of their declarations. */
function placeless(plans: BackupPlan[]): unknown {
  return JSON.parse(JSON.stringify(plans, (key, value: unknown) => (key === 'declaredAt' ? undefined : value)));
}

const libVault = (stack: Stack) => new cdk.Vault(stack, 'Vault', { backupVaultName: 'main' }).backupVault;
const vaultOf = (stack: TerraformStack) => new cdktf.Vault(stack, 'Vault', { backupVaultName: 'main' });
const libRole = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Role', ROLE);

test('a split selection comes back in its parts, nothing lost, from both', () => {
  const arns = many(501, (i) => `arn:aws:s3:::bucket-${i}`);
  const fromCdk = fromLib((stack) => {
    const rules = [{ ruleName: 'daily', vault: libVault(stack) }];
    new cdk.Plan(stack, 'Plan', { backupPlanName: 'plan', rules }).addSelection('All', {
      selectionName: 'all',
      resources: arns.map((arn) => cdk.SelectionResource.fromArn(arn)),
      role: libRole(stack),
    });
  });
  const fromTerraform = fromProvider((stack) => {
    const rules = [{ ruleName: 'daily', vault: vaultOf(stack) }];
    new cdktf.Plan(stack, 'Plan', { backupPlanName: 'plan', rules }).addSelection('All', {
      selectionName: 'all',
      resources: arns.map((arn) => cdktf.SelectionResource.fromArn(arn)),
      roleArn: ROLE,
    });
  });
  for (const [plan] of [fromCdk, fromTerraform]) {
    expect(plan?.selections?.map(({ selectionName }) => selectionName)).toEqual(['all', 'all-2']);
    expect(plan?.selections?.flatMap(({ resources }) => resources)).toEqual(arns);
  }
});

test('a set comes back as its plans, the same from both', () => {
  const names = { planSetName: 'set', tagKey: 'tier' };
  const override = { overrideName: 'databases', services: ['rds'] };
  const fromCdk = fromLib((stack) => {
    const rules = [{ ruleName: 'daily', vault: libVault(stack), deleteAfter: Duration.days(35) }];
    const tiers = [{ tierName: 'gold', rules, overrides: [{ ...override, rules }] }];
    new cdk.PlanSet(stack, 'Plans', { ...names, tiers, role: libRole(stack) });
  });
  const fromTerraform = fromProvider((stack) => {
    const rules = [{ ruleName: 'daily', vault: vaultOf(stack), deleteAfterDays: 35 }];
    const tiers = [{ tierName: 'gold', rules, overrides: [{ ...override, rules }] }];
    new cdktf.PlanSet(stack, 'Plans', { ...names, tiers, roleArn: ROLE });
  });
  expect(placeless(fromTerraform)).toEqual(placeless(fromCdk));
  expect(fromCdk.map(({ backupPlanName, selections }) => [backupPlanName, selections])).toMatchObject([
    [
      'set-gold',
      [{ listOfTags: [{ conditionKey: 'tier', conditionValue: 'gold' }], notResources: ['arn:aws:rds:*:*:db:*'] }],
    ],
    [
      'set-gold-databases',
      [
        {
          resources: ['arn:aws:rds:*:*:db:*'],
          conditions: { stringEquals: [{ conditionKey: 'aws:ResourceTag/tier', conditionValue: 'gold' }] },
        },
      ],
    ],
  ]);
});

test.each(PlanPresets.all())('the preset $presetName comes back the same from both', (preset) => {
  const fromCdk = fromLib((stack) => {
    const rules = cdk.PlanRules.fromPreset(preset, { vault: libVault(stack), timeZone: 'Europe/Berlin' });
    new cdk.Plan(stack, 'Plan', { backupPlanName: 'plan', rules });
  });
  const fromTerraform = fromProvider((stack) => {
    const rules = cdktf.PlanRules.fromPreset(preset, { vault: vaultOf(stack), timeZone: 'Europe/Berlin' });
    new cdktf.Plan(stack, 'Plan', { backupPlanName: 'plan', rules });
  });
  expect(fromCdk[0]?.rules).toHaveLength(preset.rules.length);
  expect(placeless(fromTerraform)).toEqual(placeless(fromCdk));
});

test('a continuous rule goes to the same vault, from both', () => {
  const fromCdk = fromLib((stack) => {
    const locked = new cdk.Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock: { minRetentionDays: 90 } });
    const rule = { vault: locked.backupVault, enableContinuousBackup: true, deleteAfter: Duration.days(14) };
    new cdk.Plan(stack, 'Plan', {
      backupPlanName: 'plan',
      rules: [{ ruleName: 'pitr', ...rule }],
      continuousRouting: cdk.ContinuousRouting.toOwnVault(),
    });
  });
  const fromTerraform = fromProvider((stack) => {
    const vault = new cdktf.Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock: { minRetentionDays: 90 } });
    new cdktf.Plan(stack, 'Plan', {
      backupPlanName: 'plan',
      rules: [{ ruleName: 'pitr', vault, enableContinuousBackup: true, deleteAfterDays: 14 }],
      continuousRouting: cdktf.ContinuousRouting.toOwnVault(),
    });
  });
  expect(fromCdk[0]?.rules[0]?.targetBackupVaultName).toBe('plan-continuous');
  expect(placeless(fromTerraform)).toEqual(placeless(fromCdk));
});
