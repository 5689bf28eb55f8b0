import { BackupMetric, BackupMetricExpressions, BackupSignal } from '@holdfast/model';
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

/** What an alarm is made of. */
export interface AlarmSpec {
  readonly id: string;
  readonly signal: BackupSignal;
  readonly description: string;
  /** Either a metric, or the pattern of events that are counted. */
  readonly metric?: cloudwatch.IMetric;
  readonly pattern?: PatternJson;
  /** Whether it speaks when nothing happens. */
  readonly silence: boolean;
  readonly periods: number;
  readonly threshold: number;
}

interface Wanted {
  readonly signals: BackupSignal[];
  readonly vaults: backup.IBackupVault[] | undefined;
  readonly incidentWindow: Duration;
  readonly nothingSucceededWithin: Duration;
  readonly failureThreshold: number;
}

/** CloudWatch takes so many metrics in the expression of an alarm. */
const METRICS_OF_ALARM = 10;
const HOUR = Duration.hours(1);
const INTERVAL = Duration.minutes(BackupMetric.INTERVAL_MINUTES);

/** The alarms of some signals: one each, or several where CloudWatch cannot put them into one. */
export function alarmSpecs(wanted: Wanted): { specs: AlarmSpec[]; needsEvents: boolean } {
  const specs = wanted.signals.flatMap((signal) => {
    const ofSignal =
      signal.successes.length > 0
        ? ofSilence(signal, wanted)
        : signal.failures.length > 0
          ? ofFailures(signal, wanted)
          : [ofEvents(signal, wanted)];
    return ofSignal.map((spec, index) => ({ ...spec, id: index === 0 ? signal.id : `${signal.id}${index + 1}` }));
  });
  return { specs, needsEvents: specs.some(({ pattern }) => pattern !== undefined) };
}

/** Makes the alarm, and for one that counts events their rule, which also writes them into the log. */
export function makeAlarm(
  scope: Construct,
  spec: AlarmSpec,
  log: logs.ILogGroup | undefined,
  whyNoAction: string,
): cloudwatch.Alarm {
  const alarm = new cloudwatch.Alarm(scope, spec.id, {
    alarmDescription: spec.description,
    metric: spec.metric ?? counted(scope, spec, log!),
    comparisonOperator: spec.silence
      ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
      : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: spec.threshold,
    evaluationPeriods: spec.periods,
    datapointsToAlarm: spec.silence ? spec.periods : 1,
    // A metric that was never sent has no value at all, and FILL fills nothing in: for silence that is the worst case.
    treatMissingData: spec.silence ? cloudwatch.TreatMissingData.BREACHING : cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  acknowledge(alarm, {
    'HIPAA.Security-CloudWatchAlarmAction': whyNoAction,
    'NIST.800.53.R5-CloudWatchAlarmAction': whyNoAction,
  });
  return alarm;
}

function ofFailures(signal: BackupSignal, wanted: Wanted): Omit<AlarmSpec, 'id'>[] {
  const common = {
    signal,
    description: signal.description,
    silence: false,
    periods: wanted.incidentWindow.toMinutes() / BackupMetric.INTERVAL_MINUTES,
    threshold: wanted.failureThreshold,
  };
  const { vaults } = wanted;
  if (vaults === undefined) {
    // A query has one metric, and math over queries is nowhere promised to alarms.
    return signal.failures.map((metric) => ({ ...common, metric: BackupMetrics.insights(metric) }));
  }
  const metrics = vaults.flatMap((vault) =>
    signal.failures.map((metric) => BackupMetrics.ofVault(vault).metric(metric)),
  );
  return chunks(metrics).map((some) => ({ ...common, metric: filled(some, INTERVAL) }));
}

function ofSilence(signal: BackupSignal, wanted: Wanted): Omit<AlarmSpec, 'id'>[] {
  const hours = wanted.nothingSucceededWithin.toHours();
  const common = { signal, silence: true, periods: hours, threshold: 1 };
  const { vaults } = wanted;
  if (vaults === undefined) {
    // No query looks back that far, so that the events are counted.
    return [{ ...common, description: `${signal.description} for ${hours} hours`, pattern: signal.eventPattern() }];
  }
  // Each vault by itself: a sum would hide the one in which nothing happens.
  return vaults.map((vault) => ({
    ...common,
    description: `${signal.description} for ${hours} hours in the vault ${vault.backupVaultName}`,
    metric: filled(
      signal.successes.map((metric) => BackupMetrics.ofVault(vault).metric(metric, { period: HOUR })),
      HOUR,
    ),
  }));
}

function ofEvents(signal: BackupSignal, wanted: Wanted): Omit<AlarmSpec, 'id'> {
  const { vaults } = wanted;
  return {
    signal,
    description: signal.description,
    pattern: signal.eventPattern(
      vaults && {
        backupVaultArns: vaults.map(({ backupVaultArn }) => backupVaultArn),
        backupVaultNames: vaults.map(({ backupVaultName }) => backupVaultName),
      },
    ) as PatternJson,
    silence: false,
    periods: wanted.incidentWindow.toMinutes() / BackupMetric.INTERVAL_MINUTES,
    threshold: 1,
  };
}

/** How often a rule was triggered. Its target is the log, so that it counts whether or not EventBridge counts rules without one. */
function counted(scope: Construct, spec: AlarmSpec, log: logs.ILogGroup): cloudwatch.IMetric {
  const rule = new events.Rule(scope, `${spec.id}Rule`, {
    description: spec.description,
    eventPattern: eventPattern(spec.pattern!),
    targets: [logTarget(log)],
  });
  const period = spec.silence ? HOUR : INTERVAL;
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

function chunks<T>(all: T[]): T[][] {
  const count = Math.ceil(all.length / METRICS_OF_ALARM);
  return Array.from({ length: count }, (_, index) =>
    all.slice(index * METRICS_OF_ALARM, (index + 1) * METRICS_OF_ALARM),
  );
}
