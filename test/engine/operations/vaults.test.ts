import { AwsFault } from '../../../engine/src/operations/fault';
import { createBackupVault } from '../../../engine/src/operations/backup/create-backup-vault';
import { createLogicallyAirGappedBackupVault } from '../../../engine/src/operations/backup/create-logically-air-gapped-backup-vault';
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { describeBackupVault } from '../../../engine/src/operations/backup/describe-backup-vault';
import { putBackupVaultAccessPolicy } from '../../../engine/src/operations/backup/put-backup-vault-access-policy';
import { putBackupVaultNotifications } from '../../../engine/src/operations/backup/put-backup-vault-notifications';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { updateRegionSettings } from '../../../engine/src/operations/backup/update-region-settings';
import { CMK, ENV, resource, ROLE, until, vault, vaultArn, world } from '../scenarios/stage';

const TOPIC = `arn:aws:sns:${ENV.region}:${ENV.account}:backups`;

function faultOf(operation: () => unknown): AwsFault | undefined {
  try {
    operation();
    return undefined;
  } catch (error) {
    if (error instanceof AwsFault) {
      return error;
    }
    throw error;
  }
}

describe('CreateBackupVault', () => {
  test('answers with the name, the ARN and the instant', () => {
    const state = world('2027-01-01', {});
    const answer = createBackupVault(state, ENV, { BackupVaultName: 'main', EncryptionKeyArn: CMK });
    expect(answer).toEqual({
      BackupVaultName: 'main',
      BackupVaultArn: vaultArn('main'),
      CreationDate: new Date('2027-01-01'),
    });
  });

  test('fails on a name that is taken, and repeats its answer for the same request', () => {
    const state = world('2027-01-01', {});
    const input = { BackupVaultName: 'main', CreatorRequestId: 'once' };
    const first = createBackupVault(state, ENV, input);
    expect(createBackupVault(state, ENV, input)).toEqual(first);
    const fault = faultOf(() => createBackupVault(state, ENV, { BackupVaultName: 'main' }));
    expect(fault).toMatchObject({ name: 'AlreadyExistsException', status: 400, arn: vaultArn('main') });
  });

  test('of another kind is another request, which locks nothing that is there (B1.1)', () => {
    const state = world('2027-01-01', {});
    const input = { BackupVaultName: 'main', CreatorRequestId: 'once' };
    createBackupVault(state, ENV, input);
    const bounds = { ...input, MinRetentionDays: 7, MaxRetentionDays: 30 };
    const fault = faultOf(() => createLogicallyAirGappedBackupVault(state, ENV, bounds));
    expect(fault).toMatchObject({ name: 'AlreadyExistsException', arn: vaultArn('main') });
    expect(describeBackupVault(state, ENV, { BackupVaultName: 'main' }).Locked).toBe(false);
  });

  // prettier-ignore
  test.each(['a', 'has space', 'x'.repeat(51)])('fails on the name %p', (BackupVaultName) => {
    const fault = faultOf(() => createBackupVault(world('2027-01-01', {}), ENV, { BackupVaultName }));
    expect(fault?.name).toBe('InvalidParameterValueException');
  });
});

describe('DescribeBackupVault', () => {
  test('answers AccessDeniedException for a vault that is not there', () => {
    const fault = faultOf(() => describeBackupVault(world('2027-01-01', {}), ENV, { BackupVaultName: 'none' }));
    expect(fault).toMatchObject({
      name: 'AccessDeniedException',
      status: 403,
      message: 'Insufficient privileges to perform this action.',
    });
  });

  test('counts the points, and says nothing of a lock that is not there (B7.4/8)', () => {
    const one = resource('efs', 'fs-1');
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [one] });
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE });
    until(state, '2027-01-01T01:00Z');
    const answer = describeBackupVault(state, ENV, { BackupVaultName: 'main' });
    expect(answer).toMatchObject({ NumberOfRecoveryPoints: 1, Locked: false, VaultType: 'BACKUP_VAULT' });
    expect(answer).not.toHaveProperty('LockDate');
  });
});

test('DeleteBackupVault fails while there are points (B7.1/2)', () => {
  const one = resource('efs', 'fs-1');
  const state = world('2027-01-01', { vaults: [vault('main')], resources: [one] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: one.arn, IamRoleArn: ROLE });
  const remove = () => deleteBackupVault(state, ENV, { BackupVaultName: 'main' });
  for (const at of ['2027-01-01T00:01Z', '2027-01-01T01:00Z']) {
    until(state, at);
    expect(faultOf(remove)).toMatchObject({ name: 'InvalidRequestException', code: 'ERROR_9101' });
  }
  expect(state.pointsOf(one.arn)).toHaveLength(1);
});

test('PutBackupVaultAccessPolicy keeps JSON and fails on anything else (B7.2/1)', () => {
  const state = world('2027-01-01', { vaults: [vault('main')] });
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  putBackupVaultAccessPolicy(state, ENV, { BackupVaultName: 'main', Policy });
  expect(state.ledger.vaults.tryFind(ENV, 'main')?.accessPolicy).toBe(Policy);
  const bad = { BackupVaultName: 'main', Policy: '{' };
  expect(faultOf(() => putBackupVaultAccessPolicy(state, ENV, bad))?.name).toBe('InvalidParameterValueException');
  const none = { BackupVaultName: 'none', Policy };
  expect(faultOf(() => putBackupVaultAccessPolicy(state, ENV, none))?.name).toBe('ResourceNotFoundException');
});

test('PutBackupVaultNotifications keeps topic and events, and fails without a topic', () => {
  const state = world('2027-01-01', { vaults: [vault('main')] });
  putBackupVaultNotifications(state, ENV, {
    BackupVaultName: 'main',
    SNSTopicArn: TOPIC,
    BackupVaultEvents: ['BACKUP_JOB_COMPLETED'],
  });
  expect(state.ledger.vaults.tryFind(ENV, 'main')?.notifications).toEqual({
    snsTopicArn: TOPIC,
    backupVaultEvents: ['BACKUP_JOB_COMPLETED'],
  });
  const input = { BackupVaultName: 'main', SNSTopicArn: undefined, BackupVaultEvents: [] };
  expect(faultOf(() => putBackupVaultNotifications(state, ENV, input))?.name).toBe('MissingParameterValueException');
});

test('UpdateRegionSettings changes the keys that it names and leaves the others (B3.3/1)', () => {
  const state = world('2027-01-01', {});
  updateRegionSettings(state, ENV, { ResourceTypeOptInPreference: { EFS: false, EBS: true } });
  updateRegionSettings(state, ENV, { ResourceTypeOptInPreference: { EBS: false } });
  expect(state.ledger.settings.at(ENV)?.resourceTypeOptInPreference).toEqual({ EFS: false, EBS: false });
});

test('UpdateRegionSettings takes tables out of full management (B3.3/2)', () => {
  const one = resource('dynamodb-advanced', 'orders');
  const state = world('2027-01-01', { resources: [one] });
  expect(state.ledger.resources.tryFind(one.arn)?.managed).toBe(true);
  updateRegionSettings(state, ENV, { ResourceTypeManagementPreference: { DynamoDB: false } });
  expect(state.ledger.resources.tryFind(one.arn)).toMatchObject({ managed: false, service: { id: 'dynamodb' } });
});
