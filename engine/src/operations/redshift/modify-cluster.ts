/**
 * ModifyCluster.
 *
 * Source   API of Redshift 2012-12-01. Changes are made at once (Assumed).
 */
import type { ModifyClusterCommandInput, ModifyClusterCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findWarehouse, warehouseSettings, warehouseShape } from '../warehouses';

export function modifyCluster(
  state: WorldState,
  caller: Caller,
  input: ModifyClusterCommandInput,
): Omit<ModifyClusterCommandOutput, '$metadata'> {
  if (input.NewClusterIdentifier !== undefined) {
    throw new AwsFault('NotEmulated', 'redshift: NewClusterIdentifier of ModifyCluster is not emulated');
  }
  const found = findWarehouse(state, caller, input.ClusterIdentifier);
  const { warehouses } = state.ledger.particulars;
  warehouses.put(found.arn, { settings: { ...warehouses.of(found.arn).settings, ...warehouseSettings(input) } });
  return { Cluster: warehouseShape(state, found) };
}
