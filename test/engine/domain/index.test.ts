import { BackupLimits, type StatefulResource } from '@holdfast/model';
import { durationMs } from '../../../engine/src/domain/snapshot';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { floatAt } from '../../../engine/src/kernel/columns';
import { MINUTE } from '../../../engine/src/kernel/instant';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { getRecoveryPointIndexDetails } from '../../../engine/src/operations/backup/get-recovery-point-index-details';
import { listIndexedRecoveryPoints } from '../../../engine/src/operations/backup/list-indexed-recovery-points';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { updateRecoveryPointIndexSettings } from '../../../engine/src/operations/backup/update-recovery-point-index-settings';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { deleteRole } from '../../../engine/src/operations/iam/delete-role';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { AwsFault } from '../../../engine/src/operations/fault';
import { hosted } from '../scenarios/content-stage';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const MAIN = { BackupVaultName: 'main' };
const VOLUME = resource('ebs', 'vol-0123456789abcdef0', { encryptedWith: CMK });
const BUCKET = resource('s3', 'pictures');
const FILES = resource('efs', 'files');
const AIR_GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 100 };

function ruled(resources: StatefulResource[], more = {}): WorldState {
  const daily = rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', indexActions: ['EBS'], ...more });
  return world('2027-01-01', {
    vaults: [vault('main')],
    logicallyAirGappedVaults: [AIR_GAP],
    resources,
    plans: [plan('p', [daily])],
    keys: [{ keyId: CMK.split('/')[1] ?? '', env: ENV }],
  });
}

/** One point of a resource, made by hand and complete. */
function byHand(of: StatefulResource, Index?: 'ENABLED' | 'DISABLED'): { state: WorldState; arn: string } {
  const keys = [{ keyId: CMK.split('/')[1] ?? '', env: ENV }];
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [of], keys });
  startBackupJob(state, ENV, { ...MAIN, ResourceArn: of.arn, IamRoleArn: ROLE, ...(Index !== undefined && { Index }) });
  until(state, '2027-01-01T00:03Z');
  return { state, arn: state.pointsOf(of.arn)[0]?.recoveryPointArn ?? '' };
}

function statusOf(state: WorldState, RecoveryPointArn: string) {
  return describeRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn }).IndexStatus;
}

function set(state: WorldState, RecoveryPointArn: string, Index: 'ENABLED' | 'DISABLED') {
  return updateRecoveryPointIndexSettings(state, ENV, { ...MAIN, RecoveryPointArn, Index, IamRoleArn: ROLE });
}

test('a rule has the points of the type indexed that its index action names, and no others (B5.5/1)', () => {
  const state = until(ruled([VOLUME, BUCKET, FILES]), '2027-01-02');
  const listed = listIndexedRecoveryPoints(state, ENV, {}).IndexedRecoveryPoints;
  expect(listed).toMatchObject([
    {
      RecoveryPointArn: state.pointsOf(VOLUME.arn)[0]?.recoveryPointArn,
      SourceResourceArn: VOLUME.arn,
      ResourceType: 'EBS',
      IndexStatus: 'ACTIVE',
      IamRoleArn: ROLE,
      BackupVaultArn: vaultArn('main'),
      BackupCreationDate: new Date('2027-01-01T05:00Z'),
    },
  ]);
  const count = (input: Parameters<typeof listIndexedRecoveryPoints>[2], env = ENV) =>
    listIndexedRecoveryPoints(state, env, input).IndexedRecoveryPoints?.length;
  expect(count({ IndexStatus: 'PENDING' })).toBe(0);
  expect(count({ ResourceType: 'S3' })).toBe(0);
  expect(count({ SourceResourceArn: BUCKET.arn })).toBe(0);
  expect(count({ CreatedAfter: new Date('2027-01-01T05:00Z') })).toBe(0);
  expect(count({ CreatedBefore: new Date('2027-01-01T05:00:01Z') })).toBe(1);
  expect(count({}, { ...ENV, region: 'eu-west-1' })).toBe(0);
});

test('an index is PENDING, then ACTIVE, with the instants of both (B5.5/1)', () => {
  const { state, arn } = byHand(BUCKET, 'ENABLED');
  expect(statusOf(state, arn)).toBe('PENDING');
  expect(getRecoveryPointIndexDetails(state, ENV, { ...MAIN, RecoveryPointArn: arn })).not.toHaveProperty(
    'IndexCompletionDate',
  );
  until(state, '2027-01-01T01:00Z');
  const details = getRecoveryPointIndexDetails(state, ENV, { ...MAIN, RecoveryPointArn: arn });
  expect(details).toMatchObject({
    IndexStatus: 'ACTIVE',
    SourceResourceArn: BUCKET.arn,
    BackupVaultArn: vaultArn('main'),
  });
  expect(details.IndexCompletionDate?.getTime()).toBeGreaterThan(details.IndexCreationDate?.getTime() ?? Infinity);
});

