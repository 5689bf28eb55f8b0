/**
 * DeleteDBCluster.
 *
 * Source   API of RDS 2014-10-31: members first, protection, a last snapshot. Recovery points stay (B5.2/8).
 */
import type { DeleteDBClusterCommandInput, DeleteDBClusterCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { clusterShape, membersOf } from '../database-clusters';
import { takeSnapshot } from '../database-snapshots';
import { databaseParticulars, findCluster } from '../databases';
import { AwsFault } from '../fault';
import { refuseBackupsGone } from '../managed-backups';
import { tagsOf } from '../stateful';

export function deleteDBCluster(
  state: WorldState,
  caller: Caller,
  input: DeleteDBClusterCommandInput,
): Omit<DeleteDBClusterCommandOutput, '$metadata'> {
  const { DBClusterIdentifier: named, SkipFinalSnapshot: skip = false, FinalDBSnapshotIdentifier: last } = input;
  const cluster = findCluster(state, caller, named);
  if (databaseParticulars(state, cluster).settings['DeletionProtection'] === true) {
    const text = 'Cannot delete protected Cluster, please disable deletion protection and try again.';
    throw new AwsFault('InvalidParameterCombination', text);
  }
  if (membersOf(state, cluster).length > 0) {
    const text = 'Cluster cannot be deleted, it still contains DB instances in non-deleting state.';
    throw new AwsFault('InvalidDBClusterStateFault', text);
  }
  refuseBackupsGone(state, cluster, input.DeleteAutomatedBackups);
  if (skip === (last !== undefined)) {
    const text = 'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified, and only then.';
    throw new AwsFault('InvalidParameterCombination', text);
  }
  if (last !== undefined) {
    const name = last.toLowerCase();
    takeSnapshot(state, caller, { kind: 'cluster-snapshot', name, source: cluster, tags: tagsOf(cluster) });
  }
  const shape = clusterShape(state, cluster);
  state.removeResource(cluster);
  return { DBCluster: { ...shape, Status: 'deleting' } };
}
