/**
 * ListBackupVaults, by name; with ByShared those that others share with the account.
 *
 * Source   B1.6 (filters), B7.1.
 */
import type { DescribeBackupVaultInput, ListBackupVaultsInput, ListBackupVaultsOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { describeBackupVault } from './describe-backup-vault';
import { given } from './shapes';

export function listBackupVaults(
  state: WorldState,
  caller: Caller,
  input: ListBackupVaultsInput,
): ListBackupVaultsOutput {
  const { vaults } = state.ledger;
  const names = [...vaults.at(caller), ...state.access.at(caller).map(({ made }) => made)].map(({ name }) => name);
  const shared = state.shares.with(caller).map(({ name, made }) => ({
    BackupVaultName: name,
    BackupVaultAccountId: made.env.account,
  }));
  const here = names.sort().map((BackupVaultName) => ({ BackupVaultName }));
  const listed = input.ByShared === true ? shared : here;
  const describe = (named: DescribeBackupVaultInput) => describeBackupVault(state, caller, named);
  const { ByVaultType: type } = input;
  const passing = type === undefined ? listed : listed.filter((named) => describe(named).VaultType === type);
  const page = pageOf(passing, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListBackupVaults',
    keyOf: (named) => JSON.stringify(named),
  });
  return given({ BackupVaultList: page.items.map(describe), NextToken: page.nextToken });
}
