/**
 * Values of Terraform's language: what an expression gives.
 *
 * Pure.
 * Source   Terraform language docs, "Types and Values" and "Type Conversion".
 * Assumed  Numbers are doubles, Terraform's are 512 bit; nothing that AWS Backup takes needs more.
 */

/** An expression that Terraform itself would refuse to evaluate. `try` and `can` catch it. */
export class ExpressionFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExpressionFault';
  }
}

/** A value that the artifact leaves to deploy time, or that we cannot work out, with the reason. */
export class Unknown {
  constructor(
    /** What stands in the artifact, e.g. `${var.schedule}`; empty when there is no text. */
    readonly expression: string,
    /** Why it is not known, e.g. `var.schedule has no default`. */
    readonly because: string,
    /** What the user can give, e.g. `--parameter schedule=…`. */
    readonly hint?: string,
  ) {}
}

/** A set: distinct items, strings in lexical order. */
export class SetValue {
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    this.items = sortedDistinct(items);
  }
}

/** An object whose attributes are worked out when asked for: a resource, a module, `local`. */
export class LazyObject {
  constructor(
    readonly label: string,
    readonly get: (name: string) => Value,
    /** The attributes when all of them are known by name. */
    readonly names?: () => readonly string[],
  ) {}
}

export type Value = null | boolean | number | string | readonly Value[] | ObjectValue | SetValue | LazyObject | Unknown;
export interface ObjectValue {
  readonly [key: string]: Value;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether the value is an object or map whose entries are all here. */
export function isObject(value: Value): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof SetValue) &&
    !(value instanceof LazyObject) &&
    !(value instanceof Unknown)
  );
}

/** Keys in the order in which Terraform visits a map. */
export function sortedKeys(value: ObjectValue): string[] {
  return Object.keys(value).sort(byCodePoint);
}

export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Objects with any key, `__proto__` too. */
export function objectOf(entries: Iterable<readonly [string, Value]>): ObjectValue {
  return Object.fromEntries(entries);
}

/** The first part of `value`, however deep, that is not known. */
export function firstUnknown(value: Value): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (value instanceof LazyObject) {
    if (value.names === undefined) return new Unknown('', `${value.label} as a whole is known only after apply`);
    return firstOf(value.names().map((name) => value.get(name)));
  }
  if (value instanceof SetValue) return firstOf(value.items);
  if (isList(value)) return firstOf(value);
  return isObject(value) ? firstOf(Object.values(value)) : undefined;
}

function firstOf(values: readonly Value[]): Unknown | undefined {
  for (const value of values) {
    const found = firstUnknown(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The value with lazy objects and sets laid out as plain JSON; call after `firstUnknown` said that all is known. */
export function plain(value: Value): unknown {
  if (value instanceof LazyObject) {
    return Object.fromEntries((value.names?.() ?? []).map((name) => [name, plain(value.get(name))]));
  }
  if (value instanceof SetValue) return value.items.map(plain);
  if (isList(value)) return value.map(plain);
  if (isObject(value)) return Object.fromEntries(sortedKeys(value).map((key) => [key, plain(value[key] ?? null)]));
  return value;
}

/** Whether two known values are the same; Terraform's `==` does not convert. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

export function sortedDistinct(items: readonly Value[]): Value[] {
  const kept = new Map<string, Value>();
  for (const item of items) {
    const key =
      item instanceof Unknown || item instanceof LazyObject
        ? `unknown ${kept.size}`
        : JSON.stringify([typeof item, plain(item)]);
    if (!kept.has(key)) kept.set(key, item);
  }
  const values = [...kept.values()];
  if (values.every((item) => typeof item === 'string')) return values.sort(byCodePoint);
  return values.every((item) => typeof item === 'number' || typeof item === 'boolean')
    ? values.sort((a, b) => Number(a) - Number(b))
    : values;
}

/** What a value is, in words, for messages. */
export function describe(value: Value): string {
  if (value === null) return 'null';
  if (value instanceof Unknown) return 'not known';
  if (value instanceof SetValue) return 'a set';
  if (value instanceof LazyObject) return value.label;
  if (isList(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
}

/** Digits without an exponent, as Terraform writes a number. */
export function numberText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

/** @throws ExpressionFault when there is no such conversion */
export function toText(value: Value, what: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  throw new ExpressionFault(`${what} must be a string, got ${describe(value)}`);
}

/** @throws ExpressionFault when there is no such conversion */
export function toNumber(value: Value, what: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(value)) {
    const number = Number(value);
    if (Number.isFinite(number)) return number;
  }
  throw new ExpressionFault(`${what} must be a number, got ${describe(value)}`);
}

/** @throws ExpressionFault when there is no such conversion */
export function toTruth(value: Value, what: string): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new ExpressionFault(`${what} must be true or false, got ${describe(value)}`);
}

/** The items of a list or set. @throws ExpressionFault when it is neither */
export function toItems(value: Value, what: string): readonly Value[] {
  if (isList(value)) return value;
  if (value instanceof SetValue) return value.items;
  throw new ExpressionFault(`${what} must be a list, got ${describe(value)}`);
}

/** The entries of an object. @throws ExpressionFault when it is none */
export function toObject(value: Value, what: string): ObjectValue {
  if (isObject(value)) return value;
  if (value instanceof LazyObject && value.names !== undefined) {
    return objectOf(value.names().map((name) => [name, value.get(name)]));
  }
  throw new ExpressionFault(`${what} must be an object, got ${describe(value)}`);
}

/** JSON as Terraform values. */
export function fromJson(json: unknown): Value {
  return json === undefined ? null : (json as Value);
}
