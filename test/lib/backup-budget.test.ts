import { AlertTopic, BackupBudget, BackupBudgetProps } from '@holdfast/cdk';
import { BackupBudgetNotificationType } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';

const BUDGET = 'AWS::Budgets::Budget';
const { ACTUAL, FORECASTED } = BackupBudgetNotificationType;

function templateOf(props: Partial<BackupBudgetProps> = {}, stack: Stack = stackOf()): Template {
  new BackupBudget(stack, 'Budget', { monthlyLimitUsd: 500, emails: ['ops@example.com'], ...props });
  return Template.fromStack(stack);
}

test('counts what AWS Backup charges in a month', () => {
  templateOf().hasResourceProperties(BUDGET, {
    Budget: {
      BudgetName: Match.absent(),
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 500, Unit: 'USD' },
      CostFilters: { Service: ['AWS Backup'] },
    },
    ResourceTags: Match.absent(),
  });
});

test('speaks at 80 % and 100 % spent and at 100 % forecasted', () => {
  const notification = (type: string, threshold: number) => ({
    Notification: {
      NotificationType: type,
      Threshold: threshold,
      ThresholdType: 'PERCENTAGE',
      ComparisonOperator: 'GREATER_THAN',
    },
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'ops@example.com' }],
  });
  templateOf().hasResourceProperties(BUDGET, {
    NotificationsWithSubscribers: [
      notification('ACTUAL', 80),
      notification('ACTUAL', 100),
      notification('FORECASTED', 100),
    ],
  });
});

test('counts a cost allocation tag, whatever the service, and says that it has to be activated', () => {
  const stack = stackOf();
  templateOf({ costAllocationTags: { 'backup-of': ['ledger', 'web'] } }, stack).hasResourceProperties(BUDGET, {
    Budget: { CostFilters: { TagKeyValue: ['user:backup-of$ledger', 'user:backup-of$web'], Service: Match.absent() } },
  });
  expect(annotations(stack, 'info')).toEqual([
    expect.stringContaining(
      'costAllocationTags must be activated as a cost allocation tag by the account that pays; until then the budget counts nothing, got backup-of [budget-tag-activation]',
    ),
  ]);
});

test('takes services, usage types, accounts and Regions', () => {
  const props = {
    services: ['EC2 - Other'],
    usageTypes: ['EUC1-EBS:SnapshotUsage'],
    accounts: ['111122223333'],
    regions: ['eu-central-1'],
  };
  templateOf(props).hasResourceProperties(BUDGET, {
    Budget: {
      CostFilters: {
        Service: ['EC2 - Other'],
        UsageType: ['EUC1-EBS:SnapshotUsage'],
        LinkedAccount: ['111122223333'],
        Region: ['eu-central-1'],
      },
    },
  });
  templateOf({ usageTypes: ['EUC1-EBS:SnapshotUsage'] }).hasResourceProperties(BUDGET, {
    Budget: { CostFilters: { UsageType: ['EUC1-EBS:SnapshotUsage'], Service: Match.absent() } },
  });
});

test('sends to a topic, and lets the budgets of the account publish there', () => {
  const stack = stackOf();
  const notificationTopic = new sns.Topic(stack, 'Topic');
  const template = templateOf(
    { emails: undefined, notificationTopic, thresholds: [{ notificationType: FORECASTED, percent: 120 }] },
    stack,
  );
  template.hasResourceProperties(BUDGET, {
    NotificationsWithSubscribers: [
      {
        Notification: { NotificationType: 'FORECASTED', Threshold: 120 },
        Subscribers: [{ SubscriptionType: 'SNS', Address: { Ref: 'TopicBFC7AF6E' } }],
      },
    ],
  });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Sid: 'AllowBudgets',
          Effect: 'Allow',
          Principal: { Service: 'budgets.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: { Ref: 'TopicBFC7AF6E' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:budgets::111122223333:*' },
          },
        },
      ],
    },
  });
});

test('has a name and tags', () => {
  templateOf({ budgetName: 'backups', tags: { owner: 'platform' } }).hasResourceProperties(BUDGET, {
    Budget: { BudgetName: 'backups' },
    ResourceTags: [{ Key: 'owner', Value: 'platform' }],
  });
});

