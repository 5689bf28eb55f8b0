import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { BackupAlarmSpecs, BackupMetricExpressions, BackupSignal } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteAlarms } from '../../../engine/src/operations/cloudwatch/delete-alarms';
import { describeAlarms } from '../../../engine/src/operations/cloudwatch/describe-alarms';
import { getMetricStatistics } from '../../../engine/src/operations/cloudwatch/get-metric-statistics';
import { putCompositeAlarm } from '../../../engine/src/operations/cloudwatch/put-composite-alarm';
import { putMetricAlarm } from '../../../engine/src/operations/cloudwatch/put-metric-alarm';
import { putMetricData } from '../../../engine/src/operations/cloudwatch/put-metric-data';
import { shortInstant } from '../../../engine/src/kernel/instant';
import { events, heard, topic, topicNamed } from '../scenarios/listeners';
import { ENV, MINUTE, plan, resource, rule, until, vault, world } from '../scenarios/stage';

const DAILY = 'cron(0 5 * * ? *)';

/** A plan whose one backup a day goes into a vault of that name, which may be missing. */
function daily(targetBackupVaultName: string): WorldState {
  return world('2027-01-01', {
    vaults: [vault('main')],
    resources: [resource('dynamodb-advanced', 'orders')],
    plans: [plan('p', [rule('daily', { scheduleExpression: DAILY, targetBackupVaultName })])],
  });
}

const FAILED: PutMetricAlarmCommandInput = {
  AlarmName: 'failed',
  Namespace: 'AWS/Backup',
  MetricName: 'NumberOfBackupJobsFailed',
  Dimensions: [{ Name: 'BackupVaultName', Value: 'gone' }],
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
};

function history(state: WorldState, name: string): string[] {
  return (state.services.alarms.alarms.tryFind(ENV, name)?.history ?? []).map(
    ({ at, from, to }) => `${shortInstant(at)} ${from} -> ${to}`,
  );
}

test('metrics count every five minutes, by vault and by vault and type, and only what is not zero (B14.2/1, B14.2/2)', () => {
  const state = daily('main');
  state.services.metrics.listen();
  until(state, '2027-01-02T00:00:00Z');
  const read = (MetricName: string, Dimensions: { Name: string; Value: string }[]) =>
    getMetricStatistics(state, ENV, {
      Namespace: 'AWS/Backup',
      MetricName,
      Dimensions,
      StartTime: new Date('2027-01-01'),
      EndTime: new Date('2027-01-02'),
      Period: 300,
      Statistics: ['Sum', 'SampleCount'],
    }).Datapoints;
  const main = { Name: 'BackupVaultName', Value: 'main' };
  const type = { Name: 'ResourceType', Value: 'DynamoDB' };
  const five = [{ Timestamp: new Date('2027-01-01T05:00:00Z'), Sum: 1, SampleCount: 1 }];
  expect(read('NumberOfBackupJobsCreated', [main])).toEqual(five);
  expect(read('NumberOfBackupJobsCreated', [type, main])).toEqual(five);
  expect(read('NumberOfBackupJobsCreated', [type])).toEqual([]);
  expect(read('NumberOfBackupJobsCompleted', [main])).toHaveLength(1);
  expect(read('NumberOfRecoveryPointsCompleted', [main])).toHaveLength(1);
  expect(read('NumberOfBackupJobsFailed', [main])).toEqual([]);
});

