/**
 * CreateBackupVault.
 *
 * Source   B1.2 (name), B1.5 (idempotency), B7.1.
 */
import type { CreateBackupVaultInput, CreateBackupVaultOutput } from '@aws-sdk/client-backup';
import { BackupLimits, BackupVaultRules, Environment } from '@holdfast/model';
import { VAULT_CREATED } from '../../domain/event-codes';
import { NewVault, Vault } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { dateOf, NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { refuseVaultAccess } from '../vault-access';
import { given } from './shapes';

export function createBackupVault(
  state: WorldState,
  caller: Caller,
  input: CreateBackupVaultInput,
): CreateBackupVaultOutput {
  const backupVaultName = required(input.BackupVaultName, 'BackupVaultName');
  const { EncryptionKeyArn: encryptionKeyArn, BackupVaultTags: tags } = input;
  const env = { partition: caller.partition, account: caller.account, region: caller.region };
  refuse(BackupVaultRules.check(given({ backupVaultName, env, encryptionKeyArn, tags }), '', WIRE));
  refuseVaultAccess(state, caller, backupVaultName, encryptionKeyArn);
  const vault = bringVault(state, {
    name: backupVaultName,
    env,
    airGapped: false,
    encryptionKeyArn,
    tags: tags ?? {},
    creatorRequestId: input.CreatorRequestId,
    createdAt: state.now,
    availableAt: state.now,
  });
  return { BackupVaultName: vault.name, BackupVaultArn: vault.arn, CreationDate: dateOf(vault.made.createdAt) };
}

/**
 * A vault comes into being; the same request again answers with the vault that it made (Source B1.5).
 *
 * @throws AwsFault when the name is taken in this account and Region, whatever the kind of vault (Source B1.1), or when
 * there are as many vaults as there may be.
 */
export function bringVault(state: WorldState, made: NewVault): Vault {
  const { ledger } = state;
  const standing = ledger.vaults.tryFind(made.env, made.name);
  if (
    standing?.made.airGapped === made.airGapped &&
    made.creatorRequestId !== undefined &&
    standing.made.creatorRequestId === made.creatorRequestId
  ) {
    return standing;
  }
  refuseTaken(state, made.env, made.name);
  if (ledger.vaults.at(made.env).length >= BackupLimits.VAULTS) {
    // Assumed: the text.
    throw new AwsFault(
      'LimitExceededException',
      `An account has at most ${BackupLimits.VAULTS} backup vaults in a Region.`,
    );
  }
  const vault = ledger.vaults.add(made);
  ledger.rosterVersion++;
  ledger.declare(VAULT_CREATED, vault.arn, vault.place, made.airGapped ? 'air-gapped' : 'standard', 0, NEVER);
  ledger.tell({ kind: 'vault', vault, state: 'CREATED' });
  return vault;
}

/** Refuses a name that is taken in an account and Region, whatever the kind of vault (Source B1.1). */
export function refuseTaken(state: WorldState, env: Environment, name: string): void {
  const standing = state.ledger.vaults.tryFind(env, name) ?? state.access.tryFind(env, name);
  if (standing !== undefined) {
    throw new AwsFault(
      'AlreadyExistsException',
      `Backup vault with the same name already exists: ${name}`,
      given({ arn: standing.arn, creatorRequestId: standing.made.creatorRequestId }),
    );
  }
}
