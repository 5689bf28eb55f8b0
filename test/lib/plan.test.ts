import { CopyDestination, Plan, PlanProps, PlanRuleProps, Vault } from '@holdfast/cdk';
import { Schedule, WeekDay } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import { App, CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { annotations, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::BackupPlan';
const ACCOUNT = '111122223333';

function imported(stack: Stack, name = 'primary'): backup.IBackupVault {
  return backup.BackupVault.fromBackupVaultName(stack, `Imported-${name}`, name);
}

function plan(stack: Stack, rules: Partial<PlanRuleProps>[] = [{}], props: Partial<PlanProps> = {}): Plan {
  const vault = imported(stack);
  return new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: rules.map((rule, index) => ({ ruleName: `rule-${index}`, vault, ...rule })),
    ...props,
  });
}

/** The plan as the template has it. */
function rendered(rules?: Partial<PlanRuleProps>[], props?: Partial<PlanProps>, stack = stackOf()) {
  plan(stack, rules, props);
  const [resource] = Object.values(Template.fromStack(stack).findResources(TYPE));
  return resource?.Properties as { BackupPlan: Record<string, unknown>; BackupPlanTags?: Record<string, string> };
}

function renderedRule(rule: Partial<PlanRuleProps>): Record<string, unknown> {
  return (rendered([rule]).BackupPlan.BackupPlanRule as Record<string, unknown>[])[0]!;
}

test('writes out what AWS Backup would take where nothing is said', () => {
  expect(rendered()).toEqual({
    BackupPlan: {
      BackupPlanName: 'ledger',
      BackupPlanRule: [
        {
          RuleName: 'rule-0',
          TargetBackupVault: 'primary',
          ScheduleExpression: 'cron(0 5 ? * * *)',
          ScheduleExpressionTimezone: 'Etc/UTC',
          StartWindowMinutes: 480,
          CompletionWindowMinutes: 10080,
        },
      ],
    },
  });
});

test('writes all that a rule can say', () => {
  const stack = stackOf();
  const rule: PlanRuleProps = {
    ruleName: 'monthly',
    vault: imported(stack, 'second'),
    targetLogicallyAirGappedBackupVaultArn: `arn:aws:backup:eu-central-1:${ACCOUNT}:backup-vault:air-gapped`,
    schedule: Schedule.monthly({ day: 2, hour: 3, timeZone: 'Europe/Berlin' }),
    startWindow: Duration.hours(2),
    completionWindow: Duration.days(1),
    moveToColdStorageAfter: Duration.days(30),
    deleteAfter: Duration.days(365),
    optInToArchiveForSupportedResources: true,
    enableContinuousBackup: false,
    recoveryPointTags: { kept: 'a year' },
    copyActions: [{ destination: CopyDestination.vault(imported(stack, 'copies')) }],
    indexActions: ['S3'],
  };
  expect(rendered([rule], {}, stack).BackupPlan.BackupPlanRule).toEqual([
    {
      RuleName: 'monthly',
      TargetBackupVault: 'second',
      TargetLogicallyAirGappedBackupVaultArn: `arn:aws:backup:eu-central-1:${ACCOUNT}:backup-vault:air-gapped`,
      ScheduleExpression: 'cron(0 3 2 * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      StartWindowMinutes: 120,
      CompletionWindowMinutes: 1440,
      Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365, OptInToArchiveForSupportedResources: true },
      EnableContinuousBackup: false,
      RecoveryPointTags: { kept: 'a year' },
      IndexActions: [{ ResourceTypes: ['S3'] }],
      CopyActions: [
        {
          DestinationBackupVaultArn: {
            'Fn::Join': [
              '',
              ['arn:', { Ref: 'AWS::Partition' }, `:backup:eu-central-1:${ACCOUNT}:backup-vault:copies`],
            ],
          },
        },
      ],
    },
  ]);
});

test('writes continuous backup', () => {
  expect(renderedRule({ enableContinuousBackup: true, deleteAfter: Duration.days(35) })).toMatchObject({
    EnableContinuousBackup: true,
    Lifecycle: { DeleteAfterDays: 35 },
  });
});

