// What a vault tells the topic that it was given, one message for each event that it was asked to tell.
import type { Estate } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY } from '../../../engine/src/kernel/instant';
import { disassociateRecoveryPoint } from '../../../engine/src/operations/backup/disassociate-recovery-point';
import { createTopic } from '../../../engine/src/operations/sns/create-topic';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { putBackupVaultNotifications } from '../../../engine/src/operations/backup/put-backup-vault-notifications';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { updateRecoveryPointIndexSettings } from '../../../engine/src/operations/backup/update-recovery-point-index-settings';
import { updateRecoveryPointLifecycle } from '../../../engine/src/operations/backup/update-recovery-point-lifecycle';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { outcomes, topic, topicNamed } from '../scenarios/listeners';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

type Events = NonNullable<Parameters<typeof putBackupVaultNotifications>[2]['BackupVaultEvents']>;

const DAILY = 'cron(0 5 * * ? *)';
const ORDERS = resource('dynamodb-advanced', 'orders');
const BUCKET = resource('s3', 'docs');

/** A World whose vault `main` tells topic t of these events, and of whose vaults no other tells anything. */
function telling(BackupVaultEvents: Events, more: Partial<Estate> = {}): WorldState {
  const rules = [rule('daily', { scheduleExpression: DAILY })];
  const vaults = [vault('main'), vault('other')];
  const state = world('2027-01-01', { vaults, resources: [ORDERS], plans: [plan('p', rules)], ...more });
  topic(state, 't');
  const SNSTopicArn = topicNamed('t');
  putBackupVaultNotifications(state, ENV, { BackupVaultName: 'main', SNSTopicArn, BackupVaultEvents });
  return state;
}

/** Kind, state and first words of each message. */
function told(state: WorldState): string[] {
  const messages = state.services.messaging.topics.tryFind(topicNamed('t'))?.published ?? [];
  return messages.map(({ message, attributes }) => {
    const [kind, status] = [attributes['EventType']?.value, attributes['State'] ?? attributes['IndexStatus']];
    return `${kind} ${status?.value}: ${message.split(/[.] /)[0]}`;
  });
}

function pointOf(state: WorldState, arn: string) {
  return { BackupVaultName: 'main', RecoveryPointArn: state.pointsOf(arn)[0]?.recoveryPointArn };
}

test('copies are told by the vault that they come from (B7.3/1)', () => {
  const copying = (target: string) =>
    rule('daily', {
      scheduleExpression: DAILY,
      copyActions: [{ destinationBackupVaultArn: vaultArn(target) }],
    });
  const events: Events = ['COPY_JOB_STARTED', 'COPY_JOB_SUCCESSFUL', 'COPY_JOB_FAILED'];
  const state = until(telling(events, { plans: [plan('p', [copying('other')])] }), '2027-01-01T23:00Z');
  expect(told(state)).toEqual([
    'COPY_JOB RUNNING: An AWS Backup copy job was started',
    'COPY_JOB COMPLETED: An AWS Backup copy job was completed successfully',
  ]);
  const failing = until(telling(events, { plans: [plan('p', [copying('missing')])] }), '2027-01-01T23:00Z');
  expect(told(failing)).toEqual(['COPY_JOB FAILED: An AWS Backup copy job failed']);
  const into = telling(events, { plans: [plan('p', [{ ...copying('main'), targetBackupVaultName: 'other' }])] });
  expect(told(until(into, '2027-01-01T23:00Z'))).toEqual([]);
});

test('a job that is stopped is told as COMPLETED, with the state that it is in (B7.3/1)', () => {
  const state = until(telling(['BACKUP_JOB_COMPLETED']), '2027-01-01T05:00:30Z');
  const [job] = listBackupJobs(state, ENV, {}).BackupJobs ?? [];
  stopBackupJob(state, ENV, { BackupJobId: job?.BackupJobId });
  expect(told(until(state, '2027-01-01T06:00Z'))).toEqual(['BACKUP_JOB ABORTED: An AWS Backup job was stopped']);
});

test('restores of its points are told, with their state (B7.3/1)', () => {
  const state = until(telling(['RESTORE_JOB_STARTED', 'RESTORE_JOB_COMPLETED']), '2027-01-02T00:00Z');
  const { RecoveryPointArn } = pointOf(state, ORDERS.arn);
  const restore = (targetTableName: string) => {
    startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata: { targetTableName } });
    state.runUntil(state.now + DAY / 2);
  };
  restore('again');
  expect(told(state)).toEqual([
    'RESTORE_JOB RUNNING: An AWS Backup restore job was started',
    'RESTORE_JOB COMPLETED: An AWS Backup restore job was completed successfully',
  ]);
});