test('warns of a budget that never speaks', () => {
  const stack = stackOf();
  templateOf({ thresholds: [] }, stack);
  expect(annotations(stack, 'warning').join()).toContain('[budget-no-notification]');
});

// prettier-ignore
test.each<[line: string, props: Partial<BackupBudgetProps>]>([
  ['budgetName must be 1 to 100 characters without :, \\ and /action/, got a:b [budget-name]', { budgetName: 'a:b' }],
  ['monthlyLimitUsd must be a number greater than 0, got 0 [budget-limit]', { monthlyLimitUsd: 0 }],
  ['emails must be at least one address or topic, got 0 [budget-subscribers]', { emails: [] }],
  ['emails[0] must be an address with one @, got ops [budget-email]', { emails: ['ops'] }],
  ['emails must be at most 10 addresses, got 11 [budget-emails]', { emails: Array.from({ length: 11 }, (_, index) => `${index}@example.com`) }],
  ['thresholds[1].percent must be a percentage greater than 0 and at most 1000000, got 0 % [budget-threshold]',
    { thresholds: [{ notificationType: ACTUAL, percent: 1 }, { notificationType: ACTUAL, percent: 0 }] }],
  ['thresholds[1] must be another threshold or another type than the others, got 1 % ACTUAL [budget-notification-twice]',
    { thresholds: [{ notificationType: ACTUAL, percent: 1 }, { notificationType: ACTUAL, percent: 1 }] }],
  ['thresholds must be at most 10 notifications, got 11 [budget-notifications]',
    { thresholds: Array.from({ length: 11 }, (_, index) => ({ notificationType: ACTUAL, percent: index + 1 })) }],
  ['costAllocationTags.key must be at least one value of the tag, got 0 [budget-tag-values]', { costAllocationTags: { key: [] } }],
])('fails: %s', (line, props) => {
  const message = refusal(() => templateOf(props));
  expect(message).toMatch(/^S\/Budget: 1 value\(s\)/);
  expect(message).toContain(`  ${line} (`);
});

test('takes what is waived', () => {
  const waivers = [{ rule: 'budget-email', path: 'emails*', reason: 'shows a waiver' }];
  expect(() => templateOf({ emails: ['ops'], waivers })).not.toThrow();
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const template = templateOf(
    {
      budgetName: text('Name'),
      monthlyLimitUsd: number('Limit'),
      services: [text('Service')],
      usageTypes: [text('UsageType')],
      costAllocationTags: { key: [text('Tag')] },
      accounts: [text('Account')],
      regions: [text('Region')],
      thresholds: [
        { notificationType: ACTUAL, percent: number('First') },
        { notificationType: ACTUAL, percent: number('Second') },
      ],
      emails: [text('Email')],
      tags: { owner: text('Owner') },
    },
    stack,
  );
  template.hasResourceProperties(BUDGET, {
    Budget: {
      BudgetName: { Ref: 'Name' },
      BudgetLimit: { Amount: { Ref: 'Limit' } },
      CostFilters: {
        Service: [{ Ref: 'Service' }],
        TagKeyValue: [{ 'Fn::Join': ['', ['user:key$', { Ref: 'Tag' }]] }],
      },
    },
    NotificationsWithSubscribers: [
      { Notification: { Threshold: { Ref: 'First' } }, Subscribers: [{ Address: { Ref: 'Email' } }] },
      { Notification: { Threshold: { Ref: 'Second' } } },
    ],
  });
});

test('is clean under cdk-nag and cfn-lint', () => {
  const stack = naggedStack();
  const { topic } = new AlertTopic(stack, 'Topic');
  new BackupBudget(stack, 'Budget', { monthlyLimitUsd: 500, notificationTopic: topic, emails: ['ops@example.com'] });
  const app = stack.node.root as App;
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'a backup budget')).toBe('');
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = new BackupBudget(stack, 'Budget', { monthlyLimitUsd: 500, emails: ['ops@example.com'] });
  expect(stack.resolve(made.budgetName)).toEqual({ Ref: 'Budget69569A1A' });
  expect(made.node.findAll().map((construct) => construct.node.path)).toEqual(['S/Budget', 'S/Budget/Resource']);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['Budget69569A1A']);
});
