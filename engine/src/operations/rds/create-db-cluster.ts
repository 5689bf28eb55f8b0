/**
 * CreateDBCluster.
 *
 * Source   API of RDS 2014-10-31. A cluster is available at once (Assumed). Global databases are not modelled.
 */
import type { CreateDBClusterCommandInput, CreateDBClusterCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { clusterShape } from '../database-clusters';
import { findSubnetGroup } from '../database-subnets';
import { clusterService, CLUSTERS, databaseKey, identifierOf, particularsIn, windowsIn } from '../databases';
import { AwsFault } from '../fault';
import { makeResource, tagMap, tryFindResource } from '../stateful';

export function createDBCluster(
  state: WorldState,
  caller: Caller,
  input: CreateDBClusterCommandInput,
): Omit<CreateDBClusterCommandOutput, '$metadata'> {
  if (input.GlobalClusterIdentifier !== undefined) {
    throw new AwsFault('NotEmulated', 'rds: GlobalClusterIdentifier of CreateDBCluster is not emulated');
  }
  const name = identifierOf(input.DBClusterIdentifier, 'DBClusterIdentifier');
  const engine = input.Engine ?? '';
  const service = clusterService(engine);
  if (tryFindResource(state, caller, CLUSTERS, name) !== undefined) {
    throw new AwsFault('DBClusterAlreadyExistsFault', 'DB Cluster already exists');
  }
  if (input.DBSubnetGroupName !== undefined) {
    findSubnetGroup(state, caller, input.DBSubnetGroupName);
  }
  const cluster = makeResource(state, caller, {
    service,
    name,
    tags: tagMap(input.Tags),
    sizeGiB: input.AllocatedStorage,
    encryptionKey: databaseKey(caller, service, input),
    state: 'available',
    windows: windowsIn(input),
  });
  state.ledger.particulars.databases.put(cluster.arn, particularsIn(state, caller, engine, input));
  return { DBCluster: clusterShape(state, cluster) };
}
