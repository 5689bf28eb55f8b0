/**
 * Pages of queries and scans: how far one goes, what of its rows is shown, where the next begins.
 *
 * Pure.
 * Units    sizes are bytes.
 * Source   DynamoDB developer guide, "Querying tables in DynamoDB", "Scanning tables in DynamoDB" (read 2026-11-26); API
 *          reference, Query and Scan (Select); texts: as dynalite 4.0.0 has them, else Assumed.
 */
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { type Attribute, type Item, itemSize } from '../domain/attribute-values';
import type { ItemIndex, ItemTable } from '../domain/item-table';
import type { Row } from '../domain/keyed-rows';
import { invalid, itemOf, keyIn, partsOf, refuseKeyPiece } from './attribute-input';
import { given } from './backup/shapes';
import { type Path, type Placeholders, Substitutes } from './expression-parser';
import { Consumption } from './item-capacity';
import { type Condition, holds, parseCondition } from './item-conditions';
import {
  CAPACITY,
  findIndex,
  type FoundTable,
  type Given,
  type MemberRule,
  pathsOf,
  refuseNestedKeys,
  REQUIRED,
} from './item-input';
import { parseProjection, project } from './item-projections';
import { pathsIn } from './item-writes';
import { type LegacyCondition, legacyCondition } from './legacy-conditions';

const PAGE_BYTES = 1024 * 1024;

