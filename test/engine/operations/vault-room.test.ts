import { createBackupVault } from '../../../engine/src/operations/backup/create-backup-vault';
import { createLogicallyAirGappedBackupVault } from '../../../engine/src/operations/backup/create-logically-air-gapped-backup-vault';
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { deleteBackupVaultAccessPolicy } from '../../../engine/src/operations/backup/delete-backup-vault-access-policy';
import { deleteBackupVaultNotifications } from '../../../engine/src/operations/backup/delete-backup-vault-notifications';
import { getBackupVaultAccessPolicy } from '../../../engine/src/operations/backup/get-backup-vault-access-policy';
import { getBackupVaultNotifications } from '../../../engine/src/operations/backup/get-backup-vault-notifications';
import { listBackupVaults } from '../../../engine/src/operations/backup/list-backup-vaults';
import { putBackupVaultAccessPolicy } from '../../../engine/src/operations/backup/put-backup-vault-access-policy';
import { putBackupVaultNotifications } from '../../../engine/src/operations/backup/put-backup-vault-notifications';
import { AwsFault } from '../../../engine/src/operations/fault';
import { ENV, vaultArn, world } from '../scenarios/stage';

const MAIN = { BackupVaultName: 'main' };

function faultOf(operation: () => unknown): string | undefined {
  try {
    operation();
    return undefined;
  } catch (error) {
    if (error instanceof AwsFault) {
      return error.name;
    }
    throw error;
  }
}

function withMain() {
  const state = world('2027-01-01', {});
  createBackupVault(state, ENV, MAIN);
  return state;
}

describe('access policy of a vault', () => {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
  });

  test('is read as it was put, and is gone once deleted (B7.2/1)', () => {
    const state = withMain();
    expect(faultOf(() => getBackupVaultAccessPolicy(state, ENV, MAIN))).toBe('ResourceNotFoundException');
    putBackupVaultAccessPolicy(state, ENV, { ...MAIN, Policy });
    expect(getBackupVaultAccessPolicy(state, ENV, MAIN)).toEqual({
      ...MAIN,
      BackupVaultArn: vaultArn('main'),
      Policy,
    });
    deleteBackupVaultAccessPolicy(state, ENV, MAIN);
    expect(faultOf(() => getBackupVaultAccessPolicy(state, ENV, MAIN))).toBe('ResourceNotFoundException');
  });

  test('of a vault that is not there is refused', () => {
    const state = withMain();
    const input = { BackupVaultName: 'none' };
    expect(faultOf(() => getBackupVaultAccessPolicy(state, ENV, input))).toBe('AccessDeniedException');
    expect(faultOf(() => deleteBackupVaultAccessPolicy(state, ENV, input))).toBe('ResourceNotFoundException');
  });
});

test('notifications of a vault are read as they were put, and are gone once deleted', () => {
  const state = withMain();
  const sent = {
    SNSTopicArn: `arn:aws:sns:${ENV.region}:${ENV.account}:backups`,
    BackupVaultEvents: ['BACKUP_JOB_COMPLETED' as const],
  };
  putBackupVaultNotifications(state, ENV, { ...MAIN, ...sent });
  expect(getBackupVaultNotifications(state, ENV, MAIN)).toEqual({
    ...MAIN,
    BackupVaultArn: vaultArn('main'),
    ...sent,
  });
  deleteBackupVaultNotifications(state, ENV, MAIN);
  expect(faultOf(() => getBackupVaultNotifications(state, ENV, MAIN))).toBe('ResourceNotFoundException');
});

describe('ListBackupVaults', () => {
  test('lists the vaults of the account and Region by name, page by page and by kind', () => {
    const state = withMain();
    createBackupVault(state, ENV, { BackupVaultName: 'also' });
    createBackupVault(state, { ...ENV, region: 'eu-west-1' }, { BackupVaultName: 'elsewhere' });
    createLogicallyAirGappedBackupVault(state, ENV, {
      BackupVaultName: 'gapped',
      MinRetentionDays: 7,
      MaxRetentionDays: 90,
    });
    const names = (input: Parameters<typeof listBackupVaults>[2]) =>
      listBackupVaults(state, ENV, input).BackupVaultList?.map((vault) => vault.BackupVaultName);
    expect(names({})).toEqual(['also', 'gapped', 'main']);
    expect(names({ ByVaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' })).toEqual(['gapped']);
    expect(names({ ByVaultType: 'BACKUP_VAULT' })).toEqual(['also', 'main']);
    expect(names({ ByShared: true })).toEqual([]);
    const { NextToken = '' } = listBackupVaults(state, ENV, { MaxResults: 2 });
    expect(names({ MaxResults: 2, NextToken })).toEqual(['main']);
  });
});

test('the 300th vault of an account and Region is made, the next one is not, until one is gone (B7.1/1)', () => {
  const state = world('2027-01-01', {});
  const make = (number: number, env = ENV) =>
    faultOf(() => createBackupVault(state, env, { BackupVaultName: `vault-${number}` }));
  for (let number = 1; number <= 299; number++) {
    expect(make(number)).toBeUndefined();
  }
  const bounds = { MinRetentionDays: 7, MaxRetentionDays: 90 };
  createLogicallyAirGappedBackupVault(state, ENV, { BackupVaultName: 'gapped', ...bounds });
  expect(make(301)).toBe('LimitExceededException');
  expect(make(301, { ...ENV, region: 'eu-west-1' })).toBeUndefined();
  deleteBackupVault(state, ENV, { BackupVaultName: 'vault-1' });
  expect(make(301)).toBeUndefined();
});
