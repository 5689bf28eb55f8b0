/**
 * ListRestoreAccessBackupVaults, by ARN: the ways into a logically air-gapped vault.
 *
 * Source   B7.5/9; API: RestoreAccessBackupVaultListMember.
 */
import type {
  ListRestoreAccessBackupVaultsInput,
  ListRestoreAccessBackupVaultsOutput,
  RestoreAccessBackupVaultListMember,
} from '@aws-sdk/client-backup';
import type { RestoreAccess } from '../../domain/restore-access';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { showSession } from '../approval';
import type { Caller } from '../caller';
import { findVault } from '../find-vault';
import { pageOf } from '../page';
import { given, toDate } from './shapes';

export function listRestoreAccessBackupVaults(
  state: WorldState,
  caller: Caller,
  input: ListRestoreAccessBackupVaultsInput,
): ListRestoreAccessBackupVaultsOutput {
  const vault = findVault(state, caller, input.BackupVaultName);
  const { items, nextToken } = pageOf(state.access.of(vault), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListRestoreAccessBackupVaults',
    parent: vault.arn,
    keyOf: ({ arn }) => arn,
  });
  return given({ RestoreAccessBackupVaults: items.map(show), NextToken: nextToken });
}

function show({ arn, createdAt, approvedAt, state, revocation }: RestoreAccess): RestoreAccessBackupVaultListMember {
  // The request of a vault that is still listed waits, or was not agreed to.
  const latest = revocation && {
    ...showSession(revocation),
    Status: revocation.status === 'PENDING' ? ('PENDING' as const) : ('FAILED' as const),
  };
  return given({
    RestoreAccessBackupVaultArn: arn,
    CreationDate: dateOf(createdAt),
    ApprovalDate: toDate(approvedAt),
    VaultState: state,
    LatestRevokeRequest: latest,
  });
}
