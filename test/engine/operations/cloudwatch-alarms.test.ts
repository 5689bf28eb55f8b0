// Alarms over values that are sent: what a query reads, when an alarm sleeps and wakes, what it tells.
import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { deleteAlarms } from '../../../engine/src/operations/cloudwatch/delete-alarms';
import { describeAlarms } from '../../../engine/src/operations/cloudwatch/describe-alarms';
import { putCompositeAlarm } from '../../../engine/src/operations/cloudwatch/put-composite-alarm';
import { putMetricAlarm } from '../../../engine/src/operations/cloudwatch/put-metric-alarm';
import { putMetricData } from '../../../engine/src/operations/cloudwatch/put-metric-data';
import { setAlarmState } from '../../../engine/src/operations/cloudwatch/set-alarm-state';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { shortInstant } from '../../../engine/src/kernel/instant';
import { bodies, events, heard, queue, queueNamed, topic, topicNamed } from '../scenarios/listeners';
import { subscribe } from '../../../engine/src/operations/sns/subscribe';
import { ENV, MINUTE, until, world } from '../scenarios/stage';

const ALARM: PutMetricAlarmCommandInput = {
  AlarmName: 'a',
  EvaluationPeriods: 1,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'missing',
};
const SINGLE = { ...ALARM, Namespace: 'mine', MetricName: 'size', Statistic: 'Sum' as const, Period: 60 };
const ELSEWHERE = { ...ENV, region: 'us-east-1' };

function send(
  state: WorldState,
  Value: number,
  Dimensions: Record<string, string> = {},
  env = ENV,
  MetricName = 'size',
) {
  const named = Object.entries(Dimensions).map(([Name, value]) => ({ Name, Value: value }));
  putMetricData(state, env, { Namespace: 'mine', MetricData: [{ MetricName, Value, Dimensions: named }] });
}

function stateOf(state: WorldState, name = 'a', env = ENV) {
  return state.services.alarms.alarms.tryFind(env, name)?.state;
}

function history(state: WorldState, name = 'a', env = ENV): string[] {
  return (state.services.alarms.alarms.tryFind(env, name)?.history ?? []).map(
    ({ at, from, to }) => `${shortInstant(at).slice(11, 19)} ${from} -> ${to}`,
  );
}

// Sent by team and stage: a/dev 4 and 6, a/live 20, b/dev 1; by team alone 100; another metric 1000.
// prettier-ignore
test.each<[query: string, value: number | undefined]>([
  ['SELECT SUM(size) FROM SCHEMA("mine", Team, Stage)',                                     31],
  ['select sum(size) from schema("mine", Stage, Team)',                                     31],
  ['  SELECT SUM(size) FROM SCHEMA("mine", "Team", "Stage")  ',                             31],
  ['SELECT MAX(size) FROM SCHEMA("mine", Team, Stage)',                                     20],
  ['SELECT MIN(size) FROM SCHEMA("mine", Team, Stage)',                                     1],
  ['SELECT COUNT(size) FROM SCHEMA("mine", Team, Stage)',                                   4],
  ['SELECT AVG(size) FROM SCHEMA("mine", Team, Stage) WHERE Team = \'a\' AND Stage = \'dev\'', 5],
  ['SELECT SUM(size) FROM SCHEMA("mine", Team, Stage) WHERE Team = \'a\'',                  30],
  ['SELECT SUM(size) FROM SCHEMA("mine", Team, Stage) WHERE "Stage"=\'dev\'',               11],
  ['SELECT SUM(size) FROM SCHEMA("mine", Team)',                                            100],
  ['SELECT SUM(size) FROM SCHEMA("mine", Stage)',                                           undefined],
  ['SELECT SUM(size) FROM "mine"',                                                          131],
  ['SELECT SUM(size) FROM "mine" WHERE Stage = \'dev\'',                                    11],
  ['SELECT SUM(size) FROM SCHEMA("other", Team)',                                           undefined],
])('%s is %p', (Expression, value) => {
  const state = world('2027-01-01', {});
  const bounds = [['above', 'GreaterThanThreshold'], ['below', 'LessThanThreshold']] as const;
  for (const [AlarmName, ComparisonOperator] of bounds) {
    const Metrics = [{ Id: 'q', Expression, Period: 60 }];
    putMetricAlarm(state, ENV, { ...ALARM, AlarmName, ComparisonOperator, Threshold: value ?? 0, Metrics });
  }
  const rows = [[4, 'a', 'dev'], [6, 'a', 'dev'], [20, 'a', 'live'], [1, 'b', 'dev']] as const;
  for (const [size, Team, Stage] of rows) send(state, size, { Team, Stage });
  send(state, 100, { Team: 'a' });
  send(state, 1000, { Team: 'a', Stage: 'dev' }, ENV, 'another');
  send(state, 5000, { Team: 'a', Stage: 'dev' }, ELSEWHERE);
  state.runUntil(state.now + MINUTE + 1);
  const expected = value === undefined ? 'INSUFFICIENT_DATA' : 'OK';
  expect([stateOf(state, 'above'), stateOf(state, 'below')]).toEqual([expected, expected]);
});

