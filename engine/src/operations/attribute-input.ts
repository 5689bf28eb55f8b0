/**
 * Values of attributes as they come in: checked, and in the one form that they are kept in.
 *
 * Pure.
 * Source   DynamoDB developer guide, "Constraints in Amazon DynamoDB", "Supported data types and naming rules" (read
 *          2026-11-26). Texts: as dynalite 4.0.0 has them, whose tests run against AWS.
 */
import {
  type Attribute,
  type AttributeType,
  type Item,
  itemSize,
  setOf,
  textSize,
  typeOf,
  typesOf,
} from '../domain/attribute-values';
import type { ItemIndex, ItemTable, KeyPart } from '../domain/item-table';
import type { RowKey } from '../domain/keyed-rows';
import { formatDecimal, tryParseDecimal } from '../kernel/decimals';
import { AwsFault } from './fault';

export const MOST_ITEM_BYTES = 409_600;
const MOST_DEPTH = 32;
const MOST_DIGITS = 38;
const MOST_HASH_BYTES = 2048;
const MOST_SORT_BYTES = 1024;
const INVALID = 'One or more parameter values were invalid:';

export function invalid(text: string): AwsFault {
  return new AwsFault('ValidationException', text);
}

/** Attributes in the form that they are kept in. */
export function itemOf(given: Readonly<Record<string, Attribute>>, prefix = ''): Item {
  return itemAt(given, 1, prefix);
}

/** @throws AwsFault ValidationException, whose text begins with the prefix where DynamoDB's does */
export function valueOf(given: Attribute, prefix = ''): Attribute {
  return valueAt(given, 1, prefix);
}

