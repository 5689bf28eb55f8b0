/**
 * Query.
 *
 * Source   API of DynamoDB 2012-08-10; texts: as dynalite 4.0.0 has them.
 */
import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { type Item, sameValue, sortable } from '../../domain/attribute-values';
import type { Keys } from '../../domain/item-table';
import { indexAfter, type Row, rowIndex } from '../../domain/keyed-rows';
import type { WorldState } from '../../domain/world-state';
import { invalid } from '../attribute-input';
import type { Caller } from '../caller';
import { parseCondition } from '../item-conditions';
import { findItems, refuseMembers, refuseMixed } from '../item-input';
import { type AskedPage, askPage, indexOfPage, PAGE_MEMBERS, pageOf, startOf } from '../item-pages';
import { pathsIn } from '../item-writes';
import {
  boundsOf,
  type KeyConditions,
  keyConditionsOf,
  legacyKeyConditions,
  letsThrough,
  refuseKeyConditions,
} from '../key-conditions';

export function query(
  state: WorldState,
  caller: Caller,
  input: QueryCommandInput,
): Omit<QueryCommandOutput, '$metadata'> {
  refuseMembers(input, PAGE_MEMBERS);
  const { conditions, page } = ask(input);
  const table = findItems(state, caller, input.TableName);
  const index = indexOfPage(page, table.items);
  const keyed = index ?? table.items;
  const start = startOf(page, table.items, index);
  refuseKeyConditions(keyed.keys, conditions);
  refuseStart(keyed.keys, conditions, page.startKey);
  refuseKeysIn(page, keyed.keys, input.QueryFilter === undefined ? 'Filter Expression' : 'QueryFilter');
  const { hash, sort } = keyed.keys;
  const hashValue = conditions.get(hash.name)?.values[0];
  const rows = keyed.rows.partition(hashValue === undefined ? '' : (sortable(hashValue) ?? ''));
  const bounds = boundsOf(rows, sort && conditions.get(sort.name));
  const found = input.ScanIndexForward === false ? backward(rows, bounds, start) : forward(rows, bounds, start);
  return pageOf(table, page, index, found) as Omit<QueryCommandOutput, '$metadata'>;
}

function ask(input: QueryCommandInput): { readonly conditions: KeyConditions; readonly page: AskedPage } {
  const legacy = ['AttributesToGet', 'QueryFilter', 'ConditionalOperator', 'KeyConditions'];
  // Keys in the old form go with other expressions in the new one.
  const mixed = input.KeyConditionExpression === undefined ? legacy.slice(0, -1) : legacy;
  refuseMixed(input, ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'], mixed);
  const { KeyConditionExpression: text, KeyConditions: old } = input;
  if (text === undefined && old === undefined) {
    throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  }
  let conditions: KeyConditions | undefined;
  const page = askPage(input, input.QueryFilter, (substitutes) => {
    if (text !== undefined) {
      conditions = keyConditionsOf(parseCondition('KeyConditionExpression', text, substitutes));
    }
  });
  return { conditions: conditions ?? legacyKeyConditions(old ?? {}), page };
}

function* forward(rows: readonly Row[], [from, to]: readonly [number, number], start: Row | undefined): Iterable<Row> {
  const first = start === undefined ? from : Math.max(from, indexAfter(rows, start));
  for (let at = first; at < to; at++) {
    yield rows[at] as Row;
  }
}

function* backward(rows: readonly Row[], [from, to]: readonly [number, number], start: Row | undefined): Iterable<Row> {
  const end = start === undefined ? to : Math.min(to, rowIndex(rows, start));
  for (let at = end - 1; at >= from; at--) {
    yield rows[at] as Row;
  }
}

/** A page begins within what is asked for. */
function refuseStart({ hash, sort }: Keys, conditions: KeyConditions, start: Item | undefined): void {
  if (start === undefined) {
    return;
  }
  const asked = conditions.get(hash.name)?.values[0];
  const value = start[hash.name];
  const elsewhere = asked === undefined || value === undefined || !sameValue(asked, value);
  const condition = sort && conditions.get(sort.name);
  if (condition !== undefined && !letsThrough(condition, start[sort?.name ?? ''])) {
    throw invalid('The provided starting key does not match the range key predicate');
  }
  if (elsewhere) {
    throw invalid(
      condition === undefined
        ? 'The provided starting key is outside query boundaries based on provided conditions'
        : 'The query can return at most one row and cannot be restarted',
    );
  }
}

function refuseKeysIn({ filter }: AskedPage, { hash, sort }: Keys, member: string): void {
  const heads = new Set(filter === undefined ? [] : pathsIn(filter).map(([head]) => head));
  const key = [hash, sort].find((part) => part !== undefined && heads.has(part.name));
  if (key !== undefined) {
    const text = `${member} can only contain non-primary key attributes: Primary key attribute: ${key.name}`;
    throw invalid(text);
  }
}
