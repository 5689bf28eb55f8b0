import { BackupBudget, BackupBudgetProps } from '@holdfast/cdktf';
import * as cdk from '@holdfast/cdk';
import { BackupBudgetNotificationType } from '@holdfast/model';
import { App, Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import {
  addresses,
  annotations,
  comment,
  message,
  only,
  refusal,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const { ACTUAL } = BackupBudgetNotificationType;
const BUDGET = 'aws_budgets_budget';
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:alerts';

function stackWith(props: Partial<BackupBudgetProps> = {}, stack = stackOf()): TerraformStack {
  new BackupBudget(stack, 'Budget', { monthlyLimitUsd: 500, emails: ['ops@example.com'], ...props });
  return stack;
}

function notification(type: string, threshold: number): object {
  return {
    notification_type: type,
    threshold,
    threshold_type: 'PERCENTAGE',
    comparison_operator: 'GREATER_THAN',
    subscriber_email_addresses: ['ops@example.com'],
  };
}

test('counts what AWS Backup charges in a month, and speaks at 80 % and 100 % spent and at 100 % forecasted', () => {
  const stack = stackWith();
  expect(addresses(stack)).toEqual([`${BUDGET}.Budget_69569A1A`]);
  expect(only(stack, BUDGET)).toEqual({
    budget_type: 'COST',
    time_unit: 'MONTHLY',
    limit_amount: '500',
    limit_unit: 'USD',
    cost_filter: [{ name: 'Service', values: ['AWS Backup'] }],
    notification: [notification('ACTUAL', 80), notification('ACTUAL', 100), notification('FORECASTED', 100)],
  });
});

test('is narrowed by all that was given', () => {
  const stack = stackWith({
    budgetName: 'ledger',
    services: ['Amazon EC2'],
    usageTypes: ['EUC1-EBS:SnapshotUsage'],
    costAllocationTags: { 'backup-of': ['ledger', 'web'] },
    accounts: ['111122223333'],
    regions: ['eu-central-1'],
    tags: { owner: 'platform' },
    thresholds: [{ notificationType: BackupBudgetNotificationType.ACTUAL, percent: 90 }],
    notificationTopicArn: TOPIC,
  });
  expect(only(stack, BUDGET)).toMatchObject({
    name: 'ledger',
    tags: { owner: 'platform' },
    cost_filter: [
      { name: 'Service', values: ['Amazon EC2'] },
      { name: 'UsageType', values: ['EUC1-EBS:SnapshotUsage'] },
      { name: 'TagKeyValue', values: ['user:backup-of$ledger', 'user:backup-of$web'] },
      { name: 'LinkedAccount', values: ['111122223333'] },
      { name: 'Region', values: ['eu-central-1'] },
    ],
    notification: [{ ...notification('ACTUAL', 90), subscriber_sns_topic_arns: [TOPIC] }],
  });
});

test('with a tag counts every service', () => {
  const stack = stackWith({ costAllocationTags: { 'backup-of': ['ledger'] } });
  expect(only(stack, BUDGET).cost_filter).toEqual([{ name: 'TagKeyValue', values: ['user:backup-of$ledger'] }]);
});

test('takes a limit that Terraform alone knows', () => {
  const stack = stackOf();
  stackWith({ monthlyLimitUsd: variables(stack).number('limit') }, stack);
  expect(only(stack, BUDGET).limit_amount).toBe('${var.limit}');
});

test('fails for what AWS Budgets refuses, in the words of lib', () => {
  const refused = {
    monthlyLimitUsd: -1,
    emails: ['nowhere'],
    thresholds: [{ notificationType: BackupBudgetNotificationType.ACTUAL, percent: -5 }],
  };
  const ours = refusal(() => new BackupBudget(stackOf(), 'Budget', refused));
  expect(ours).toBe(refusal(() => new cdk.BackupBudget(new Stack(new App(), 'S'), 'Budget', refused)));
  expect(ours).toContain('monthlyLimitUsd');
  expect(ours).toContain('thresholds[0].percent');
});

// prettier-ignore
test.each<[line: string, props: Partial<BackupBudgetProps>]>([
  [sentence('budget-name', 'budgetName', 'a:b'), { budgetName: 'a:b' }],
  [sentence('budget-limit', 'monthlyLimitUsd', '0'), { monthlyLimitUsd: 0 }],
  [sentence('budget-subscribers', 'emails', '0'), { emails: [] }],
  [sentence('budget-email', 'emails[0]', 'ops'), { emails: ['ops'] }],
  [sentence('budget-emails', 'emails', '11'), { emails: Array.from({ length: 11 }, (_, index) => `${index}@example.com`) }],
  [sentence('budget-threshold', 'thresholds[1].percent', '0 %'),
    { thresholds: [{ notificationType: ACTUAL, percent: 1 }, { notificationType: ACTUAL, percent: 0 }] }],
  [sentence('budget-notification-twice', 'thresholds[1]', '1 % ACTUAL'),
    { thresholds: [{ notificationType: ACTUAL, percent: 1 }, { notificationType: ACTUAL, percent: 1 }] }],
  [sentence('budget-notifications', 'thresholds', '11'),
    { thresholds: Array.from({ length: 11 }, (_, index) => ({ notificationType: ACTUAL, percent: index + 1 })) }],
  [sentence('budget-tag-values', 'costAllocationTags.key', '0'), { costAllocationTags: { key: [] } }],
  [sentence('budget-tag', 'costAllocationTags.key', 'a value of 257 characters'), { costAllocationTags: { key: ['x'.repeat(257)] } }],
])('fails: %s', (line, props) => {
  expect(refusal(() => stackWith(props))).toBe(message('S/Budget', [line]));
});

test('takes what is waived, and says so in the resource', () => {
  const waivers = [{ rule: 'budget-email', path: 'emails*', reason: 'shows a waiver' }];
  const stack = stackWith({ emails: ['ops'], waivers });
  expect(annotations(stack, 'info').join()).toContain('waived: shows a waiver');
  expect(comment(stack, BUDGET)).toEqual({ waivers });
});

test('warns of a budget that never speaks, and of one that counts the whole bill', () => {
  const warnings = annotations(stackWith({ thresholds: [], services: [] }), 'warn').join();
  expect(warnings).toContain('[budget-no-notification]');
  expect(warnings).toContain('[budget-scope]');
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, number, list } = variables(stack);
  const props = {
    budgetName: text('name'),
    services: list('services'),
    usageTypes: [text('usage')],
    costAllocationTags: { key: [text('tag')] },
    accounts: list('accounts'),
    regions: [text('region')],
    thresholds: [
      { notificationType: ACTUAL, percent: number('first') },
      { notificationType: ACTUAL, percent: number('second') },
    ],
    emails: list('emails'),
    notificationTopicArn: text('topic'),
    tags: { owner: text('owner') },
  };
  const told = (name: string) => ({
    ...notification('ACTUAL', 0),
    threshold: `${'$'}{var.${name}}`,
    subscriber_email_addresses: '${var.emails}',
    subscriber_sns_topic_arns: ['${var.topic}'],
  });
  expect(only(stackWith(props, stack), BUDGET)).toMatchObject({
    name: '${var.name}',
    cost_filter: [
      { name: 'Service', values: '${var.services}' },
      { name: 'UsageType', values: ['${var.usage}'] },
      { name: 'TagKeyValue', values: ['user:key$${var.tag}'] },
      { name: 'LinkedAccount', values: '${var.accounts}' },
      { name: 'Region', values: ['${var.region}'] },
    ],
    notification: [told('first'), told('second')],
    tags: { owner: '${var.owner}' },
  });
});
