/**
 * The recovery point that a call names.
 *
 * Pure: reads the World.
 */
import type { Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { intAt } from '../kernel/columns';
import { AwsFault } from './fault';
import { required, vaultsToRestoreFrom } from './find-vault';
import type { Caller } from './caller';

/** The row of a live point. Assumed: the text follows B4.6/7. */
export function findRecoveryPoint(state: WorldState, vault: Vault, arn: string | undefined): number {
  const wanted = required(arn, 'RecoveryPointArn');
  const row = tryFindRecoveryPoint(state, [vault], wanted);
  if (row === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Cannot find recovery point ${wanted}`);
  }
  return row;
}

/** The row of a live point in one of some vaults; undefined where there is none. */
export function tryFindRecoveryPoint(state: WorldState, vaults: readonly Vault[], arn: string): number | undefined {
  const { ledger, pointArns } = state;
  const row = pointArns.find(arn, rowsIn(state, vaults));
  return row !== undefined && vaults.includes(ledger.vaultOf(intAt(ledger.points.series, row))) ? row : undefined;
}

/** A point with its vault, among those that a caller may restore from: its own, and those that it may look into. */
export function tryFindRestorable(
  state: WorldState,
  caller: Caller,
  arn: string,
): { readonly vault: Vault; readonly row: number } | undefined {
  const { ledger } = state;
  const row = tryFindRecoveryPoint(state, vaultsToRestoreFrom(state, caller), arn);
  return row === undefined ? undefined : { vault: ledger.vaultOf(intAt(ledger.points.series, row)), row };
}

function* rowsIn({ ledger }: WorldState, vaults: readonly Vault[]): Generator<number, undefined> {
  for (const vault of vaults) {
    for (const series of ledger.series.inVault(vault)) {
      yield* ledger.points.rowsOf(series);
    }
  }
}
