// What lib and provider make of alarms, events and dashboards is the same, but for how each refers to what it makes.
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import { BackupApiCall, BackupBudgetNotificationType, BackupEvent, BackupSignal } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import { stackOf as cdkStack } from '../lib/support/stacks';
import { only, stackOf as cdktfStack, synth } from '../provider/support/stacks';

type Json = Record<string, any>;

const ARNS = ['primary', 'copies'].map((name) => `arn:aws:backup:eu-central-1:111122223333:backup-vault:${name}`);
const MAINTENANCE = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:maintenance';
const BUS = 'arn:aws:events:eu-central-1:444455556666:event-bus/backups';
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:alerts';

function cdkVaults(stack: Stack): backup.IBackupVault[] {
  return ARNS.map((arn, index) => backup.BackupVault.fromBackupVaultArn(stack, `Vault${index}`, arn));
}

function cdktfVaults(): cdktf.IVault[] {
  return ARNS.map((arn) => cdktf.Vault.fromBackupVaultArn(arn));
}

/** Properties of the resources of a type, by what the ids of their constructs end in. */
function ofLib(stack: Stack, type: string): Json {
  return named(
    Object.entries(Template.fromStack(stack).findResources(type)).map(([id, { Properties }]) => [
      id.replace(/^Alarms/, '').replace(/[0-9A-F]{8}$/, ''),
      Properties,
    ]),
  );
}

/** Arguments of the resources of a type, by what the ids of their constructs end in. */
function ofProvider(stack: TerraformStack, type: string): Json {
  return named(
    Object.entries(synth(stack).resource?.[type] ?? {}).map(([name, resource]) => [
      name.replace(/^Alarms_/, '').replace(/_[0-9A-F]{8}$/, ''),
      resource,
    ]),
  );
}

function named(entries: [string, unknown][]): Json {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A value without references, which each framework writes in its way. */
function withoutReferences(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) => {
    const isReference = typeof one === 'object' && one !== null && ('Fn::GetAtt' in one || 'Ref' in one);
    return isReference || (typeof one === 'string' && /^\$\{[^}]*\}$/.test(one)) ? '<reference>' : one;
  });
}

/** An alarm of lib as Terraform has it. */
function asTerraform(alarm: Json): Json {
  return {
    alarm_description: alarm.AlarmDescription,
    comparison_operator: alarm.ComparisonOperator,
    threshold: alarm.Threshold,
    evaluation_periods: alarm.EvaluationPeriods,
    datapoints_to_alarm: alarm.DatapointsToAlarm,
    treat_missing_data: alarm.TreatMissingData,
    metric_query: alarm.Metrics.map(({ Id, Expression, Label, Period, ReturnData, MetricStat: stat }: Json) => ({
      id: Id,
      expression: Expression,
      label: Label,
      period: Period,
      return_data: ReturnData,
      metric: stat && {
        namespace: stat.Metric.Namespace,
        metric_name: stat.Metric.MetricName,
        dimensions: Object.fromEntries(stat.Metric.Dimensions.map(({ Name, Value }: Json) => [Name, Value])),
        stat: stat.Stat,
        period: stat.Period,
      },
    })),
  };
}