test('an alarm goes off at the end of the period in which a job failed, tells its topic and the bus, and calms down', () => {
  const state = daily('gone');
  topic(state, 'ops');
  heard(state, 'alarms', { source: ['aws.cloudwatch'] });
  putMetricAlarm(state, ENV, { ...FAILED, AlarmActions: [topicNamed('ops')] });
  until(state, '2027-01-02T00:00:00Z');
  // Three periods have the data point in their range of one and two more.
  expect(history(state, 'failed')).toEqual([
    '2027-01-01T00:05:00Z INSUFFICIENT_DATA -> OK',
    '2027-01-01T05:05:00Z OK -> ALARM',
    '2027-01-01T05:20:00Z ALARM -> OK',
  ]);
  const told = state.services.messaging.topics.tryFind(topicNamed('ops'))?.published ?? [];
  expect(told.map(({ subject }) => subject)).toEqual([`ALARM: "failed" in ${ENV.region}`]);
  expect(JSON.parse(told[0]?.message ?? '')).toMatchObject({ NewStateValue: 'ALARM', OldStateValue: 'OK' });
  expect(events(state, 'alarms').map(({ detail }) => (detail['state'] as { value: string }).value)).toEqual([
    ...['OK', 'ALARM', 'OK'],
  ]);
  until(state, '2027-01-02T06:00:00Z');
  expect(history(state, 'failed')).toHaveLength(5);
  expect(describeAlarms(state, ENV, { StateValue: 'OK' }).MetricAlarms).toMatchObject([
    { AlarmName: 'failed', StateValue: 'OK', AlarmActions: [topicNamed('ops')] },
  ]);
  deleteAlarms(state, ENV, { AlarmNames: ['failed'] });
  expect(describeAlarms(state, ENV, {}).MetricAlarms).toEqual([]);
  expect(() => deleteAlarms(state, ENV, { AlarmNames: ['failed'] })).toThrow('does not exist');
});

test('an alarm with nothing to look at sleeps, so that years of silence cost nothing', () => {
  const state = world('2027-01-01', {});
  putMetricAlarm(state, ENV, FAILED);
  const before = state.steps;
  until(state, '2030-01-01');
  expect(state.steps - before).toBeLessThan(5);
});

test('the alarms of the constructs go off on failures and on silence, summed over metrics (B14.2/1)', () => {
  const backupVaults = [{ backupVaultName: 'main', backupVaultArn: 'arn:x' }];
  const specs = BackupAlarmSpecs.of({
    signals: [BackupSignal.BACKUP_JOBS_FAILED, BackupSignal.NO_BACKUP_JOB_SUCCEEDED],
    backupVaults,
    incidentWindowMinutes: 30,
    nothingSucceededWithinHours: 36,
    failureThreshold: 1,
  });
  const state = daily('main');
  for (const spec of specs) {
    const metrics = spec.metrics ?? [];
    const ids = metrics.map((_, index) => `m${index}`);
    putMetricAlarm(state, ENV, {
      AlarmName: spec.specId,
      EvaluationPeriods: spec.evaluationPeriods,
      DatapointsToAlarm: spec.datapointsToAlarm,
      Threshold: spec.threshold,
      ComparisonOperator: spec.comparisonOperator as 'LessThanThreshold',
      TreatMissingData: spec.treatMissingData,
      Metrics: [
        { Id: 'e', Expression: BackupMetricExpressions.filled(ids), ReturnData: true },
        ...metrics.map(({ metric, backupVaultName }, index) => ({
          Id: `m${index}`,
          ReturnData: false,
          MetricStat: {
            Stat: metric.statistic,
            Period: spec.periodMinutes * 60,
            Metric: {
              Namespace: 'AWS/Backup',
              MetricName: metric.metricName,
              Dimensions: [{ Name: 'BackupVaultName', Value: backupVaultName }],
            },
          },
        })),
      ],
    });
  }
  const [failures, silence] = specs.map(({ specId }) => specId);
  until(state, '2027-01-05T00:00:00Z');
  expect(history(state, silence!).at(-1)).toMatch(/-> OK$/);
  expect(history(state, failures!).at(-1)).toMatch(/-> OK$/);
  // From now on every backup fails, as the vault is gone.
  state.ledger.vaults.remove(state.ledger.vaults.tryFind(ENV, 'main')!);
  state.ledger.rosterVersion++;
  until(state, '2027-01-05T06:00:00Z');
  expect(history(state, failures!)).toContain('2027-01-05T05:05:00Z OK -> ALARM');
  until(state, '2027-01-08T00:00:00Z');
  expect(history(state, silence!).at(-1)).toMatch(/OK -> ALARM$/);
});

