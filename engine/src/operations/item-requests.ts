/**
 * What a call on items asks of policies: an action on each table, with the keys of conditions that DynamoDB has for it.
 *
 * Pure: reads the World.
 * Source   Service authorization reference, Amazon DynamoDB (which action carries which key); DynamoDB developer guide, "Using IAM
 *          policy conditions for fine-grained access control" and "Amazon DynamoDB transactions: how it works" (read 2026-11-27):
 *          items of a transaction need leave for what each does, and none for the transaction; API reference, Query (Select).
 * Assumed  Select of reads of single items is SPECIFIC_ATTRIBUTES where attributes are named, else ALL_ATTRIBUTES; the leading keys
 *          of a query of an index are those of the index; a call that cannot be read is refused for that before anybody
 *          asks whether it is allowed; a batch is one request on each table.
 * Spec     ../domain/policy/evaluation.md
 */
import type * as sdk from '@aws-sdk/client-dynamodb';
import type { Attribute } from '../domain/attribute-values';
import type { ItemTable } from '../domain/item-table';
import type { ContextValue } from '../domain/policy/request';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import type { Path } from './expression-parser';
import type { Given } from './item-input';
import { askPage, type PageInput } from './item-pages';
import { askAttributes, type AskedAttributes } from './item-reads';
import { askDelete, askPut, askUpdate, pathsIn } from './item-writes';
import { parseCondition } from './item-conditions';
import { keyConditionsOf, legacyKeyConditions } from './key-conditions';
import type { LegacyCondition } from './legacy-conditions';
import { namedResource } from './named-resource';
import { tryFindTable } from './tables';

/** One action on one table, with keys of conditions beside those that every request has. */
export interface ItemRequest {
  /** As the operation of its name, e.g. `PutItem`. */
  readonly operation: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** What is asked of one table. */
interface Asked {
  readonly operation: string;
  readonly table: string | undefined;
  readonly index?: string | undefined;
  /** Keys of items, or of what a query looks for. */
  readonly keys: readonly (Given | undefined)[];
  /** Names of attributes beside those of keys. */
  readonly names?: readonly string[];
  readonly select?: string | undefined;
  readonly returnValues?: string | undefined;
  readonly capacity?: string | undefined;
  readonly enclosing?: 'TransactGetItems' | 'TransactWriteItems';
}

const READERS: Readonly<Record<string, (input: never) => readonly Asked[]>> = {
  GetItem: (input: sdk.GetItemCommandInput) => [oneRead('GetItem', input.TableName, [input.Key], input, input)],
  BatchGetItem: (input: sdk.BatchGetItemCommandInput) =>
    Object.entries(input.RequestItems ?? {}).map(([table, request]) =>
      oneRead('BatchGetItem', table, request.Keys ?? [], request, input),
    ),
  TransactGetItems: (input: sdk.TransactGetItemsCommandInput) =>
    (input.TransactItems ?? []).flatMap(({ Get }) =>
      Get === undefined
        ? []
        : [{ ...oneRead('GetItem', Get.TableName, [Get.Key], Get, input), enclosing: 'TransactGetItems' as const }],
    ),
  Query: (input: sdk.QueryCommandInput) => [queried(input)],
  Scan: (input: sdk.ScanCommandInput) => [
    { ...paged('Scan', input, input.ScanFilter, []), table: input.TableName, keys: [] },
  ],
  PutItem: (input: sdk.PutItemCommandInput) => [put(input)],
  UpdateItem: (input: sdk.UpdateItemCommandInput) => [updated(input)],
  DeleteItem: (input: sdk.DeleteItemCommandInput) => [deleted('DeleteItem', input)],
  BatchWriteItem: (input: sdk.BatchWriteItemCommandInput) =>
    Object.entries(input.RequestItems ?? {}).map(([table, requests]) => {
      const items = requests.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {});
      const names = items.flatMap((item) => Object.keys(item));
      return { operation: 'BatchWriteItem', table, keys: items, names, capacity: input.ReturnConsumedCapacity };
    }),
  TransactWriteItems: (input: sdk.TransactWriteItemsCommandInput) =>
    (input.TransactItems ?? []).flatMap(({ ConditionCheck, Put, Update, Delete }) =>
      [
        ...(ConditionCheck === undefined ? [] : [deleted('ConditionCheckItem', ConditionCheck)]),
        ...(Put === undefined ? [] : [put(Put)]),
        ...(Update === undefined ? [] : [updated(Update)]),
        ...(Delete === undefined ? [] : [deleted('DeleteItem', Delete)]),
      ].map((asked) => ({
        ...asked,
        capacity: input.ReturnConsumedCapacity,
        enclosing: 'TransactWriteItems' as const,
      })),
    ),
};

/** Undefined for operations that are not about items. */
export function itemRequests(
  state: WorldState,
  caller: Caller,
  operation: string,
  input: object,
): readonly ItemRequest[] | undefined {
  const read = Object.hasOwn(READERS, operation) ? READERS[operation] : undefined;
  return read?.(input as never).map((asked) => requestOf(state, caller, asked));
}

