/**
 * DisassociateBackupVaultMpaApprovalTeam.
 *
 * Source   B7.5/8: with the consent of the team.
 */
import type { DisassociateBackupVaultMpaApprovalTeamInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { refusePending, teamOf } from '../approval';
import type { Caller } from '../caller';
import { findVault } from '../find-vault';

export function disassociateBackupVaultMpaApprovalTeam(
  state: WorldState,
  caller: Caller,
  input: DisassociateBackupVaultMpaApprovalTeamInput,
): void {
  const vault = findVault(state, caller, input.BackupVaultName);
  const teamArn = teamOf(state, vault);
  refusePending(vault.latestTeamUpdate);
  state.access.askForTeam(vault, teamArn, undefined, input.RequesterComment);
}
