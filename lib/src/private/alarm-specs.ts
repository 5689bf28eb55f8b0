import { BackupAlarmMetric, BackupAlarmSpec, BackupMetricExpressions } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BackupMetrics } from '../backup-metrics';
import { acknowledge } from './acknowledge';
import { logTarget } from './event-log';
import { eventPattern, PatternJson } from './event-rule';

/** Makes the alarm, and for one that counts events their rule, which also writes them into the log. */
export function makeAlarm(
  scope: Construct,
  spec: BackupAlarmSpec,
  vaults: backup.IBackupVault[] | undefined,
  log: logs.ILogGroup | undefined,
  whyNoAction: string,
): cloudwatch.Alarm {
  const alarm = new cloudwatch.Alarm(scope, spec.specId, {
    alarmDescription: spec.description,
    metric: metricOf(scope, spec, vaults, log),
    comparisonOperator: spec.silence
      ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
      : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: spec.threshold,
    evaluationPeriods: spec.evaluationPeriods,
    datapointsToAlarm: spec.datapointsToAlarm,
    treatMissingData: spec.silence ? cloudwatch.TreatMissingData.BREACHING : cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  acknowledge(alarm, {
    'HIPAA.Security-CloudWatchAlarmAction': whyNoAction,
    'NIST.800.53.R5-CloudWatchAlarmAction': whyNoAction,
  });
  return alarm;
}

function metricOf(
  scope: Construct,
  spec: BackupAlarmSpec,
  vaults: backup.IBackupVault[] | undefined,
  log: logs.ILogGroup | undefined,
): cloudwatch.IMetric {
  const period = Duration.minutes(spec.periodMinutes);
  if (spec.insights !== undefined) {
    return BackupMetrics.insights(spec.insights);
  }
  return spec.metrics === undefined
    ? counted(scope, spec, log!, period)
    : filled(
        spec.metrics.map((one) => ofVault(one, vaults!, period)),
        period,
      );
}

function ofVault(
  { metric, backupVaultName }: BackupAlarmMetric,
  vaults: backup.IBackupVault[],
  period: Duration,
): cloudwatch.IMetric {
  const vault = vaults.find((one) => one.backupVaultName === backupVaultName)!;
  return BackupMetrics.ofVault(vault).metric(metric, { period });
}

/** How often a rule was triggered. Its target is the log, so that it counts whether or not EventBridge counts rules without one. */
function counted(scope: Construct, spec: BackupAlarmSpec, log: logs.ILogGroup, period: Duration): cloudwatch.IMetric {
  const rule = new events.Rule(scope, `${spec.specId}Rule`, {
    description: spec.description,
    eventPattern: eventPattern(spec.eventPattern as PatternJson),
    targets: [logTarget(log)],
  });
  const triggered = new cloudwatch.Metric({
    namespace: 'AWS/Events',
    metricName: 'TriggeredRules',
    dimensionsMap: { RuleName: rule.ruleName },
    statistic: cloudwatch.Stats.SUM,
    period,
  });
  return filled([triggered], period);
}

function filled(metrics: cloudwatch.IMetric[], period: Duration): cloudwatch.MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new cloudwatch.MathExpression({
    expression: BackupMetricExpressions.filled(Object.keys(usingMetrics)),
    usingMetrics,
    period,
  });
}
