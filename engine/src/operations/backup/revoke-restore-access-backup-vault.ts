/**
 * RevokeRestoreAccessBackupVault, by the owner of the source.
 *
 * Source   B7.5/8, B7.5/9: only when the team agrees.
 * Gaps     As of CreateRestoreAccessBackupVault: nobody is asked for `mpa:StartSession`.
 */
import type { RevokeRestoreAccessBackupVaultInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { refusePending, teamOf } from '../approval';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findVault, required } from '../find-vault';

export function revokeRestoreAccessBackupVault(
  state: WorldState,
  caller: Caller,
  input: RevokeRestoreAccessBackupVaultInput,
): void {
  const vault = findVault(state, caller, input.BackupVaultName);
  const arn = required(input.RestoreAccessBackupVaultArn, 'RestoreAccessBackupVaultArn');
  const access = state.access.tryFindByArn(arn);
  if (access?.made.source !== vault) {
    // Assumed: the text.
    throw new AwsFault('ResourceNotFoundException', `Restore access backup vault ${arn} does not exist.`);
  }
  const teamArn = teamOf(state, vault);
  refusePending(access.revocation);
  state.access.revoke(access, teamArn, input.RequesterComment);
}
