/**
 * AWS::Backup::BackupVault and AWS::Backup::LogicallyAirGappedBackupVault.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import { isDeepStrictEqual } from 'node:util';
import type { BackupVault, LogicallyAirGappedVault } from '@holdfast/model';
import { readAirGappedVault, readVault } from '../ingest/cloudformation/backup-vaults';
import {
  deployAirGappedVault,
  deployLock,
  deployNotifications,
  deployVault,
  deployVaultPolicy,
} from '../ingest/deploy';
import { associateBackupVaultMpaApprovalTeam } from '../operations/backup/associate-backup-vault-mpa-approval-team';
import { deleteBackupVault } from '../operations/backup/delete-backup-vault';
import { deleteBackupVaultAccessPolicy } from '../operations/backup/delete-backup-vault-access-policy';
import { deleteBackupVaultLockConfiguration } from '../operations/backup/delete-backup-vault-lock-configuration';
import { deleteBackupVaultNotifications } from '../operations/backup/delete-backup-vault-notifications';
import { disassociateBackupVaultMpaApprovalTeam } from '../operations/backup/disassociate-backup-vault-mpa-approval-team';
import { changeTags } from './backup-tags';
import { ResourceHandler, Standing, Wanted } from './handler';

export const VAULTS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::Backup::BackupVault': {
    replacedBy: ['BackupVaultName', 'EncryptionKeyArn'],
    create: (wanted) => {
      deployVault(wanted.state, readVault(wanted.declaration));
      return wanted.made();
    },
    update: (wanted, standing) => {
      const [before, after] = [readVault(asWanted(standing).declaration), readVault(wanted.declaration)];
      changeVault(standing, before, after);
      const { state, env } = standing;
      if (!isDeepStrictEqual(before.vaultLock, after.vaultLock)) {
        if (after.vaultLock === undefined) {
          deleteBackupVaultLockConfiguration(state, env, { BackupVaultName: after.backupVaultName });
        } else {
          deployLock(state, after, after.backupVaultName);
        }
      }
      return wanted.made();
    },
    delete: removeVault,
  },
  'AWS::Backup::LogicallyAirGappedBackupVault': {
    replacedBy: ['BackupVaultName', 'EncryptionKeyArn', 'MaxRetentionDays', 'MinRetentionDays'],
    create: (wanted) => {
      deployAirGappedVault(wanted.state, readAirGappedVault(wanted.declaration));
      return wanted.made();
    },
    update: (wanted, standing) => {
      const [before, after] = [
        readAirGappedVault(asWanted(standing).declaration),
        readAirGappedVault(wanted.declaration),
      ];
      changeVault(standing, before, after);
      changeTeam(standing, before, after);
      return wanted.made();
    },
    delete: removeVault,
  },
};

/** What stands, to be read as what was asked for. */
function asWanted({ state, stack, made }: Standing): Wanted {
  return new Wanted(state, stack, made);
}

function changeVault(
  standing: Standing,
  before: BackupVault | LogicallyAirGappedVault,
  after: BackupVault | LogicallyAirGappedVault,
): void {
  const { state, env, made } = standing;
  const name = after.backupVaultName;
  if (!isDeepStrictEqual(before.accessPolicy, after.accessPolicy)) {
    if (after.accessPolicy === undefined) {
      deleteBackupVaultAccessPolicy(state, env, { BackupVaultName: name });
    }
    deployVaultPolicy(state, env, name, after.accessPolicy, name);
  }
  if (!isDeepStrictEqual(before.notifications, after.notifications)) {
    if (after.notifications === undefined) {
      deleteBackupVaultNotifications(state, env, { BackupVaultName: name });
    }
    deployNotifications(state, env, name, after.notifications, name);
  }
  changeTags(standing, String(made.attributes['BackupVaultArn']), before.tags, after.tags);
}

function changeTeam({ state, env }: Standing, before: LogicallyAirGappedVault, after: LogicallyAirGappedVault): void {
  const { backupVaultName: BackupVaultName, mpaApprovalTeamArn: MpaApprovalTeamArn } = after;
  if (before.mpaApprovalTeamArn === MpaApprovalTeamArn) {
    return;
  }
  if (MpaApprovalTeamArn === undefined) {
    disassociateBackupVaultMpaApprovalTeam(state, env, { BackupVaultName });
  } else {
    associateBackupVaultMpaApprovalTeam(state, env, { BackupVaultName, MpaApprovalTeamArn });
  }
}

/** What is gone already is gone. */
function removeVault({ state, env, made }: Standing): void {
  if (state.ledger.vaults.tryFind(env, made.physicalId) !== undefined) {
    deleteBackupVault(state, env, { BackupVaultName: made.physicalId });
  }
}
