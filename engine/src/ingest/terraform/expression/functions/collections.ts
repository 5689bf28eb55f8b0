/**
 * Functions on lists, sets and objects.
 *
 * Pure.
 * Source   Terraform language docs, "Collection Functions".
 */
import {
  byCodePoint,
  describe,
  ExpressionFault,
  isList,
  LazyObject,
  objectOf,
  sameValue,
  SetValue,
  sortedKeys,
  toItems,
  toNumber,
  toObject,
  toText,
  toTruth,
  Unknown,
  Value,
} from '../values';
import { argument, FunctionTable } from './function-table';
import { SETS } from './sets';

const list = (args: readonly Value[], i: number, name: string): readonly Value[] =>
  toItems(argument(args, i), `the list of ${name}()`);

const absent = (value: Value): boolean => value === null;

export const COLLECTIONS: FunctionTable = {
  ...SETS,
  alltrue: {
    least: 1,
    most: 1,
    call: (args, name) => list(args, 0, name).every((x) => x !== null && toTruth(x, 'an item')),
  },
  anytrue: {
    least: 1,
    most: 1,
    call: (args, name) => list(args, 0, name).some((x) => x !== null && toTruth(x, 'an item')),
  },
  chunklist: { least: 2, most: 2, structural: true, call: chunks },
  coalesce: {
    least: 1,
    structural: true,
    takesUnknown: true,
    call: (args) => coalesce(args, (x) => absent(x) || x === ''),
  },
  coalescelist: {
    least: 1,
    structural: true,
    takesUnknown: true,
    call: (args, name) => coalesce(args, (x) => absent(x) || toItems(x, `an argument of ${name}()`).length === 0),
  },
  compact: { least: 1, most: 1, call: (args, name) => list(args, 0, name).filter((x) => !absent(x) && x !== '') },
  concat: { least: 1, structural: true, call: (args, name) => args.flatMap((_, i) => list(args, i, name)) },
  contains: {
    least: 2,
    most: 2,
    call: (args, name) => list(args, 0, name).some((x) => sameValue(x, argument(args, 1))),
  },
  distinct: { least: 1, most: 1, call: (args, name) => distinct(list(args, 0, name)) },
  element: {
    least: 2,
    most: 2,
    structural: true,
    call: (args, name) => element(list(args, 0, name), argument(args, 1)),
  },
  flatten: { least: 1, most: 1, structural: true, call: (args, name) => flatten(list(args, 0, name)) },
  index: { least: 2, most: 2, call: (args, name) => indexIn(list(args, 0, name), argument(args, 1)) },
  keys: { least: 1, most: 1, structural: true, call: (args) => keysOf(argument(args, 0)) },
  length: { least: 1, most: 1, structural: true, call: (args) => lengthOf(argument(args, 0)) },
  lookup: { least: 2, most: 3, structural: true, call: lookup },
  matchkeys: { least: 3, most: 3, call: matchKeys },
  merge: { least: 0, structural: true, call: merge },
  one: { least: 1, most: 1, structural: true, call: (args, name) => one(list(args, 0, name)) },
  range: { least: 1, most: 3, call: range },
  reverse: { least: 1, most: 1, structural: true, call: (args, name) => [...list(args, 0, name)].reverse() },
  slice: { least: 3, most: 3, structural: true, call: (args, name) => slice(list(args, 0, name), args) },
  sort: {
    least: 1,
    most: 1,
    call: (args, name) =>
      list(args, 0, name)
        .map((x) => toText(x, 'an item of sort()'))
        .sort(byCodePoint),
  },
  sum: { least: 1, most: 1, call: (args, name) => sum(list(args, 0, name)) },
  transpose: { least: 1, most: 1, call: transpose },
  values: {
    least: 1,
    most: 1,
    structural: true,
    call: (args) => valuesOf(toObject(argument(args, 0), 'the object of values()')),
  },
  zipmap: { least: 2, most: 2, structural: true, call: zipmap },
};

