/**
 * Values of DynamoDB's attributes: which type, how large, which comes first, which are the same.
 *
 * Pure: values were checked when they came in; their numbers are in plain form.
 * Units    sizes are bytes.
 * Source   DynamoDB developer guide, "DynamoDB item sizes and formats", "Supported data types and naming rules"
 *          (read 2026-11-26).
 * Spec     table-items.md
 */
import { type Decimal, sortableDecimal, tryParseDecimal } from '../kernel/decimals';

/** One member at a time, as in DynamoDB's own shape. */
export interface Attribute {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: Uint8Array | undefined;
  readonly SS?: readonly string[] | undefined;
  readonly NS?: readonly string[] | undefined;
  readonly BS?: readonly Uint8Array[] | undefined;
  readonly M?: Item | undefined;
  readonly L?: readonly Attribute[] | undefined;
  readonly NULL?: boolean | undefined;
  readonly BOOL?: boolean | undefined;
}

/** Objects without a prototype: an attribute may be called `constructor`. */
export type Item = Readonly<Record<string, Attribute>>;

export const ATTRIBUTE_TYPES = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'NULL', 'BOOL'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

export function typesOf(value: Attribute): AttributeType[] {
  return ATTRIBUTE_TYPES.filter((type) => value[type] !== undefined && value[type] !== null);
}

export function typeOf(value: Attribute): AttributeType {
  const type = ATTRIBUTE_TYPES.find((one) => value[one] !== undefined);
  if (type === undefined) {
    throw new Error('a value without a type was let in');
  }
  return type;
}

/** Of values of one type that sorts, in the order of DynamoDB. Undefined for types that do not. */
export function sortable(value: Attribute): string | undefined {
  if (value.S !== undefined) {
    return sortableText(value.S);
  }
  if (value.N !== undefined) {
    return sortableDecimal(decimalOf(value.N));
  }
  return value.B && latin(value.B);
}

export function decimalOf(text: string): Decimal {
  const decimal = tryParseDecimal(text);
  if (decimal === undefined) {
    throw new Error(`'${text}' was let in as a number`);
  }
  return decimal;
}

export function sameValue(a: Attribute, b: Attribute): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) {
    return false;
  }
  switch (type) {
    case 'B':
      return Buffer.compare(a.B ?? NOTHING, b.B ?? NOTHING) === 0;
    case 'SS':
    case 'NS':
    case 'BS':
      return sameMembers(setOf(a), setOf(b));
    case 'L':
      return sameList(a.L ?? [], b.L ?? []);
    case 'M':
      return sameItem(a.M ?? {}, b.M ?? {});
    default:
      // Numbers are in one form each.
      return a[type] === b[type];
  }
}

export function sameItem(a: Item, b: Item): boolean {
  const members = Object.entries(a);
  return members.length === Object.keys(b).length && members.every(([name, one]) => sameAs(one, b[name]));
}

/** Texts for the members of a set, one for each and no other; of bytes, too. */
export function setOf(value: Attribute): readonly string[] {
  return value.SS ?? value.NS ?? (value.BS ?? []).map(latin);
}

export function itemSize(item: Item): number {
  let size = 0;
  for (const [name, value] of Object.entries(item)) {
    size += textSize(name) + valueSize(value);
  }
  return size;
}

/** A list or map takes 3 bytes, and 1 for each thing in it. */
export function valueSize(value: Attribute): number {
  switch (typeOf(value)) {
    case 'S':
      return textSize(value.S ?? '');
    case 'N':
      return numberSize(value.N ?? '');
    case 'B':
      return (value.B ?? NOTHING).length;
    case 'SS':
      return sum((value.SS ?? []).map(textSize));
    case 'NS':
      return sum((value.NS ?? []).map(numberSize));
    case 'BS':
      return sum((value.BS ?? []).map((bytes) => bytes.length));
    case 'L':
      return 3 + sum((value.L ?? []).map((one) => 1 + valueSize(one)));
    case 'M':
      return 3 + Object.keys(value.M ?? {}).length + itemSize(value.M ?? {});
    default:
      return 1;
  }
}

export function textSize(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** Two digits a byte and one beside, and one for a minus. Source: developer guide; how digits pair is Assumed. */
function numberSize(text: string): number {
  const { digits, exponent, negative } = decimalOf(text);
  const odd = digits.length % 2 === 1;
  return digits === ''
    ? 1
    : 1 + Math.ceil(digits.length / 2) + (odd || exponent % 2 !== 0 ? 0 : 1) + (negative ? 1 : 0);
}

const NOTHING = new Uint8Array(0);
const ASCII = /^[\x00-\x7f]*$/;

/** By the bytes of UTF-8, where the order of a text's own units is another one. */
function sortableText(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function sameAs(one: Attribute, other: Attribute | undefined): boolean {
  return other !== undefined && sameValue(one, other);
}

function sameList(a: readonly Attribute[], b: readonly Attribute[]): boolean {
  return a.length === b.length && a.every((one, index) => sameAs(one, b[index]));
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  const members = new Set(b);
  return a.length === b.length && a.every((one) => members.has(one));
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
