/**
 * DeleteDBSubnetGroup.
 *
 * Source   API of RDS 2014-10-31: InvalidDBSubnetGroupStateFault while a database is in it.
 */
import type { DeleteDBSubnetGroupCommandInput, DeleteDBSubnetGroupCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSubnetGroup } from '../database-subnets';
import { CLUSTERS, databaseParticulars, INSTANCES } from '../databases';
import { AwsFault } from '../fault';
import { environmentOf, lastOf, resourcesOf } from '../stateful';

export function deleteDBSubnetGroup(
  state: WorldState,
  caller: Caller,
  { DBSubnetGroupName: named }: DeleteDBSubnetGroupCommandInput,
): Omit<DeleteDBSubnetGroupCommandOutput, '$metadata'> {
  const { name } = findSubnetGroup(state, caller, named);
  const user = resourcesOf(state, caller, [...INSTANCES, ...CLUSTERS]).find(
    (one) => databaseParticulars(state, one).subnetGroup === name,
  );
  if (user !== undefined || name === 'default') {
    const why = user === undefined ? 'it is the default one' : `the DB instance ${lastOf(user.arn)} still uses it`;
    throw new AwsFault('InvalidDBSubnetGroupStateFault', `Cannot delete the subnet group '${name}' because ${why}.`);
  }
  state.services.databases.subnetGroups.remove(environmentOf(caller), name);
  return {};
}
