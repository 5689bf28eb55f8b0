/**
 * What `DeletionPolicy: Snapshot` leaves behind: a snapshot of the resource, which no stack has.
 *
 * Pure: changes nothing but the World it is given.
 * Source   AWS CloudFormation User Guide, "DeletionPolicy attribute": the types that have it.
 * Assumed  What the snapshot is called.
 */
import { generatedHex } from '../domain/generated-ids';
import { createSnapshot } from '../operations/ec2/create-snapshot';
import { createDBClusterSnapshot } from '../operations/rds/create-db-cluster-snapshot';
import { createDBSnapshot } from '../operations/rds/create-db-snapshot';
import { createClusterSnapshot } from '../operations/redshift/create-cluster-snapshot';
import type { ResourceHandler, Standing } from './handler';

type Snapshot = NonNullable<ResourceHandler['snapshot']>;

export const SNAPSHOTS: Readonly<Record<string, Snapshot>> = {
  'AWS::EC2::Volume': ({ state, env, made }) => {
    createSnapshot(state, env, { VolumeId: made.physicalId, Description: `Snapshot of ${made.logicalId}` });
  },
  'AWS::RDS::DBInstance': (standing) => {
    const { state, env, made } = standing;
    const DBSnapshotIdentifier = nameOf(standing);
    createDBSnapshot(state, env, { DBInstanceIdentifier: made.physicalId, DBSnapshotIdentifier });
  },
  'AWS::RDS::DBCluster': ofCluster,
  'AWS::DocDB::DBCluster': ofCluster,
  'AWS::Neptune::DBCluster': ofCluster,
  'AWS::Redshift::Cluster': (standing) => {
    const { state, env, made } = standing;
    createClusterSnapshot(state, env, { ClusterIdentifier: made.physicalId, SnapshotIdentifier: nameOf(standing) });
  },
};

function ofCluster(standing: Standing): void {
  const { state, env, made } = standing;
  const DBClusterSnapshotIdentifier = nameOf(standing);
  createDBClusterSnapshot(state, env, { DBClusterIdentifier: made.physicalId, DBClusterSnapshotIdentifier });
}

/** `<stack>-snapshot-<logical id>-<characters of its own>`, in letters that an identifier may have. */
function nameOf({ stack, env, made }: Standing): string {
  const digits = generatedHex('final-snapshot', env, `${stack.id} ${made.physicalId} ${made.generation}`, 12);
  const stem = `${stack.name}-snapshot-${made.logicalId}`.toLowerCase().replace(/[^a-z0-9-]+/g, '');
  return `${stem.replace(/-{2,}/g, '-').slice(0, 50).replace(/-$/, '')}-${digits}`;
}
