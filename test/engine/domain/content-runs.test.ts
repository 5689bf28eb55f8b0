// Jobs of resources that hold content: each waits for what host does with it, and begins or ends once.
import type { StatefulResource } from '@holdfast/model';
import type { ContentOrder } from '../../../engine/src/domain/content-orders';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { done, GIB, hosted, STORED } from '../scenarios/content-stage';
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
  state.buckets.set(bucket, 'versioning', { Status: 'Enabled' });
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

const BUCKET = resource('s3', 'docs');
const DAILY = { scheduleExpression: 'cron(0 5 ? * * *)' };
const CONTINUOUS = rule('daily', { ...DAILY, enableContinuousBackup: true });

function daily(resources: StatefulResource[], of = rule('daily', DAILY)): WorldState {
  return world('2027-01-01', { vaults: [vault('main')], resources, plans: [plan('p', [of])] });
}

const known = ({ ledger }: WorldState, { arn }: StatefulResource) => ledger.resources.tryFind(arn)!;

function rowsOf(state: WorldState, of: StatefulResource): number[] {
  return known(state, of).series.flatMap((series) => state.ledger.points.rowsOf(series));
}

function removeAll(state: WorldState, { arn }: StatefulResource): void {
  for (const { recoveryPointArn: RecoveryPointArn } of state.pointsOf(arn)) {
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
  }
}

test('what comes of an order comes while the clock moves, and the clock is then as it was', () => {
  const state = daily([FILES]);
  const { content } = hosted(state);
  const seen: boolean[] = [];
  content.settle(() => seen.push(state.ledger.running));
  expect([...seen, state.ledger.running]).toEqual([true, false]);
});

test('a resource that is declared anew without a size is as large as what is captured of it', () => {
  const { sizeGiB: _size, ...unsized } = FILES;
  const state = daily([unsized]);
  const { until } = hosted(state, { measures: () => false });
  until('2027-01-02T00:00:00Z');
  state.addResource(unsized);
  until('2027-01-03T00:00:00Z');
  const sizes = state.pointsOf(FILES.arn).map(({ sizeBytes }) => sizeBytes);
  expect(sizes).toEqual([STORED.sizeBytes, STORED.sizeBytes]);
});

test('a capture is under the key of the vault where AWS Backup manages the service fully, else under that of the resource (B7.1/1)', () => {
  const own = CMK.replace(/1$/, '2');
  const [files, disk] = [
    resource('efs', 'fs-1', { encryptedWith: own }),
    resource('ebs', 'vol-0123456789abcdef0', { encryptedWith: own }),
  ];
  const state = daily([files, disk]);
  const { orders, until } = hosted(state);
  until('2027-01-01T12:00:00Z');
  const keyOf = (of: StatefulResource) =>
    orders.flatMap((order) => (order.kind === 'capture' && order.resource.arn === of.arn ? order.to.scope.key : []));
  expect([keyOf(files), keyOf(disk)]).toEqual([[CMK], [own]]);
});

test('a point of what holds nothing keeps nothing and goes as any other, and later captures build on none of it', () => {
  let holding = false;
  const state = daily([FILES]);
  const { content, orders, until } = hosted(state, { holds: () => holding });
  until('2027-01-01T12:00:00Z');
  expect([state.pointsOf(FILES.arn).length, orders]).toEqual([1, []]);
  holding = true;
  until('2027-01-03T00:00:00Z');
  holding = false;
  until('2027-01-04T00:00:00Z');
  expect(orders.map((order) => order.kind === 'capture' && order.to.base)).toEqual([undefined]);
  removeAll(state, FILES);
  expect([state.pointsOf(FILES.arn), content.takeReleased()]).toEqual([[], ['1']]);
});

test('a copy builds on the copy before', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const plans = [plan('p', [rule('daily', { ...DAILY, copyActions })])];
  const state = world('2027-01-01', { vaults: [vault('main'), vault('other')], resources: [FILES], plans });
  const { orders, until } = hosted(state);
  until('2027-01-03T00:00:00Z');
  const bases = orders.map((order) => [order.kind, 'to' in order && order.to.base]);
  expect(bases).toEqual([
    ['capture', undefined],
    ['copy', undefined],
    ['capture', '1'],
    ['copy', '2'],
  ]);
});