// prettier-ignore
const SCHEDULES: [string, Schedule, string, string][] = [
  ['hourly',      Schedule.hourly({ minute: 30 }),                                              'cron(30 * ? * * *)',      'Etc/UTC'],
  ['daily',       Schedule.daily({ hour: 1, minute: 15, timeZone: 'Asia/Tokyo' }),              'cron(15 1 ? * * *)',      'Asia/Tokyo'],
  ['weekly',      Schedule.weekly({ weekDays: [WeekDay.MONDAY, WeekDay.FRIDAY], hour: 2 }),      'cron(0 2 ? * MON,FRI *)', 'Etc/UTC'],
  ['monthly',     Schedule.monthly({ day: 15 }),                                                'cron(0 5 15 * ? *)',      'Etc/UTC'],
  ['end of month', Schedule.lastDayOfMonth(),                                                   'cron(0 5 L * ? *)',       'Etc/UTC'],
  ['cron',        Schedule.cron({ minute: '0', hour: '3', day: 'L', month: '3/3' }),            'cron(0 3 L 3/3 ? *)',     'Etc/UTC'],
];

test.each(SCHEDULES)('writes a schedule: %s', (_, schedule, expression, timeZone) => {
  expect(renderedRule({ schedule })).toMatchObject({
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: timeZone,
  });
});

test.each([
  [true, 'enabled'],
  [false, 'disabled'],
])('writes Windows VSS: %s', (windowsVss, option) => {
  expect(rendered([{}], { windowsVss }).BackupPlan.AdvancedBackupSettings).toEqual([
    { ResourceType: 'EC2', BackupOptions: { WindowsVSS: option } },
  ]);
});

test('writes further settings beside Windows VSS', () => {
  const advancedBackupSettings = [{ resourceType: 'S3', backupOptions: { BackupACLs: 'disabled' } }];
  expect(rendered([{}], { windowsVss: true, advancedBackupSettings }).BackupPlan.AdvancedBackupSettings).toEqual([
    { ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } },
    { ResourceType: 'S3', BackupOptions: { BackupACLs: 'disabled' } },
  ]);
});

test('tags the plan', () => {
  expect(rendered([{}], { tags: { owner: 'platform' } }).BackupPlanTags).toEqual({ owner: 'platform' });
});

test('is made after the vaults of ours that it names', () => {
  const stack = stackOf();
  const [primary, second] = ['primary', 'second'].map(
    (backupVaultName) => new Vault(stack, backupVaultName, { backupVaultName }).backupVault,
  ) as [backup.IBackupVault, backup.IBackupVault];
  const properties = rendered(
    [{ vault: primary, copyActions: [{ destination: CopyDestination.vault(second) }] }],
    {},
    stack,
  );
  expect(properties.BackupPlan.BackupPlanRule).toMatchObject([
    {
      TargetBackupVault: { 'Fn::GetAtt': ['primary4EDD31FC', 'BackupVaultName'] },
      CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['second2188A836', 'BackupVaultArn'] } }],
    },
  ]);
});

