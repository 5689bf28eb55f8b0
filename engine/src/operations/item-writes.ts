/**
 * Writes of items, alone, in batches and in transactions: read, then made ready, then done.
 *
 * Pure: `commit` alone changes the World.
 * Source   API of DynamoDB 2012-08-10: PutItem, UpdateItem, DeleteItem, TransactWriteItems.
 */
import type { AttributeValue, ItemCollectionMetrics } from '@aws-sdk/client-dynamodb';
import { type Item, itemSize } from '../domain/attribute-values';
import type { ItemTable } from '../domain/item-table';
import type { Row, RowKey } from '../domain/keyed-rows';
import { GIB } from '../domain/snapshot';
import type { WorldState } from '../domain/world-state';
import { invalid, itemOf, keyIn, refuseIndexKeys, refuseItem, refuseSize } from './attribute-input';
import type { Caller } from './caller';
import { type Path, type Placeholders, Substitutes } from './expression-parser';
import { AwsFault } from './fault';
import { type Condition, holds, parseCondition } from './item-conditions';
import { Consumption } from './item-capacity';
import { findItems, type FoundTable, type Given, refuseMixed, refuseNestedKeys } from './item-input';
import { type Action, parseUpdate, updated } from './item-updates';
import { type ExpectedCondition, expectedCondition, type LegacyUpdate, legacyUpdate } from './legacy-conditions';

/** A write as a call asks for it, before anything is looked up. */
export interface AskedWrite {
  readonly tableName: string | undefined;
  readonly condition: Condition | undefined;
  /** Places that a condition or an update names. */
  readonly paths: readonly Path[];
  /** Where the item is; checks what the table asks of it. */
  readonly keyIn: (items: ItemTable) => RowKey;
  readonly next: (before: Item | undefined, items: ItemTable) => Item | undefined;
}

/** A write with all that it takes to do it. */
export interface ReadyWrite {
  readonly table: FoundTable;
  readonly key: RowKey;
  readonly before: Row | undefined;
  readonly holds: boolean;
  /** The item after it; undefined where there is none, or the condition does not hold. */
  readonly after: Item | undefined;
}

interface Asked extends Placeholders {
  readonly TableName?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly Expected?: Readonly<Record<string, ExpectedCondition>> | undefined;
  readonly ConditionalOperator?: string | undefined;
}

export interface AskedPut extends Asked {
  readonly Item?: Given | undefined;
}

export interface AskedKey extends Asked {
  readonly Key?: Given | undefined;
}

export interface AskedUpdate extends AskedKey {
  readonly UpdateExpression?: string | undefined;
  readonly AttributeUpdates?: Readonly<Record<string, LegacyUpdate>> | undefined;
}

export function askPut(input: AskedPut): AskedWrite {
  const item = itemOf(input.Item ?? {});
  refuseSize(item);
  return {
    tableName: input.TableName,
    ...conditioned(input, ['ConditionExpression'], ['Expected']),
    keyIn: (items) => {
      refuseItem(items, item);
      return items.keyOf(item);
    },
    next: () => item,
  };
}

export function askDelete(input: AskedKey): AskedWrite {
  const key = itemOf(input.Key ?? {});
  return {
    tableName: input.TableName,
    ...conditioned(input, ['ConditionExpression'], ['Expected']),
    keyIn: (items) => keyIn(items, key),
    next: () => undefined,
  };
}

/** A check within a transaction: nothing changes. */
export function askCheck(input: AskedKey): AskedWrite {
  return { ...askDelete(input), next: (before) => before };
}

export function askUpdate(input: AskedUpdate): AskedWrite & { readonly updates: readonly Path[] } {
  const key = itemOf(input.Key ?? {});
  let actions: Action[] = legacyUpdate(input.AttributeUpdates);
  const asked = conditioned(
    input,
    ['UpdateExpression', 'ConditionExpression'],
    ['AttributeUpdates', 'Expected'],
    (substitutes) => {
      if (input.UpdateExpression !== undefined) {
        actions = parseUpdate('UpdateExpression', input.UpdateExpression, substitutes);
      }
    },
  );
  const updates = actions.map(({ path }) => path);
  return {
    tableName: input.TableName,
    condition: asked.condition,
    paths: [...asked.paths, ...updates],
    updates,
    keyIn: (items) => {
      const found = keyIn(items, key);
      const part = Object.keys(key).find((name) => updates.some(([head]) => head === name));
      if (part !== undefined) {
        const text = `Cannot update attribute ${part}. This attribute is part of the key`;
        throw invalid(`One or more parameter values were invalid: ${text}`);
      }
      return found;
    },
    next: (before, items) => {
      const item = updated(before ?? key, actions);
      refuseIndexKeys(items, item);
      refuseSize(item, 'Item size to update has exceeded the maximum allowed size');
      return item;
    },
  };
}

