/**
 * ListBackupVaults, by name; with ByShared those that others share with the account.
 *
 * Source   B1.6 (filters), B7.1.
 */
import type { BackupVaultListMember, ListBackupVaultsInput, ListBackupVaultsOutput } from '@aws-sdk/client-backup';
import { placeOf } from '../../domain/vaults';
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
  const own = vaults.standing().filter((vault) => placeOf(vault.made.env) === placeOf(caller));
  const names = [...own.map(({ name }) => name), ...state.access.at(caller).map(({ made }) => made.name)];
  const shared = state.shares.with(caller).map(({ name, made }) => ({
    BackupVaultName: name,
    BackupVaultAccountId: made.env.account,
  }));
  const here = names.sort().map((BackupVaultName) => ({ BackupVaultName }));
  const members: BackupVaultListMember[] = (input.ByShared === true ? shared : here)
    .map((named) => describeBackupVault(state, caller, named))
    .filter((member) => (input.ByVaultType ?? member.VaultType) === member.VaultType);
  const page = pageOf(members, input.MaxResults, input.NextToken);
  return given({ BackupVaultList: page.items, NextToken: page.nextToken });
}
