import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  IRestoreTestingPlan,
  Plan,
  RestoreTestingPlan,
  RestoreTestingPlanProps,
  RestoreTestingResources,
  RestoreTestingVault,
  Vault,
} from '@holdfast/cdktf';
import {
  RestoreTestingAlgorithm,
  RestoreTestingPointType,
  RestoreTestingResourceType,
  Schedule,
} from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import {
  addresses,
  annotations,
  comment,
  message,
  only,
  refusal,
  resolve,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const TYPE = 'aws_backup_restore_testing_plan';

function plan(stack: TerraformStack, props: Partial<RestoreTestingPlanProps> = {}): RestoreTestingPlan {
  const made = new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests', ...props });
  const resources = RestoreTestingResources.all(RestoreTestingResourceType.EBS);
  made.addSelection('Volumes', { restoreTestingSelectionName: 'volumes', resources });
  return made;
}

test('writes out every default', () => {
  const stack = stackOf();
  plan(stack);
  expect(only(stack, TYPE)).toEqual({
    name: 'tests',
    schedule_expression: 'cron(0 5 ? * * *)',
    schedule_expression_timezone: 'Etc/UTC',
    start_window_hours: 24,
    recovery_point_selection: [
      {
        algorithm: 'LATEST_WITHIN_WINDOW',
        recovery_point_types: ['SNAPSHOT', 'CONTINUOUS'],
        include_vaults: ['*'],
        exclude_vaults: [],
        selection_window_days: 30,
      },
    ],
  });
  expect([...annotations(stack, 'warn'), ...annotations(stack, 'info')]).toEqual([]);
});

test('takes every property', () => {
  const stack = stackOf();
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  const provider = new AwsProvider(stack, 'West', { alias: 'west', region: 'eu-central-1' });
  plan(stack, {
    schedule: Schedule.monthly({ day: 2, timeZone: 'Europe/Berlin' }),
    startWindowHours: 8,
    algorithm: RestoreTestingAlgorithm.RANDOM_WITHIN_WINDOW,
    selectionWindowDays: 60,
    recoveryPointTypes: [RestoreTestingPointType.SNAPSHOT],
    includeVaults: [
      RestoreTestingVault.fromVault(vault),
      RestoreTestingVault.fromArn('arn:aws:backup:*:*:backup-vault:copies-*'),
    ],
    excludeVaults: [RestoreTestingVault.fromArn('arn:aws:backup:*:*:backup-vault:copies-old')],
    tags: { owner: 'platform' },
    provider,
  });
  expect(only(stack, TYPE)).toEqual({
    name: 'tests',
    schedule_expression: 'cron(0 5 2 * ? *)',
    schedule_expression_timezone: 'Europe/Berlin',
    start_window_hours: 8,
    recovery_point_selection: [
      {
        algorithm: 'RANDOM_WITHIN_WINDOW',
        recovery_point_types: ['SNAPSHOT'],
        include_vaults: ['${aws_backup_vault.Vault_23237E5B.arn}', 'arn:aws:backup:*:*:backup-vault:copies-*'],
        exclude_vaults: ['arn:aws:backup:*:*:backup-vault:copies-old'],
        selection_window_days: 60,
      },
    ],
    tags: { owner: 'platform' },
    provider: 'aws.west',
  });
});

test('leaves to Terraform what it alone knows', () => {
  const stack = stackOf();
  const { number, text, list } = variables(stack);
  plan(stack, {
    restoreTestingPlanName: text('name'),
    startWindowHours: number('start'),
    selectionWindowDays: number('window'),
    includeVaults: list('vaults').map((arn) => RestoreTestingVault.fromArn(arn)),
  });
  expect(only(stack, TYPE)).toMatchObject({
    name: '${var.name}',
    start_window_hours: '${var.start}',
    recovery_point_selection: [{ selection_window_days: '${var.window}' }],
  });
});

test('refers to what it makes', () => {
  const stack = stackOf();
  const made: IRestoreTestingPlan = plan(stack);
  expect(resolve(stack, made.restoreTestingPlanName)).toBe(`\${${TYPE}.Tests_ADECCFD5.name}`);
  expect(resolve(stack, made.restoreTestingPlanArn)).toBe(`\${${TYPE}.Tests_ADECCFD5.arn}`);
});

test('knows a plan by its name and ARN', () => {
  const attributes = {
    restoreTestingPlanName: 'tests',
    restoreTestingPlanArn: 'arn:aws:backup:eu-central-1:111122223333:restore-testing-plan:tests-1',
  };
  expect(RestoreTestingPlan.fromRestoreTestingPlanAttributes(attributes)).toEqual(attributes);
});

test('fails for all that AWS Backup refuses, at once', () => {
  const props: Partial<RestoreTestingPlanProps> = {
    restoreTestingPlanName: 'my-tests',
    startWindowHours: 169,
    selectionWindowDays: 366,
    recoveryPointTypes: [],
    includeVaults: [],
    excludeVaults: [RestoreTestingVault.fromArn('copies')],
  };
  expect(refusal(() => plan(stackOf(), props))).toBe(
    message('S/Tests', [
      sentence('restore-testing-plan-name', 'restoreTestingPlanName', 'my-tests'),
      sentence('restore-testing-plan-recovery-point-types', 'recoveryPointSelection.recoveryPointTypes', 'none'),
      sentence('restore-testing-plan-include-vaults', 'recoveryPointSelection.includeVaults', 'none'),
      sentence('restore-testing-plan-vault-arn', 'recoveryPointSelection.excludeVaults[0]', 'copies'),
      sentence('restore-testing-plan-selection-window', 'recoveryPointSelection.selectionWindowDays', '366 days'),
      sentence('restore-testing-plan-start-window', 'startWindowHours', '169'),
    ]),
  );
});

test('holds its window and its vaults against the backup plans that it tests', () => {
  const stack = stackOf();
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  const other = new Vault(stack, 'Other', { backupVaultName: 'other' });
  const backupPlan = new Plan(stack, 'Plan', {
    backupPlanName: 'monthly',
    rules: [{ ruleName: 'monthly', vault, schedule: Schedule.monthly() }],
  });
  const props = { backupPlans: [backupPlan, Plan.fromBackupPlanId('elsewhere')] };
  const one = { ...props, selectionWindowDays: 7, includeVaults: [RestoreTestingVault.fromVault(other)] };
  plan(stack, one);
  expect(annotations(stack, 'warn').filter((text) => text.startsWith('S/Tests')).length).toBeGreaterThan(0);
});

test('warns of a plan that tests nothing, unless that is waived', () => {
  const stack = stackOf();
  new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests' });
  expect(annotations(stack, 'warn')).toEqual([
    `S/Tests: ${sentence('restore-testing-plan-no-selection', 'selections', '0')}`,
  ]);
  const waived = stackOf();
  const waivers = [{ rule: 'restore-testing-plan-no-selection', path: '*', reason: 'selections are elsewhere' }];
  new RestoreTestingPlan(waived, 'Tests', { restoreTestingPlanName: 'tests', waivers });
  expect(annotations(waived, 'warn')).toEqual([]);
  expect(comment(waived, TYPE)).toEqual({ waivers });
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = plan(stack);
  expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
    'S/Tests',
    'S/Tests/Resource',
    'S/Tests/Volumes',
    'S/Tests/Volumes/Role',
    'S/Tests/Volumes/AWSBackupServiceRolePolicyForRestores',
    'S/Tests/Volumes/Resource',
  ]);
  expect(addresses(stack)).toEqual([
    'aws_backup_restore_testing_plan.Tests_ADECCFD5',
    'aws_backup_restore_testing_selection.Tests_Volumes_4BB182A3',
    'aws_iam_role.Tests_Volumes_Role_4A0C78A4',
    'aws_iam_role_policy_attachment.Tests_Volumes_AWSBackupServiceRolePolicyForRestores_1C493941',
  ]);
});