describe.each<[name: string, ofVaults: boolean]>([
  ['of the Region', false],
  ['of named vaults', true],
])('alarms %s', (_, ofVaults) => {
  const [ours, theirs] = [cdkStack(), cdktfStack()];
  const common = { signals: BackupSignal.all(), failureThreshold: 2 };
  new cdk.BackupAlarms(ours, 'Alarms', {
    ...common,
    backupVaults: ofVaults ? cdkVaults(ours) : undefined,
    incidentWindow: Duration.minutes(90),
    nothingSucceededWithin: Duration.hours(26),
    notificationTopic: sns.Topic.fromTopicArn(ours, 'Topic', TOPIC),
    suppressor: cloudwatch.Alarm.fromAlarmArn(ours, 'Maintenance', MAINTENANCE),
  });
  new cdktf.BackupAlarms(theirs, 'Alarms', {
    ...common,
    backupVaults: ofVaults ? cdktfVaults() : undefined,
    incidentWindowMinutes: 90,
    nothingSucceededWithinHours: 26,
    notificationTopicArn: TOPIC,
    suppressorAlarm: MAINTENANCE,
  });

  test('have the same thresholds, times and metrics', () => {
    const wanted = Object.entries(ofLib(ours, 'AWS::CloudWatch::Alarm')).map(([id, alarm]) => [id, asTerraform(alarm)]);
    const found = Object.entries(ofProvider(theirs, 'aws_cloudwatch_metric_alarm')).map(
      ([id, { alarm_name: name, ...alarm }]) => {
        expect(name).toBe(`S-Alarms-${id}`);
        return [id, alarm];
      },
    );
    expect(wanted.length).toBeGreaterThan(15);
    expect(withoutReferences(found)).toEqual(withoutReferences(wanted));
  });

  test('count the same events', () => {
    const wanted = Object.entries(ofLib(ours, 'AWS::Events::Rule')).map(([id, { EventPattern }]) => [id, EventPattern]);
    const found = Object.entries(ofProvider(theirs, 'aws_cloudwatch_event_rule')).map(([id, rule]) => [
      id,
      JSON.parse(rule.event_pattern),
    ]);
    expect(wanted.length).toBeGreaterThan(5);
    expect(found).toEqual(wanted);
  });

  test('make the same incidents', () => {
    const wanted = Object.values(ofLib(ours, 'AWS::CloudWatch::CompositeAlarm')) as Json[];
    const found = Object.values(ofProvider(theirs, 'aws_cloudwatch_composite_alarm')) as Json[];
    const [operation, protection] = found;
    expect(found.map((alarm) => [alarm.alarm_description, alarm.alarm_actions, alarm.ok_actions])).toEqual(
      wanted.map((alarm) => [alarm.AlarmDescription, alarm.AlarmActions, alarm.OKActions]),
    );
    expect(operation!.actions_suppressor).toEqual({
      alarm: wanted[0]!.ActionsSuppressor,
      extension_period: wanted[0]!.ActionsSuppressorExtensionPeriod,
      wait_period: wanted[0]!.ActionsSuppressorWaitPeriod,
    });
    expect([protection!.actions_suppressor, wanted[1]!.ActionsSuppressor]).toEqual([undefined, undefined]);
    const children = (rule: unknown) => JSON.stringify(rule).match(/Alarms_?[A-Z]\w+?(?=_?[0-9A-F]{8}\b)/g);
    expect(found.map(({ alarm_rule: rule }) => children(rule)?.map((id) => id.replace('_', '')))).toEqual(
      wanted.map(({ AlarmRule }) => children(AlarmRule)),
    );
  });
});

test('forwarded are the same events', () => {
  const [ours, theirs] = [cdkStack(), cdktfStack()];
  const common = { kinds: [BackupEvent.BACKUP_JOB, BackupEvent.VAULT], apiCalls: BackupApiCall.all() };
  const eventBus = events.EventBus.fromEventBusArn(ours, 'Bus', BUS);
  new cdk.BackupEventForwarding(ours, 'Forwarding', { ...common, eventBus });
  new cdktf.BackupEventForwarding(theirs, 'Forwarding', { ...common, eventBusArn: BUS });
  const wanted = Object.values(ofLib(ours, 'AWS::Events::Rule')).map(({ EventPattern }) => EventPattern);
  const found = Object.values(ofProvider(theirs, 'aws_cloudwatch_event_rule')).map((rule) =>
    JSON.parse(rule.event_pattern),
  );
  expect(found).toEqual(wanted);
});

test('budgets count and tell the same', () => {
  const [ours, theirs] = [cdkStack(), cdktfStack()];
  const common = {
    monthlyLimitUsd: 200,
    budgetName: 'ledger',
    costAllocationTags: { 'backup-of': ['ledger'] },
    emails: ['ops@example.com'],
    thresholds: [{ notificationType: BackupBudgetNotificationType.FORECASTED, percent: 90 }],
  };
  const notificationTopic = sns.Topic.fromTopicArn(ours, 'Topic', TOPIC);
  new cdk.BackupBudget(ours, 'Budget', { ...common, notificationTopic });
  new cdktf.BackupBudget(theirs, 'Budget', { ...common, notificationTopicArn: TOPIC });
  const [{ Budget, NotificationsWithSubscribers: told }] = Object.values(ofLib(ours, 'AWS::Budgets::Budget')) as [Json];
  expect(only(theirs, 'aws_budgets_budget')).toEqual({
    name: Budget.BudgetName,
    budget_type: Budget.BudgetType,
    time_unit: Budget.TimeUnit,
    limit_amount: String(Budget.BudgetLimit.Amount),
    limit_unit: Budget.BudgetLimit.Unit,
    cost_filter: Object.entries(Budget.CostFilters).map(([name, values]) => ({ name, values })),
    notification: told.map(({ Notification: { NotificationType, ...one }, Subscribers }: Json) => ({
      notification_type: NotificationType,
      comparison_operator: one.ComparisonOperator,
      threshold: one.Threshold,
      threshold_type: one.ThresholdType,
      subscriber_email_addresses: addressesOf(Subscribers, 'EMAIL'),
      subscriber_sns_topic_arns: addressesOf(Subscribers, 'SNS'),
    })),
  });
});