test('copies to a vault of ours in another Region by its ARN, in both directions', () => {
  const app = new App();
  const arn = (region: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:backup:${region}:${ACCOUNT}:backup-vault:copies`]],
  });
  const stacks = ['eu-west-1', 'eu-central-1'].map(
    (region) => new Stack(app, region, { env: { account: ACCOUNT, region } }),
  );
  const vaults = stacks.map((stack) => new Vault(stack, 'Vault', { backupVaultName: 'copies' }).backupVault);
  const [west, central] = stacks as [Stack, Stack];
  plan(west, [{ copyActions: [{ destination: CopyDestination.vault(vaults[1]!) }] }]);
  const [there] = rendered(
    [{ copyActions: [{ destination: CopyDestination.vault(vaults[0]!), deleteAfter: Duration.days(90) }] }],
    {},
    central,
  ).BackupPlan.BackupPlanRule as { CopyActions: unknown }[];
  expect(there?.CopyActions).toEqual([
    { DestinationBackupVaultArn: arn('eu-west-1'), Lifecycle: { DeleteAfterDays: 90 } },
  ]);
  Template.fromStack(west).hasResourceProperties(TYPE, {
    BackupPlan: { BackupPlanRule: [{ CopyActions: [{ DestinationBackupVaultArn: arn('eu-central-1') }] }] },
  });
});

test('hands out the plan, its id and its ARN', () => {
  const stack = stackOf();
  const made = plan(stack);
  expect(stack.resolve(made.backupPlanId)).toEqual({ 'Fn::GetAtt': ['PlanDAF4E53A', 'BackupPlanId'] });
  expect(stack.resolve(made.backupPlanArn)).toEqual({ 'Fn::GetAtt': ['PlanDAF4E53A', 'BackupPlanArn'] });
  expect(made.backupPlan.backupPlanId).toBe(made.backupPlanId);
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const lifecycle = (id: string) => ({
    moveToColdStorageAfter: Duration.days(number(`${id}Cold`)),
    deleteAfter: Duration.days(number(`${id}Delete`)),
  });
  const rules: Partial<PlanRuleProps>[] = [
    {
      ruleName: text('RuleName'),
      schedule: Schedule.expression(text('Expression'), text('TimeZone')),
      startWindow: Duration.minutes(number('Start')),
      completionWindow: Duration.minutes(Token.asNumber({ Ref: 'Completion' })),
      ...lifecycle('Rule'),
      recoveryPointTags: { owner: text('Owner') },
      copyActions: [
        {
          destination: CopyDestination.vault(backup.BackupVault.fromBackupVaultArn(stack, 'Copies', text('There'))),
          ...lifecycle('Copy'),
        },
      ],
    },
  ];
  expect(rendered(rules, { backupPlanName: text('PlanName') }, stack).BackupPlan).toEqual({
    BackupPlanName: { Ref: 'PlanName' },
    BackupPlanRule: [
      {
        RuleName: { Ref: 'RuleName' },
        TargetBackupVault: 'primary',
        ScheduleExpression: { Ref: 'Expression' },
        ScheduleExpressionTimezone: { Ref: 'TimeZone' },
        StartWindowMinutes: { Ref: 'Start' },
        CompletionWindowMinutes: { Ref: 'Completion' },
        Lifecycle: { MoveToColdStorageAfterDays: { Ref: 'RuleCold' }, DeleteAfterDays: { Ref: 'RuleDelete' } },
        RecoveryPointTags: { owner: { Ref: 'Owner' } },
        CopyActions: [
          {
            DestinationBackupVaultArn: { Ref: 'There' },
            Lifecycle: { MoveToColdStorageAfterDays: { Ref: 'CopyCold' }, DeleteAfterDays: { Ref: 'CopyDelete' } },
          },
        ],
      },
    ],
  });
});

test('without a selection warns at synthesis that it backs nothing up', () => {
  const stack = stackOf();
  plan(stack);
  expect(annotations(stack, 'warning')).toEqual([
    '/S/Plan: selections must be given at least 1 selection, without which the plan backs nothing up, got 0 [plan-no-selection] (AWS Backup facts B3.1/7)',
  ]);
});

test('with a selection does not', () => {
  const stack = stackOf();
  plan(stack).addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
  expect(annotations(stack, 'warning')).toEqual([]);
});

test('keeps its ids and logical ids', () => {
  const stack = new Stack(new App(), 'S');
  plan(stack).addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
  const paths = stack.node
    .tryFindChild('Plan')
    ?.node.findAll()
    .map((construct) => construct.node.path);
  expect(paths).toEqual([
    'S/Plan',
    'S/Plan/Resource',
    'S/Plan/Imported',
    'S/Plan/Tagged',
    'S/Plan/Tagged/Role',
    'S/Plan/Tagged/Role/Resource',
    'S/Plan/Tagged/Resource',
  ]);
  const template = Template.fromStack(stack);
  expect(Object.keys(template.toJSON().Resources)).toEqual([
    'PlanDAF4E53A',
    'PlanTaggedRole69BD95FC',
    'PlanTaggedF5D72896',
  ]);
  template.hasResourceProperties(TYPE, { BackupPlan: Match.objectLike({ BackupPlanName: 'ledger' }) });
});