export const PAGE_MEMBERS: Readonly<Record<string, MemberRule>> = {
  Select: { oneOf: ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'] },
  IndexName: { least: 3, most: 255 },
  ReturnConsumedCapacity: CAPACITY,
  TableName: REQUIRED,
  ConditionalOperator: { oneOf: ['OR', 'AND'] },
  AttributesToGet: { least: 1, most: 255 },
  Limit: { least: 1 },
};

/** What queries and scans have in common. */
export interface PageInput extends Placeholders {
  readonly IndexName?: string | undefined;
  readonly Select?: string | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
  readonly Limit?: number | undefined;
  readonly ExclusiveStartKey?: Given | undefined;
  readonly ReturnConsumedCapacity?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly ConditionalOperator?: string | undefined;
  readonly ConsistentRead?: boolean | undefined;
}

/** What a page is to show, read from a call. */
export interface AskedPage {
  readonly input: PageInput;
  readonly filter: Condition | undefined;
  readonly paths: readonly Path[] | undefined;
  readonly startKey: Item | undefined;
}

export interface Page {
  readonly Items?: Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Item;
  readonly ConsumedCapacity?: ConsumedCapacity;
}

/** @param readFirst reads expressions that come before those of the page */
export function askPage(
  input: PageInput,
  legacyFilter: Readonly<Record<string, LegacyCondition>> | undefined,
  readFirst: (substitutes: Substitutes) => void = () => {},
): AskedPage {
  const plain = pathsOf(input.AttributesToGet);
  const old = legacyCondition(legacyFilter, input.ConditionalOperator);
  const startKey = input.ExclusiveStartKey && itemOf(input.ExclusiveStartKey, 'The provided starting key is invalid: ');
  const substitutes = new Substitutes(input);
  readFirst(substitutes);
  const { FilterExpression: filterText, ProjectionExpression: projection } = input;
  const filter = filterText === undefined ? old : parseCondition('FilterExpression', filterText, substitutes);
  const paths = projection === undefined ? plain : parseProjection('ProjectionExpression', projection, substitutes);
  substitutes.refuseUnused();
  refuseSelect(input, paths);
  return { input, filter, paths, startKey };
}

/** The index that a page is of, where it is of one. */
export function indexOfPage({ input, filter, paths = [] }: AskedPage, items: ItemTable): ItemIndex | undefined {
  const index = input.IndexName === undefined ? undefined : findIndex(items, input.IndexName);
  refuseNestedKeys(items, [...paths, ...(filter === undefined ? [] : pathsIn(filter))]);
  if (index?.isGlobal !== true) {
    return index;
  }
  if (input.ConsistentRead === true) {
    throw invalid('Consistent reads are not supported on global secondary indexes');
  }
  const text = 'One or more parameter values were invalid:';
  if (input.Select === 'ALL_ATTRIBUTES' && index.projected !== 'ALL') {
    const said = `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name}`;
    throw invalid(`${text} ${said} because its projection type is not ALL`);
  }
  const missing = paths.map(([head]) => String(head)).filter((name) => !index.has(name));
  if (missing.length > 0) {
    throw invalid(`${text} Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
  }
  return index;
}

/** Where a page begins, as a row; undefined at the first. */
export function startOf({ startKey }: AskedPage, items: ItemTable, index: ItemIndex | undefined): Row | undefined {
  if (startKey === undefined) {
    return undefined;
  }
  const names = keyNames(items, index);
  if (Object.keys(startKey).length !== names.length || names.some((name) => startKey[name] === undefined)) {
    const said = index === undefined ? ': The provided key element does not match the schema' : '';
    throw invalid(`The provided starting key is invalid${said}`);
  }
  for (const part of index === undefined ? [] : partsOf(index)) {
    refuseKeyPiece(part, startKey, part === index?.keys.hash);
  }
  const own = itemOf(Object.fromEntries(partsOf(items).map(({ name }) => [name, startKey[name] as Attribute])));
  const row = {
    ...prefixed('The provided starting key is invalid: ', () => keyIn(items, own)),
    item: own,
    sizeBytes: 0,
  };
  return index === undefined ? row : index.entryOf(startKey);
}

/** One page of rows that come in their order. */
export function pageOf(
  { resource, items }: FoundTable,
  asked: AskedPage,
  index: ItemIndex | undefined,
  rows: Iterable<Row>,
): Page {
  const { input, filter, paths } = asked;
  const { Limit: limit = Infinity, ConsistentRead: consistent = false } = input;
  const fetches = index?.isGlobal === false && needsItem(asked, index);
  const consumption = new Consumption(resource.declaration.name);
  const shown: Item[] = [];
  let [count, size, ended] = [0, 0, true];
  let last: Row | undefined;
  for (const row of rows) {
    count++;
    size += row.sizeBytes;
    last = row;
    const item = fetches ? fetched(items, row, consumption, consistent) : row.item;
    if (filter === undefined || holds(filter, item)) {
      shown.push(paths === undefined ? item : project(item, paths));
    }
    if (count >= limit || size >= PAGE_BYTES) {
      ended = false;
      break;
    }
  }
  consumption.read(size, consistent, index);
  const names = keyNames(items, index);
  return given({
    Items: input.Select === 'COUNT' ? undefined : shown,
    Count: shown.length,
    ScannedCount: count,
    LastEvaluatedKey: ended || last === undefined ? undefined : keyOf(last.item, names),
    ConsumedCapacity: consumption.shown(input.ReturnConsumedCapacity),
  });
}

/** Says of a fault what it is about. */
export function prefixed<T>(prefix: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof Error ? invalid(prefix + error.message) : error;
  }
}

/** An item that the entry of a local index does not hold whole. */
function fetched(items: ItemTable, { item }: Row, consumption: Consumption, consistent: boolean): Item {
  const whole = items.tryFind(items.keyOf(item))?.item ?? item;
  consumption.read(itemSize(whole), consistent);
  return whole;
}

function needsItem({ input, paths }: AskedPage, index: ItemIndex): boolean {
  const beyond = paths?.some(([head]) => !index.has(String(head))) ?? false;
  return index.projected !== 'ALL' && (input.Select === 'ALL_ATTRIBUTES' || beyond);
}

function keyNames(items: ItemTable, index: ItemIndex | undefined): string[] {
  const parts = [...partsOf(items), ...(index === undefined ? [] : partsOf(index))];
  return [...new Set(parts.map(({ name }) => name))];
}

function keyOf(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

/** Source: API reference, Select. Texts: Assumed. */
function refuseSelect(
  { Select: select, IndexName: index, AttributesToGet }: PageInput,
  paths: readonly Path[] | undefined,
): void {
  const named = AttributesToGet === undefined ? 'ProjectionExpression' : 'AttributesToGet';
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && index === undefined) {
    throw invalid('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (select === 'SPECIFIC_ATTRIBUTES' && paths === undefined) {
    throw invalid('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
  }
  if (paths !== undefined && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    const what = select === 'COUNT' ? 'only the Count' : select;
    throw invalid(`Cannot specify the ${named} when choosing to get ${what}`);
  }
}
