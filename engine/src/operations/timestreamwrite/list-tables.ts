/**
 * ListTables.
 *
 * Source   API of Timestream Write 2018-11-01: 20 to a page.
 */
import type { ListTablesCommandInput, ListTablesCommandOutput } from '@aws-sdk/client-timestream-write';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { tablesOfDatabase } from '../time-series';

const PAGE = 20;

export function listTables(
  state: WorldState,
  caller: Caller,
  { DatabaseName: named, MaxResults = PAGE, NextToken }: ListTablesCommandInput,
): Omit<ListTablesCommandOutput, '$metadata'> {
  const page = pageOf(tablesOfDatabase(state, caller, named), MaxResults, NextToken, {
    service: 'timestream',
    operation: 'ListTables',
    parent: named,
    keyOf: ({ resource }) => resource.arn,
  });
  const Tables = page.items.map(({ resource, databaseName, tableName }) => ({
    Arn: resource.arn,
    TableName: tableName,
    DatabaseName: databaseName,
    TableStatus: (resource.declaration.state ?? 'ACTIVE') as 'ACTIVE',
  }));
  return given({ Tables, NextToken: page.nextToken });
}
