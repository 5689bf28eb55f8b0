// Data points: what counts together, what is read of them, and which series are alike.
import type { MetricName } from '../../../engine/src/domain/metrics';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { ENV, HOUR, MINUTE, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const START = parseInstant('2027-01-01');
const METRIC: MetricName = { env: ENV, namespace: 'Own', name: 'Size', dimensions: { Team: 'a', Stage: 'b' } };
const ELSEWHERE = { ...ENV, region: 'us-east-1' };

function metrics() {
  return world('2027-01-01', {}).services.metrics;
}

test('values of one minute make one data point, with sum, number, least, most and mean', () => {
  const all = metrics();
  [4, 1, 7].forEach((value, index) => all.send(METRIC, value, START + index * 20_000 - 1 + (index === 0 ? 1 : 0)));
  all.send(METRIC, 100, START + MINUTE);
  const read = (statistic: Parameters<typeof all.read>[1], periods = 1) =>
    all.read(METRIC, statistic, START, MINUTE, periods);
  expect([read('Sum'), read('SampleCount'), read('Minimum'), read('Maximum'), read('Average')]).toEqual([
    [12],
    [3],
    [1],
    [7],
    [4],
  ]);
  expect(read('Sum', 3)).toEqual([12, 100, undefined]);
  expect(all.read(METRIC, 'Average', START, 5 * MINUTE, 1)).toEqual([28]);
  expect(all.read(METRIC, 'Minimum', START, 5 * MINUTE, 1)).toEqual([1]);
  expect(all.read(METRIC, 'Maximum', START, 5 * MINUTE, 2)).toEqual([100, undefined]);
  expect(all.read(METRIC, 'Sum', START - MINUTE, MINUTE, 2)).toEqual([undefined, 12]);
  expect(all.read({ ...METRIC, name: 'Other' }, 'Sum', START, MINUTE, 2)).toEqual([undefined, undefined]);
});

test('negative values are the least, also alone', () => {
  const all = metrics();
  all.send(METRIC, -5, START);
  expect(all.read(METRIC, 'Maximum', START, HOUR, 1)).toEqual([-5]);
  all.send(METRIC, -9, START + MINUTE);
  expect(all.read(METRIC, 'Minimum', START, HOUR, 1)).toEqual([-9]);
  expect(all.read(METRIC, 'Maximum', START, HOUR, 1)).toEqual([-5]);
});

test('a series is of its account, Region, namespace, name and dimensions, whose order is none', () => {
  const all = metrics();
  const others: MetricName[] = [
    { ...METRIC, env: ELSEWHERE },
    { ...METRIC, namespace: 'Other' },
    { ...METRIC, name: 'Count' },
    { ...METRIC, dimensions: { Team: 'a' } },
    { ...METRIC, dimensions: { Team: 'b', Stage: 'b' } },
    { ...METRIC, dimensions: {} },
  ];
  [METRIC, ...others].forEach((one, index) => all.send(one, 2 ** index, START));
  all.send({ ...METRIC, dimensions: { Stage: 'b', Team: 'a' } }, 1, START);
  expect(all.read(METRIC, 'Sum', START, MINUTE, 1)).toEqual([2]);
  expect(all.list(ENV)).toHaveLength(6);
  expect(all.list(ELSEWHERE)).toEqual([others[0]]);
  expect(all.like(ENV, 'Own', 'Size', ['Stage', 'Team'])).toEqual([METRIC, others[4]]);
  expect(all.like(ENV, 'Own', 'Size', ['Team', 'Stage'])).toEqual([METRIC, others[4]]);
  expect(all.like(ENV, 'Own', 'Size', ['Team'])).toEqual([others[3]]);
  expect(all.like(ENV, 'Own', 'Size', [])).toEqual([others[5]]);
  expect(all.like(ENV, 'Own', 'Size')).toHaveLength(4);
  expect(all.like(ENV, 'Other', 'Size', ['Team', 'Stage'])).toEqual([others[1]]);
  expect(all.like(ENV, 'Own', 'Count', ['Team', 'Stage'])).toEqual([others[2]]);
  expect([all.isKnown(METRIC), all.isKnown({ ...METRIC, name: 'None' })]).toEqual([true, false]);
});

test('jobs are counted where they run, by vault and by vault and type (B14.2/2)', () => {
  const table = resource('dynamodb-advanced', 'orders');
  const copyActions = [
    { destinationBackupVaultArn: vaultArn('copies') },
    { destinationBackupVaultArn: vaultArn('gone') },
  ];
  const rules = [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', copyActions })];
  const state = world('2027-01-01', {
    vaults: [vault('main'), vault('copies')],
    resources: [table],
    plans: [plan('p', rules)],
  });
  const { metrics: all } = state.services;
  all.listen();
  until(state, '2027-01-01T12:00:00Z');
  startRestoreJob(state, ENV, {
    RecoveryPointArn: state.pointsOf(table.arn)[0]?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: { targetTableName: 'restored', encryptionType: 'Default' },
  });
  until(state, '2027-01-02T00:00:00Z');
  const counted = all
    .list(ENV)
    .filter(({ dimensions }) => !('ResourceType' in dimensions))
    .map((one) => `${one.name.replace('NumberOf', '')} ${one.dimensions['BackupVaultName']}`);
  expect(counted.sort()).toEqual([
    ...['BackupJobsCompleted main', 'BackupJobsCreated main', 'BackupJobsPending main', 'BackupJobsRunning main'],
    'CopyJobsCompleted copies',
    ...['CopyJobsCreated copies', 'CopyJobsCreated gone', 'CopyJobsFailed gone', 'CopyJobsRunning copies'],
    ...['RecoveryPointsCompleted copies', 'RecoveryPointsCompleted main', 'RestoreJobsCompleted copies'],
    ...['RestoreJobsPending copies', 'RestoreJobsRunning copies'],
  ]);
  const typed = all.list(ENV).filter(({ dimensions }) => dimensions['ResourceType'] === 'DynamoDB');
  expect(typed).toHaveLength(counted.length);
});

test('whoever waits for data hears of it, with its place', () => {
  const all = metrics();
  const heard: string[] = [];
  all.onData = ({ region }) => heard.push(region);
  all.send(METRIC, 1, START);
  all.count({ ...METRIC, env: ELSEWHERE });
  all.count({ ...METRIC, env: ELSEWHERE });
  expect(heard).toEqual([ENV.region, 'us-east-1', 'us-east-1']);
  const counted = { ...METRIC, env: ELSEWHERE };
  expect(all.read(counted, 'Sum', START, 5 * MINUTE, 1)).toEqual([2]);
  all.onData = undefined;
  all.send(METRIC, 1, START);
  all.count(METRIC);
});