test('points whose lifecycle is changed are told as modified, those that end no more (B7.3/1)', () => {
  const state = until(telling(['RECOVERY_POINT_MODIFIED']), '2027-01-02T00:00Z');
  updateRecoveryPointLifecycle(state, ENV, { ...pointOf(state, ORDERS.arn), Lifecycle: { DeleteAfterDays: 3 } });
  until(state, '2027-01-10T00:00Z');
  expect(told(state)).toEqual(['RECOVERY_POINT MODIFIED: A recovery point was modified']);
  const silent = until(telling(['BACKUP_JOB_STARTED']), '2027-01-02T00:00Z');
  updateRecoveryPointLifecycle(silent, ENV, { ...pointOf(silent, ORDERS.arn), Lifecycle: { DeleteAfterDays: 3 } });
  expect(told(silent)).toHaveLength(1);
});

test('an index of a point is told when it is there and when it is deleted (B7.3/1)', () => {
  const events: Events = ['RECOVERY_POINT_INDEX_COMPLETED', 'RECOVERY_POINT_INDEX_DELETED'];
  const state = until(telling(events, { resources: [BUCKET] }), '2027-01-02T00:00Z');
  const point = { ...pointOf(state, BUCKET.arn), IamRoleArn: ROLE };
  updateRecoveryPointIndexSettings(state, ENV, { ...point, Index: 'ENABLED' });
  until(state, '2027-01-02T12:00Z');
  updateRecoveryPointIndexSettings(state, ENV, { ...point, Index: 'DISABLED' });
  until(state, '2027-01-03T00:00Z');
  expect(told(state)).toEqual([
    'RECOVERY_POINT_INDEX ACTIVE: The index of a recovery point is ACTIVE',
    'RECOVERY_POINT_INDEX DELETED: The index of a recovery point is DELETED',
  ]);
});

test('a continuous backup that a change of its rule stops is told as interrupted (B7.3/1)', () => {
  const lifecycle = (deleteAfterDays: number) => ({ enableContinuousBackup: true, lifecycle: { deleteAfterDays } });
  const plans = [plan('p', [rule('daily', { scheduleExpression: DAILY, ...lifecycle(10) })])];
  const state = until(telling(['CONTINUOUS_BACKUP_INTERRUPTED'], { resources: [BUCKET], plans }), '2027-01-01T12:00Z');
  disassociateRecoveryPoint(state, ENV, pointOf(state, BUCKET.arn));
  expect(told(state)).toEqual(['RECOVERY_POINT STOPPED: A continuous backup was interrupted']);
});

test('each vault tells its own topic of its own jobs, and nothing where no topic of the account is (B7.3/1)', () => {
  const state = telling(['BACKUP_JOB_COMPLETED'], {
    plans: ['main', 'other', 'nowhere'].map((targetBackupVaultName) =>
      plan(targetBackupVaultName, [rule('daily', { scheduleExpression: DAILY, targetBackupVaultName })]),
    ),
  });
  expect(told(until(state, '2027-01-02'))).toHaveLength(1);
  const put = (SNSTopicArn: string) =>
    putBackupVaultNotifications(state, ENV, {
      BackupVaultName: 'main',
      SNSTopicArn,
      BackupVaultEvents: ['BACKUP_JOB_COMPLETED'],
    });
  put(topicNamed('elsewhere'));
  until(state, '2027-01-03');
  expect(told(state)).toHaveLength(1);
  expect(outcomes(state).filter((line) => line.startsWith('lost elsewhere'))).toHaveLength(1);
  until(state, '2027-01-05');
  expect(outcomes(state).filter((line) => line.startsWith('lost elsewhere'))).toHaveLength(1);
  put(topicNamed('theirs', { ...ENV, account: '444455556666' }));
  until(state, '2027-01-06');
  expect(outcomes(state).filter((line) => line.startsWith('lost theirs'))).toHaveLength(1);
});

test('a topic of another account is told nothing, though it is there (B7.3/1)', () => {
  const OTHER = { ...ENV, account: '444455556666' };
  const state = telling(['BACKUP_JOB_COMPLETED']);
  createTopic(state, OTHER, { Name: 'theirs' });
  const SNSTopicArn = topicNamed('theirs', OTHER);
  putBackupVaultNotifications(state, ENV, {
    BackupVaultName: 'main',
    SNSTopicArn,
    BackupVaultEvents: ['BACKUP_JOB_COMPLETED'],
  });
  until(state, '2027-01-02');
  expect(state.services.messaging.topics.tryFind(SNSTopicArn)?.published).toEqual([]);
  expect(outcomes(state).filter((line) => line.startsWith('lost theirs'))).toHaveLength(1);
});

