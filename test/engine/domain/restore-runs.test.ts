// What restores leave behind: their history, their answers, and the resources that they make.
import type { StatefulResource } from '@holdfast/model';
import type { Fault } from '../../../engine/src/domain/fault';
import { restoreJobView } from '../../../engine/src/domain/restore-views';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { updateRecoveryPointIndexSettings } from '../../../engine/src/operations/backup/update-recovery-point-index-settings';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { inject } from '../scenarios/fault-stage';
import { events, heard } from '../scenarios/listeners';
import { jobs as listed, tested } from '../scenarios/restore-testing-stage';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const ORDERS = resource('dynamodb-advanced', 'orders', { tags: { team: 'a' }, sizeGiB: 3 });
const FILES = resource('efs', 'fs-0123', { tags: { team: 'b' } });
const AGAIN = { targetTableName: 'again' };
const MADE = ORDERS.arn.replace('orders', 'again');

/** A World at noon, whose resources were backed up at 05:00. */
function backedUp(resources: StatefulResource[] = [ORDERS], more: object = {}): WorldState {
  const plans = [plan('p', [rule('r', { scheduleExpression: 'cron(0 5 ? * * *)' })])];
  return until(world('2027-01-01', { vaults: [vault('main')], resources, plans, ...more }), '2027-01-01T12:00Z');
}

function start(state: WorldState, metadata: Record<string, string> = AGAIN, more: object = {}, of = ORDERS): string {
  const RecoveryPointArn = state.pointsOf(of.arn)[0]?.recoveryPointArn;
  const input = { RecoveryPointArn, Metadata: metadata, IamRoleArn: ROLE, ...more };
  return startRestoreJob(state, ENV, input).RestoreJobId ?? '';
}

function remove(state: WorldState, arn: string): void {
  const resource = state.ledger.resources.tryFind(arn);
  if (resource !== undefined) {
    state.removeResource(resource);
  }
}

function view(state: WorldState, id: string) {
  const job = state.restores.list().find((one) => one.id === id);
  return job === undefined ? undefined : restoreJobView(job);
}

