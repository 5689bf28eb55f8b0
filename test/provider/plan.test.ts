import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { IVault, Plan, PlanProps, PlanRuleProps, Vault } from '@holdfast/cdktf';
import { Schedule, WeekDay } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { addresses, annotations, only, resolve, sentence, stackOf, variables } from './support/stacks';

const TYPE = 'aws_backup_plan';
const COPIES = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:copies';
const PRIMARY = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');

function plan(stack: TerraformStack, rules: Partial<PlanRuleProps>[] = [{}], props: Partial<PlanProps> = {}): Plan {
  return new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: rules.map((rule, index) => ({ ruleName: `rule-${index}`, vault: PRIMARY, ...rule })),
    ...props,
  });
}

/** The plan as Terraform reads it. */
function rendered(rules?: Partial<PlanRuleProps>[], props?: Partial<PlanProps>, stack = stackOf()) {
  plan(stack, rules, props);
  return only(stack, TYPE);
}

function renderedRule(rule: Partial<PlanRuleProps>, stack = stackOf()): Record<string, unknown> {
  return (rendered([rule], {}, stack).rule as Record<string, unknown>[])[0]!;
}

test('writes out what AWS Backup would take where nothing is said', () => {
  expect(rendered()).toEqual({
    name: 'ledger',
    rule: [
      {
        rule_name: 'rule-0',
        target_vault_name: 'primary',
        schedule: 'cron(0 5 ? * * *)',
        schedule_expression_timezone: 'Etc/UTC',
        start_window: 480,
        completion_window: 10080,
      },
    ],
  });
});

test('writes all that a rule can say', () => {
  expect(
    renderedRule({
      ruleName: 'monthly',
      schedule: Schedule.monthly({ day: 2, hour: 3, timeZone: 'Europe/Berlin' }),
      startWindowMinutes: 120,
      completionWindowMinutes: 1440,
      moveToColdStorageAfterDays: 30,
      deleteAfterDays: 365,
      optInToArchiveForSupportedResources: true,
      enableContinuousBackup: false,
      recoveryPointTags: { kept: 'a year' },
      copyActions: [
        {
          destination: Vault.fromBackupVaultArn(COPIES),
          moveToColdStorageAfterDays: 60,
          deleteAfterDays: 730,
          optInToArchiveForSupportedResources: false,
        },
      ],
    }),
  ).toEqual({
    rule_name: 'monthly',
    target_vault_name: 'primary',
    schedule: 'cron(0 3 2 * ? *)',
    schedule_expression_timezone: 'Europe/Berlin',
    start_window: 120,
    completion_window: 1440,
    lifecycle: { cold_storage_after: 30, delete_after: 365, opt_in_to_archive_for_supported_resources: true },
    enable_continuous_backup: false,
    recovery_point_tags: { kept: 'a year' },
    copy_action: [
      {
        destination_vault_arn: COPIES,
        lifecycle: { cold_storage_after: 60, delete_after: 730, opt_in_to_archive_for_supported_resources: false },
      },
    ],
  });
});

test('writes continuous backup', () => {
  expect(renderedRule({ enableContinuousBackup: true, deleteAfterDays: 35 })).toMatchObject({
    enable_continuous_backup: true,
    lifecycle: { delete_after: 35 },
  });
});

// prettier-ignore
const LIFECYCLES: [string, Partial<PlanRuleProps>, unknown][] = [
  ['nothing',               {},                                                         undefined],
  ['never, in words of AWS', { moveToColdStorageAfterDays: -1, deleteAfterDays: -1 },   undefined],
  ['deletion alone',        { deleteAfterDays: 35 },                                    { delete_after: 35 }],
  ['cold storage alone',    { moveToColdStorageAfterDays: 30 },                         { cold_storage_after: 30 }],
  ['cold for ever',         { moveToColdStorageAfterDays: 30, deleteAfterDays: -1 },    { cold_storage_after: 30 }],
  ['never cold',            { moveToColdStorageAfterDays: -1, deleteAfterDays: 35 },    { delete_after: 35 }],
];

