// What points, jobs and restores keep of captures: how large they are, and when each is let go.
import type { BackupRule, StatefulResource } from '@holdfast/model';
import type { ContentHost, ContentOrder } from '../../../engine/src/domain/content-orders';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { replicateKey } from '../../../engine/src/operations/kms/replicate-key';
import { scheduleKeyDeletion } from '../../../engine/src/operations/kms/schedule-key-deletion';
import { done, GIB, hosted } from '../scenarios/content-stage';
import { inject } from '../scenarios/fault-stage';
import { CMK, ENV, plan, resource, ROLE, rule, vault, vaultArn, world } from '../scenarios/stage';

const FILES = resource('efs', 'fs-1');
const TABLE = resource('dynamodb-advanced', 'orders');
const BUCKET = resource('s3', 'pictures');
const DAILY = { scheduleExpression: 'cron(0 5 ? * * *)' };
const CONTINUOUS = { ...DAILY, enableContinuousBackup: true };

function stage(of: StatefulResource, rules: BackupRule[], host: Partial<ContentHost> = {}, carryOut = done) {
  const vaults = [vault('main'), vault('other')];
  const plans = rules.length === 0 ? [] : [plan('p', rules)];
  const state = world('2027-01-01', { vaults, resources: [of], plans });
  return { state, ...hosted(state, host, carryOut) };
}

function points(state: WorldState, { arn }: StatefulResource): string[] {
  return state.pointsOf(arn).map(({ recoveryPointArn }) => recoveryPointArn);
}

function remove(state: WorldState, RecoveryPointArn: string | undefined, BackupVaultName = 'main'): void {
  deleteRecoveryPoint(state, ENV, { BackupVaultName, RecoveryPointArn });
}

function restore(state: WorldState, targetTableName = 'again'): void {
  const [RecoveryPointArn] = points(state, TABLE);
  startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata: { targetTableName } });
}

const known = ({ ledger }: WorldState, { arn }: StatefulResource) => ledger.resources.tryFind(arn)!;
const restoreStates = (state: WorldState) => state.summary().restoreJobs;

describe('a capture is let go', () => {
  test('with its point, told once; that of a copy with the copy', () => {
    const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
    const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? *)', copyActions });
    const { state, content, until } = stage(FILES, [once]);
    until('2027-01-01T12:00:00Z');
    expect(content.takeReleased()).toEqual([]);
    const [main, other] = ['main', 'other'].map((name) =>
      state.pointsOf(FILES.arn).find(({ backupVaultName }) => backupVaultName === name),
    );
    remove(state, main?.recoveryPointArn);
    expect([content.takeReleased(), content.takeReleased()]).toEqual([['1'], []]);
    remove(state, other?.recoveryPointArn, 'other');
    expect(content.takeReleased()).toEqual(['2']);
  });

  test('with the job that was stopped before it made a point', () => {
    const { state, content, until } = stage(FILES, []);
    const input = { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE };
    const { BackupJobId } = startBackupJob(state, ENV, input);
    until('2027-01-01T00:01:00Z');
    stopBackupJob(state, ENV, { BackupJobId });
    until('2027-01-01T12:00:00Z');
    expect([points(state, FILES), content.takeReleased()]).toEqual([[], ['1']]);
  });

  test('with the restore of it, though its point went before that was over', () => {
    const { state, content, orders, until } = stage(TABLE, [rule('daily', DAILY)]);
    until('2027-01-01T12:00:00Z');
    restore(state);
    until('2027-01-01T12:01:30Z');
    remove(state, points(state, TABLE)[0]);
    expect(content.takeReleased()).toEqual([]);
    until('2027-01-01T13:00:00Z');
    expect(orders.map((one) => [one.kind, 'from' in one ? one.from : ''])).toEqual([
      ['capture', ''],
      ['restore', '1'],
    ]);
    expect([restoreStates(state), content.takeReleased()]).toEqual([{ COMPLETED: 1 }, ['1']]);
  });

  test('with the restore of it that a fault ends, and is then restored by nobody', () => {
    const { state, content, orders, until } = stage(TABLE, [rule('daily', DAILY)]);
    until('2027-01-01T12:00:00Z');
    restore(state);
    until('2027-01-01T12:01:30Z');
    remove(state, points(state, TABLE)[0]);
    inject(state, { kind: 'job-fails', jobs: 'restore' });
    until('2027-01-01T13:00:00Z');
    expect([restoreStates(state), content.takeReleased()]).toEqual([{ FAILED: 1 }, ['1']]);
    expect(orders.map(({ kind }) => kind)).toEqual(['capture']);
  });

  test('with whoever lists it last', () => {
    const { state, content, orders, until } = stage(FILES, [rule('daily', DAILY)]);
    until('2027-01-01T12:00:00Z');
    const [row = -1] = known(state, FILES).series.flatMap((series) => state.ledger.points.rowsOf(series));
    const found: unknown[] = [];
    expect(content.list(row, (items) => found.push(items))).toBe(true);
    expect(content.index(row, (indexed) => found.push(indexed))).toBe(true);
    remove(state, points(state, FILES)[0]);
    expect(content.takeReleased()).toEqual([]);
    until('2027-01-01T12:01:00Z');
    expect([found, content.takeReleased()]).toEqual([[[], { items: 1 }], ['1']]);
    expect(orders.slice(1).map((one) => [one.kind, 'from' in one && one.from])).toEqual([
      ['list', '1'],
      ['index', '1'],
    ]);
    expect([content.list(row, () => undefined), content.index(row, () => undefined)]).toEqual([false, false]);
  });
});

