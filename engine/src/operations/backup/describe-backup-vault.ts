/**
 * DescribeBackupVault.
 *
 * Source   B1.3, B7.4/8 (ChangeableForDays is not returned), B7.5/1.
 */
import type { DescribeBackupVaultInput, DescribeBackupVaultOutput } from '@aws-sdk/client-backup';
import { keyTypeOf } from '../../domain/encryption';
import type { RestoreAccess } from '../../domain/restore-access';
import type { WorldState } from '../../domain/world-state';
import { dateOf, NEVER } from '../../kernel/instant';
import { showSession } from '../approval';
import type { Caller } from '../caller';
import { findVaultOfPoints } from '../find-vault';
import { vaultTypeOf } from '../vault-shape';
import { given, toDate } from './shapes';

export function describeBackupVault(
  state: WorldState,
  caller: Caller,
  input: DescribeBackupVaultInput,
): DescribeBackupVaultOutput {
  const { BackupVaultAccountId: owner = caller.account, BackupVaultName: name } = input;
  const access = owner === caller.account ? state.access.tryFind(caller, name ?? '') : undefined;
  if (access !== undefined) {
    return showAccess(access);
  }
  const vault = findVaultOfPoints(state, caller, name, owner);
  const { lock, made, latestTeamUpdate } = vault;
  return given({
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    VaultType: vaultTypeOf(vault),
    VaultState: state.now < vault.availableAt ? ('CREATING' as const) : ('AVAILABLE' as const),
    EncryptionKeyArn: made.encryptionKeyArn,
    EncryptionKeyType: keyTypeOf(state.ledger, made.airGapped, made.encryptionKeyArn),
    CreationDate: dateOf(made.createdAt),
    CreatorRequestId: made.creatorRequestId,
    NumberOfRecoveryPoints: vault.live,
    Locked: lock !== undefined,
    MinRetentionDays: lock === undefined || lock.minRetentionDays === 0 ? undefined : lock.minRetentionDays,
    MaxRetentionDays: lock === undefined || lock.maxRetentionDays === NEVER ? undefined : lock.maxRetentionDays,
    LockDate: toDate(lock?.lockDate),
    MpaApprovalTeamArn: vault.approvalTeamArn,
    LatestMpaApprovalTeamUpdate: latestTeamUpdate && {
      ...showSession(latestTeamUpdate),
      Status: latestTeamUpdate.status,
    },
  });
}

/** A restore access vault holds nothing itself. Assumed: its count is that of its source. */
function showAccess({ arn, state, createdAt, made, session }: RestoreAccess): DescribeBackupVaultOutput {
  return given({
    BackupVaultName: made.name,
    BackupVaultArn: arn,
    VaultType: 'RESTORE_ACCESS_BACKUP_VAULT' as const,
    VaultState: state,
    CreationDate: dateOf(createdAt),
    CreatorRequestId: made.creatorRequestId,
    NumberOfRecoveryPoints: state === 'AVAILABLE' ? made.source.live : 0,
    SourceBackupVaultArn: made.source.arn,
    MpaSessionArn: session?.arn,
  });
}