describe('a restore', () => {
  test('is told by the log, step by step, with the resource and the vault', () => {
    const state = backedUp();
    start(state);
    until(state, '2027-01-01T13:00Z');
    const told = state.events().filter(({ kind }) => kind === 'restore-job');
    expect(told.map(({ what }) => what)).toEqual(['PENDING', 'RUNNING', 'COMPLETED']);
    for (const event of told) {
      expect(event).toMatchObject({ resourceArn: ORDERS.arn, backupVaultArn: vaultArn('main') });
    }
  });

  test('shows what it made when it is complete, and not before', () => {
    const state = backedUp();
    const id = start(state);
    expect(view(state, id)).toMatchObject({ state: 'PENDING', resourceArn: ORDERS.arn, metadata: AGAIN });
    expect(view(state, id)?.createdResourceArn).toBeUndefined();
    expect(view(state, id)?.restoreTestingPlanArn).toBeUndefined();
    until(state, '2027-01-01T13:00Z');
    expect(view(state, id)).toMatchObject({ state: 'COMPLETED', createdResourceArn: MADE });
    const failed = start(state);
    until(state, '2027-01-01T14:00Z');
    expect(view(state, failed)).toMatchObject({
      state: 'FAILED',
      statusMessage: 'Restore job failed. A resource with that name already exists.',
    });
    expect(view(state, failed)?.createdResourceArn).toBeUndefined();
  });

  test('fails when another that runs is making something of its name', () => {
    const state = backedUp();
    const ids = [start(state), start(state, AGAIN, { CopySourceTagsToRestoredResource: true })];
    until(state, '2027-01-01T13:00Z');
    expect(ids.map((id) => view(state, id)?.state)).toEqual(['COMPLETED', 'FAILED']);
    // It did not even begin.
    expect(ids.map((id) => view(state, id)?.startedAt === undefined)).toEqual([false, true]);
    remove(state, MADE);
    const third = start(state);
    until(state, '2027-01-01T14:00Z');
    expect(view(state, third)?.state).toBe('COMPLETED');
  });

  test('fails at its end when something of its name came meanwhile, which stays as it is', () => {
    const state = backedUp();
    const id = start(state);
    until(state, '2027-01-01T12:02Z');
    expect(view(state, id)?.state).toBe('RUNNING');
    const theirs = resource('dynamodb-advanced', 'again', { sizeGiB: 77 });
    state.addResource(theirs);
    until(state, '2027-01-01T13:00Z');
    expect(view(state, id)).toMatchObject({
      state: 'FAILED',
      statusMessage: 'Restore job failed. A resource with that name already exists.',
    });
    expect(state.ledger.resources.tryFind(MADE)?.declaration.sizeGiB).toBe(77);
  });

  test('is told to whoever listens, with its role, and with what it made at the end alone', () => {
    const state = backedUp();
    heard(state, 'all', { source: ['aws.backup'], 'detail-type': ['Restore Job State Change'] });
    start(state);
    until(state, '2027-01-01T13:00Z');
    const told = events(state, 'all').map(({ detail }) => detail);
    expect(told.map((detail) => detail['status'] ?? detail['state'])).toEqual([
      'CREATED',
      'PENDING',
      'RUNNING',
      'COMPLETED',
    ]);
    expect(told.map((detail) => detail['createdResourceArn'])).toEqual([undefined, undefined, undefined, MADE]);
    expect(told.at(-1)?.['iamRoleArn']).toBe(ROLE);
  });

  test('keeps the size that was backed up, whatever became of the source', () => {
    const state = backedUp();
    state.addResource({ ...ORDERS, sizeGiB: 50 });
    start(state);
    until(state, '2027-01-01T13:00Z');
    expect(state.resources.find(({ arn }) => arn === MADE)?.sizeGiB).toBe(3);
  });

  test('makes a resource that plans select from then on, which a test does not (B9.3/7)', () => {
    const state = backedUp();
    start(state);
    until(state, '2027-01-02T12:00Z');
    expect(state.pointsOf(MADE)).toHaveLength(1);
  });

  test('into a file system brings back one that was deleted, and leaves alone one that is there', () => {
    const into = { 'file-system-id': 'fs-0123', newFileSystem: 'false' };
    const there = backedUp([FILES]);
    start(there, into, {}, FILES);
    until(there, '2027-01-01T13:00Z');
    expect(there.resources.map(({ arn, tags }) => [arn, tags])).toEqual([[FILES.arn, { team: 'b' }]]);
    const gone = backedUp([FILES]);
    remove(gone, FILES.arn);
    expect(gone.resources).toEqual([]);
    start(gone, into, {}, FILES);
    until(gone, '2027-01-01T13:00Z');
    expect(gone.resources.map(({ arn }) => arn)).toEqual([FILES.arn]);
    expect(gone.events().filter(({ what }) => what === 'added').length).toBeGreaterThan(0);
  });

  test('of files says that its bucket is not there, whatever else is in its way', () => {
    const disk = resource('ebs', 'vol-0123456789abcdef0');
    const state = backedUp([disk]);
    const point = { BackupVaultName: 'main', RecoveryPointArn: state.pointsOf(disk.arn)[0]?.recoveryPointArn };
    updateRecoveryPointIndexSettings(state, ENV, { ...point, Index: 'ENABLED', IamRoleArn: ROLE });
    until(state, '2027-01-01T13:00Z');
    const id = start(state, { destinationBucketName: 'nowhere', pathsToRestore: '["/a"]' }, {}, disk);
    inject(state, { kind: 'role-unassumable', role: ROLE });
    until(state, '2027-01-01T14:00Z');
    expect(view(state, id)).toMatchObject({ state: 'FAILED', startedAt: undefined });
    expect(view(state, id)?.statusMessage).toContain('bucket');
  });

  test('into what is there already may run beside another, as it makes nothing', () => {
    const into = { 'file-system-id': 'fs-0123', newFileSystem: 'false' };
    const state = backedUp([FILES]);
    const ids = [start(state, into, {}, FILES), start(state, { ...into, Encrypted: 'true' }, {}, FILES)];
    until(state, '2027-01-01T13:00Z');
    expect(ids.map((id) => view(state, id)?.state)).toEqual(['COMPLETED', 'COMPLETED']);
  });

  test('tells of objects that failed once it is complete, and not before (B13)', () => {
    const keyId = CMK.split('/').at(-1) ?? '';
    const bucket = resource('s3', 'docs', { encryptedWith: CMK });
    const open = { ...vault('main'), encryptionKeyArn: CMK.replace(/1$/, '2') };
    const state = backedUp([bucket], { vaults: [open], keys: [{ env: ENV, keyId }] });
    const told: unknown[] = [];
    state.ledger.observers.add((change) => {
      if (change.kind === 'restore-job') {
        told.push([change.state, change.objectsFailed]);
      }
    });
    disableKey(state, ENV, { KeyId: keyId });
    const made = { NewBucket: 'true', Encrypted: 'true', CreationToken: 't', DestinationBucketName: 'one' };
    start(state, made, {}, bucket);
    until(state, '2027-01-01T23:00Z');
    expect(told).toEqual([
      ['CREATED', false],
      ['PENDING', false],
      ['RUNNING', false],
      ['COMPLETED', true],
    ]);
  });

  test('tells the first thing that is in its way when there are two', () => {
    const state = backedUp();
    const id = start(state, { targetTableName: 'orders' });
    inject(state, { kind: 'role-unassumable', role: ROLE });
    until(state, '2027-01-01T13:00Z');
    expect(view(state, id)?.statusMessage).toBe('IAM Role cannot be assumed by AWS Backup');
  });
});

