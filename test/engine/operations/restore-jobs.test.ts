// start-restore-job, describe-restore-job, list-restore-jobs, get-restore-job-metadata, get-recovery-point-restore-metadata
import type { StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { describeRestoreJob } from '../../../engine/src/operations/backup/describe-restore-job';
import { disassociateRecoveryPoint } from '../../../engine/src/operations/backup/disassociate-recovery-point';
import { getRecoveryPointRestoreMetadata } from '../../../engine/src/operations/backup/get-recovery-point-restore-metadata';
import { getRestoreJobMetadata } from '../../../engine/src/operations/backup/get-restore-job-metadata';
import { listRestoreJobs } from '../../../engine/src/operations/backup/list-restore-jobs';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const ORDERS = resource('dynamodb-advanced', 'orders', { tags: { team: 'a' } });
const FILES = resource('efs', 'fs-0123');
const TO_COPY = { targetTableName: 'orders-2' };

function backedUp(one: StatefulResource, more = {}): WorldState {
  const plans = [plan('p', [rule('r', more)])];
  return until(world('2027-01-01', { vaults: [vault('main')], resources: [one], plans }), '2027-01-01T12:00Z');
}

function start(state: WorldState, one: StatefulResource, Metadata: Record<string, string>, more = {}): string {
  const RecoveryPointArn = state.pointsOf(one.arn)[0]?.recoveryPointArn;
  const input = { RecoveryPointArn, Metadata, IamRoleArn: ROLE, ...more };
  return startRestoreJob(state, ENV, input).RestoreJobId ?? '';
}

describe('a restore', () => {
  test('is pending, runs, and makes a new resource beside the old one (B8/1, B8/3, B8/6)', () => {
    const state = backedUp(ORDERS);
    const RestoreJobId = start(state, ORDERS, TO_COPY);
    const seen = ['2027-01-01T12:00:59Z', '2027-01-01T12:01:01Z', '2027-01-01T12:03:05Z', '2027-01-01T12:03:07Z'].map(
      (instant) => {
        const { Status, CreatedResourceArn } = describeRestoreJob(until(state, instant), ENV, { RestoreJobId });
        return [Status, CreatedResourceArn];
      },
    );
    const made = ORDERS.arn.replace('orders', 'orders-2');
    expect(seen).toEqual([
      ['PENDING', undefined],
      ['RUNNING', undefined],
      ['RUNNING', undefined],
      ['COMPLETED', made],
    ]);
    expect(state.resources.map(({ arn }) => arn)).toEqual([ORDERS.arn, made]);
    expect(state.resources[1]?.tags).toEqual({});
    expect(state.summary().restoreJobs).toEqual({ COMPLETED: 1 });
  });

  test('takes the tags of the source along when asked to (B8/1)', () => {
    const state = backedUp(ORDERS);
    start(state, ORDERS, TO_COPY, { CopySourceTagsToRestoredResource: true });
    expect(until(state, '2027-01-01T13:00Z').resources[1]?.tags).toEqual({ team: 'a' });
  });

  test('writes into the file system that was backed up, or makes one (B8/3)', () => {
    const state = backedUp(FILES);
    const ids = ['false', 'true'].map((newFileSystem) =>
      start(state, FILES, { 'file-system-id': 'fs-0123', newFileSystem }),
    );
    until(state, '2027-01-01T13:00Z');
    const [same, fresh] = ids.map((RestoreJobId) => describeRestoreJob(state, ENV, { RestoreJobId }));
    expect(same?.CreatedResourceArn).toBe(FILES.arn);
    expect(fresh?.CreatedResourceArn).toMatch(/file-system\/fs-[0-9a-f]{17}$/);
    expect(state.resources).toHaveLength(2);
  });

  test('fails when its name is taken, or its point is gone before it runs (B8/3)', () => {
    const state = backedUp(ORDERS);
    const taken = start(state, ORDERS, { targetTableName: 'orders' });
    until(state, '2027-01-01T13:00Z');
    expect(describeRestoreJob(state, ENV, { RestoreJobId: taken })).toMatchObject({
      Status: 'FAILED',
      StatusMessage: 'Restore job failed. A resource with that name already exists.',
    });
    const late = start(state, ORDERS, TO_COPY);
    const RecoveryPointArn = state.pointsOf(ORDERS.arn)[0]?.recoveryPointArn;
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
    until(state, '2027-01-01T14:00Z');
    expect(describeRestoreJob(state, ENV, { RestoreJobId: late }).StatusMessage).toBe('Cannot find recovery point');
    expect(state.resources).toHaveLength(1);
  });

  test('is the same for the same token (B8/1)', () => {
    const state = backedUp(ORDERS);
    const first = start(state, ORDERS, TO_COPY, { IdempotencyToken: 'once' });
    expect(start(state, ORDERS, TO_COPY, { IdempotencyToken: 'once' })).toBe(first);
    expect(start(state, ORDERS, TO_COPY, { IdempotencyToken: 'twice' })).not.toBe(first);
  });

  test('leaves the same log, whether the clock moves at once or in parts', () => {
    const [whole, parts] = [backedUp(ORDERS), backedUp(ORDERS)];
    start(whole, ORDERS, TO_COPY);
    start(parts, ORDERS, TO_COPY);
    until(parts, '2027-01-01T12:02Z');
    expect(until(parts, '2027-01-03').digest()).toBe(until(whole, '2027-01-03').digest());
  });
});

describe('StartRestoreJob fails', () => {
  const other = { ...ENV, account: '999988887777' };
  const far = { ...ENV, region: 'us-east-1' };

  test.each([
    ['in another account', other],
    ['in another Region', far],
  ])('for a point %s (B8/4)', (_, caller) => {
    const state = backedUp(ORDERS);
    const RecoveryPointArn = state.pointsOf(ORDERS.arn)[0]?.recoveryPointArn;
    const input = { RecoveryPointArn, Metadata: TO_COPY, IamRoleArn: ROLE };
    expect(() => startRestoreJob(state, caller, input)).toThrow('Cannot find recovery point');
  });

  // prettier-ignore
  test.each<[string, Record<string, string>, string]>([
    ['a key that is needed',  {},                                             'Metadata key targetTableName is required for'],
    ['an empty key',          { targetTableName: '' },                        'Metadata key targetTableName is required for'],
    ['an unknown key',        { ...TO_COPY, volumeType: 'gp3' },              'Metadata key volumeType is not supported'],
    ['a key twice',           { ...TO_COPY, TARGETTABLENAME: 'b' },           'Metadata key TARGETTABLENAME is given twice'],
  ])('over %s (B8/2, B8/7)', (_, metadata, text) => {
    expect(() => start(backedUp(ORDERS), ORDERS, metadata)).toThrow(text);
  });

  test('without a role (B8/5)', () => {
    expect(() => start(backedUp(ORDERS), ORDERS, TO_COPY, { IamRoleArn: undefined })).toThrow('IamRoleArn is required');
  });
});

describe('a continuous point', () => {
  const BUCKET = resource('s3', 'bucket');

  // prettier-ignore
  test.each<[string, string | undefined, string | undefined]>([
    ['at its creation',        '2027-01-01T05:00:00Z', undefined],
    ['a second before',        '2027-01-01T04:59:59Z', 'outside the restorable window'],
    ['15 minutes ago',         '2027-01-01T11:45:00Z', undefined],
    ['a second later',         '2027-01-01T11:45:01Z', 'outside the restorable window'],
    ['at no time',             undefined,              'RestoreTime is required'],
  ])('is restored to any second of its window: %s (B5.3/1, B8/7)', (_, RestoreTime, text) => {
    const state = backedUp(BUCKET, { enableContinuousBackup: true });
    const metadata = { DestinationBucketName: 'other', ...(RestoreTime === undefined ? {} : { RestoreTime }) };
    const call = () => start(state, BUCKET, metadata);
    if (text === undefined) {
      expect(call()).toMatch(/^[0-9a-f-]{36}$/);
    } else {
      expect(call).toThrow(text);
    }
  });

  // prettier-ignore
  test.each([
    ['2027-01-01T11:45:00Z', 'none'],
    ['2027-01-01T11:45:01Z', 'outside the restorable window'],
    ['2027-01-02T12:00:00Z', 'outside the restorable window'],
  ])('that was STOPPED is restored to nothing that came later: %s (B5.1, B5.3/1)', (RestoreTime, says) => {
    const state = backedUp(BUCKET, { enableContinuousBackup: true });
    const RecoveryPointArn = state.pointsOf(BUCKET.arn)[0]?.recoveryPointArn;
    disassociateRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
    until(state, '2027-01-03T00:00Z');
    const call = () => {
      try {
        startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata: { DestinationBucketName: 'other', RestoreTime } });
        return 'none';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(call()).toContain(says);
  });

  test('alone takes a time (B5.3/1)', () => {
    const metadata = { DestinationBucketName: 'other', RestoreTime: '2027-01-01T11:00:00Z' };
    expect(() => start(backedUp(BUCKET), BUCKET, metadata)).toThrow('needs a continuous recovery point');
  });
});

describe('restore jobs are read', () => {
  test('by state, type and account; metadata as the point holds it and as the job used it (B8/2)', () => {
    const state = backedUp(FILES);
    const metadata = { 'file-system-id': 'fs-0123', newFileSystem: 'true' };
    const RestoreJobId = start(state, FILES, metadata);
    const ids = (input: object, caller = ENV) =>
      (listRestoreJobs(state, caller, input).RestoreJobs ?? []).map((job) => job.RestoreJobId);
    expect(ids({ ByStatus: 'PENDING', ByResourceType: 'EFS' })).toEqual([RestoreJobId]);
    expect(ids({ ByStatus: 'COMPLETED' })).toEqual([]);
    expect(ids({}, { ...ENV, account: '999988887777' })).toEqual([]);
    expect(getRestoreJobMetadata(state, ENV, { RestoreJobId }).Metadata).toEqual(metadata);
    const RecoveryPointArn = state.pointsOf(FILES.arn)[0]?.recoveryPointArn;
    const stored = getRecoveryPointRestoreMetadata(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
    expect(stored.RestoreMetadata).toEqual({ 'file-system-id': 'fs-0123', Encrypted: 'true' });
    expect(() => describeRestoreJob(state, ENV, { RestoreJobId: 'none' })).toThrow('does not exist');
  });
});