function addressesOf(subscribers: Json[], type: string): string[] {
  return subscribers.filter((one) => one.SubscriptionType === type).map((one) => one.Address as string);
}

/** The body of the only dashboard of a stack of lib; a reference stands as text. */
function libBody(stack: Stack): unknown {
  const [{ DashboardBody: body }] = Object.values(ofLib(stack, 'AWS::CloudWatch::Dashboard')) as [Json];
  const parts: (string | Json)[] = typeof body === 'string' ? [body] : body['Fn::Join'][1];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : referenceOf(part))).join(''));
}

function referenceOf(part: Json): string {
  if (part.Ref === 'AWS::Region') {
    return 'eu-central-1';
  }
  return `<${[part['Fn::GetAtt']?.[0] ?? part.Ref].join()}>`.replace(/[0-9A-F]{8}>$/, '>');
}

/** The body of the only dashboard of a stack of provider, with references as those of lib. */
function providerBody(stack: TerraformStack): unknown {
  const body = only(stack, 'aws_cloudwatch_dashboard').dashboard_body as string;
  return JSON.parse(
    body.replace(/\$\{\w+\.(\w+)_[0-9A-F]{8}\.\w+\}/g, (_, name: string) => `<${name.replace('_', '')}>`),
  );
}

// prettier-ignore
test.each<[name: string, of: (stack: Stack) => cdk.BackupDashboardProps, same: (stack: TerraformStack) => cdktf.BackupDashboardProps]>([
  ['by default', () => ({}), () => ({})],
  ['with vaults, types and times',
    (stack) => ({ backupVaults: cdkVaults(stack), resourceTypes: ['EBS', 'RDS', 'S3', 'EFS', 'DynamoDB'], defaultInterval: Duration.hours(30), period: Duration.days(1) }),
    () => ({ backupVaults: cdktfVaults(), resourceTypes: ['EBS', 'RDS', 'S3', 'EFS', 'DynamoDB'], defaultIntervalHours: 30, periodMinutes: 1440 })],
  ['with alarms and a log',
    (stack) => ({ alarms: new cdk.BackupAlarms(stack, 'Alarms'), moreAlarms: [cloudwatch.Alarm.fromAlarmArn(stack, 'Maintenance', MAINTENANCE)], defaultInterval: Duration.minutes(90) }),
    (stack) => ({ alarms: new cdktf.BackupAlarms(stack, 'Alarms'), moreAlarmArns: [MAINTENANCE], defaultIntervalHours: 1.5 })],
  ['with alarms that keep no events',
    (stack) => ({ alarms: new cdk.BackupAlarms(stack, 'Alarms', { signals: [BackupSignal.COPY_JOBS_FAILED] }) }),
    (stack) => ({ alarms: new cdktf.BackupAlarms(stack, 'Alarms', { signals: [BackupSignal.COPY_JOBS_FAILED] }) })],
])('dashboards %s have the same widgets at the same places', (_, ofCdk, ofCdktf) => {
  const [ours, theirs] = [cdkStack(), cdktfStack()];
  new cdk.BackupDashboard(ours, 'Dashboard', ofCdk(ours));
  new cdktf.BackupDashboard(theirs, 'Dashboard', ofCdktf(theirs));
  expect(providerBody(theirs)).toEqual(libBody(ours));
});

test('further widgets stand where lib puts them', () => {
  const [ours, theirs] = [cdkStack(), cdktfStack()];
  const text = (markdown: string, width: number, height: number) => ({ markdown, width, height });
  const sizes = [text('a', 10, 2), text('b', 10, 5), text('c', 10, 1)];
  const { dashboard } = new cdk.BackupDashboard(ours, 'Dashboard');
  dashboard.addWidgets(...sizes.map((one) => new cloudwatch.TextWidget(one)));
  dashboard.addWidgets(new cloudwatch.TextWidget(text('d', 6, 6)));
  const made = new cdktf.BackupDashboard(theirs, 'Dashboard');
  const properties = (markdown: string) => ({ markdown, background: 'transparent' });
  made.addWidgets(
    sizes.map(({ markdown, width, height }) => ({ type: 'text', width, height, properties: properties(markdown) })),
  );
  made.addWidgets([{ type: 'text', properties: properties('d') }]);
  expect(providerBody(theirs)).toEqual(libBody(ours));
});
