/**
 * The vault that a call names.
 *
 * Pure: reads the World.
 * Source   B1.5: reads of a missing vault answer AccessDeniedException.
 */
import type { Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';

/** For calls that read: what AWS says of a vault that is not there, or not the caller's to see. */
export function findVaultToRead(state: WorldState, caller: Caller, name: string | undefined): Vault {
  const vault = state.ledger.vaults.tryFind(caller, required(name, 'BackupVaultName'));
  if (vault === undefined) {
    throw new AwsFault('AccessDeniedException', 'Insufficient privileges to perform this action.');
  }
  return vault;
}

/**
 * For calls that look at the points of a vault: the caller's own, or that which a restore access vault of its leads to.
 *
 * Source   B7.5/8, B7.5/9. Assumed: points are shown as those of the source.
 */
export function findVaultOfPoints(state: WorldState, caller: Caller, name: string | undefined): Vault {
  const access = state.access.tryFind(caller, required(name, 'BackupVaultName'));
  if (access === undefined) {
    return findVaultToRead(state, caller, name);
  }
  if (access.state !== 'AVAILABLE' || access.made.source.deleted) {
    // Assumed: the text.
    throw new AwsFault('InvalidRequestException', `Restore access backup vault ${name} is not available.`);
  }
  return access.made.source;
}

/** For calls that change. Assumed: the text. */
export function findVault(state: WorldState, caller: Caller, name: string | undefined): Vault {
  const vault = state.ledger.vaults.tryFind(caller, required(name, 'BackupVaultName'));
  if (vault === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Backup vault ${name} does not exist.`);
  }
  return vault;
}

/** A member that the API marks as required. Assumed: the text. */
export function required<T>(value: T | undefined, member: string): T {
  if (value === undefined || value === '') {
    throw new AwsFault('MissingParameterValueException', `${member} is required.`);
  }
  return value;
}