export function numberOf(text: string): string {
  const decimal = tryParseDecimal(text);
  if (decimal === undefined) {
    const said = text === '' ? '' : `: ${text}`;
    throw invalid(`The parameter cannot be converted to a numeric value${said}`);
  }
  const { digits, exponent } = decimal;
  if (exponent > 125) {
    throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (exponent < -130) {
    throw invalid('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (digits.length > MOST_DIGITS) {
    throw invalid(`Attempting to store more than ${MOST_DIGITS} significant digits in a Number`);
  }
  return formatDecimal(decimal);
}

/** An item as a table takes it. */
export function refuseItem(table: ItemTable, item: Item): void {
  for (const part of partsOf(table)) {
    const value = item[part.name];
    if (value === undefined) {
      throw invalid(`${INVALID} Missing the key ${part.name} in the item`);
    }
    if (value[part.type] === undefined) {
      throw invalid(`${INVALID} Type mismatch for key ${part.name} expected: ${part.type} actual: ${typeOf(value)}`);
    }
    refuseKeySize(part, value, part === table.keys.hash);
  }
  refuseIndexKeys(table, item);
}

/** Attributes that are keys of an index have the type of the key, or are not there. */
export function refuseIndexKeys(table: ItemTable, item: Item): void {
  for (const index of table.indexes) {
    for (const { name, type } of partsOf(index)) {
      const value = item[name];
      if (value !== undefined && value[type] === undefined) {
        const types = `Expected: ${type} Actual: ${typeOf(value)}`;
        throw invalid(`${INVALID} Type mismatch for Index Key ${name} ${types} IndexName: ${index.name}`);
      }
      if (value !== undefined && isEmpty(value)) {
        const what = type === 'S' ? 'string' : 'binary';
        throw invalid(
          'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
            `The AttributeValue for a key attribute cannot contain an empty ${what} value. ` +
            `IndexName: ${index.name}, IndexKey: ${name}`,
        );
      }
    }
  }
}

export function refuseSize(item: Item, text = 'Item size has exceeded the maximum allowed size'): void {
  if (itemSize(item) > MOST_ITEM_BYTES) {
    throw invalid(text);
  }
}

/** A key that a call gives: the attributes of the table's key, and no others. */
export function keyIn(table: ItemTable, given: Item): RowKey {
  const parts = partsOf(table);
  if (Object.keys(given).length !== parts.length) {
    throw invalid('The provided key element does not match the schema');
  }
  for (const part of parts) {
    refuseKeyPiece(part, given, part === table.keys.hash);
  }
  return table.keyOf(given);
}

export function refuseKeyPiece(part: KeyPart, given: Item, isHash: boolean): void {
  const value = given[part.name];
  if (value?.[part.type] === undefined) {
    throw invalid('The provided key element does not match the schema');
  }
  refuseKeySize(part, value, isHash);
}

export function partsOf({ keys: { hash, sort } }: ItemTable | ItemIndex): KeyPart[] {
  return sort === undefined ? [hash] : [hash, sort];
}

function refuseKeySize({ name, type }: KeyPart, value: Attribute, isHash: boolean): void {
  if (isEmpty(value)) {
    const what = type === 'S' ? 'string' : 'binary';
    throw invalid(
      'One or more parameter values are not valid. ' +
        `The AttributeValue for a key attribute cannot contain an empty ${what} value. Key: ${name}`,
    );
  }
  const size = value.S === undefined ? (value.B?.length ?? 0) : textSize(value.S);
  if (isHash && size > MOST_HASH_BYTES) {
    throw invalid(`${INVALID} Size of hashkey has exceeded the maximum size limit of${MOST_HASH_BYTES} bytes`);
  }
  if (!isHash && size > MOST_SORT_BYTES) {
    const text = `Aggregated size of all range keys has exceeded the size limit of ${MOST_SORT_BYTES} bytes`;
    throw invalid(`${INVALID} ${text}`);
  }
}

function isEmpty({ S, B }: Attribute): boolean {
  return S === '' || B?.length === 0;
}

function itemAt(given: Readonly<Record<string, Attribute>>, depth: number, prefix: string): Item {
  const item = Object.create(null) as Record<string, Attribute>;
  for (const [name, value] of Object.entries(given)) {
    item[name] = valueAt(value, depth, prefix);
  }
  return item;
}

function valueAt(given: Attribute, depth: number, prefix: string): Attribute {
  const [type, ...others] = typesOf(given);
  if (type === undefined) {
    throw invalid(`${prefix}Supplied AttributeValue is empty, must contain exactly one of the supported datatypes`);
  }
  if (others.length > 0) {
    const text =
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';
    throw invalid(prefix + text);
  }
  if (depth > MOST_DEPTH) {
    // Text: Assumed.
    throw invalid(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  }
  return READ[type](given, depth, prefix);
}

type Read = (given: Attribute, depth: number, prefix: string) => Attribute;

const READ: Readonly<Record<AttributeType, Read>> = {
  S: ({ S = '' }) => ({ S }),
  N: ({ N = '' }) => ({ N: numberOf(N) }),
  B: ({ B = new Uint8Array(0) }) => ({ B: Uint8Array.from(B) }),
  BOOL: ({ BOOL = false }) => ({ BOOL }),
  NULL: ({ NULL }, _depth, prefix) => {
    if (NULL !== true) {
      throw invalid(`${prefix}${INVALID} Null attribute value types must have the value of true`);
    }
    return { NULL };
  },
  SS: ({ SS = [] }, _depth, prefix) => {
    refuseSet(SS, prefix, 'An string set  may not be empty');
    refuseTwice({ SS }, `${prefix}${INVALID} Input collection [${SS.join(', ')}] contains duplicates.`);
    return { SS: [...SS] };
  },
  NS: ({ NS = [] }, _depth, prefix) => {
    refuseSet(NS, prefix, 'An number set  may not be empty');
    const numbers = NS.map(numberOf);
    refuseTwice({ NS: numbers }, 'Input collection contains duplicates');
    return { NS: numbers };
  },
  BS: ({ BS = [] }, _depth, prefix) => {
    refuseSet(BS, prefix, 'Binary sets should not be empty');
    const shown = BS.map((bytes) => Buffer.from(bytes).toString('base64')).join(', ');
    refuseTwice({ BS }, `${prefix}${INVALID} Input collection [${shown}]of type BS contains duplicates.`);
    return { BS: BS.map((bytes) => Uint8Array.from(bytes)) };
  },
  L: ({ L = [] }, depth, prefix) => ({ L: L.map((one) => valueAt(one, depth + 1, prefix)) }),
  M: ({ M = {} }, depth, prefix) => ({ M: itemAt(M, depth + 1, prefix) }),
};

function refuseSet(members: readonly unknown[], prefix: string, text: string): void {
  if (members.length === 0) {
    throw invalid(`${prefix}${INVALID} ${text}`);
  }
}

function refuseTwice(set: Attribute, text: string): void {
  const members = setOf(set);
  if (new Set(members).size !== members.length) {
    throw invalid(text);
  }
}
