/**
 * CreateDBInstance.
 *
 * Source   API of RDS 2014-10-31. An instance is available at once (Assumed); one of a cluster is no resource to AWS Backup.
 */
import type { CreateDBInstanceCommandInput, CreateDBInstanceCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSubnetGroup } from '../database-subnets';
import {
  clusterService,
  databaseKey,
  databaseShape,
  engineFacts,
  findCluster,
  identifierOf,
  INSTANCES,
  memberShape,
  needsCluster,
  particularsIn,
  windowsIn,
} from '../databases';
import { AwsFault } from '../fault';
import { environmentOf, makeResource, tagMap, tryFindResource } from '../stateful';

export function createDBInstance(
  state: WorldState,
  caller: Caller,
  input: CreateDBInstanceCommandInput,
): Omit<CreateDBInstanceCommandOutput, '$metadata'> {
  const name = identifierOf(input.DBInstanceIdentifier, 'DBInstanceIdentifier');
  const engine = input.Engine ?? '';
  engineFacts(engine);
  const env = environmentOf(caller);
  const { members } = state.services.databases;
  if (tryFindResource(state, caller, INSTANCES, name) !== undefined || members.tryFind(env, name) !== undefined) {
    throw new AwsFault('DBInstanceAlreadyExistsFault', 'DB instance already exists');
  }
  if (input.DBSubnetGroupName !== undefined) {
    findSubnetGroup(state, caller, input.DBSubnetGroupName);
  }
  const tags = tagMap(input.Tags);
  const particulars = particularsIn(state, caller, engine, input);
  if (input.DBClusterIdentifier !== undefined) {
    const cluster = findCluster(state, caller, input.DBClusterIdentifier);
    const arn = `arn:${env.partition}:rds:${env.region}:${env.account}:db:${name}`;
    const member = { ...particulars, env, name, arn, cluster, madeAt: state.now, tags };
    return { DBInstance: memberShape(state, members.put(env, name, member)) };
  }
  if (needsCluster(engine)) {
    throw new AwsFault('InvalidParameterCombination', `DBClusterIdentifier is required for ${clusterService(engine)}.`);
  }
  if (input.AllocatedStorage === undefined) {
    throw new AwsFault('InvalidParameterValue', 'Invalid storage size for engine name and storage type: null');
  }
  const made = makeResource(state, caller, {
    service: 'rds',
    name,
    tags,
    sizeGiB: input.AllocatedStorage,
    encryptionKey: databaseKey(caller, 'rds', input),
    state: 'available',
    windows: windowsIn(input),
  });
  state.ledger.particulars.databases.put(made.arn, particulars);
  return { DBInstance: databaseShape(state, made) };
}