/** Finds the item, and says what would become of it. */
export function ready(state: WorldState, caller: Caller, asked: AskedWrite): ReadyWrite {
  const table = findItems(state, caller, asked.tableName);
  const { items } = table;
  const key = asked.keyIn(items);
  refuseNestedKeys(items, asked.paths);
  const before = items.tryFind(key);
  const isSo = asked.condition === undefined || holds(asked.condition, before?.item ?? {});
  return { table, key, before, holds: isSo, after: isSo ? asked.next(before?.item, items) : undefined };
}

/** Does it. */
export function commit(state: WorldState, { table, key, before, after }: ReadyWrite): void {
  if (before?.item !== after) {
    state.tableItems.write(table.resource, key, after);
  }
}

/** @throws AwsFault ConditionalCheckFailedException, with the item where the call wants it */
export function refuseUnlessHolds({ holds: isSo, before }: ReadyWrite, onFailure: string | undefined): void {
  if (!isSo) {
    const item = onFailure === 'ALL_OLD' ? before?.item : undefined;
    throw new AwsFault('ConditionalCheckFailedException', CHECK_FAILED, { members: item && { Item: item } });
  }
}

export const CHECK_FAILED = 'The conditional request failed';

export function consumed(write: ReadyWrite, consumption: Consumption): void {
  const { table, before, after } = write;
  const afterBytes = after === undefined ? 0 : itemSize(after);
  consumption.write(before?.sizeBytes ?? 0, afterBytes, table.items.changes(before?.item, after));
}

/** What an answer says of capacity and of the collection that the item is in. */
export function writeFacts(
  write: ReadyWrite,
  asked: {
    readonly ReturnConsumedCapacity?: string | undefined;
    readonly ReturnItemCollectionMetrics?: string | undefined;
  },
): Pick<WriteFacts, 'ConsumedCapacity' | 'ItemCollectionMetrics'> {
  const consumption = new Consumption(write.table.resource.declaration.name);
  if (asked.ReturnConsumedCapacity !== undefined) {
    consumed(write, consumption);
  }
  return {
    ConsumedCapacity: consumption.shown(asked.ReturnConsumedCapacity),
    ItemCollectionMetrics: asked.ReturnItemCollectionMetrics === 'SIZE' ? metricsOf(write) : undefined,
  };
}

interface WriteFacts {
  readonly ConsumedCapacity: ReturnType<Consumption['shown']>;
  readonly ItemCollectionMetrics: ItemCollectionMetrics | undefined;
}

/** Tables with local secondary indexes alone have collections. Source: API reference, ItemCollectionMetrics. */
export function metricsOf({ table: { items }, key, before, after }: ReadyWrite): ItemCollectionMetrics | undefined {
  const locals = [...items.indexes].filter(({ isGlobal }) => !isGlobal);
  const { name } = items.keys.hash;
  const value = (after ?? before?.item)?.[name];
  if (locals.length === 0 || value === undefined) {
    return undefined;
  }
  const rows = [items.rows, ...locals.map((index) => index.rows)].flatMap((one) => one.partition(key.hashKey));
  const sizeGiB = Math.floor(rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / GIB);
  return { ItemCollectionKey: { [name]: value as AttributeValue }, SizeEstimateRangeGB: [sizeGiB, sizeGiB + 1] };
}

/** Attributes as the SDK's types have them. */
export function shownItem(item: Item | undefined): Record<string, AttributeValue> | undefined {
  return item as Record<string, AttributeValue> | undefined;
}

function conditioned(
  input: Asked,
  expressions: readonly string[],
  legacy: readonly string[],
  readFirst: (substitutes: Substitutes) => void = () => {},
): Pick<AskedWrite, 'condition' | 'paths'> {
  refuseMixed(input, expressions, legacy);
  const expected = expectedCondition(input.Expected, input.ConditionalOperator);
  const substitutes = new Substitutes(input);
  readFirst(substitutes);
  const text = input.ConditionExpression;
  const condition = text === undefined ? expected : parseCondition('ConditionExpression', text, substitutes);
  substitutes.refuseUnused();
  return { condition, paths: condition === undefined ? [] : pathsIn(condition) };
}

/** Every place that a condition names. */
export function pathsIn(condition: Condition): Path[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.args.flatMap(pathsIn);
    case 'not':
      return pathsIn(condition.of);
    default:
      return condition.args.flatMap((operand) => {
        const within = operand.kind === 'size' ? operand.of : operand;
        return within.kind === 'path' ? [within.path] : [];
      });
  }
}
