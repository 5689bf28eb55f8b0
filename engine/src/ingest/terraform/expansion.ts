/**
 * `count` and `for_each`: the instances of a resource or module.
 *
 * Source   Terraform language docs, "The count Meta-Argument", "The for_each Meta-Argument".
 */
import { IngestRefusal } from '../artifact';
import { evaluateArgument } from './body';
import type { Scope } from './expression/evaluate';
import {
  describe,
  ExpressionFault,
  isList,
  isObject,
  LazyObject,
  objectOf,
  SetValue,
  sortedKeys,
  toNumber,
  toText,
  Unknown,
  Value,
} from './expression/values';
import type { JsonObject } from './json-file';
import type { Reading } from './reading';
import { refuseUnknown, whyUnknown } from './refusal';

/** Instances that one block may have. */
const MOST_INSTANCES = 20_000;

export interface Expansion<T> {
  readonly items: readonly T[];
  /** What a reference to the block gives: one, a list, or an object by key. */
  readonly value: (of: (item: T) => Value) => Value;
}

export interface Context {
  readonly reading: Reading;
  readonly file: string;
  readonly address: string;
  readonly scope: Scope & { with(names: Readonly<Record<string, Value>>): Scope };
  readonly body: JsonObject;
  /** Whether something that is read depends on how many there are. */
  readonly isRead: boolean;
}

type Make<T> = (address: string, names: Readonly<Record<string, Value>>) => T;

/** @throws IngestRefusal when `count` or `for_each` is not one */
export function expand<T>(context: Context, make: Make<T>): Expansion<T> {
  const { reading, file, address, body } = context;
  for (const argument of ['count', 'for_each'] as const) {
    const place = `${address}.${argument}`;
    const given = reading.follow(file, place, () => reading.override(file, place) ?? argumentOf(context, argument));
    if (given === undefined || (given === null && !Object.hasOwn(body, argument))) continue;
    if (given instanceof Unknown) return unknown(context, place, given);
    return argument === 'count' ? counted(context, given, make) : keyed(context, given, make);
  }
  const item = make(address, {});
  return { items: [item], value: (of) => of(item) };
}

function argumentOf(context: Context, argument: string): Value | undefined {
  return evaluateArgument(context.body, argument, context.scope);
}

/** Not refused before something that is read depends on it. */
function unknown<T>(context: Context, place: string, given: Unknown): Expansion<T> {
  const { reading, file, address } = context;
  const why = whyUnknown(place, given);
  if (context.isRead) return refuseUnknown(file, place, given);
  reading.skip(`${file}: ${address}`, address.split('.').at(-2) ?? 'module', `${place} ${why}`);
  return { items: [], value: () => new Unknown(given.expression, `${place} is not known`, given.hint) };
}

function counted<T>(context: Context, given: Value, make: Make<T>): Expansion<T> {
  const { file, address } = context;
  const count = converted(context, 'count', () => toNumber(given, 'count'));
  if (!Number.isInteger(count) || count < 0 || count > MOST_INSTANCES) {
    throw new IngestRefusal(file, `${address}.count`, `must be 0 to ${MOST_INSTANCES}, got ${count}`);
  }
  const items = Array.from({ length: count }, (_, index) =>
    make(`${address}[${index}]`, { count: objectOf([['index', index]]) }),
  );
  return { items, value: (of) => items.map(of) };
}

function keyed<T>(context: Context, given: Value, make: Make<T>): Expansion<T> {
  const { file, address } = context;
  const pairs = converted(context, 'for_each', () => pairsOf(given));
  if (pairs.length > MOST_INSTANCES) {
    throw new IngestRefusal(
      file,
      `${address}.for_each`,
      `must have at most ${MOST_INSTANCES} keys, got ${pairs.length}`,
    );
  }
  const items = pairs.map(([key, value]): [string, T] => [
    key,
    make(`${address}[${JSON.stringify(key)}]`, {
      each: objectOf([
        ['key', key],
        ['value', value],
      ]),
    }),
  ]);
  return { items: items.map(([, item]) => item), value: (of) => objectOf(items.map(([key, item]) => [key, of(item)])) };
}

/** @throws ExpressionFault when Terraform would refuse it */
function pairsOf(given: Value): [string, Value][] {
  if (given instanceof SetValue) return given.items.map((item) => [toText(item, 'a key of for_each'), item]);
  if (isObject(given)) return sortedKeys(given).map((key) => [key, given[key] ?? null]);
  if (given instanceof LazyObject && given.names !== undefined)
    return given.names().map((key) => [key, given.get(key)]);
  const hint = isList(given) ? '; toset() makes a set of it' : '';
  throw new ExpressionFault(`must be a map or a set of text, got ${describe(given)}${hint}`);
}

function converted<V>(context: Context, argument: string, convert: () => V): V {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    throw new IngestRefusal(
      context.file,
      `${context.address}.${argument}`,
      error.message.replace(/^(count|for_each) /, ''),
    );
  }
}
