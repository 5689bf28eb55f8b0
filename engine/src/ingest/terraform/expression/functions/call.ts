/**
 * Calls of Terraform's functions.
 *
 * Pure. A function that we do not know, or that differs from run to run, gives a value that is not known.
 * Source   Terraform language docs, "Functions" (1.11).
 */
import type { Budget } from '../evaluate';
import { ExpressionFault, firstUnknown, Unknown, Value } from '../values';
import { COLLECTIONS } from './collections';
import { CONVERSIONS } from './conversions';
import { ENCODINGS } from './encodings';
import type { FunctionTable } from './function-table';
import { NUMBERS } from './numbers';
import { STRINGS } from './strings';

const FUNCTIONS: FunctionTable = { ...COLLECTIONS, ...CONVERSIONS, ...ENCODINGS, ...NUMBERS, ...STRINGS };

/** Functions whose value is another in each run. */
const CHANGING = new Set(['timestamp', 'plantimestamp', 'uuid', 'bcrypt']);

/** Names of all functions that are read, for tests and documents. */
export function knownFunctions(): string[] {
  return [...Object.keys(FUNCTIONS), 'try', 'can'].sort();
}

/** @throws ExpressionFault when Terraform would refuse the call */
export function callFunction(name: string, args: readonly (() => Value)[], budget: Budget): Value {
  const bare = name.startsWith('core::') ? name.slice('core::'.length) : name;
  if (bare === 'try') return firstThatWorks(args);
  if (bare === 'can') return works(args[0]);
  if (CHANGING.has(bare)) return new Unknown('', `${bare}() differs from run to run`);
  const definition = Object.hasOwn(FUNCTIONS, bare) ? FUNCTIONS[bare] : undefined;
  if (definition === undefined) return new Unknown('', `the function ${name}() is not read`);
  if (args.length < definition.least || args.length > (definition.most ?? Infinity)) {
    throw new ExpressionFault(`${name}() takes ${takes(definition.least, definition.most)}, got ${args.length}`);
  }
  const values = args.map((arg) => arg());
  for (const value of values) {
    const unknown =
      definition.structural === true ? (value instanceof Unknown ? value : undefined) : firstUnknown(value);
    if (unknown !== undefined && definition.takesUnknown !== true) return unknown;
  }
  const result = definition.call(values, name);
  budget.text(sizeOf(result));
  return result;
}

function takes(least: number, most: number | undefined): string {
  if (most === undefined) return `at least ${least} arguments`;
  return least === most ? `${least} argument(s)` : `${least} to ${most} arguments`;
}

function sizeOf(value: Value): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 1;
}

function firstThatWorks(args: readonly (() => Value)[]): Value {
  let last = 'try() has no arguments';
  for (const arg of args) {
    try {
      return arg();
    } catch (fault) {
      if (!(fault instanceof ExpressionFault)) throw fault;
      last = fault.message;
    }
  }
  throw new ExpressionFault(`no argument of try() works: ${last}`);
}

function works(arg: (() => Value) | undefined): Value {
  if (arg === undefined) throw new ExpressionFault('can() takes 1 argument(s), got 0');
  try {
    const value = arg();
    return value instanceof Unknown ? value : true;
  } catch (fault) {
    if (!(fault instanceof ExpressionFault)) throw fault;
    return false;
  }
}
