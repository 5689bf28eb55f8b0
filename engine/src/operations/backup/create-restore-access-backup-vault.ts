/**
 * CreateRestoreAccessBackupVault, from the account that is to recover.
 *
 * Source   B7.5/8, B7.5/9.
 * Gaps     Nobody is asked for `mpa:StartSession`: it is no call, and of whom services ask it is not said.
 */
import type { CreateRestoreAccessBackupVaultInput, CreateRestoreAccessBackupVaultOutput } from '@aws-sdk/client-backup';
import { RestoreAccessVaultRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { refuseUnready, teamOf } from '../approval';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { refuseTaken } from './create-backup-vault';
import { given } from './shapes';

/** Source B1.2: names of vaults. */
const LONGEST_NAME = 50;

export function createRestoreAccessBackupVault(
  state: WorldState,
  caller: Caller,
  input: CreateRestoreAccessBackupVaultInput,
): CreateRestoreAccessBackupVaultOutput {
  const sourceBackupVaultArn = required(input.SourceBackupVaultArn, 'SourceBackupVaultArn');
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  const { BackupVaultName: backupVaultName, RequesterComment: requesterComment, BackupVaultTags: tags = {} } = input;
  const declaration = { sourceBackupVaultArn, env, backupVaultName, requesterComment, tags };
  refuse(RestoreAccessVaultRules.check(given(declaration), '', WIRE));
  const source = state.ledger.vaults.tryFindByArn(sourceBackupVaultArn);
  if (source?.made.env.region !== region) {
    // Assumed: the text, and that both are in one Region.
    throw new AwsFault('ResourceNotFoundException', `Backup vault ${sourceBackupVaultArn} does not exist.`);
  }
  const teamArn = teamOf(state, source);
  refuseUnready(state, env, teamArn);
  // Assumed: how the name is made (Source B7.5/9: from that of the source).
  const name = backupVaultName ?? `restore-access-${source.name}`.slice(0, LONGEST_NAME);
  const { CreatorRequestId: creatorRequestId } = input;
  const standing = state.access.tryFind(env, name);
  if (standing === undefined || creatorRequestId === undefined || standing.made.creatorRequestId !== creatorRequestId) {
    refuseTaken(state, env, name);
  }
  const made = { env, name, source, tags, creatorRequestId, comment: requesterComment };
  const access = standing ?? state.access.create(made, teamArn);
  return {
    RestoreAccessBackupVaultArn: access.arn,
    RestoreAccessBackupVaultName: name,
    VaultState: access.state,
    CreationDate: dateOf(access.createdAt),
  };
}
