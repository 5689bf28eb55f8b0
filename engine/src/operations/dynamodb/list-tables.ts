/**
 * ListTables.
 *
 * Source   API of DynamoDB 2012-08-10: pages begin after the table that is named, 100 at most.
 */
import type { ListTablesCommandInput, ListTablesCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { resourcesOf } from '../stateful';
import { TABLES } from '../tables';

const MOST = 100;

export function listTables(
  state: WorldState,
  caller: Caller,
  { ExclusiveStartTableName: after = '', Limit = MOST }: ListTablesCommandInput,
): Omit<ListTablesCommandOutput, '$metadata'> {
  const names = resourcesOf(state, caller, TABLES).map(({ declaration }) => declaration.name);
  const left = names.sort().filter((name) => name > after);
  const shown = left.slice(0, Math.min(Limit, MOST));
  return given({ TableNames: shown, LastEvaluatedTableName: shown.length < left.length ? shown.at(-1) : undefined });
}