test('a query sums over every vault of the schema', () => {
  const state = daily('gone');
  const Expression = 'SELECT SUM(NumberOfBackupJobsFailed) FROM SCHEMA("AWS/Backup", BackupVaultName)';
  const { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator, TreatMissingData } = FAILED;
  const alarm = { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator, TreatMissingData };
  putMetricAlarm(state, ENV, { ...alarm, Metrics: [{ Id: 'q', Expression, Period: 300 }] });
  const where = [{ Id: 'q', Expression: `${Expression} WHERE BackupVaultName = 'main'`, Period: 300 }];
  putMetricAlarm(state, ENV, { ...alarm, AlarmName: 'main alone', Metrics: where });
  until(state, '2027-01-01T05:06:00Z');
  expect(history(state, 'failed').at(-1)).toBe('2027-01-01T05:05:00Z OK -> ALARM');
  expect(history(state, 'main alone')).toEqual(['2027-01-01T00:05:00Z INSUFFICIENT_DATA -> OK']);
});

test('a composite alarm follows its parts; values that are sent count as well', () => {
  const state = world('2027-01-01', {});
  const one = { ...FAILED, Namespace: 'mine', MetricName: 'x', Dimensions: [], TreatMissingData: 'missing' };
  putMetricAlarm(state, ENV, { ...one, AlarmName: 'a' });
  putMetricAlarm(state, ENV, { ...one, AlarmName: 'b', MetricName: 'y' });
  putCompositeAlarm(state, ENV, { AlarmName: 'both', AlarmRule: 'ALARM(a) AND ALARM("b")' });
  const send = (MetricName: string) =>
    putMetricData(state, ENV, { Namespace: 'mine', MetricData: [{ MetricName, Value: 1 }] });
  send('x');
  until(state, '2027-01-01T00:06:00Z');
  expect(history(state, 'both')).toEqual(['2027-01-01T00:00:00Z INSUFFICIENT_DATA -> OK']);
  send('x');
  send('y');
  state.runUntil(state.now + 5 * MINUTE);
  expect(history(state, 'both').at(-1)).toBe('2027-01-01T00:10:00Z OK -> ALARM');
  expect(describeAlarms(state, ENV, { AlarmTypes: ['CompositeAlarm'] }).CompositeAlarms).toMatchObject([
    { AlarmName: 'both', StateValue: 'ALARM', AlarmRule: 'ALARM(a) AND ALARM("b")' },
  ]);
});

// prettier-ignore
test.each<[message: string, change: Partial<PutMetricAlarmCommandInput>]>([
  ['datapointsToAlarm must be',             { DatapointsToAlarm: 2 }],
  ['TreatMissingData must be one of',       { TreatMissingData: 'sometimes' }],
  ['Period must be 10, 20, 30 or',          { Period: 90 }],
  ['evaluationPeriods',                     { Period: 300, EvaluationPeriods: 289, DatapointsToAlarm: 1 }],
  ['Statistic p99 is not emulated',         { Statistic: 'p99' as 'Sum' }],
  ['Error in expression',                   { Metrics: [{ Id: 'e', Expression: 'RATE(x)' }] }],
  ['Exactly one element',                   { Metrics: [] }],
])('fails with %s', (message, change) => {
  expect(() => putMetricAlarm(world('2027-01-01', {}), ENV, { ...FAILED, ...change })).toThrow(message);
});

const START = new Date('2027-01-01T00:00:00Z');

// prettier-ignore
test.each<[what: string, seconds: number, period: number, refused: string | undefined]>([
  ['1,440 periods',             1440 * 60, 60, undefined],
  ['1,441 periods',             1440 * 60 + 1, 60, 'up to 1441 datapoints, which exceeds the limit of 1440'],
  ['a period of a second',      1440, 1, undefined],
  ['a period of two seconds',   1440, 2, 'Period must be'],
  ['a period of 1.5 seconds',   1440, 1.5, 'Period must be'],
  ['a period of 90 seconds',    1440, 90, 'Period must be'],
  ['no time at all',            0, 60, 'StartTime must be less than EndTime'],
])('statistics of %s', (_, seconds, Period, refused) => {
  const EndTime = new Date(START.getTime() + seconds * 1000);
  const ask = () =>
    getMetricStatistics(world('2027-01-01', {}), ENV, {
      ...{ Namespace: 'mine', MetricName: 'x', Statistics: ['Sum'], StartTime: START, EndTime, Period },
    });
  if (refused === undefined) {
    expect(ask().Datapoints).toEqual([]);
  } else {
    expect(ask).toThrow(refused);
  }
});