function requestOf(state: WorldState, caller: Caller, asked: Asked): ItemRequest {
  const { operation, table, index, keys, names = [], select, returnValues, capacity, enclosing } = asked;
  const resource = namedResource(caller, 'dynamodb', { TableName: table });
  const found = table === undefined ? undefined : tryFindTable(state, caller, table);
  const items = found && state.tableItems.of(found);
  const given = keys.flatMap((key) => Object.keys(key ?? {}));
  // Puts name whole items among their keys, so that the attributes are all of those.
  const attributes = [...new Set([...given, ...names])].sort();
  const context: Record<string, ContextValue | undefined> = {
    'dynamodb:LeadingKeys': items && leadingKeys(items, index, keys),
    'dynamodb:Attributes': attributes.length === 0 ? undefined : attributes,
    'dynamodb:Select': select,
    'dynamodb:ReturnValues': returnValues,
    'dynamodb:ReturnConsumedCapacity': capacity,
    'dynamodb:EnclosingOperation': enclosing,
  };
  return {
    operation,
    resource: index === undefined ? resource : `${resource}/index/${index}`,
    context: Object.fromEntries(
      Object.entries(context).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
    ),
  };
}

/** Values of the partition key, as texts; undefined where no item is named. */
function leadingKeys(
  items: ItemTable,
  index: string | undefined,
  keys: readonly (Given | undefined)[],
): string[] | undefined {
  const { name } = ((index === undefined ? undefined : items.tryFindIndex(index)) ?? items).keys.hash;
  const values = new Set(keys.flatMap((key) => textOf(key?.[name]) ?? []));
  return values.size === 0 ? undefined : [...values].sort();
}

/** Assumed: numbers as they were given, bytes in Base64. */
function textOf(value: Attribute | undefined): string | undefined {
  const bytes = value?.B;
  return value?.S ?? value?.N ?? (bytes === undefined ? undefined : Buffer.from(bytes).toString('base64'));
}

interface Measured {
  readonly ReturnConsumedCapacity?: string | undefined;
}

function oneRead(
  operation: string,
  table: string | undefined,
  keys: readonly (Given | undefined)[],
  asked: AskedAttributes,
  { ReturnConsumedCapacity: capacity }: Measured,
): Asked {
  const paths = askAttributes(asked);
  const select = paths === undefined ? 'ALL_ATTRIBUTES' : 'SPECIFIC_ATTRIBUTES';
  return { operation, table, keys, names: headsOf(paths), select, capacity };
}

function queried(input: sdk.QueryCommandInput): Asked {
  let key: Given = {};
  const asked = paged('Query', input, input.QueryFilter, [], (substitutes) => {
    const text = input.KeyConditionExpression;
    const conditions =
      text === undefined
        ? legacyKeyConditions(input.KeyConditions ?? {})
        : keyConditionsOf(parseCondition('KeyConditionExpression', text, substitutes));
    key = Object.fromEntries([...conditions].map(([name, { values }]) => [name, values[0] ?? {}]));
  });
  return { ...asked, table: input.TableName, index: input.IndexName, keys: [key] };
}

function paged(
  operation: string,
  input: PageInput,
  filter: Readonly<Record<string, LegacyCondition>> | undefined,
  names: readonly string[],
  readFirst: Parameters<typeof askPage>[2] = () => {},
): Omit<Asked, 'table' | 'keys'> {
  const page = askPage(input, filter, readFirst);
  const filtered = page.filter === undefined ? [] : pathsIn(page.filter);
  const unsaid = input.IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
  return {
    operation,
    index: input.IndexName,
    names: [...names, ...headsOf(page.paths), ...headsOf(filtered)],
    select: input.Select ?? (page.paths === undefined ? unsaid : 'SPECIFIC_ATTRIBUTES'),
    capacity: input.ReturnConsumedCapacity,
  };
}

type Written = Measured & { readonly ReturnValues?: string | undefined };

function put(input: Parameters<typeof askPut>[0] & Written): Asked {
  return { ...written('PutItem', input), keys: [input.Item], names: headsOf(askPut(input).paths) };
}

function updated(input: Parameters<typeof askUpdate>[0] & Written): Asked {
  return { ...written('UpdateItem', input), keys: [input.Key], names: headsOf(askUpdate(input).paths) };
}

function deleted(operation: string, input: Parameters<typeof askDelete>[0] & Written): Asked {
  return { ...written(operation, input), keys: [input.Key], names: headsOf(askDelete(input).paths) };
}

function written(
  operation: string,
  input: Written & { readonly TableName?: string | undefined },
): Omit<Asked, 'keys' | 'names'> {
  const { TableName: table, ReturnValues: returnValues = 'NONE', ReturnConsumedCapacity: capacity } = input;
  return { operation, table, returnValues, capacity };
}

function headsOf(paths: readonly Path[] | undefined): string[] {
  return (paths ?? []).map(([head]) => String(head));
}