test.each(LIFECYCLES)('writes a lifecycle, leaving out what Terraform cannot say: %s', (_, declared, expected) => {
  expect(renderedRule(declared).lifecycle).toEqual(expected);
});

test('tells that Terraform reads 0 days as never', () => {
  const stack = stackOf();
  expect(renderedRule({ moveToColdStorageAfterDays: 0 }, stack).lifecycle).toEqual({ cold_storage_after: 0 });
  expect(annotations(stack, 'info').join('\n')).toContain('[lifecycle-cold-at-once]');
});

// prettier-ignore
const SCHEDULES: [string, Schedule, string, string][] = [
  ['hourly',       Schedule.hourly({ minute: 30 }),                                         'cron(30 * ? * * *)',      'Etc/UTC'],
  ['daily',        Schedule.daily({ hour: 1, minute: 15, timeZone: 'Asia/Tokyo' }),         'cron(15 1 ? * * *)',      'Asia/Tokyo'],
  ['weekly',       Schedule.weekly({ weekDays: [WeekDay.MONDAY, WeekDay.FRIDAY], hour: 2 }), 'cron(0 2 ? * MON,FRI *)', 'Etc/UTC'],
  ['monthly',      Schedule.monthly({ day: 15 }),                                           'cron(0 5 15 * ? *)',      'Etc/UTC'],
  ['end of month', Schedule.lastDayOfMonth(),                                               'cron(0 5 L * ? *)',       'Etc/UTC'],
  ['cron',         Schedule.cron({ minute: '0', hour: '3', day: 'L', month: '3/3' }),       'cron(0 3 L 3/3 ? *)',     'Etc/UTC'],
];

test.each(SCHEDULES)('writes a schedule: %s', (_, schedule, expression, timeZone) => {
  expect(renderedRule({ schedule })).toMatchObject({ schedule: expression, schedule_expression_timezone: timeZone });
});

test.each([
  [true, 'enabled'],
  [false, 'disabled'],
])('writes Windows VSS: %s', (windowsVss, option) => {
  expect(rendered([{}], { windowsVss }).advanced_backup_setting).toEqual([
    { resource_type: 'EC2', backup_options: { WindowsVSS: option } },
  ]);
});

test('writes further settings beside Windows VSS', () => {
  const advancedBackupSettings = [{ resourceType: 'S3', backupOptions: { BackupACLs: 'disabled' } }];
  const waivers = [{ rule: 'terraform-provider-version', path: '*', reason: 'a build of our own' }];
  expect(rendered([{}], { windowsVss: true, advancedBackupSettings, waivers }).advanced_backup_setting).toEqual([
    { resource_type: 'EC2', backup_options: { WindowsVSS: 'enabled' } },
    { resource_type: 'S3', backup_options: { BackupACLs: 'disabled' } },
  ]);
});

test('tags the plan', () => {
  expect(rendered([{}], { tags: { owner: 'platform' } }).tags).toEqual({ owner: 'platform' });
});

test('is made after the vaults that it names, in whatever Region', () => {
  const stack = stackOf();
  const west = new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west' });
  const primary = new Vault(stack, 'Primary', { backupVaultName: 'primary' });
  const copies = new Vault(stack, 'Copies', { backupVaultName: 'copies', provider: west });
  expect(renderedRule({ vault: primary, copyActions: [{ destination: copies }] }, stack)).toMatchObject({
    target_vault_name: '${aws_backup_vault.Primary_503D6591.name}',
    copy_action: [{ destination_vault_arn: '${aws_backup_vault.Copies_A993ADEE.arn}' }],
  });
});

test('makes plan, selection and role with the provider that the plan was given', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west' });
  plan(stack, [{}], { provider }).addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
  for (const type of [TYPE, 'aws_backup_selection', 'aws_iam_role']) {
    expect(only(stack, type)).toMatchObject({ provider: 'aws.west' });
  }
});

