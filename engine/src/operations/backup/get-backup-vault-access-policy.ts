/**
 * GetBackupVaultAccessPolicy.
 *
 * Source   B7.2/1. Assumed: a vault that has none answers ResourceNotFoundException, and its text.
 */
import type { GetBackupVaultAccessPolicyInput, GetBackupVaultAccessPolicyOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findVaultToRead } from '../find-vault';

export function getBackupVaultAccessPolicy(
  state: WorldState,
  caller: Caller,
  input: GetBackupVaultAccessPolicyInput,
): GetBackupVaultAccessPolicyOutput {
  const vault = findVaultToRead(state, caller, input.BackupVaultName);
  if (vault.accessPolicy === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Backup vault ${vault.name} has no access policy.`);
  }
  return {
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    Policy: vault.accessPolicy,
  };
}