function chunks(args: readonly Value[], name: string): Value {
  const items = list(args, 0, name);
  const size = toNumber(argument(args, 1), 'the size of chunklist()');
  if (!Number.isInteger(size) || size < 1) throw new ExpressionFault(`a chunk must have 1 or more items, got ${size}`);
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** The first argument that is there; one that is not known might be. */
function coalesce(args: readonly Value[], empty: (value: Value) => boolean): Value {
  for (const value of args) {
    if (value instanceof Unknown || !empty(value)) return value;
  }
  throw new ExpressionFault('no argument is there to take');
}

function distinct(items: readonly Value[]): Value {
  return items.filter((item, i) => !items.slice(0, i).some((before) => sameValue(before, item)));
}

function element(items: readonly Value[], at: Value): Value {
  if (items.length === 0) throw new ExpressionFault('element() has no use for an empty list');
  const index = toNumber(at, 'the index of element()');
  if (!Number.isInteger(index)) throw new ExpressionFault(`an index must be a whole number, got ${index}`);
  return items[((index % items.length) + items.length) % items.length] ?? null;
}

function flatten(items: readonly Value[]): Value[] {
  return items.flatMap((item) =>
    isList(item) ? flatten(item) : item instanceof SetValue ? flatten(item.items) : [item],
  );
}

function indexIn(items: readonly Value[], wanted: Value): Value {
  const index = items.findIndex((item) => sameValue(item, wanted));
  if (index < 0) throw new ExpressionFault(`${describe(wanted)} is not in the list`);
  return index;
}

function keysOf(of: Value): Value {
  if (of instanceof LazyObject && of.names !== undefined) return [...of.names()].sort(byCodePoint);
  return sortedKeys(toObject(of, 'the object of keys()'));
}

function valuesOf(of: { readonly [key: string]: Value }): Value {
  return sortedKeys(of).map((key) => of[key] ?? null);
}

function lengthOf(of: Value): Value {
  if (typeof of === 'string') return [...new Intl.Segmenter('en').segment(of)].length;
  if (isList(of)) return of.length;
  if (of instanceof SetValue) return of.items.length;
  return Object.keys(toObject(of, 'the argument of length()')).length;
}

function lookup(args: readonly Value[]): Value {
  const of = toObject(argument(args, 0), 'the object of lookup()');
  const key = toText(argument(args, 1), 'the key of lookup()');
  if (Object.hasOwn(of, key)) return of[key] ?? null;
  if (args.length < 3) throw new ExpressionFault(`the object has no key "${key}"`);
  return argument(args, 2);
}

function matchKeys(args: readonly Value[], name: string): Value {
  const [values, keys, wanted] = [list(args, 0, name), list(args, 1, name), list(args, 2, name)];
  if (values.length !== keys.length) {
    throw new ExpressionFault(`matchkeys() needs as many keys as values, got ${keys.length} and ${values.length}`);
  }
  return values.filter((_, i) => wanted.some((want) => sameValue(want, keys[i] ?? null)));
}

function merge(args: readonly Value[]): Value {
  const objects = args.filter((arg) => arg !== null).map((arg) => toObject(arg, 'an argument of merge()'));
  return objectOf(objects.flatMap((object) => Object.entries(object)));
}

function one(items: readonly Value[]): Value {
  if (items.length > 1) throw new ExpressionFault(`one() takes a list of 0 or 1 items, got ${items.length}`);
  return items[0] ?? null;
}

/** Source: Terraform language docs, "range Function": at most 1024 numbers. */
function range(args: readonly Value[]): Value {
  const numbers = args.map((arg) => toNumber(arg, 'an argument of range()'));
  const [first, second] = numbers;
  const start = numbers.length === 1 ? 0 : (first ?? 0);
  const end = numbers.length === 1 ? (first ?? 0) : (second ?? 0);
  const step = numbers[2] ?? (end < start ? -1 : 1);
  if (step === 0 || (end > start && step < 0) || (end < start && step > 0)) {
    throw new ExpressionFault(`range() does not come from ${start} to ${end} in steps of ${step}`);
  }
  const made: number[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) {
    made.push(at);
    if (made.length > 1024) throw new ExpressionFault('range() makes more than 1024 numbers');
  }
  return made;
}

function slice(items: readonly Value[], args: readonly Value[]): Value {
  const from = toNumber(argument(args, 1), 'the start of slice()');
  const to = toNumber(argument(args, 2), 'the end of slice()');
  if (!(from >= 0 && from <= to && to <= items.length)) {
    throw new ExpressionFault(`slice() must stay within ${items.length} items, got ${from} to ${to}`);
  }
  return items.slice(from, to);
}

function sum(items: readonly Value[]): Value {
  if (items.length === 0) throw new ExpressionFault('sum() has no use for an empty list');
  return items.reduce<number>((total, item) => total + toNumber(item, 'an item of sum()'), 0);
}

function transpose(args: readonly Value[]): Value {
  const turned = new Map<string, Value[]>();
  for (const [key, values] of Object.entries(toObject(argument(args, 0), 'the object of transpose()'))) {
    for (const value of toItems(values, 'a value of transpose()')) {
      const name = toText(value, 'an item of transpose()');
      turned.set(name, [...(turned.get(name) ?? []), key]);
    }
  }
  return objectOf([...turned].map(([name, keys]) => [name, keys.sort((a, b) => byCodePoint(String(a), String(b)))]));
}

function zipmap(args: readonly Value[], name: string): Value {
  const [keys, values] = [list(args, 0, name), list(args, 1, name)];
  if (keys.length !== values.length) {
    throw new ExpressionFault(`zipmap() needs as many keys as values, got ${keys.length} and ${values.length}`);
  }
  const entries: [string, Value][] = [];
  for (const [i, key] of keys.entries()) {
    if (key instanceof Unknown) return key;
    entries.push([toText(key, 'a key of zipmap()'), values[i] ?? null]);
  }
  return objectOf(entries);
}