test('hands out the plan, its id and its ARN', () => {
  const stack = stackOf();
  const made = plan(stack);
  expect(made.backupPlan.terraformResourceType).toBe(TYPE);
  expect(resolve(stack, made.backupPlanId)).toBe('${aws_backup_plan.Plan_DAF4E53A.id}');
  expect(resolve(stack, made.backupPlanArn)).toBe('${aws_backup_plan.Plan_DAF4E53A.arn}');
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, number } = variables(stack);
  const vault: IVault = { backupVaultName: text('vault_name'), backupVaultArn: text('vault_arn') };
  const lifecycle = (of: string) => ({
    moveToColdStorageAfterDays: number(`${of}_cold`),
    deleteAfterDays: number(`${of}_delete`),
  });
  const rule: PlanRuleProps = {
    ruleName: text('rule_name'),
    vault,
    schedule: Schedule.expression(text('expression'), text('time_zone')),
    startWindowMinutes: number('start'),
    completionWindowMinutes: number('completion'),
    ...lifecycle('rule'),
    recoveryPointTags: { owner: text('owner') },
    copyActions: [{ destination: Vault.fromBackupVaultArn(text('there')), ...lifecycle('copy') }],
  };
  expect(rendered([rule], { backupPlanName: text('plan_name') }, stack)).toEqual({
    name: '${var.plan_name}',
    rule: [
      {
        rule_name: '${var.rule_name}',
        target_vault_name: '${var.vault_name}',
        schedule: '${var.expression}',
        schedule_expression_timezone: '${var.time_zone}',
        start_window: '${var.start}',
        completion_window: '${var.completion}',
        lifecycle: { cold_storage_after: '${var.rule_cold}', delete_after: '${var.rule_delete}' },
        recovery_point_tags: { owner: '${var.owner}' },
        copy_action: [
          {
            destination_vault_arn: '${var.there}',
            lifecycle: { cold_storage_after: '${var.copy_cold}', delete_after: '${var.copy_delete}' },
          },
        ],
      },
    ],
  });
});

test('takes numbers that only Terraform knows inside a schedule', () => {
  const stack = stackOf();
  const { number } = variables(stack);
  expect(renderedRule({ schedule: Schedule.daily({ hour: number('hour'), minute: 30 }) }, stack)).toMatchObject({
    schedule: 'cron(30 ${var.hour} ? * * *)',
  });
});

test('without a selection warns at synthesis that it backs nothing up', () => {
  const stack = stackOf();
  plan(stack);
  expect(annotations(stack, 'warn')).toEqual([`S/Plan: ${sentence('plan-no-selection', 'selections', '0')}`]);
});

test('with a selection does not', () => {
  const stack = stackOf();
  plan(stack).addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
  expect(annotations(stack, 'warn')).toEqual([]);
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  plan(stack).addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
  const paths = stack.node.tryFindChild('Plan')?.node.findAll();
  expect(paths?.map(({ node }) => node.path)).toEqual([
    'S/Plan',
    'S/Plan/Resource',
    'S/Plan/Tagged',
    'S/Plan/Tagged/Role',
    'S/Plan/Tagged/AWSBackupServiceRolePolicyForBackup',
    'S/Plan/Tagged/AWSBackupServiceRolePolicyForS3Backup',
    'S/Plan/Tagged/Resource',
  ]);
  expect(addresses(stack)).toEqual([
    'aws_backup_plan.Plan_DAF4E53A',
    'aws_backup_selection.Plan_Tagged_F5D72896',
    'aws_iam_role.Plan_Tagged_Role_1CBDE0CB',
    'aws_iam_role_policy_attachment.Plan_Tagged_AWSBackupServiceRolePolicyForBackup_B92926CF',
    'aws_iam_role_policy_attachment.Plan_Tagged_AWSBackupServiceRolePolicyForS3Backup_172BAF9F',
  ]);
});
