import { BackupMetrics } from '@holdfast/cdk';
import { BackupMetric } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { stackOf } from './support/stacks';

const ALARM = 'AWS::CloudWatch::Alarm';

function vaultOf(stack: Stack, name = 'primary'): backup.IBackupVault {
  return backup.BackupVault.fromBackupVaultName(stack, `Vault-${name}`, name);
}

test('has a method for every metric of AWS Backup, and each gives its own', () => {
  const metrics = BackupMetrics.ofVault(vaultOf(stackOf()));
  const prototype = BackupMetrics.prototype as unknown as Record<string, () => cloudwatch.Metric>;
  const methods = Object.getOwnPropertyNames(BackupMetrics.prototype).filter((name) => /^metric[A-Z]/.test(name));
  expect(methods.map((name) => name.replace(/^metric/, 'NumberOf'))).toEqual(
    BackupMetric.all().map(({ metricName }) => metricName),
  );
  expect(methods.map((name) => prototype[name]!.call(metrics).metricName)).toEqual(
    BackupMetric.all().map(({ metricName }) => metricName),
  );
});

test('of a vault are over five minutes, by the statistic of the metric', () => {
  const metrics = BackupMetrics.ofVault(vaultOf(stackOf()));
  const failed = metrics.metricBackupJobsFailed();
  expect(failed.namespace).toBe('AWS/Backup');
  expect(failed.dimensions).toEqual({ BackupVaultName: 'primary' });
  expect([failed.statistic, failed.period.toMinutes(), failed.label]).toEqual(['Sum', 5, 'Failed']);
  expect(metrics.metricRecoveryPointsCold().statistic).toBe('Maximum');
});

test('of a vault take type of resource, period, statistic and looks', () => {
  const metric = BackupMetrics.ofVault(vaultOf(stackOf())).metricCopyJobsFailed({
    resourceType: 'EBS',
    period: Duration.hours(1),
    statistic: cloudwatch.Stats.MINIMUM,
    label: 'EBS',
    color: '#d62728',
  });
  expect(metric.dimensions).toEqual({ BackupVaultName: 'primary', ResourceType: 'EBS' });
  expect([metric.period.toHours(), metric.statistic, metric.label, metric.color]).toEqual([
    1,
    'Minimum',
    'EBS',
    '#d62728',
  ]);
});

test('make an alarm of a vault that is known only at deployment', () => {
  const stack = stackOf();
  const vault = new backup.BackupVault(stack, 'Vault');
  BackupMetrics.ofVault(vault)
    .metricBackupJobsFailed()
    .createAlarm(stack, 'Alarm', { evaluationPeriods: 1, threshold: 1 });
  Template.fromStack(stack).hasResourceProperties(ALARM, {
    Metrics: [
      {
        Label: 'Failed',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Backup',
            MetricName: 'NumberOfBackupJobsFailed',
            Dimensions: [{ Name: 'BackupVaultName', Value: { 'Fn::GetAtt': [Match.anyValue(), 'BackupVaultName'] } }],
          },
        },
      },
    ],
  });
});

test('over the Region search for graphs', () => {
  const found = BackupMetrics.search(BackupMetric.BACKUP_JOBS_FAILED);
  expect(found.expression).toBe(
    `SUM(SEARCH('{AWS/Backup,BackupVaultName} MetricName="NumberOfBackupJobsFailed"', 'Sum', 300))`,
  );
  expect([found.label, found.period.toMinutes()]).toEqual(['Failed', 5]);
  const options = { resourceType: 'EBS', period: Duration.hours(1), label: 'EBS', color: '#d62728' };
  const narrowed = BackupMetrics.search(BackupMetric.BACKUP_JOBS_FAILED, options);
  expect(narrowed.expression).toContain(`ResourceType="EBS"', 'Sum', 3600))`);
  expect([narrowed.label, narrowed.color]).toEqual(['EBS', '#d62728']);
});

test('over the Region query for alarms', () => {
  const stack = stackOf();
  BackupMetrics.insights(BackupMetric.BACKUP_JOBS_FAILED, { resourceType: 'EBS' }).createAlarm(stack, 'Alarm', {
    evaluationPeriods: 1,
    threshold: 1,
  });
  Template.fromStack(stack).hasResourceProperties(ALARM, {
    Metrics: [
      {
        Expression: `SELECT SUM(NumberOfBackupJobsFailed) FROM SCHEMA("AWS/Backup", BackupVaultName, ResourceType) WHERE ResourceType = 'EBS'`,
        Period: 300,
      },
    ],
  });
});

test('of some vaults are added up, with zeros where nothing was sent', () => {
  const stack = stackOf();
  const vaults = [vaultOf(stack), vaultOf(stack, 'second')];
  const sum = BackupMetrics.sum(vaults, BackupMetric.BACKUP_JOBS_COMPLETED, { period: Duration.hours(1) });
  expect(sum.expression).toBe('FILL(m0, 0) + FILL(m1, 0)');
  sum.createAlarm(stack, 'Alarm', { evaluationPeriods: 24, threshold: 1 });
  const metric = (name: string) => ({
    MetricStat: {
      Metric: { Dimensions: [{ Name: 'BackupVaultName', Value: name }], MetricName: 'NumberOfBackupJobsCompleted' },
      Period: 3600,
      Stat: 'Sum',
    },
    ReturnData: false,
  });
  Template.fromStack(stack).hasResourceProperties(ALARM, {
    Metrics: [{ Expression: 'FILL(m0, 0) + FILL(m1, 0)' }, metric('primary'), metric('second')],
  });
});
