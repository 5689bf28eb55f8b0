/**
 * Tables of Timestream, and the databases that their names tell.
 *
 * Pure: reads the World.
 * Source   API of Timestream Write 2018-11-01: ResourceNotFoundException.
 */
import type { Resource } from '../domain/protected-resources';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { resourcesOf } from './stateful';

const TABLE = /^(.*:database\/([^/]+))\/table\/([^/]+)$/;

export interface TimeSeriesTable {
  readonly resource: Resource;
  readonly databaseArn: string;
  readonly databaseName: string;
  readonly tableName: string;
}

export function timeSeriesTables(state: WorldState, caller: Caller): TimeSeriesTable[] {
  return resourcesOf(state, caller, ['timestream']).flatMap((resource) => {
    const [, databaseArn = '', databaseName = '', tableName = ''] = TABLE.exec(resource.arn) ?? [];
    return tableName === '' ? [] : [{ resource, databaseArn, databaseName, tableName }];
  });
}

/** Tables of one database, which has one at least. */
export function tablesOfDatabase(state: WorldState, caller: Caller, name: string | undefined): TimeSeriesTable[] {
  const found = timeSeriesTables(state, caller).filter(
    ({ databaseName }) => name === undefined || databaseName === name,
  );
  if (name !== undefined && found.length === 0) {
    throw new AwsFault('ResourceNotFoundException', `The database ${name} does not exist.`);
  }
  return found;
}