describe('what was restored', () => {
  const told: string[] = [];
  const tells = (order: ContentOrder, id: string) => {
    if (order.kind === 'restore') {
      return order.settle({
        arrive: ({ arn }) => void told.push(`arrives in ${arn}`),
        leave: () => void told.push('leaves'),
      });
    }
    return done(order, id);
  };
  const MADE = TABLE.arn.replace('orders', 'again');
  beforeEach(() => void told.splice(0));

  test('arrives in the resource that was made of it, once', () => {
    const { state, until } = stage(TABLE, [rule('daily', DAILY)], {}, tells);
    until('2027-01-01T12:00:00Z');
    restore(state);
    until('2027-01-01T13:00:00Z');
    expect([told, restoreStates(state)]).toEqual([[`arrives in ${MADE}`], { COMPLETED: 1 }]);
  });

  test('leaves when the name was taken meanwhile', () => {
    const { state, until } = stage(TABLE, [rule('daily', DAILY)], {}, tells);
    until('2027-01-01T12:00:00Z');
    restore(state);
    until('2027-01-01T12:01:30Z');
    state.addResource(resource('dynamodb-advanced', 'again'));
    until('2027-01-01T13:00:00Z');
    expect([told, restoreStates(state)]).toEqual([['leaves'], { FAILED: 1 }]);
  });

  test('is nothing where it could not be read: the restore fails', () => {
    const unread = (order: ContentOrder, id: string) =>
      order.kind === 'restore' ? order.settle(undefined) : done(order, id);
    const { state, content, until } = stage(TABLE, [rule('daily', DAILY)], {}, unread);
    until('2027-01-01T12:00:00Z');
    restore(state);
    until('2027-01-01T13:00:00Z');
    expect([restoreStates(state), state.ledger.resources.tryFind(MADE)]).toEqual([{ FAILED: 1 }, undefined]);
    remove(state, points(state, TABLE)[0]);
    expect(content.takeReleased()).toEqual(['1']);
  });
});

describe('a backup is as large', () => {
  const stored = ({ ledger }: WorldState, of: StatefulResource) =>
    known({ ledger } as WorldState, of).series.flatMap((series) =>
      ledger.points.rowsOf(series).map((row) => [ledger.points.sizes[row]! / GIB, ledger.points.stored[row]! / GIB]),
    );
  const { sizeGiB: _size, ...UNSIZED } = FILES;

  /** Captures of so many GiB, of which 2 are new. */
  const sized =
    (...sizes: number[]) =>
    (order: ContentOrder, id: string) =>
      order.kind === 'capture'
        ? order.settle({ id, sizeBytes: (sizes[Number(id) - 1] ?? 0) * GIB, changedBytes: 2 * GIB })
        : done(order, id);

  test('as what was captured, each time, where nobody says how large the resource is', () => {
    const { state, until } = stage(UNSIZED, [rule('daily', DAILY)], { measures: () => false }, sized(7, 8, 6));
    until('2027-01-04T00:00:00Z');
    expect(stored(state, FILES)).toEqual([
      [7, 7],
      [8, 2],
      [6, 2],
    ]);
    expect(known(state, FILES).declaration.sizeGiB).toBe(6);
  });

  test('as somebody says the resource is, from then on', () => {
    const { state, until } = stage(UNSIZED, [rule('daily', DAILY)], { measures: () => false }, sized(7, 8, 6));
    until('2027-01-02T00:00:00Z');
    state.addResource({ ...FILES, sizeGiB: 100 });
    until('2027-01-03T00:00:00Z');
    expect(stored(state, FILES).map(([size]) => size)).toEqual([7, 100]);
  });

  test('as what was captured where the host says that it knows better', () => {
    const { state, until } = stage({ ...FILES, sizeGiB: 100 }, [rule('daily', DAILY)], {}, sized(7));
    until('2027-01-02T00:00:00Z');
    expect(stored(state, FILES)).toEqual([[7, 7]]);
  });

  test('as what revisions of a continuous one added, and what its run captured', () => {
    const { state, content, until } = stage(BUCKET, [rule('daily', CONTINUOUS)], {}, sized(7, 8, 9, 10, 10));
    until('2027-01-01T12:00:00Z');
    content.revise(known(state, BUCKET));
    until('2027-01-01T18:00:00Z');
    content.revise(known(state, BUCKET));
    until('2027-01-02T12:00:00Z');
    // 2 GiB of each revision, and 2 of the run.
    expect(stored(state, BUCKET)).toEqual([[10, 7 + 6]]);
    until('2027-01-03T12:00:00Z');
    expect(stored(state, BUCKET)).toEqual([[10, 7 + 6 + 2]]);
  });
});

