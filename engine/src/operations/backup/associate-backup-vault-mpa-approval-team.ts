/**
 * AssociateBackupVaultMpaApprovalTeam.
 *
 * Source   B7.5/8: the first team at once, another with the consent of the present one.
 */
import type { AssociateBackupVaultMpaApprovalTeamInput } from '@aws-sdk/client-backup';
import { LogicallyAirGappedVaultRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import { refusePending, refuseStandard, refuseUnready, refuseWithoutMpa } from '../approval';
import type { Caller } from '../caller';
import { findVault, required } from '../find-vault';
import { refuse, WIRE } from '../refuse';

export function associateBackupVaultMpaApprovalTeam(
  state: WorldState,
  caller: Caller,
  input: AssociateBackupVaultMpaApprovalTeamInput,
): void {
  const vault = findVault(state, caller, input.BackupVaultName);
  const teamArn = required(input.MpaApprovalTeamArn, 'MpaApprovalTeamArn');
  refuse(LogicallyAirGappedVaultRules.checkTeam(teamArn, 'MpaApprovalTeamArn', WIRE));
  refuseStandard(vault);
  refuseWithoutMpa(state, vault);
  const { approvalTeamArn } = vault;
  if (approvalTeamArn !== teamArn) {
    refuseUnready(state, vault.made.env, teamArn);
  }
  if (approvalTeamArn === undefined) {
    state.access.setTeam(vault, teamArn);
  } else if (approvalTeamArn !== teamArn) {
    refusePending(vault.latestTeamUpdate);
    refuseUnready(state, vault.made.env, approvalTeamArn);
    state.access.askForTeam(vault, approvalTeamArn, teamArn, input.RequesterComment);
  }
}
