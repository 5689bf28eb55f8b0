/**
 * The recovery point that a call names.
 *
 * Pure: reads the World.
 */
import type { Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { at } from '../kernel/columns';
import { AwsFault } from './fault';
import { required } from './find-vault';

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
  return row !== undefined && vaults.includes(ledger.vaultOf(at(ledger.points.series, row))) ? row : undefined;
}

function* rowsIn({ ledger }: WorldState, vaults: readonly Vault[]): Generator<number, undefined> {
  for (const vault of vaults) {
    for (const series of ledger.series.inVault(vault)) {
      yield* ledger.points.rowsOf(series);
    }
  }
}
