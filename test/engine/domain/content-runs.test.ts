// Jobs of resources that hold content: each waits for what host does with it, and begins or ends once.
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { hosted, STORED } from '../scenarios/content-stage';
import { create, JOBS } from '../scenarios/report-stage';
import { CMK, ENV, plan, resource, ROLE, rule, vault, vaultArn, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1');

test('a backup, its copy and its restore begin and end once, and are as large as what host stored', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? *)', copyActions });
  const vaults = [vault('main'), vault('other')];
  const state = world('2027-01-01', { vaults, resources: [FILES], plans: [plan('p', [once])] });
  const { orders, until } = hosted(state);
  until('2027-01-01T12:00:00Z');
  const points = state.pointsOf(FILES.arn);
  expect(points.map(({ sizeBytes }) => sizeBytes)).toEqual([STORED.sizeBytes, STORED.sizeBytes]);
  startRestoreJob(state, ENV, {
    RecoveryPointArn: points[0]?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: {
      'file-system-id': 'fs-1',
      newFileSystem: 'true',
      CreationToken: 'token',
      Encrypted: 'false',
      PerformanceMode: 'generalPurpose',
    },
  });
  until('2027-01-01T18:00:00Z');
  expect(orders.map(({ kind }) => kind)).toEqual(['capture', 'copy', 'restore']);
  const moves = state.events().map(({ kind, what }) => `${kind} ${what}`);
  for (const job of ['backup-job', 'copy-job', 'restore-job']) {
    expect(moves.filter((move) => move === `${job} RUNNING`)).toHaveLength(1);
    expect(moves.filter((move) => move === `${job} COMPLETED`)).toHaveLength(1);
  }
});

test('a restore of a bucket whose objects would be under a key that cannot be used completes without them (B13)', () => {
  const keyId = CMK.split('/').at(-1) ?? '';
  const bucket = resource('s3', 'docs', { encryptedWith: CMK });
  const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? *)' });
  const open = { ...vault('main'), encryptionKeyArn: CMK.replace(/1$/, '2') };
  const state = world('2027-01-01', {
    ...{ vaults: [open], resources: [bucket], plans: [plan('p', [once])], keys: [{ env: ENV, keyId }] },
  });
  const { orders, until } = hosted(state);
  until('2027-01-01T12:00:00Z');
  const restore = (DestinationBucketName: string, at: string) => {
    startRestoreJob(state, ENV, {
      RecoveryPointArn: state.pointsOf(bucket.arn)[0]?.recoveryPointArn,
      IamRoleArn: ROLE,
      Metadata: { DestinationBucketName, NewBucket: 'true', Encrypted: 'true', CreationToken: 't' },
    });
    until(at);
    return [state.summary().restoreJobs, orders.map(({ kind }) => kind)];
  };
  expect(restore('one', '2027-01-01T18:00:00Z')).toEqual([{ COMPLETED: 1 }, ['capture', 'restore']]);
  disableKey(state, ENV, { KeyId: keyId });
  expect(restore('two', '2027-01-02T00:00:00Z')).toEqual([{ COMPLETED: 2 }, ['capture', 'restore']]);
});

test('what comes into a bucket while the clock moves is a revision of that very instant, and what is put while it stands is not (B5.3)', () => {
  const continuous = rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)', enableContinuousBackup: true });
  const state = world('2027-01-01', { vaults: [vault('main')], plans: [plan('p', [continuous])] });
  const { orders, until } = hosted(state);
  const bucket = state.buckets.create(ENV, 'reports', {});
  create(state, JOBS);
  until('2027-01-01T12:00:00Z');
  const deliver = () =>
    state.buckets.deliver('aws', state.reportPlans.files.put('reports', 'by-hand', '{}', state.now));
  deliver();
  expect(state.ledger.waitsForContent).toBe(false);
  until('2027-01-04T00:00:00Z');
  const revised = orders.flatMap((order) => (order.kind === 'capture' ? [order.to.label] : []));
  const written = state.reportPlans.files.list().filter(({ key }) => key !== 'by-hand');
  const after = written.filter(({ createdAt }) => createdAt > parseInstant('2027-01-01T12:00:00Z'));
  expect(after.length).toBeGreaterThan(1);
  expect(
    revised.filter((label) => label.startsWith(`revision ${bucket.arn}`)).map((label) => Number(label.split(' ')[2])),
  ).toEqual(after.map(({ createdAt }) => createdAt));
});