describe('a continuous point', () => {
  const two = rule('daily', { ...CONTINUOUS, lifecycle: { deleteAfterDays: 2 } });
  const revisionsOf = (orders: readonly ContentOrder[]) =>
    orders.flatMap((one) => (one.kind === 'capture' && one.revises === true ? [one] : []));

  test('is revised once at an instant, built on the capture before, and by nothing that it does not hold', () => {
    const { state, content, orders, until } = stage(BUCKET, [two]);
    content.revise(known(state, BUCKET));
    expect(content.isBusy).toBe(false);
    until('2027-01-01T12:00:00Z');
    content.revise(known(state, BUCKET));
    content.revise(known(state, BUCKET));
    until('2027-01-01T13:00:00Z');
    content.revise(known(state, BUCKET));
    until('2027-01-01T14:00:00Z');
    expect(revisionsOf(orders).map(({ to }) => to.base)).toEqual(['1', '2']);
    expect(content.pointsWith(new Set(['2']))).toEqual(points(state, BUCKET));
    expect(content.pointsWith(new Set(['4', '9']))).toEqual([]);
  });

  test('keeps what is needed to restore to any second of its days, and no more', () => {
    const { state, content, until } = stage(BUCKET, [two]);
    until('2027-01-01T12:00:00Z');
    content.revise(known(state, BUCKET));
    until('2027-01-03T11:59:59Z');
    content.revise(known(state, BUCKET));
    until('2027-01-03T12:00:00Z');
    expect(content.takeReleased()).toEqual([]);
    // 1 is of January 1, 05:00, and was followed by 2 at noon.
    content.revise(known(state, BUCKET));
    until('2027-01-03T12:00:01Z');
    expect(content.takeReleased()).toEqual(['1']);
    until('2027-01-04T05:00:00.001Z');
    expect(content.takeReleased()).toEqual([]);
    until('2027-01-04T06:00:00Z');
    expect(content.takeReleased()).toEqual(['2']);
    const [row = -1] = known(state, BUCKET).series.flatMap((series) => state.ledger.points.rowsOf(series));
    expect(content.addedSinceRun(row)).toBe(0);
    remove(state, points(state, BUCKET)[0]);
    expect(content.takeReleased()).toEqual(['3', '4', '5', '6', '7']);
  });

  test('that goes while it is revised needs the revision no more', () => {
    const going: { state?: WorldState } = {};
    const goes = (order: ContentOrder, id: string) => {
      if (order.kind === 'capture' && order.revises === true && going.state !== undefined) {
        remove(going.state, points(going.state, BUCKET)[0]);
      }
      done(order, id);
    };
    const { state, content, until } = stage(BUCKET, [two], {}, goes);
    going.state = state;
    until('2027-01-01T12:00:00Z');
    content.revise(known(state, BUCKET));
    until('2027-01-01T13:00:00Z');
    expect([points(state, BUCKET), content.takeReleased()]).toEqual([[], ['1', '2']]);
  });

  test('that could not be revised is revised again when the next change comes', () => {
    const fails = (order: ContentOrder, id: string) =>
      order.kind === 'capture' && id === '2' ? order.settle(undefined) : done(order, id);
    const { state, content, orders, until } = stage(BUCKET, [two], {}, fails);
    until('2027-01-01T12:00:00Z');
    content.revise(known(state, BUCKET));
    until('2027-01-01T13:00:00Z');
    content.revise(known(state, BUCKET));
    until('2027-01-01T14:00:00Z');
    expect(revisionsOf(orders).map(({ to }) => to.base)).toEqual(['1', '1']);
  });

  test('has every change of its resource recorded as long as it stands', () => {
    const held = new Set([BUCKET.arn]);
    const { state, content, until } = stage(BUCKET, [two], { holds: ({ arn }) => held.has(arn) });
    expect(content.recorded()).toEqual([]);
    until('2027-01-01T12:00:00Z');
    expect(content.recorded().map(({ arn }) => arn)).toEqual([BUCKET.arn]);
    held.clear();
    expect(content.recorded()).toEqual([]);
    held.add(BUCKET.arn);
    remove(state, points(state, BUCKET)[0]);
    expect(content.recorded()).toEqual([]);
    const snapshots = stage(FILES, [rule('daily', DAILY)]);
    snapshots.until('2027-01-01T12:00:00Z');
    expect(snapshots.content.recorded()).toEqual([]);
  });

  test('shares what it holds with the snapshot that goes to a logically air-gapped vault (B7.6/3)', () => {
    const one = resource('aurora', 'ledger', { encryptedWith: CMK });
    const gap = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 60 };
    const to = { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap'), lifecycle: { deleteAfterDays: 35 } };
    const state = world('2027-01-01', {
      vaults: [vault('main')],
      logicallyAirGappedVaults: [gap],
      resources: [one],
      plans: [plan('p', [rule('r', { ...CONTINUOUS, ...to })])],
    });
    const { content, orders, until } = hosted(state);
    until('2027-01-01T12:00:00Z');
    expect(orders.map((order) => [order.kind, 'from' in order && order.from])).toEqual([
      ['capture', false],
      ['copy', '1'],
    ]);
    // The snapshot went with its copy; the continuous point has it yet.
    expect([content.takeReleased(), content.pointsWith(new Set(['1']))]).toEqual([
      [],
      points(state, one).filter((arn) => arn.includes('continuous:') || arn.includes('cluster:continuous')),
    ]);
  });
});

