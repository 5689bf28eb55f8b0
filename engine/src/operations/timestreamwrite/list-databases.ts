/**
 * ListDatabases.
 *
 * Source   API of Timestream Write 2018-11-01: 20 to a page.
 * Gaps     A database is known by its tables: one without a table is not listed.
 */
import type { ListDatabasesCommandInput, ListDatabasesCommandOutput } from '@aws-sdk/client-timestream-write';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { timeSeriesTables } from '../time-series';

const PAGE = 20;

export function listDatabases(
  state: WorldState,
  caller: Caller,
  { MaxResults = PAGE, NextToken }: ListDatabasesCommandInput,
): Omit<ListDatabasesCommandOutput, '$metadata'> {
  const tables = timeSeriesTables(state, caller);
  const first = tables.filter(({ databaseArn }, at) => tables[at - 1]?.databaseArn !== databaseArn);
  const page = pageOf(first, MaxResults, NextToken, {
    service: 'timestream',
    operation: 'ListDatabases',
    keyOf: ({ databaseArn }) => databaseArn,
  });
  const Databases = page.items.map(({ databaseArn, databaseName, resource }) =>
    given({
      Arn: databaseArn,
      DatabaseName: databaseName,
      TableCount: tables.filter((one) => one.databaseArn === databaseArn).length,
      KmsKeyId: resource.declaration.encryptedWith,
    }),
  );
  return given({ Databases, NextToken: page.nextToken });
}
