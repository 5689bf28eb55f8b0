/**
 * Reads of single items, alone, in batches and in transactions.
 *
 * Pure: reads the World.
 * Source   API of DynamoDB 2012-08-10: GetItem, BatchGetItem, TransactGetItems.
 */
import type { Item } from '../domain/attribute-values';
import type { RowKey } from '../domain/keyed-rows';
import type { WorldState } from '../domain/world-state';
import { itemOf, keyIn } from './attribute-input';
import type { Caller } from './caller';
import { type Path, type Placeholders, Substitutes } from './expression-parser';
import { findItems, type FoundTable, type Given, pathsOf, refuseMixed, refuseNestedKeys } from './item-input';
import { parseProjection, project } from './item-projections';

export interface AskedAttributes extends Placeholders {
  readonly AttributesToGet?: readonly string[] | undefined;
  readonly ProjectionExpression?: string | undefined;
}

/** The places that are asked for; undefined where the whole item is. */
export function askAttributes(input: AskedAttributes): readonly Path[] | undefined {
  refuseMixed(input, ['ProjectionExpression'], ['AttributesToGet']);
  const plain = pathsOf(input.AttributesToGet);
  const substitutes = new Substitutes(input);
  const text = input.ProjectionExpression;
  const paths = text === undefined ? plain : parseProjection('ProjectionExpression', text, substitutes);
  substitutes.refuseUnused();
  return paths;
}

/** An item that was read. */
export interface ReadItem {
  readonly table: FoundTable;
  readonly key: RowKey;
  /** As it is asked for; undefined where there is none. */
  readonly item: Item | undefined;
  /** Of the whole of it. */
  readonly sizeBytes: number;
}

export function readItem(
  state: WorldState,
  caller: Caller,
  tableName: string | undefined,
  given: Given,
  paths: readonly Path[] | undefined,
): ReadItem {
  const asked = itemOf(given);
  const table = findItems(state, caller, tableName);
  const key = keyIn(table.items, asked);
  refuseNestedKeys(table.items, paths ?? []);
  const row = table.items.tryFind(key);
  const item = row === undefined || paths === undefined ? row?.item : project(row.item, paths);
  return { table, key, item, sizeBytes: row?.sizeBytes ?? 0 };
}
