/**
 * Functions on numbers.
 *
 * Pure.
 * Source   Terraform language docs, "Numeric Functions".
 */
import { ExpressionFault, numberText, toNumber, toText, Value } from '../values';
import { argument, FunctionTable } from './function-table';

function on(compute: (x: number) => number): FunctionTable[string] {
  return { least: 1, most: 1, call: (args, name) => compute(toNumber(argument(args, 0), `the argument of ${name}()`)) };
}

function across(choose: (...numbers: number[]) => number): FunctionTable[string] {
  return { least: 1, call: (args, name) => choose(...args.map((x) => toNumber(x, `an argument of ${name}()`))) };
}

export const NUMBERS: FunctionTable = {
  abs: on(Math.abs),
  ceil: on(Math.ceil),
  floor: on(Math.floor),
  signum: on(Math.sign),
  max: across(Math.max),
  min: across(Math.min),
  pow: {
    least: 2,
    most: 2,
    call: (args, name) =>
      finite(toNumber(argument(args, 0), 'the base') ** toNumber(argument(args, 1), 'the power'), name),
  },
  log: {
    least: 2,
    most: 2,
    call: (args, name) =>
      finite(
        Math.log(toNumber(argument(args, 0), 'the number')) / Math.log(toNumber(argument(args, 1), 'the base')),
        name,
      ),
  },
  parseint: { least: 2, most: 2, call: (args) => parseInteger(args) },
};

function finite(value: number, name: string): number {
  if (!Number.isFinite(value)) throw new ExpressionFault(`${name}() gives no number`);
  return value;
}

function parseInteger(args: readonly Value[]): Value {
  const text = toText(argument(args, 0), 'the number');
  const base = toNumber(argument(args, 1), 'the base');
  if (!Number.isInteger(base) || base < 2 || base > 36) {
    throw new ExpressionFault(`the base must be 2 to 36, got ${numberText(base)}`);
  }
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base);
  const body = text.toLowerCase().replace(/^[+-]/, '');
  if (body === '' || ![...body].every((digit) => digits.includes(digit))) {
    throw new ExpressionFault(`${JSON.stringify(text)} is no number to base ${base}`);
  }
  return parseInt(text, base);
}
