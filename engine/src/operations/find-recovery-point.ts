/**
 * The recovery point that a call names.
 *
 * Pure: reads the World. Points are found by rendering the names of those in the vault: calls are rare, points many.
 */
import { arnOfPoint } from '../domain/show';
import type { Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { AwsFault } from './fault';
import { required, vaultsToRestoreFrom } from './find-vault';
import type { Caller } from './caller';

/** The row of a live point. Assumed: the text follows B4.6/7. */
export function findRecoveryPoint(state: WorldState, vault: Vault, arn: string | undefined): number {
  const wanted = required(arn, 'RecoveryPointArn');
  const row = tryFindIn(state, vault, wanted);
  if (row === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Cannot find recovery point ${wanted}`);
  }
  return row;
}

/** A point with its vault, among those that a caller may restore from: its own, and those that it may look into. */
export function tryFindRestorable(
  state: WorldState,
  caller: Caller,
  arn: string,
): { readonly vault: Vault; readonly row: number } | undefined {
  for (const vault of vaultsToRestoreFrom(state, caller)) {
    const row = tryFindIn(state, vault, arn);
    if (row !== undefined) {
      return { vault, row };
    }
  }
  return undefined;
}

function tryFindIn({ ledger }: WorldState, vault: Vault, arn: string): number | undefined {
  for (const series of ledger.series.inVault(vault)) {
    for (const row of ledger.points.rowsOf(series)) {
      if (arnOfPoint(ledger, row) === arn) {
        return row;
      }
    }
  }
  return undefined;
}
