/**
 * What the vaults of an account and Region hold recovery points of.
 *
 * Pure: reads the World.
 * Source   B1.3 ProtectedResource.
 */
import type { ProtectedResource } from '@aws-sdk/client-backup';
import type { Environment } from '@holdfast/model';
import { arnOfPoint } from '../domain/show';
import { placeOf, Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { floatAt, intAt } from '../kernel/columns';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';

/**
 * By ARN in ascending order, each with its newest point; of two that were made at one instant, that of the first vault.
 *
 * @param only the one vault that counts; all of `env` when not given
 */
export function protectedResources(state: WorldState, env: Environment, only?: Vault): ProtectedResource[] {
  const { ledger } = state;
  const { points } = ledger;
  const newest = new Map<string, number>();
  const vaults = only === undefined ? ledger.vaults.standing() : [only];
  for (const vault of vaults.filter((one) => one === only || placeOf(one.made.env) === placeOf(env))) {
    for (const series of ledger.series.inVault(vault)) {
      const row = points.rowsOf(series).reduce((best, one) => (newer(state, one, best) ? one : best), -1);
      const arn = ledger.resourceOf(series).arn;
      if (row >= 0 && newer(state, row, newest.get(arn) ?? -1)) {
        newest.set(arn, row);
      }
    }
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => show(state, row));
}

function newer({ ledger: { points } }: WorldState, row: number, than: number): boolean {
  return than < 0 || floatAt(points.createdAts, row) > floatAt(points.createdAts, than);
}

function show({ ledger }: WorldState, row: number): ProtectedResource {
  const series = intAt(ledger.points.series, row);
  const { arn, service, declaration } = ledger.resourceOf(series);
  return given({
    ResourceArn: arn,
    ResourceType: service.resourceType,
    ResourceName: declaration.name,
    LastBackupTime: dateOf(floatAt(ledger.points.createdAts, row)),
    LastBackupVaultArn: ledger.vaultOf(series).arn,
    LastRecoveryPointArn: arnOfPoint(ledger, row),
  });
}
