/**
 * The functions of states that query by JSONPath: `States.Format('{}', $.name)` and the like.
 *
 * Pure, but for chance that is drawn.
 * Source   the developer guide of Step Functions, "Intrinsic functions for JSONPath states".
 * Assumed  The words of their errors beside "had the following error"; StringSplit drops what is empty.
 * Spec     state-machines.md
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../kernel/json';
import { RUNTIME, StateFailure } from './states-definition';
import type { Chance, Scope } from './states-scope';

const MOST_NESTED = 10;
const MOST_ITEMS = 1000;
const MOST_CHARACTERS = 10_000;
const [LEAST_NUMBER, MOST_NUMBER] = [-2_147_483_648, 2_147_483_647];
const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

type Arguments = readonly unknown[];

/** What a function cannot do with its arguments. */
class Unfit extends Error {}

/** A path in a function that finds nothing. */
class Lost extends Error {}

type Intrinsic = readonly [least: number, most: number, run: (given: Arguments, chance: Chance) => unknown];

const FUNCTIONS: Readonly<Record<string, Intrinsic>> = {
  Array: [0, Infinity, (given) => given],
  ArrayPartition: [2, 2, ([list, size]) => partition(arrayOf(list), positive(size))],
  ArrayContains: [2, 2, ([list, value]) => arrayOf(list).some((one) => isDeepStrictEqual(one, value))],
  ArrayRange: [3, 3, ([first, last, by]) => range(wholeOf(first), wholeOf(last), wholeOf(by))],
  ArrayGetItem: [2, 2, ([list, index]) => itemOf(arrayOf(list), wholeOf(index))],
  ArrayLength: [1, 1, ([list]) => arrayOf(list).length],
  ArrayUnique: [1, 1, ([list]) => arrayOf(list).filter(isFirst)],
  Base64Encode: [1, 1, ([text]) => Buffer.from(textOf(text)).toString('base64')],
  Base64Decode: [1, 1, ([text]) => Buffer.from(textOf(text), 'base64').toString()],
  Hash: [2, 2, ([value, algorithm]) => hash(value, algorithm)],
  JsonMerge: [3, 3, ([one, other, deep]) => merge(one, other, deep)],
  JsonToString: [1, 1, ([value]) => JSON.stringify(value)],
  StringToJson: [1, 1, ([text]) => jsonOf(textOf(text))],
  MathAdd: [2, 2, ([one, other]) => wholeOf(one) + wholeOf(other)],
  MathRandom: [2, 3, ([from, to, seed], chance) => random(wholeOf(from), wholeOf(to), seed, chance)],
  StringSplit: [2, 2, ([text, by]) => split(textOf(text), textOf(by))],
  UUID: [0, 0, (_given, chance) => chance.uuid()],
  Format: [1, Infinity, ([template, ...values]) => format(textOf(template), values)],
};

export function isCall(text: string): boolean {
  return text.startsWith('States.');
}

/**
 * What a call of a function makes; its paths are looked up by `find`, in `data`.
 *
 * @throws StateFailure `States.IntrinsicFailure`, or `States.Runtime` where a path finds nothing
 */
export function called(text: string, find: (path: string) => unknown, { chance }: Scope, data: unknown): unknown {
  try {
    const reader = new Reader(text, find, chance);
    const value = reader.value(0);
    reader.end();
    return value;
  } catch (reason) {
    if (reason instanceof Lost || reason instanceof Unfit) {
      const lost = `The JsonPath argument for the field '${reason.message}' could not be found in the input '${JSON.stringify(data)}'`;
      const [error, why] = reason instanceof Lost ? [RUNTIME, lost] : ['States.IntrinsicFailure', reason.message];
      throw new StateFailure(error, `The function '${text}' had the following error: ${why}`);
    }
    throw reason;
  }
}

/** Reads a call from its text, from the left to the right. */
class Reader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly find: (path: string) => unknown,
    private readonly chance: Chance,
  ) {}

  /** A string, a number, a word, a path or a call; a format keeps its escapes, as they tell braces from places. */
  value(depth: number, escaped = false): unknown {
    const call = this.take(/States\.(\w+)\s*\(/y);
    if (call !== undefined) {
      return this.call(call[1] ?? '', depth + 1);
    }
    const quoted = this.take(/'((?:[^'\\]|\\.)*)'/sy);
    if (quoted !== undefined) {
      return escaped ? quoted[1] : unescaped(quoted[1] ?? '');
    }
    const word = this.take(/(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,)]|\s*$)/y);
    if (word !== undefined) {
      return parseJson(word[0]);
    }
    const path = this.take(/\$(?:[^,)\s[]|\[[^\]]*\])*/y);
    if (path === undefined) {
      throw new Unfit(`Cannot read '${this.text.slice(this.at)}'`);
    }
    const found = this.find(path[0]);
    if (found === undefined) {
      throw new Lost(path[0]);
    }
    return found;
  }

  end(): void {
    if (this.take(/\s*$/y) === undefined) {
      throw new Unfit(`Cannot read '${this.text.slice(this.at)}'`);
    }
  }

  private call(name: string, depth: number): unknown {
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known === undefined) {
      throw new Unfit(`There is no function States.${name}`);
    }
    const [least, most, run] = known;
    if (depth > MOST_NESTED) {
      throw new Unfit(`At most ${MOST_NESTED} functions may be nested`);
    }
    const given: unknown[] = [];
    while (this.take(/\s*\)/y) === undefined) {
      if (given.length > 0 && this.take(/\s*,/y) === undefined) {
        throw new Unfit(`Cannot read '${this.text.slice(this.at)}'`);
      }
      this.take(/\s*/y);
      given.push(this.value(depth, name === 'Format' && given.length === 0));
    }
    if (given.length < least || given.length > most) {
      throw new Unfit(`Invalid number of arguments for States.${name}: ${given.length}`);
    }
    return run(given, this.chance);
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    this.at += found?.[0].length ?? 0;
    return found;
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