test('an alarm that sleeps is woken by data of its place, metric or query, and by nothing else', () => {
  for (const watched of [
    SINGLE,
    { ...ALARM, Metrics: [{ Id: 'q', Expression: 'SELECT SUM(size) FROM "mine"', Period: 60 }] },
  ]) {
    const state = world('2027-01-01', {});
    putMetricAlarm(state, ENV, watched);
    until(state, '2027-01-01T02:00:00Z');
    const slept = state.steps;
    send(state, 50, {}, ELSEWHERE);
    until(state, '2027-01-01T03:00:00Z');
    expect(state.steps).toBe(slept);
    send(state, 50);
    until(state, '2027-01-01T03:02:00Z');
    expect(history(state)).toEqual(['03:01:00 INSUFFICIENT_DATA -> ALARM']);
    until(state, '2027-01-01T04:00:00Z');
    expect(history(state)).toEqual(['03:01:00 INSUFFICIENT_DATA -> ALARM', '03:04:00 ALARM -> INSUFFICIENT_DATA']);
    const again = state.steps;
    until(state, '2027-01-02T04:00:00Z');
    expect(state.steps).toBe(again);
  }
});

test('of several metrics with a sum the one that is returned decides, and data of any keeps the alarm awake', () => {
  const state = world('2027-01-01', {});
  const stat = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: { Stat: 'Sum', Period: 60, Metric: { Namespace: 'mine', MetricName } },
  });
  const Metrics = [
    stat('m1', 'size'),
    stat('m2', 'never'),
    { Id: 'e', Expression: 'm1 + FILL(m2, 5)', ReturnData: true },
  ];
  putMetricAlarm(state, ENV, { ...ALARM, Metrics });
  send(state, 4);
  until(state, '2027-01-01T00:01:01Z');
  send(state, 12);
  until(state, '2027-01-01T00:02:01Z');
  expect(history(state)).toEqual(['00:01:00 INSUFFICIENT_DATA -> OK', '00:02:00 OK -> ALARM']);
});

test('an alarm that is replaced or deleted is looked at no more as it was', () => {
  const state = world('2027-01-01', {});
  putMetricAlarm(state, ENV, SINGLE);
  send(state, 50);
  deleteAlarms(state, ENV, { AlarmNames: ['a'] });
  state.runUntil(state.now + MINUTE + 1);
  expect(stateOf(state)).toBeUndefined();
  putMetricAlarm(state, ENV, { ...SINGLE, Threshold: 100 });
  putMetricAlarm(state, ENV, { ...SINGLE, Threshold: 40 });
  send(state, 50);
  state.runUntil(state.now + MINUTE + 1);
  expect(history(state)).toEqual(['00:02:00 INSUFFICIENT_DATA -> ALARM']);
  putCompositeAlarm(state, ENV, { AlarmName: 'a', AlarmRule: 'FALSE' });
  state.runUntil(state.now + MINUTE + 1);
  expect(stateOf(state)).toBe('OK');
});

test('alarms of another place are alarms of their own', () => {
  const state = world('2027-01-01', {});
  putMetricAlarm(state, ENV, SINGLE);
  putMetricAlarm(state, ELSEWHERE, SINGLE);
  putMetricAlarm(state, ENV, { ...SINGLE, AlarmName: 'A2' });
  putCompositeAlarm(state, ELSEWHERE, { AlarmName: 'c', AlarmRule: 'ALARM(a)' });
  send(state, 50);
  state.runUntil(state.now + MINUTE + 1);
  expect([stateOf(state), stateOf(state, 'a', ELSEWHERE), stateOf(state, 'c', ELSEWHERE)]).toEqual([
    ...['ALARM', 'INSUFFICIENT_DATA', 'OK'],
  ]);
  expect(describeAlarms(state, ENV, {}).MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['A2', 'a']);
  expect(describeAlarms(state, ELSEWHERE, {}).MetricAlarms).toHaveLength(1);
});