test('a point has one index, which settings make, leave alone, and take away (B5.5/1)', () => {
  const { state, arn } = byHand(BUCKET);
  expect(statusOf(state, arn)).toBeUndefined();
  expect(() => getRecoveryPointIndexDetails(state, ENV, { ...MAIN, RecoveryPointArn: arn })).toThrow(AwsFault);
  expect(set(state, arn, 'DISABLED')).not.toHaveProperty('IndexStatus');
  expect(set(state, arn, 'ENABLED')).toMatchObject({ Index: 'ENABLED', IndexStatus: 'PENDING' });
  until(state, '2027-01-01T01:00Z');
  expect(set(state, arn, 'ENABLED').IndexStatus).toBe('ACTIVE');
  expect(set(state, arn, 'DISABLED')).toMatchObject({ Index: 'DISABLED', IndexStatus: 'DELETING' });
  expect(() => set(state, arn, 'ENABLED')).toThrow('being deleted');
  until(state, '2027-01-01T01:00:59Z');
  expect(statusOf(state, arn)).toBe('DELETING');
  until(state, '2027-01-01T01:01:01Z');
  expect(statusOf(state, arn)).toBeUndefined();
  expect(set(state, arn, 'ENABLED').IndexStatus).toBe('PENDING');
});

test('an index that is dropped before it is complete does not come back (B5.5/1)', () => {
  const { state, arn } = byHand(BUCKET, 'ENABLED');
  set(state, arn, 'DISABLED');
  expect(statusOf(until(state, '2027-01-01T02:00Z'), arn)).toBeUndefined();
});

test('an index that is dropped a minute before it is complete goes once, at that instant', () => {
  const { state, arn } = byHand(resource('s3', 'pictures', { sizeGiB: 500 }), 'ENABLED');
  until(state, '2027-01-01T01:30Z');
  const [point] = state.indexes.list();
  const { createdAt = 0, row = 0, pointArn = arn } = point ?? {};
  state.runUntil(createdAt + durationMs(floatAt(state.ledger.points.sizes, row)) - MINUTE);
  set(state, pointArn, 'DISABLED');
  state.runUntil(state.now + 2 * MINUTE);
  expect(state.events().filter(({ kind, what }) => kind === 'index' && what === 'DELETED')).toHaveLength(1);
});

test('an index goes with its point', () => {
  const { state, arn } = byHand(BUCKET, 'ENABLED');
  deleteRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn: arn });
  until(state, '2027-01-01T01:00Z');
  expect(listIndexedRecoveryPoints(state, ENV, {}).IndexedRecoveryPoints).toEqual([]);
});

test('an index of EBS fails when its key cannot be used, one of S3 asks for nothing (B5.5/1)', () => {
  for (const [of, expected] of [
    [VOLUME, 'FAILED'],
    [BUCKET, 'ACTIVE'],
  ] as const) {
    const { state, arn } = byHand(of, 'ENABLED');
    disableKey(state, ENV, { KeyId: CMK });
    until(state, '2027-01-01T01:00Z');
    expect(statusOf(state, arn)).toBe(expected);
    if (expected === 'FAILED') {
      const details = getRecoveryPointIndexDetails(state, ENV, { ...MAIN, RecoveryPointArn: arn });
      expect(details.IndexStatusMessage).toContain('KMS key');
      expect(set(state, arn, 'ENABLED').IndexStatus).toBe('PENDING');
    }
  }
});