describe('restores that are asked for together', () => {
  test('are jobs with ids of their own, though nothing tells them apart', () => {
    const state = backedUp();
    const ids = [start(state), start(state), start(state, { targetTableName: 'b' })];
    expect(new Set(ids).size).toBe(3);
    until(state, '2027-01-01T12:30Z');
    const later = [start(state), start(state)];
    expect(new Set([...ids, ...later]).size).toBe(5);
  });

  test('have ids that do not follow from the order in which the metadata are said, nor from restores before', () => {
    const two = [
      ['newFileSystem', 'true'],
      ['file-system-id', 'fs-0123'],
      ['Encrypted', 'false'],
    ] as const;
    const id = (metadata: readonly (readonly [string, string])[], before = 0) => {
      const state = backedUp([FILES]);
      for (let n = 0; n < before; n++) {
        start(state, Object.fromEntries(two), {}, FILES);
      }
      until(state, '2027-01-01T12:30Z');
      return start(state, Object.fromEntries(metadata), {}, FILES);
    };
    expect(id([...two].reverse())).toBe(id(two));
    expect(id(two, 2)).toBe(id(two));
  });

  test('of two points are two jobs, though the token is the same (B8/1)', () => {
    const carts = resource('dynamodb-advanced', 'carts');
    const state = backedUp([ORDERS, carts]);
    const token = { IdempotencyToken: 'once' };
    const one = start(state, AGAIN, token);
    expect(start(state, { targetTableName: 'more' }, token, carts)).not.toBe(one);
    expect(start(state, AGAIN, token)).toBe(one);
    expect(start(state, AGAIN, { IdempotencyToken: undefined })).not.toBe(one);
    expect(state.restores.list()).toHaveLength(3);
  });
});

describe('a restore that meets a fault', () => {
  const ended = (fault: Fault, at = '2027-01-01T13:00Z') => {
    const state = backedUp();
    const id = start(state);
    const standing = inject(state, fault);
    until(state, at);
    return { state, job: view(state, id), standing };
  };

  // prettier-ignore
  test.each<[string, Fault, string, string]>([
    ['of its vault',              { kind: 'job-fails', jobs: 'restore', vault: 'main', message: 'No.' },        'FAILED',    'No.'],
    ['of another vault',          { kind: 'job-fails', jobs: 'restore', vault: 'other' },                       'COMPLETED', ''],
    ['of backups',                { kind: 'job-fails', jobs: 'backup' },                                        'COMPLETED', ''],
    ['that is tried again',       { kind: 'job-fails', jobs: 'restore', retryable: true },                      'PENDING',   ''],
    ['that hangs',                { kind: 'job-hangs', jobs: 'restore' },                                       'RUNNING',   ''],
    ['of its point',              { kind: 'point-corrupted', resource: 'orders' },                              'FAILED',    'The recovery point is corrupted.'],
    ['of another point',          { kind: 'point-corrupted', recoveryPoint: 'arn:aws:backup:x' },               'COMPLETED', ''],
    ['of copies',                 { kind: 'copy-refused' },                                                     'COMPLETED', ''],
    ['of the state of resources', { kind: 'resource-unavailable' },                                             'COMPLETED', ''],
    ['of its Region',             { kind: 'region-out', region: ENV.region },                                   'PENDING',   ''],
    ['of another Region',         { kind: 'region-out', region: 'us-east-1' },                                  'COMPLETED', ''],
    ['of its account',            { kind: 'account-suspended', account: ENV.account },                          'FAILED',    'You are not authorized to perform this operation.'],
    ['of another account',        { kind: 'account-suspended', account: '999999999999' },                       'COMPLETED', ''],
    ['of a resource in it',       { kind: 'job-fails', jobs: 'restore', resource: ORDERS.arn },                 'FAILED',    'An internal error occurred.'],
    ['of a service in it',        { kind: 'job-fails', jobs: 'restore', service: 'DynamoDB' },                  'FAILED',    'An internal error occurred.'],
    ['of the rule of its point',  { kind: 'point-corrupted', rule: 'r' },                                       'FAILED',    'The recovery point is corrupted.'],
    ['of points of other rules',  { kind: 'point-corrupted', rule: 'other' },                                   'COMPLETED', ''],
    ['of rules',                  { kind: 'job-fails', jobs: 'restore', rule: 'r' },                            'COMPLETED', ''],
  ])('%s ends as it should', (_, fault, state, message) => {
    const { job, standing } = ended(fault);
    expect([job?.state, job?.statusMessage ?? '']).toEqual([state, message]);
    expect(standing.strikes > 0).toBe(state !== 'COMPLETED');
  });

  test('says which, and goes on when it is over', () => {
    const { job } = ended({ kind: 'job-fails', jobs: 'restore' });
    expect(job?.why).toBe("injected: the job fails with 'An internal error occurred.'");
    const hanging = ended({ kind: 'job-hangs', jobs: 'restore' });
    hanging.state.faults.clear(hanging.standing);
    until(hanging.state, '2027-01-01T13:30Z');
    expect(hanging.state.summary().restoreJobs).toEqual({ COMPLETED: 1 });
  });
});

