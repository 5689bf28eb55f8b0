/**
 * DeleteCluster.
 *
 * Source   API of Redshift 2012-12-01: a last snapshot, or the word that there is to be none. Recovery points stay (B5.2/8).
 */
import type { DeleteClusterCommandInput, DeleteClusterCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { tagsOf } from '../stateful';
import { findWarehouse, takeWarehouseSnapshot, warehouseShape } from '../warehouses';

export function deleteCluster(
  state: WorldState,
  caller: Caller,
  input: DeleteClusterCommandInput,
): Omit<DeleteClusterCommandOutput, '$metadata'> {
  const { ClusterIdentifier: named, SkipFinalClusterSnapshot: skip = false } = input;
  const { FinalClusterSnapshotIdentifier: last } = input;
  const found = findWarehouse(state, caller, named);
  if (skip === (last !== undefined)) {
    const text =
      'FinalClusterSnapshotIdentifier is required unless SkipFinalClusterSnapshot is specified, and only then.';
    throw new AwsFault('InvalidParameterCombination', text);
  }
  if (last !== undefined) {
    takeWarehouseSnapshot(state, caller, { name: last, source: found, tags: tagsOf(found) });
  }
  const shape = warehouseShape(state, found);
  state.removeResource(found);
  return { Cluster: { ...shape, ClusterStatus: 'deleting' } };
}
