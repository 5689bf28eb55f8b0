/**
 * DescribeDBInstances.
 *
 * Source   API of RDS 2014-10-31: DBInstanceNotFound.
 */
import type { DescribeDBInstancesCommandInput, DescribeDBInstancesCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { databaseShape, findDatabase, INSTANCES, memberShape } from '../databases';
import { matching } from '../filters';
import { pageOf } from '../page';
import { environmentOf, lastOf, resourcesOf } from '../stateful';

export function describeDBInstances(
  state: WorldState,
  caller: Caller,
  { DBInstanceIdentifier: named, Filters, MaxRecords, Marker }: DescribeDBInstancesCommandInput,
): Omit<DescribeDBInstancesCommandOutput, '$metadata'> {
  const { members } = state.services.databases;
  const member = named === undefined ? undefined : members.tryFind(environmentOf(caller), lastOf(named).toLowerCase());
  const all =
    named === undefined
      ? [
          ...resourcesOf(state, caller, INSTANCES).map((one) => databaseShape(state, one)),
          ...members.list(environmentOf(caller)).map((one) => memberShape(state, one)),
        ]
      : [member === undefined ? databaseShape(state, findDatabase(state, caller, named)) : memberShape(state, member)];
  const found = matching(all, Filters, (one) => ({
    'db-instance-id': [one.DBInstanceIdentifier ?? '', one.DBInstanceArn ?? ''],
    'dbi-resource-id': one.DbiResourceId,
    'db-cluster-id': one.DBClusterIdentifier,
    engine: one.Engine,
  }));
  const page = pageOf(found, MaxRecords, Marker, {
    service: 'rds',
    operation: 'DescribeDBInstances',
    keyOf: ({ DBInstanceArn = '' }) => DBInstanceArn,
  });
  return given({ DBInstances: page.items, Marker: page.nextToken });
}