/** A resource that is backed up once and copied twice, with a host that does with copies what is said. */
function copiedTwice(of: StatefulResource, copied: (order: ContentOrder & { kind: 'copy' }, id: string) => void) {
  const copyActions = ['other', 'third'].map((name) => ({ destinationBackupVaultArn: vaultArn(name) }));
  const plans = [plan('p', [rule('once', { scheduleExpression: 'cron(0 5 1 1 ? *)', copyActions })])];
  const vaults = [vault('main'), vault('other'), vault('third')];
  const state = world('2027-01-01', { vaults, resources: [of], plans });
  const { until } = hosted(state, {}, (order, id) => {
    if (order.kind === 'copy') {
      copied(order, id);
    } else {
      done(order, id);
    }
  });
  const copies = () => state.jobsOf(of.arn).filter(({ kind }) => kind === 'copy');
  return { state, until, copies };
}

test('a copy whose content cannot be copied fails, and the next one runs', () => {
  let failed = false;
  const { state, until, copies } = copiedTwice(FILES, (order, id) => {
    if (failed) {
      done(order, id);
    } else {
      failed = true;
      order.settle(undefined);
    }
  });
  until('2027-01-02T00:00:00Z');
  expect(copies().map((job) => job.state)).toEqual(['FAILED', 'COMPLETED']);
  expect(copies()[0]?.why).toContain('content');
  expect(state.ledger.resources.tryFind(FILES.arn)?.busy).toBe(false);
});

test('a resource is busy while the content of a copy is on its way', () => {
  const waiting: (() => void)[] = [];
  const { state, until, copies } = copiedTwice(FILES, (order, id) => {
    waiting.push(() => {
      done(order, id);
    });
  });
  until('2027-01-01T12:00:00Z');
  expect([waiting.length, state.ledger.resources.tryFind(FILES.arn)?.busy]).toEqual([1, true]);
  expect(copies().map((job) => job.state)).toEqual(['CREATED', 'CREATED']);
});

// prettier-ignore
test.each([
  ['what was measured, where host measures the resource', true,  [7, 2]],
  ['what is reckoned, where it does not',                 false, [100, 14]],
])('a copy that builds on another moves %s', (_what, measures, moved) => {
  const one = { ...FILES, sizeGiB: 100, dailyChangePercent: 100 / 7 };
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const plans = [plan('p', [rule('daily', { ...DAILY, copyActions })])];
  const state = world('2027-01-01', { vaults: [vault('main'), vault('other')], resources: [one], plans });
  const { until } = hosted(state, { measures: () => measures });
  until('2027-01-03T00:00:00Z');
  const copies = state.jobsOf(one.arn).filter(({ kind }) => kind === 'copy');
  expect(copies.map(({ transferredBytes = NaN }) => Math.round(transferredBytes / GIB))).toEqual(moved);
});

test('a job that comes to nothing before it captured anything, or as it could not, keeps nothing', () => {
  const start = (state: WorldState) =>
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE }).BackupJobId;
  const empty = world('2027-01-01', { vaults: [vault('main')], resources: [FILES] });
  const { until } = hosted(empty, { holds: () => false });
  const BackupJobId = start(empty);
  stopBackupJob(empty, ENV, { BackupJobId });
  until('2027-01-02T00:00:00Z');
  expect(empty.summary().backupJobs).toEqual({ ABORTED: 1 });
  const unread = world('2027-01-01', { vaults: [vault('main')], resources: [FILES] });
  const failing = hosted(unread, {}, (order, id) =>
    order.kind === 'capture' ? order.settle(undefined) : done(order, id),
  );
  start(unread);
  failing.until('2027-01-02T00:00:00Z');
  expect([unread.summary().backupJobs, failing.content.takeReleased()]).toEqual([{ FAILED: 1 }, []]);
});

