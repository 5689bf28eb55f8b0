import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import * as cdk from '@holdfast/cdk';
import { BackupMetrics, Vault } from '@holdfast/cdktf';
import { BackupMetric } from '@holdfast/model';
import { BackupVault } from 'aws-cdk-lib/aws-backup';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { only, resolve, stackOf, variables } from './support/stacks';

const ARN = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:primary';
const vault = Vault.fromBackupVaultArn(ARN);
const FAILED = BackupMetric.BACKUP_JOBS_FAILED;

function libVault() {
  return BackupVault.fromBackupVaultArn(new Stack(new App(), 'S'), 'V', ARN);
}

const METHODS = Object.getOwnPropertyNames(BackupMetrics.prototype).filter((name) => /^metric[A-Z]/.test(name));

test('has every metric of lib', () => {
  const ofLib = Object.getOwnPropertyNames(cdk.BackupMetrics.prototype).filter((name) => /^metric[A-Z]/.test(name));
  expect(METHODS).toEqual(ofLib);
  expect(METHODS).toHaveLength(BackupMetric.all().length);
});

test.each(METHODS)('%s is the metric of lib', (method) => {
  const ours = (BackupMetrics.ofVault(vault) as unknown as Record<string, () => object>)[method]!();
  const theirs = (cdk.BackupMetrics.ofVault(libVault()) as unknown as Record<string, () => Metric>)[method]!();
  expect(ours).toEqual({
    metricName: theirs.metricName,
    dimensions: theirs.dimensions,
    statistic: theirs.statistic,
    periodSeconds: 300,
    label: theirs.label,
    color: undefined,
  });
});

test('expressions over the Region and over vaults are those of lib', () => {
  const options = { resourceType: 'EBS', label: 'x', color: '#d62728' };
  const hour = { ...options, period: Duration.hours(1) };
  const ours = [
    BackupMetrics.search(FAILED, { ...options, periodMinutes: 60 }),
    BackupMetrics.insights(FAILED, { ...options, periodMinutes: 60 }),
    BackupMetrics.sum([vault], FAILED, { ...options, periodMinutes: 60 }),
  ];
  const theirs = [
    cdk.BackupMetrics.search(FAILED, hour),
    cdk.BackupMetrics.insights(FAILED, hour),
    cdk.BackupMetrics.sum([libVault()], FAILED, hour),
  ];
  expect(ours.map(({ expression, label, color, periodSeconds }) => [expression, label, color, periodSeconds])).toEqual(
    theirs.map(({ expression, label, color, period }) => [expression, label, color, period.toSeconds()]),
  );
});

test('an alarm gets a metric, a query, or an expression with its metrics', () => {
  const query = {
    label: 'Failed',
    metric: {
      namespace: 'AWS/Backup',
      metricName: FAILED.metricName,
      stat: 'Sum',
      period: 300,
      dimensions: { BackupVaultName: 'primary' },
    },
  };
  expect(BackupMetrics.alarmQueries(BackupMetrics.ofVault(vault).metricBackupJobsFailed())).toEqual([
    { ...query, id: 'm0', returnData: true },
  ]);
  expect(BackupMetrics.alarmQueries(BackupMetrics.insights(FAILED))).toEqual([
    expect.objectContaining({ id: 'expr_1', period: 300, returnData: true }),
  ]);
  expect(BackupMetrics.alarmQueries(BackupMetrics.sum([vault], FAILED))).toEqual([
    { id: 'expr_1', expression: 'FILL(m0, 0)', label: 'Failed', period: undefined, returnData: true },
    { ...query, id: 'm0', returnData: false },
  ]);
});

test('takes a period that Terraform alone knows', () => {
  const stack = stackOf();
  const periodMinutes = variables(stack).number('minutes');
  const seconds = '${(var.minutes * 60)}';
  const [metric] = BackupMetrics.alarmQueries(BackupMetrics.ofVault(vault).metric(FAILED, { periodMinutes }));
  expect(resolve(stack, metric!.metric)).toMatchObject({ period: seconds });
  const [query] = BackupMetrics.alarmQueries(BackupMetrics.insights(FAILED, { periodMinutes }));
  expect(resolve(stack, query)).toMatchObject({ period: seconds });
  const { expression } = BackupMetrics.search(FAILED, { periodMinutes });
  expect(resolve(stack, expression)).toContain(`'Sum', ${seconds}))`);
});

test('makes an alarm of your own', () => {
  const stack = stackOf();
  new CloudwatchMetricAlarm(stack, 'Cold', {
    alarmName: 'cold',
    comparisonOperator: 'GreaterThanThreshold',
    evaluationPeriods: 1,
    metricQuery: BackupMetrics.alarmQueries(BackupMetrics.sum([vault], BackupMetric.RECOVERY_POINTS_COLD)),
  });
  expect(only(stack, 'aws_cloudwatch_metric_alarm').metric_query).toEqual([
    { id: 'expr_1', expression: 'FILL(m0, 0)', label: 'Cold', return_data: true },
    {
      id: 'm0',
      label: 'Cold',
      metric: {
        namespace: 'AWS/Backup',
        metric_name: 'NumberOfRecoveryPointsCold',
        dimensions: { BackupVaultName: 'primary' },
        stat: 'Maximum',
        period: 300,
      },
      return_data: false,
    },
  ]);
});