function arrayOf(value: unknown): Arguments {
  if (!Array.isArray(value)) {
    throw new Unfit(`Expected an array, got ${JSON.stringify(value)}`);
  }
  return value as Arguments;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value.length > MOST_CHARACTERS) {
    const got = typeof value === 'string' ? `${value.length} characters` : JSON.stringify(value);
    throw new Unfit(`Expected a string of at most ${MOST_CHARACTERS} characters, got ${got}`);
  }
  return value;
}

/** Source: what is no whole number is rounded to the nearest. */
function wholeOf(value: unknown): number {
  const whole = typeof value === 'number' ? Math.round(value) : NaN;
  if (!(whole >= LEAST_NUMBER && whole <= MOST_NUMBER)) {
    throw new Unfit(`Expected a number from ${LEAST_NUMBER} to ${MOST_NUMBER}, got ${JSON.stringify(value)}`);
  }
  return whole;
}

function positive(value: unknown): number {
  const whole = wholeOf(value);
  if (whole < 1) {
    throw new Unfit(`Expected a number of at least 1, got ${whole}`);
  }
  return whole;
}

function isFirst(value: unknown, index: number, all: Arguments): boolean {
  return all.findIndex((one) => isDeepStrictEqual(one, value)) === index;
}

function itemOf(list: Arguments, index: number): unknown {
  if (index < 0 || index >= list.length) {
    throw new Unfit(`There is no item ${index} in an array of ${list.length}`);
  }
  return list[index];
}

/** Arrays of at most so many items. */
export function partition(list: Arguments, size: number): unknown[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

/** Every number from the first to the last, by steps of some size. */
export function range(first: number, last: number, by: number): number[] {
  const length = Math.floor((last - first) / by) + 1;
  if (by === 0 || length > MOST_ITEMS) {
    throw new Unfit(`Expected steps other than 0 and at most ${MOST_ITEMS} items`);
  }
  return Array.from({ length: Math.max(0, length) }, (_, i) => first + i * by);
}

/** Hex digits. */
export function hash(value: unknown, algorithm: unknown): string {
  const name = String(algorithm);
  const known = Object.hasOwn(HASHES, name) ? HASHES[name] : undefined;
  if (known === undefined) {
    throw new Unfit(`Expected an algorithm of ${Object.keys(HASHES).join(', ')}, got ${JSON.stringify(algorithm)}`);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return createHash(known).update(textOf(text)).digest('hex');
}

/** Source: of names that both have, the value of the second counts; merging deeply is not supported. */
function merge(one: unknown, other: unknown, deep: unknown): object {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(one) || !isObject(other) || deep !== false) {
    throw new Unfit('Expected two objects and false, as deep merging is not supported');
  }
  return { ...(one as object), ...(other as object) };
}

export function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (reason) {
    throw new Unfit((reason as Error).message);
  }
}

/** Source: from the first to below the second; the same for the same seed. */
function random(from: number, to: number, seed: unknown, chance: Chance): number {
  if (to <= from) {
    throw new Unfit(`Expected an end above ${from}, got ${to}`);
  }
  const word = seed === undefined ? undefined : `${wholeOf(seed)}`;
  return from + Math.floor(chance.number(word) * (to - from));
}

/** Source: at each of the characters. */
function split(text: string, by: string): string[] {
  const parts = [''];
  for (const character of text) {
    if (by.includes(character)) {
      parts.push('');
    } else {
      parts.push(`${parts.pop() ?? ''}${character}`);
    }
  }
  return parts.filter((part) => part !== '');
}

function format(template: string, values: Arguments): string {
  let used = 0;
  const text = template.replace(/\\(.)|\{\}/gs, (_place, escaped?: string) => {
    const value = values[used];
    used += escaped === undefined ? 1 : 0;
    return escaped ?? (typeof value === 'string' ? value : JSON.stringify(value));
  });
  if (used !== values.length) {
    throw new Unfit(`Expected ${used} values for '${template}', got ${values.length}`);
  }
  return text;
}
