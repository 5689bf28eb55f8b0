/**
 * DescribeDBClusters.
 *
 * Source   API of RDS 2014-10-31: DBClusterNotFoundFault.
 */
import type { DescribeDBClustersCommandInput, DescribeDBClustersCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { clusterShape } from '../database-clusters';
import { CLUSTERS, findCluster } from '../databases';
import { matching } from '../filters';
import { pageOf } from '../page';
import { resourcesOf } from '../stateful';

export function describeDBClusters(
  state: WorldState,
  caller: Caller,
  { DBClusterIdentifier: named, Filters, MaxRecords, Marker }: DescribeDBClustersCommandInput,
): Omit<DescribeDBClustersCommandOutput, '$metadata'> {
  const asked = named === undefined ? resourcesOf(state, caller, CLUSTERS) : [findCluster(state, caller, named)];
  const found = matching(
    asked.map((one) => clusterShape(state, one)),
    Filters,
    (one) => ({
      'db-cluster-id': [one.DBClusterIdentifier ?? '', one.DBClusterArn ?? ''],
      'db-cluster-resource-id': one.DbClusterResourceId,
      engine: one.Engine,
    }),
  );
  const page = pageOf(found, MaxRecords, Marker, {
    service: 'rds',
    operation: 'DescribeDBClusters',
    keyOf: ({ DBClusterArn = '' }) => DBClusterArn,
  });
  return given({ DBClusters: page.items, Marker: page.nextToken });
}