test.each([
  ['2027-01-01T11:59:59Z', '1'],
  ['2027-01-01T12:00:00Z', '2'],
  ['2027-01-01T14:59:59Z', '2'],
  ['2027-01-01T15:00:00Z', '3'],
  ['2027-01-01T17:00:00Z', '3'],
])('a restore as of %s is of capture %s, as the second is of noon and the third of three', (RestoreTime, from) => {
  const state = daily([BUCKET], CONTINUOUS);
  const { content, orders, until } = hosted(state);
  until('2027-01-01T12:00:00Z');
  content.revise(known(state, BUCKET));
  until('2027-01-01T15:00:00Z');
  content.revise(known(state, BUCKET));
  until('2027-01-01T18:00:00Z');
  const [point] = state.pointsOf(BUCKET.arn);
  startRestoreJob(state, ENV, {
    RecoveryPointArn: point?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: { DestinationBucketName: 'docs', NewBucket: 'false', RestoreTime },
  });
  until('2027-01-01T20:00:00Z');
  expect(orders.flatMap((order) => (order.kind === 'restore' ? order.from : []))).toEqual([from]);
});

test('a snapshot that shares what a continuous point holds has the newest revision alone', () => {
  const state = daily([BUCKET], CONTINUOUS);
  const { content, until } = hosted(state);
  until('2027-01-01T12:00:00Z');
  content.revise(known(state, BUCKET));
  until('2027-01-01T13:00:00Z');
  const [row = -1] = rowsOf(state, BUCKET);
  const shared = 1000;
  content.share(row, shared);
  content.share(shared + 1, shared + 2);
  removeAll(state, BUCKET);
  expect(content.takeReleased()).toEqual(['1']);
  content.forget(shared);
  expect(content.takeReleased()).toEqual(['2']);
});

test('points that need a capture are listed by their ARNs in ascending order', () => {
  const state = daily([FILES]);
  const { content, until } = hosted(state);
  until('2027-01-08T00:00:00Z');
  const arns = state.pointsOf(FILES.arn).map(({ recoveryPointArn }) => recoveryPointArn);
  const found = content.pointsWith(new Set(['1', '2', '3', '4', '5', '6', '7']));
  expect(found).toHaveLength(7);
  expect(found).toEqual([...arns].sort());
  expect(found).not.toEqual(arns);
  expect(content.pointsWith(new Set(['3']))).toEqual([arns[2]]);
});

test('recorded is what a continuous point stands for that holds content, as long as it is there', () => {
  const plans = [plan('p', [CONTINUOUS])];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [BUCKET, FILES], plans });
  let holding = true;
  const { content, until } = hosted(state, { holds: () => holding });
  expect(content.recorded()).toEqual([]);
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: BUCKET.arn, IamRoleArn: ROLE });
  until('2027-01-02T12:00:00Z');
  expect(rowsOf(state, BUCKET)).toHaveLength(2);
  expect(content.recorded().map(({ arn }) => arn)).toEqual([BUCKET.arn]);
  holding = false;
  expect(content.recorded()).toEqual([]);
  holding = true;
  state.removeResource(known(state, BUCKET));
  expect(rowsOf(state, BUCKET)).toHaveLength(2);
  expect(content.recorded()).toEqual([]);
});

test('a revision gives way to the run of the same instant', () => {
  const state = daily([BUCKET], CONTINUOUS);
  const { content, orders, until } = hosted(state);
  until('2027-01-02T05:00:00Z');
  content.revise(known(state, BUCKET));
  until('2027-01-02T12:00:00Z');
  expect(orders.map((order) => order.kind === 'capture' && order.revises)).toEqual([undefined, true, undefined]);
  expect(content.takeReleased()).toEqual(['2']);
});

test('a capture that is lent stays for as long as somebody holds it, whatever becomes of its point', async () => {
  const state = daily([FILES]);
  const asked: string[] = [];
  const blocks = (capture: string) => {
    asked.push(capture);
    return Promise.resolve(undefined);
  };
  const { content, until } = hosted(state, { blocks });
  until('2027-01-01T12:00:00Z');
  const [row = -1] = rowsOf(state, FILES);
  const lent = content.lend(row);
  lent?.hold();
  lent?.hold();
  expect(await lent?.blocks()).toBeUndefined();
  expect(asked).toEqual(['1']);
  removeAll(state, FILES);
  lent?.release();
  expect(content.takeReleased()).toEqual([]);
  lent?.release();
  expect(content.takeReleased()).toEqual(['1']);
  expect(content.lend(row)).toBeUndefined();
});

test('host is told of each resource that goes', () => {
  const state = daily([FILES]);
  const gone: string[] = [];
  hosted(state, { gone: ({ arn }) => void gone.push(arn) });
  state.removeResource(known(state, FILES));
  expect(gone).toEqual([FILES.arn]);
});
