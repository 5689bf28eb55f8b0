/**
 * CreateLogicallyAirGappedBackupVault.
 *
 * Source   B7.5/1: bounds mandatory and fixed for ever, locked in compliance mode from creation, AVAILABLE in one to
 *          three minutes.
 */
import type {
  CreateLogicallyAirGappedBackupVaultInput,
  CreateLogicallyAirGappedBackupVaultOutput,
} from '@aws-sdk/client-backup';
import { LogicallyAirGappedVaultRules } from '@holdfast/model';
import { LOCK_PUT } from '../../domain/event-codes';
import { airGapLock } from '../../domain/vault-lock';
import type { WorldState } from '../../domain/world-state';
import { dateOf, minutesAfter } from '../../kernel/instant';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { refuseVaultAccess } from '../vault-access';
import { bringVault } from './create-backup-vault';
import { given } from './shapes';

/** Assumed: within the documented one to three minutes, always two. */
const CREATION_MINUTES = 2;

export function createLogicallyAirGappedBackupVault(
  state: WorldState,
  caller: Caller,
  input: CreateLogicallyAirGappedBackupVaultInput,
): CreateLogicallyAirGappedBackupVaultOutput {
  const backupVaultName = required(input.BackupVaultName, 'BackupVaultName');
  const minRetentionDays = required(input.MinRetentionDays, 'MinRetentionDays');
  const maxRetentionDays = required(input.MaxRetentionDays, 'MaxRetentionDays');
  const { EncryptionKeyArn: encryptionKeyArn, BackupVaultTags: tags } = input;
  const env = { partition: caller.partition, account: caller.account, region: caller.region };
  const declaration = { backupVaultName, env, minRetentionDays, maxRetentionDays, encryptionKeyArn, tags };
  refuse(LogicallyAirGappedVaultRules.check(given(declaration), '', WIRE));
  refuseVaultAccess(state, caller, backupVaultName, encryptionKeyArn);
  const vault = bringVault(state, {
    name: backupVaultName,
    env,
    airGapped: true,
    encryptionKeyArn,
    tags: tags ?? {},
    creatorRequestId: input.CreatorRequestId,
    createdAt: state.now,
    availableAt: state.ledger.settlesAtOnce ? state.now : minutesAfter(state.now, CREATION_MINUTES),
  });
  if (vault.lock === undefined) {
    vault.lock = airGapLock(minRetentionDays, maxRetentionDays, state.now);
    const bounds = `${minRetentionDays}..${maxRetentionDays}`;
    state.ledger.declare(LOCK_PUT, vault.arn, vault.place, bounds, 0, state.now);
  }
  return {
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    CreationDate: dateOf(vault.made.createdAt),
    VaultState: state.now < vault.availableAt ? 'CREATING' : 'AVAILABLE',
  };
}
