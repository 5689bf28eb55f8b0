/**
 * CreateClusterSnapshot.
 *
 * Source   API of Redshift 2012-12-01. It is no recovery point of AWS Backup.
 */
import type { CreateClusterSnapshotCommandInput, CreateClusterSnapshotCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { tagMap } from '../stateful';
import { findWarehouse, takeWarehouseSnapshot, warehouseSnapshotShape } from '../warehouses';

export function createClusterSnapshot(
  state: WorldState,
  caller: Caller,
  { ClusterIdentifier, SnapshotIdentifier: name = '', Tags }: CreateClusterSnapshotCommandInput,
): Omit<CreateClusterSnapshotCommandOutput, '$metadata'> {
  const source = findWarehouse(state, caller, ClusterIdentifier);
  const made = takeWarehouseSnapshot(state, caller, { name, source, tags: tagMap(Tags) });
  return { Snapshot: warehouseSnapshotShape(state, made) };
}