test('a backup of a bucket under a key that cannot be used tells that its objects failed (B7.3/1, B13)', () => {
  const keyId = CMK.split('/').at(-1)?.replace(/1$/, '2') ?? '';
  const encryptedWith = CMK.replace(/[^/]*$/, keyId);
  const buckets = [resource('s3', 'docs', { encryptedWith }), resource('s3', 'open')];
  const estate = { resources: buckets, keys: [{ env: ENV, keyId }] };
  const state = telling(['S3_BACKUP_OBJECT_FAILED', 'BACKUP_JOB_COMPLETED'], estate);
  until(state, '2027-01-01T12:00Z');
  const completed = 'BACKUP_JOB COMPLETED: An AWS Backup job was completed successfully';
  expect(told(state)).toEqual([completed, completed]);
  disableKey(state, ENV, { KeyId: keyId });
  until(state, '2027-01-02T12:00Z');
  expect(told(state).slice(2)).toEqual([
    completed,
    'S3_BACKUP_OBJECT FAILED: An AWS Backup job failed to back up objects, whose key cannot be used',
    completed,
  ]);
});

test('objects that failed are told with the time at which their job started (B7.3/1, B13)', () => {
  const keyId = CMK.split('/').at(-1)?.replace(/1$/, '2') ?? '';
  const encryptedWith = CMK.replace(/[^/]*$/, keyId);
  const bucket = resource('s3', 'docs', { encryptedWith, sizeGiB: 10 });
  const plans = ['one', 'two'].map((name) => plan(name, [rule(name, { scheduleExpression: DAILY })]));
  const state = telling(['S3_BACKUP_OBJECT_FAILED'], { resources: [bucket], keys: [{ env: ENV, keyId }], plans });
  disableKey(state, ENV, { KeyId: keyId });
  until(state, '2027-01-01T23:00Z');
  const messages = state.services.messaging.topics.tryFind(topicNamed('t'))?.published ?? [];
  const jobs = state.jobsOf(bucket.arn).map(({ startedAt }) => new Date(startedAt ?? 0).toISOString().slice(0, 19));
  // The second waits for the first.
  expect(new Set(jobs).size).toBe(2);
  expect(messages.map(({ attributes }) => attributes['StartTime']?.value.slice(0, 19))).toEqual(jobs);
});

// prettier-ignore
test.each<[what: string, metadata: Record<string, string>, failed: boolean]>([
  ['the key of the bucket that was backed up, where nothing is said', {}, true],
  ['the same, where it is asked for',                 { EncryptionType: 'original' }, true],
  ['that key, where it is named',                     { EncryptionType: 'SSE-KMS', KMSKey: 'the key' }, true],
  ['another key, where that is named',                { EncryptionType: 'SSE-KMS', KMSKey: CMK }, false],
  ['the keys of S3',                                  { EncryptionType: 'SSE-S3' }, false],
])('a restore writes the objects of a bucket under %s, and tells that they failed if it cannot be used (B7.3/1, B13)', (_, given, failed) => {
  const keyId = CMK.split('/').at(-1)?.replace(/1$/, '2') ?? '';
  const encryptedWith = CMK.replace(/[^/]*$/, keyId);
  const estate = { resources: [resource('s3', 'docs', { encryptedWith })], keys: [{ env: ENV, keyId }] };
  const state = until(telling(['S3_RESTORE_OBJECT_FAILED', 'RESTORE_JOB_COMPLETED'], estate), '2027-01-01T12:00Z');
  disableKey(state, ENV, { KeyId: keyId });
  const named = given['KMSKey'] === undefined ? given : { ...given, KMSKey: given['KMSKey'].replace('the key', encryptedWith) };
  const Metadata = { DestinationBucketName: 'again', NewBucket: 'true', Encrypted: 'true', CreationToken: 't', ...named };
  startRestoreJob(state, ENV, { ...pointOf(state, BUCKET.arn), IamRoleArn: ROLE, Metadata });
  until(state, '2027-01-01T23:00Z');
  expect(told(state)).toEqual([
    'RESTORE_JOB COMPLETED: An AWS Backup restore job was completed successfully',
    ...(failed ? ['S3_RESTORE_OBJECT FAILED: An AWS Backup restore job failed to restore objects, whose key cannot be used'] : []),
  ]);
});

test('a composite job that lacks a member tells that it is partial, and so does its copy (B4.5/2)', () => {
  const stack = resource('cloudformation', 'app/1', { members: { Table: ORDERS.arn, Queue: 'arn:aws:sqs:::q' } });
  const copyActions = [{ destinationBackupVaultArn: vaultArn('other') }];
  const rules = [rule('daily', { scheduleExpression: DAILY, copyActions })];
  const selections = [{ selectionName: 's', iamRoleArn: ROLE, resources: [stack.arn] }];
  const estate = { resources: [ORDERS, stack], plans: [plan('p', rules, { selections })] };
  const state = until(telling(['BACKUP_JOB_COMPLETED', 'COPY_JOB_SUCCESSFUL'], estate), '2027-01-01T23:00Z');
  expect(told(state).filter((line) => line.includes(' PARTIAL: '))).toEqual([
    'BACKUP_JOB PARTIAL: An AWS Backup job was completed partially',
    'COPY_JOB PARTIAL: An AWS Backup copy job was completed partially',
  ]);
});