test('a resource without content is backed up, copied and restored without anybody being asked', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? *)', copyActions });
  const { state, content, orders, until } = stage(TABLE, [once], { holds: () => false });
  until('2027-01-01T12:00:00Z');
  restore(state);
  until('2027-01-01T13:00:00Z');
  const [row = -1] = known(state, TABLE).series.flatMap((series) => state.ledger.points.rowsOf(series));
  expect([points(state, TABLE).length, restoreStates(state), orders]).toEqual([2, { COMPLETED: 1 }, []]);
  expect([content.list(row, () => undefined), content.index(row, () => undefined)]).toEqual([false, false]);
});

test('a caller waits while bytes are to move, and where the host moves some', async () => {
  let asked = 0;
  const host = { moving: false, carryOut: () => Promise.resolve(void asked++) };
  const { state, content } = stage(FILES, [], host);
  expect([content.settled(), content.isBusy]).toEqual([undefined, false]);
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE });
  expect(content.isBusy).toBe(true);
  await content.settled();
  expect(asked).toBe(1);
  const moving = stage(FILES, [], { ...host, moving: true });
  await moving.content.settled();
  expect(asked).toBe(2);
});

test('the blocks of a point are those of its capture', async () => {
  const asked: string[] = [];
  const blocks = (capture: string) => Promise.resolve(void asked.push(capture));
  const { state, content, until } = stage(resource('ebs', 'vol-1'), [rule('daily', DAILY)], { blocks });
  until('2027-01-02T12:00:00Z');
  const rows = state.ledger.resources.list()[0]!.series.flatMap((series) => state.ledger.points.rowsOf(series));
  await Promise.all(rows.map((row) => content.blocks(row)));
  expect(await content.blocks(4711)).toBeUndefined();
  expect(asked).toEqual(['1', '2']);
});

test('the material of a key is destroyed with the primary, where anything was stored under it', () => {
  const destroyed: string[] = [];
  const far = { ...ENV, region: 'us-west-2' };
  const state = world('2027-01-01', { vaults: [vault('main')] });
  const { until } = hosted(state, { destroyKey: (key) => void destroyed.push(key) });
  const primary = createKey(state, ENV, { MultiRegion: true }).KeyMetadata?.Arn ?? '';
  const replica = replicateKey(state, ENV, { KeyId: primary, ReplicaRegion: far.region }).ReplicaKeyMetadata?.Arn;
  const unused = createKey(state, ENV, {}).KeyMetadata?.Arn;
  const volume = resource('ebs', 'vol-1', { encryptedWith: primary });
  state.addResource(volume);
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: volume.arn, IamRoleArn: ROLE });
  until('2027-01-01T12:00:00Z');
  scheduleKeyDeletion(state, far, { KeyId: replica, PendingWindowInDays: 7 });
  scheduleKeyDeletion(state, ENV, { KeyId: unused, PendingWindowInDays: 7 });
  until('2027-01-10T00:00:00Z');
  expect(destroyed).toEqual([]);
  scheduleKeyDeletion(state, ENV, { KeyId: primary, PendingWindowInDays: 7 });
  until('2027-01-20T00:00:00Z');
  expect(destroyed).toEqual([primary]);
});