test('a caller may say what state an alarm is in, which it tells with its reason until it is looked at again', () => {
  const state = world('2027-01-01', {});
  const TopicArn = topic(state, 'ops');
  queue(state, 'told');
  subscribe(state, ENV, {
    TopicArn,
    Protocol: 'sqs',
    Endpoint: queueNamed('told'),
    Attributes: { RawMessageDelivery: 'true' },
  });
  heard(state, 'alarms', { source: ['aws.cloudwatch'] });
  const actions = { AlarmActions: [topicNamed('ops')], OKActions: [topicNamed('ops')] };
  putMetricAlarm(state, ENV, { ...SINGLE, AlarmDescription: 'd', ...actions });
  setAlarmState(state, ENV, { AlarmName: 'a', StateValue: 'ALARM', StateReason: 'a trial' });
  expect(bodies(state, 'told').map((body) => JSON.parse(body) as object)).toEqual([
    {
      AlarmName: 'a',
      AlarmDescription: 'd',
      AWSAccountId: ENV.account,
      NewStateValue: 'ALARM',
      NewStateReason: 'a trial',
      StateChangeTime: '2027-01-01T00:00:00.000+0000',
      Region: ENV.region,
      AlarmArn: state.services.alarms.alarms.tryFind(ENV, 'a')?.arn,
      OldStateValue: 'INSUFFICIENT_DATA',
    },
  ]);
  expect(events(state, 'alarms')).toMatchObject([
    {
      resources: [state.services.alarms.alarms.tryFind(ENV, 'a')?.arn],
      detail: {
        alarmName: 'a',
        state: { value: 'ALARM', reason: 'a trial' },
        previousState: { value: 'INSUFFICIENT_DATA' },
        configuration: { description: 'd' },
      },
    },
  ]);
  send(state, 4);
  send(state, 3);
  state.runUntil(state.now + MINUTE + 1);
  expect(JSON.parse(bodies(state, 'told')[1] ?? '')).toMatchObject({
    NewStateValue: 'OK',
    NewStateReason:
      '1 of the last 1 periods have data [7]; 1 bad ones make an alarm (GreaterThanOrEqualToThreshold 10)',
  });
  putMetricAlarm(state, ENV, { ...SINGLE, AlarmName: 'plain' });
  setAlarmState(state, ENV, { AlarmName: 'plain', StateValue: 'ALARM', StateReason: 'r' });
  expect(events(state, 'alarms').at(-1)?.detail['configuration']).toEqual({ description: null });
});

test('the log tells the states that alarms came to, those that callers said and those that the clock brought', () => {
  const state = world('2027-01-01', {});
  putMetricAlarm(state, ENV, SINGLE);
  send(state, 50);
  state.runUntil(state.now + 10 * MINUTE);
  setAlarmState(state, ENV, { AlarmName: 'a', StateValue: 'OK', StateReason: 'r' });
  state.runUntil(state.now + MINUTE + 1);
  expect(state.events().flatMap(({ kind, what }) => (kind === 'alarm' ? [what] : []))).toEqual([
    ...['ALARM', 'INSUFFICIENT_DATA', 'OK', 'INSUFFICIENT_DATA'],
  ]);
});

test('a query that finds nothing is a series without any value, which stands for nothing in a sum', () => {
  const state = world('2027-01-01', {});
  const Metrics = [
    {
      Id: 'm1',
      ReturnData: false,
      MetricStat: { Stat: 'Sum', Period: 60, Metric: { Namespace: 'mine', MetricName: 'size' } },
    },
    { Id: 'q1', ReturnData: false, Period: 60, Expression: 'SELECT SUM(nothing) FROM "mine"' },
    { Id: 'e', ReturnData: true, Expression: 'm1 + q1' },
  ];
  putMetricAlarm(state, ENV, { ...ALARM, Metrics });
  send(state, 12);
  until(state, '2027-01-01T00:01:01Z');
  expect(stateOf(state)).toBe('ALARM');
});

test('a composite alarm does without an alarm that was deleted', () => {
  const state = world('2027-01-01', {});
  putMetricAlarm(state, ENV, SINGLE);
  putMetricAlarm(state, ENV, { ...SINGLE, AlarmName: 'b' });
  putCompositeAlarm(state, ENV, { AlarmName: 'both', AlarmRule: 'ALARM(b) OR ALARM(a)' });
  deleteAlarms(state, ENV, { AlarmNames: ['b'] });
  send(state, 12);
  until(state, '2027-01-01T00:01:01Z');
  expect([stateOf(state), stateOf(state, 'both')]).toEqual(['ALARM', 'ALARM']);
});

test('an alarm says what the periods have that count, and nothing of earlier ones', () => {
  const state = world('2027-01-01', {});
  putMetricAlarm(state, ENV, SINGLE);
  send(state, 3);
  until(state, '2027-01-01T00:01:01Z');
  send(state, 12);
  until(state, '2027-01-01T00:02:01Z');
  const whys = state.services.alarms.alarms.tryFind(ENV, 'a')?.history.map(({ why }) => why.split(';')[0]);
  expect(whys).toEqual(['1 of the last 1 periods have data [3]', '1 of the last 1 periods have data [12]']);
});
