import { BackupAlarm, BackupAlarmGroup, BackupAlarmRules } from '@holdfast/model';
import { PLAIN, Row, testRows } from './rows';

const five = (evaluationPeriods: number, over: Partial<BackupAlarm> = {}) => ({
  periodMinutes: 5,
  evaluationPeriods,
  ...over,
});
const hourly = (evaluationPeriods: number) => ({ periodMinutes: 60, evaluationPeriods });

// prettier-ignore
const ROWS: Row<BackupAlarm>[] = [
  ['alarm-period',             'fails',  { periodMinutes: 0, evaluationPeriods: 1 },   'periodMinutes', '0 minutes'],
  ['alarm-period',             'fails',  { periodMinutes: 7.5, evaluationPeriods: 1 }, 'periodMinutes', '7.5 minutes'],
  ['alarm-period',             'passes', { periodMinutes: 1, evaluationPeriods: 1 }],
  ['alarm-period-sparse',      'fails',  { periodMinutes: 1, evaluationPeriods: 1 },   'periodMinutes', '1 minute'],
  ['alarm-period-sparse',      'fails',  { periodMinutes: 4, evaluationPeriods: 1 },   'periodMinutes', '4 minutes'],
  ['alarm-period-sparse',      'passes', { periodMinutes: 5, evaluationPeriods: 1 }],
  ['alarm-evaluation-periods', 'fails',  five(0),   'evaluationPeriods', '0'],
  ['alarm-evaluation-periods', 'fails',  five(1.5), 'evaluationPeriods', '1.5'],
  ['alarm-evaluation-periods', 'passes', five(1)],
  ['alarm-window',             'passes', five(288)],
  ['alarm-window',             'fails',  five(289), 'evaluationPeriods', '289 times 5 minutes'],
  ['alarm-window',             'passes', { periodMinutes: 59, evaluationPeriods: 24 }],
  ['alarm-window',             'fails',  { periodMinutes: 59, evaluationPeriods: 25 }, 'evaluationPeriods', '25 times 59 minutes'],
  ['alarm-window',             'passes', hourly(168)],
  ['alarm-window',             'fails',  hourly(169), 'evaluationPeriods', '169 times 60 minutes'],
  ['alarm-datapoints',         'passes', five(3, { datapointsToAlarm: 3 })],
  ['alarm-datapoints',         'fails',  five(3, { datapointsToAlarm: 4 }), 'datapointsToAlarm', '4 of 3'],
  ['alarm-datapoints',         'passes', five(3, { datapointsToAlarm: 1 })],
  ['alarm-datapoints',         'fails',  five(3, { datapointsToAlarm: 0 }), 'datapointsToAlarm', '0 of 3'],
  ['alarm-metrics',            'passes', five(1, { metrics: 10 })],
  ['alarm-metrics',            'fails',  five(1, { metrics: 11 }), 'metrics', '11'],
  ['alarm-insights-window',    'passes', five(36, { insights: true })],
  ['alarm-insights-window',    'fails',  five(37, { insights: true }), 'evaluationPeriods', '37 times 5 minutes'],
  ['alarm-insights-window',    'passes', five(37)],
  ['alarm-threshold',          'passes', five(1, { threshold: 0.5 })],
  ['alarm-threshold',          'fails',  five(1, { threshold: 0 }), 'threshold', '0'],
];

testRows((alarm) => BackupAlarmRules.check(alarm, '', PLAIN), ROWS);

// prettier-ignore
const GROUPS: Row<BackupAlarmGroup>[] = [
  ['alarm-nothing-watched', 'fails',  { alarms: 0, alarmActions: 1 },   'alarms', '0'],
  ['alarm-nothing-watched', 'passes', { alarms: 1, alarmActions: 1 }],
  ['alarm-children',        'passes', { alarms: 100, alarmActions: 1 }],
  ['alarm-children',        'fails',  { alarms: 101, alarmActions: 1 }, 'alarms', '101'],
  ['alarm-no-action',       'fails',  { alarms: 1, alarmActions: 0 },   'alarmActions', '0'],
  ['alarm-no-action',       'passes', { alarms: 1, alarmActions: 1 }],
  ['alarm-actions',         'passes', { alarms: 1, alarmActions: 5, okActions: 5 }],
  ['alarm-actions',         'fails',  { alarms: 1, alarmActions: 6 },   'alarmActions', '6'],
  ['alarm-actions',         'fails',  { alarms: 1, alarmActions: 1, okActions: 6 }, 'okActions', '6'],
];

testRows((group) => BackupAlarmRules.checkGroup(group, ''), GROUPS);

test('values that are known later are neither checked nor tripped over', () => {
  const alarm = { periodMinutes: -1, evaluationPeriods: -1, datapointsToAlarm: -1, metrics: 99, threshold: -1 };
  expect(BackupAlarmRules.check(alarm, '', { known: (value) => typeof value === 'object' })).toEqual([]);
});

test('a time that is known later is refused', () => {
  expect(BackupAlarmRules.checkTime(60, 'incidentWindow', PLAIN)).toEqual([]);
  const [finding] = BackupAlarmRules.checkTime(60, 'incidentWindow', { known: () => false });
  expect(`${finding?.path} ${finding?.message} [${finding?.rule}]`).toBe(
    'incidentWindow must be known at synthesis, as the periods of the alarm are counted from it, got a value that is known only at deployment [alarm-time-unknown]',
  );
});
