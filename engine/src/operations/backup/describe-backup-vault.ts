/**
 * DescribeBackupVault.
 *
 * Source   B1.3, B7.4/8 (ChangeableForDays is not returned), B7.5/1.
 */
import type { DescribeBackupVaultInput, DescribeBackupVaultOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf, NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findVaultToRead } from '../find-vault';
import { given, toDate } from './shapes';

export function describeBackupVault(
  state: WorldState,
  caller: Caller,
  input: DescribeBackupVaultInput,
): DescribeBackupVaultOutput {
  const owner = input.BackupVaultAccountId === undefined ? caller : { ...caller, account: input.BackupVaultAccountId };
  const vault = findVaultToRead(state, owner, input.BackupVaultName);
  const { lock, made } = vault;
  return given({
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    VaultType: made.airGapped ? ('LOGICALLY_AIR_GAPPED_BACKUP_VAULT' as const) : ('BACKUP_VAULT' as const),
    VaultState: state.now < vault.availableAt ? ('CREATING' as const) : ('AVAILABLE' as const),
    EncryptionKeyArn: made.encryptionKeyArn,
    EncryptionKeyType: keyType(made.airGapped, made.encryptionKeyArn),
    CreationDate: dateOf(made.createdAt),
    CreatorRequestId: made.creatorRequestId,
    NumberOfRecoveryPoints: vault.live,
    Locked: lock !== undefined,
    MinRetentionDays: lock === undefined || lock.minRetentionDays === 0 ? undefined : lock.minRetentionDays,
    MaxRetentionDays: lock === undefined || lock.maxRetentionDays === NEVER ? undefined : lock.maxRetentionDays,
    LockDate: toDate(lock?.lockDate),
  });
}

function keyType(
  airGapped: boolean,
  keyArn: string | undefined,
): 'AWS_OWNED_KMS_KEY' | 'CUSTOMER_MANAGED_KMS_KEY' | undefined {
  if (keyArn !== undefined) {
    return 'CUSTOMER_MANAGED_KMS_KEY';
  }
  return airGapped ? 'AWS_OWNED_KMS_KEY' : undefined;
}