test('types without index, and logically air-gapped vaults, are refused (B5.5/1, B7.5/4)', () => {
  const { state, arn } = byHand(FILES);
  expect(() => set(state, arn, 'ENABLED')).toThrow(AwsFault);
  const input = { ...MAIN, ResourceArn: FILES.arn, IamRoleArn: ROLE, Index: 'ENABLED' as const };
  expect(() => startBackupJob(state, ENV, input)).toThrow(AwsFault);
  const gapped = until(
    ruled([BUCKET], { indexActions: ['S3'], targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') }),
    '2027-01-02',
  );
  const [point] = gapped.pointsOf(BUCKET.arn);
  expect(point?.backupVaultName).toBe('gap');
  expect(listIndexedRecoveryPoints(gapped, ENV, {}).IndexedRecoveryPoints).toEqual([]);
});

test('temporary points on their way to a logically air-gapped vault are not indexed (B7.6/5)', () => {
  const state = ruled([{ ...VOLUME, sizeGiB: 1000 }], { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') });
  until(state, '2027-01-01T07:30Z');
  const [point] = state.pointsOf(VOLUME.arn);
  expect(point?.backupVaultName).toBe('main');
  expect(listIndexedRecoveryPoints(state, ENV, {}).IndexedRecoveryPoints).toEqual([]);
  expect(() => set(state, point?.recoveryPointArn ?? '', 'ENABLED')).toThrow(AwsFault);
});

test('who listens hears that an index is ACTIVE, FAILED or DELETED, and of nothing between (B5.5/1)', () => {
  const heard: unknown[] = [];
  const { state, arn } = byHand(BUCKET, 'ENABLED');
  state.ledger.observers.add((change) => heard.push(change));
  until(state, '2027-01-01T01:00Z');
  set(state, arn, 'DISABLED');
  until(state, '2027-01-01T02:00Z');
  expect(heard).toMatchObject([
    { kind: 'recovery-point-index', status: 'ACTIVE', recoveryPointArn: arn, sourceResourceArn: BUCKET.arn },
    { kind: 'recovery-point-index', status: 'DELETED', recoveryPointArn: arn, backupVaultArn: vaultArn('main') },
  ]);
});

test('a continuous point is indexed once, however often it is renewed, and none that is gone has an index (B5.5/1)', () => {
  const state = until(ruled([BUCKET], { indexActions: ['S3'], enableContinuousBackup: true }), '2027-01-04');
  const indexed = () => state.events().filter(({ kind, what }) => kind === 'index' && what === 'PENDING');
  expect(state.pointsOf(BUCKET.arn)).toHaveLength(1);
  expect(indexed()).toHaveLength(1);
  const gone = byHand(BUCKET, 'ENABLED');
  until(gone.state, '2027-01-02');
  const row = gone.state.ledger.points.rowsOf(0)[0] ?? -1;
  expect(gone.state.indexes.tryFind(row)?.status).toBe('ACTIVE');
  deleteRecoveryPoint(gone.state, ENV, { ...MAIN, RecoveryPointArn: gone.arn });
  startBackupJob(gone.state, ENV, { ...MAIN, ResourceArn: BUCKET.arn, IamRoleArn: ROLE, Index: 'DISABLED' });
  until(gone.state, '2027-01-03');
  expect(gone.state.indexes.tryFind(row)).toBeUndefined();
  expect(gone.state.indexes.list()).toEqual([]);
});

test('an index whose point went while it was made comes to nothing (B5.5/1)', () => {
  const { state, arn } = byHand(resource('s3', 'pictures', { sizeGiB: 500 }), 'ENABLED');
  until(state, '2027-01-01T01:30Z');
  const [point] = state.pointsOf(BUCKET.arn);
  expect(statusOf(state, point?.recoveryPointArn ?? arn)).toBe('PENDING');
  deleteRecoveryPoint(state, ENV, { ...MAIN, RecoveryPointArn: point?.recoveryPointArn });
  until(state, '2027-01-02');
  expect(state.indexes.list()).toEqual([]);
  expect(
    state
      .events()
      .filter(({ kind }) => kind === 'index')
      .map(({ what }) => what),
  ).toEqual(['PENDING']);
});

test('the log tells of each state of an index with its resource and vault, and why one failed (B5.5/1)', () => {
  const told = (state: WorldState) =>
    state
      .events()
      .filter(({ kind }) => kind === 'index')
      .map(({ what, why, resourceArn, backupVaultArn }) => [what, why, resourceArn, backupVaultArn] as const);
  const good = byHand(VOLUME, 'ENABLED');
  const bad = byHand(VOLUME, 'ENABLED');
  disableKey(bad.state, ENV, { KeyId: CMK });
  for (const { state } of [good, bad]) {
    until(state, '2027-01-02');
  }
  const [whole, broken] = [good, bad].map(({ state }) =>
    told(state).filter(([what]) => ['ACTIVE', 'FAILED'].includes(what)),
  );
  expect([whole?.map(([what]) => what), broken?.map(([what]) => what)]).toEqual([['ACTIVE'], ['FAILED']]);
  expect(told(good.state)[0]?.slice(2)).toEqual([VOLUME.arn, vaultArn('main')]);
  expect(whole?.[0]?.[1]).not.toBe('');
  expect(broken?.[0]?.[1]).toContain('key');
});

test('an index of EBS fails when its role is gone (B5.5/1)', () => {
  const trust = { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const { state, arn } = byHand(VOLUME);
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust });
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument });
  set(state, arn, 'ENABLED');
  deleteRole(state, ENV, { RoleName: 'backup' });
  until(state, '2027-01-02');
  expect(statusOf(state, arn)).toBe('FAILED');
});

test('an index that is dropped takes as long to go, whether it was complete or not (B5.5/1)', () => {
  const took = (dropAfter: number) => {
    const { state, arn } = byHand(BUCKET);
    set(state, arn, 'ENABLED');
    state.runUntil(state.now + dropAfter);
    set(state, arn, 'DISABLED');
    until(state, '2027-01-03');
    const at = (wanted: string) =>
      state.events().find(({ kind, what }) => kind === 'index' && what === wanted)?.at ?? NaN;
    return at('DELETED') - at('DELETING');
  };
  const [complete, justBefore, atOnce] = [took(3_600_000), took(125_000), took(1000)];
  expect([justBefore, atOnce]).toEqual([complete, complete]);
  expect(complete).toBeGreaterThan(0);
});

// prettier-ignore
test.each<[what: string, of: StatefulResource, refused: boolean, status: string, read: number]>([
  ['of a volume',                          VOLUME, false, 'ACTIVE', 1],
  ['of a volume whose key cannot be used', VOLUME, true,  'FAILED', 0],
  ['of a bucket',                          BUCKET, false, 'ACTIVE', 0],
])('the index %s reads what its point holds only where there are files to be found (B5.5/1)', (_what, of, refused, status, read) => {
  const state = ruled([of], { indexActions: [of.resourceType] });
  const { orders, until: runTo } = hosted(state);
  runTo('2027-01-01T05:03:00Z');
  const [point] = state.pointsOf(of.arn);
  expect(statusOf(state, point?.recoveryPointArn ?? '')).toBe('PENDING');
  if (refused) {
    disableKey(state, ENV, { KeyId: CMK });
  }
  runTo('2027-01-02');
  expect(statusOf(state, point?.recoveryPointArn ?? '')).toBe(status);
  expect(orders.filter(({ kind }) => kind === 'index')).toHaveLength(read);
});

describe('indexes that are made at once', () => {
  const IRELAND = { ...ENV, region: 'eu-west-1' };
  const { INDEXES_AT_ONCE: MOST, INDEXES_OF_RESOURCE_AT_ONCE: OF_ONE } = BackupLimits;
  const volumes = (count: number, env = ENV) =>
    Array.from({ length: count }, (_, n) => resource('ebs', `vol-${n}`, { env }));
  /** How many ended at each instant, earliest first. */
  const ended = (state: WorldState) => {
    const ends = state.indexes.list().map(({ completedAt = NaN }) => completedAt);
    return [...new Set(ends)].sort((a, b) => a - b).map((at) => ends.filter((one) => one === at).length);
  };

  test.each([
    ['as many as there may be', volumes(MOST), [MOST]],
    ['one more', volumes(MOST + 1), [MOST, 1]],
    ['one more in another Region', [...volumes(MOST), ...volumes(1, IRELAND)], [MOST + 1]],
    ['too many in two Regions', [...volumes(MOST + 1), ...volumes(MOST + 2, IRELAND)], [2 * MOST, 3]],
  ])('in an account: %s', (_what, resources, expected) => {
    const plans = [ENV, IRELAND].map((env) =>
      plan('p', [rule('once', { scheduleExpression: 'cron(0 5 1 1 ? *)', indexActions: ['EBS'] })], { env }),
    );
    const vaults = [vault('main'), vault('main', { env: IRELAND })];
    expect(ended(until(world('2027-01-01', { vaults, resources, plans }), '2027-01-02'))).toEqual(expected);
  });

  test.each([
    ['as many as there may be', OF_ONE, 0, [OF_ONE]],
    ['two more', OF_ONE + 2, 0, [OF_ONE, 2]],
    ['two more, and some of another', OF_ONE + 2, 3, [OF_ONE + 3, 2]],
  ])('of a resource: %s', (_what, ofOne, ofOther, expected) => {
    const [one, other] = volumes(2);
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [one!, other!] });
    for (let n = 0; n < 9; n++) {
      for (const { arn } of [one!, other!]) {
        startBackupJob(state, ENV, { ...MAIN, ResourceArn: arn, IamRoleArn: ROLE });
      }
      state.runUntil(state.now + 60 * MINUTE);
    }
    const index = (of: StatefulResource | undefined, count: number) => {
      state
        .pointsOf(of?.arn ?? '')
        .slice(0, count)
        .forEach(({ recoveryPointArn }) => set(state, recoveryPointArn, 'ENABLED'));
    };
    index(one, ofOne);
    index(other, ofOther);
    state.runUntil(state.now + 60 * MINUTE);
    expect(ended(state)).toEqual(expected);
  });
});