describe('a test of restores', () => {
  test('that the World refuses in the end shows its plan, and no validation', () => {
    const state = backedUp();
    const arn = tested(state, { ScheduleExpression: 'cron(0 13 ? * * *)' });
    until(state, '2027-01-01T13:00:01Z');
    const [point] = state.pointsOf(ORDERS.arn);
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
    until(state, '2027-01-01T14:30Z');
    const [job] = listed(state);
    expect(job).toMatchObject({ Status: 'FAILED', CreatedBy: { RestoreTestingPlanArn: arn } });
    const shown = view(state, job?.RestoreJobId ?? '');
    expect([shown?.restoreTestingPlanArn, shown?.validationStatus, shown?.deletionStatus]).toEqual([
      arn,
      undefined,
      undefined,
    ]);
  });

  test('lets plans select nothing of what it made, even when something else changes the list (B9.3/7)', () => {
    const state = backedUp();
    tested(state, { ScheduleExpression: 'cron(0 13 ? * * *)' }, { ValidationWindowHours: 168 });
    until(state, '2027-01-01T15:00Z');
    state.addResource(FILES);
    const made = state.resources.find(({ arn }) => arn !== ORDERS.arn)?.arn ?? '';
    expect(view(state, listed(state)[0]?.RestoreJobId ?? '')).toMatchObject({ validationStatus: 'VALIDATING' });
    until(state, '2027-01-02T12:00Z');
    expect([state.pointsOf(made), state.pointsOf(FILES.arn).length]).toEqual([[], 1]);
  });
});

test('a resource that was restored by hand can be backed up by hand', () => {
  const state = backedUp();
  start(state);
  until(state, '2027-01-01T13:00Z');
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: MADE, IamRoleArn: ROLE });
  until(state, '2027-01-01T14:00Z');
  expect(state.jobsOf(MADE)).toMatchObject([{ state: 'COMPLETED', sizeBytes: 3 * 2 ** 30 }]);
});

describe('the restore of a cluster with a volume', () => {
  const VOLUME = resource('ebs', 'vol-0123456789abcdef0', { encryptedWith: CMK, sizeGiB: 10 });
  const CLUSTER = resource('eks', 'prod', { members: { data: VOLUME.arn } });

  test('is complete when the last of both is, whichever that is (B8/7)', () => {
    const ended = (hangs: boolean) => {
      const state = world('2027-01-01', { vaults: [vault('main')], resources: [CLUSTER, VOLUME] });
      startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: CLUSTER.arn, IamRoleArn: ROLE });
      until(state, '2027-01-02');
      const parent = state.pointsOf(CLUSTER.arn).find((point) => point.recoveryPointArn.includes(':composite:'));
      const volume = state.pointsOf(VOLUME.arn)[0]?.recoveryPointArn ?? '';
      const nestedRestoreJobs = JSON.stringify({ [volume]: { availabilityZone: `${ENV.region}a` } });
      const Metadata = { clusterName: 'again', newCluster: 'true', nestedRestoreJobs };
      const input = { RecoveryPointArn: parent?.recoveryPointArn, IamRoleArn: ROLE, Metadata };
      const id = startRestoreJob(state, ENV, input).RestoreJobId ?? '';
      if (hangs) {
        inject(state, { kind: 'job-hangs', jobs: 'restore', resource: VOLUME.arn, to: '2027-01-02T05:00Z' });
      }
      until(state, '2027-01-02T04:00Z');
      const early = view(state, id)?.state;
      until(state, '2027-01-02T06:00Z');
      return [early, view(state, id)?.state];
    };
    expect(ended(false)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(ended(true)).toEqual(['RUNNING', 'COMPLETED']);
  });
});
