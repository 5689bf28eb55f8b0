/**
 * CreateDBClusterSnapshot.
 *
 * Source   API of RDS 2014-10-31. It is no recovery point of AWS Backup.
 */
import type { CreateDBClusterSnapshotCommandInput, CreateDBClusterSnapshotCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { clusterSnapshotShape, takeSnapshot } from '../database-snapshots';
import { findCluster, identifierOf } from '../databases';
import { tagMap } from '../stateful';

export function createDBClusterSnapshot(
  state: WorldState,
  caller: Caller,
  { DBClusterIdentifier, DBClusterSnapshotIdentifier, Tags }: CreateDBClusterSnapshotCommandInput,
): Omit<CreateDBClusterSnapshotCommandOutput, '$metadata'> {
  const source = findCluster(state, caller, DBClusterIdentifier);
  const name = identifierOf(DBClusterSnapshotIdentifier, 'DBClusterSnapshotIdentifier');
  const made = takeSnapshot(state, caller, { kind: 'cluster-snapshot', name, source, tags: tagMap(Tags) });
  return { DBClusterSnapshot: clusterSnapshotShape(state, caller, made) };
}
