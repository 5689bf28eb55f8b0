import { BackupBudget, BackupBudgetProps } from '@holdfast/cdktf';
import * as cdk from '@holdfast/cdk';
import { BackupBudgetNotificationType } from '@holdfast/model';
import { App, Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import { addresses, only, refusal, stackOf, variables } from './support/stacks';

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
