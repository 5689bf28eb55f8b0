import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy';
import {
  CloudwatchMetricAlarm,
  CloudwatchMetricAlarmMetricQuery,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { BackupAlarmSpec, BackupAlertPolicies, BackupMetricExpressions, KeyPolicies } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { BackupMetrics } from '../backup-metrics';
import { eventRule, PatternJson } from './event-rule';
import { alarmQueries, secondsOf } from './metric-queries';
import { renderPolicy } from './render-policy';

interface Common {
  readonly tags?: { [key: string]: string };
  readonly provider?: TerraformProvider;
}

const RETENTION_DAYS = 365;

/** A log group that rules of EventBridge write into, kept for a year; it stays when it leaves the app. */
export function eventLog(scope: Construct, id: string, policyName: string, common: Common): CloudwatchLogGroup {
  const logGroup = new CloudwatchLogGroup(scope, id, {
    ...common,
    retentionInDays: RETENTION_DAYS,
    skipDestroy: true,
  });
  new CloudwatchLogResourcePolicy(scope, `${id}Policy`, {
    policyName,
    policyDocument: renderPolicy(KeyPolicies.document([BackupAlertPolicies.rulesLog(`${logGroup.arn}:*`)])),
    provider: common.provider,
  });
  return logGroup;
}

/** Makes the alarm, and for one that counts events their rule, which also writes them into the log. */
export function makeAlarm(
  scope: Construct,
  spec: BackupAlarmSpec,
  log: CloudwatchLogGroup | undefined,
  { name, tags, provider }: Common & { readonly name: string },
): CloudwatchMetricAlarm {
  return new CloudwatchMetricAlarm(scope, spec.specId, {
    alarmName: name,
    alarmDescription: spec.description,
    metricQuery: queriesOf(scope, spec, log, { tags, provider }),
    comparisonOperator: spec.comparisonOperator,
    threshold: spec.threshold,
    evaluationPeriods: spec.evaluationPeriods,
    datapointsToAlarm: spec.datapointsToAlarm,
    treatMissingData: spec.treatMissingData,
    tags,
    provider,
  });
}

function queriesOf(
  scope: Construct,
  spec: BackupAlarmSpec,
  log: CloudwatchLogGroup | undefined,
  common: Common,
): CloudwatchMetricAlarmMetricQuery[] {
  if (spec.insights !== undefined) {
    return alarmQueries(BackupMetrics.insights(spec.insights));
  }
  const { periodMinutes } = spec;
  const queries =
    spec.metrics === undefined
      ? [counted(scope, spec, log!, common)]
      : spec.metrics.flatMap(({ metric, backupVaultName }) =>
          alarmQueries(
            BackupMetrics.ofVault({ backupVaultName, backupVaultArn: '' }).metric(metric, { periodMinutes }),
          ),
        );
  const used = queries.map((query, index) => ({ ...query, id: `m${index}`, returnData: false }));
  const expression = BackupMetricExpressions.filled(used.map(({ id }) => id));
  return [{ id: 'expr_1', expression, returnData: true }, ...used];
}

/** How often a rule was triggered. Its target is the log, so that it counts whether or not EventBridge counts rules without one. */
function counted(
  scope: Construct,
  spec: BackupAlarmSpec,
  log: CloudwatchLogGroup,
  common: Common,
): CloudwatchMetricAlarmMetricQuery {
  const { description } = spec;
  const options = { ...common, description, target: { targetArn: log.arn } };
  const rule = eventRule(scope, `${spec.specId}Rule`, spec.eventPattern as PatternJson, options, [], undefined);
  const metric = {
    namespace: 'AWS/Events',
    metricName: 'TriggeredRules',
    dimensions: { RuleName: rule.name },
    stat: 'Sum',
    period: secondsOf(spec.periodMinutes),
  };
  return { id: 'm0', metric };
}
