import { createBackupVault } from '../../../engine/src/operations/backup/create-backup-vault';
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { call } from '../../../engine/src/operations/call';
import { ENV, plan, resource, rule, until, vault, world } from '../scenarios/stage';

test('the trail has calls, refused ones too, and what AWS Backup tells of itself (B14.3/1)', () => {
  const rules = [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)', lifecycle: { deleteAfterDays: 1 } })];
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [resource('dynamodb-advanced', 'orders')],
    plans: [plan('p', rules)],
  });
  state.services.trail.listen();
  call(state, ENV, { service: 'backup', operation: 'CreateBackupVault' }, createBackupVault, { BackupVaultName: 'vv' });
  const remove = { service: 'backup', operation: 'DeleteBackupVault' };
  expect(() => call(state, ENV, remove, deleteBackupVault, { BackupVaultName: 'none' })).toThrow();
  until(state, '2027-01-02T04:00:00Z');
  const records = state.services.trail.list();
  expect(records.map(({ eventName }) => eventName)).toEqual([
    ...['CreateBackupVault', 'DeleteBackupVault', 'BackupJobStarted', 'RecoveryPointCreated', 'BackupJobCompleted'],
  ]);
  expect(records.map(({ eventType }) => eventType)).toEqual([
    ...['AwsApiCall', 'AwsApiCall', 'AwsServiceEvent', 'AwsServiceEvent', 'AwsServiceEvent'],
  ]);
  expect(records[0]).toMatchObject({
    eventSource: 'backup.amazonaws.com',
    userIdentity: { type: 'Root' },
    readOnly: false,
  });
  expect(records[1]).toMatchObject({ errorCode: 'ResourceNotFoundException' });
  expect(records[4]).toMatchObject({ serviceEventDetails: { state: 'COMPLETED' } });
  until(state, '2027-01-03T00:00:00Z');
  expect(state.services.trail.list().map(({ eventName }) => eventName)).toContain('BackupDeleted');
  expect(new Set(state.services.trail.list().map(({ eventID }) => eventID)).size).toBe(
    state.services.trail.list().length,
  );
});
