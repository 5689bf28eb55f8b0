/**
 * The recovery point that a call names.
 *
 * Pure: reads the World. Points are found by rendering the names of those in the vault: calls are rare, points many.
 */
import { arnOfPoint } from '../domain/show';
import type { Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** The row of a live point. Assumed: the text follows B4.6/7. */
export function findRecoveryPoint(state: WorldState, vault: Vault, arn: string | undefined): number {
  const wanted = required(arn, 'RecoveryPointArn');
  const { ledger } = state;
  for (const series of ledger.series.inVault(vault)) {
    for (const row of ledger.points.rowsOf(series)) {
      if (arnOfPoint(ledger, row) === wanted) {
        return row;
      }
    }
  }
  throw new AwsFault('ResourceNotFoundException', `Cannot find recovery point ${wanted}`);
}
