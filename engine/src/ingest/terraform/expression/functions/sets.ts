/**
 * Functions on sets.
 *
 * Pure.
 * Source   Terraform language docs, "Collection Functions: set…".
 */
import { ExpressionFault, sameValue, SetValue, toItems, Value } from '../values';
import { argument, FunctionTable } from './function-table';

const has = (items: readonly Value[], wanted: Value): boolean => items.some((item) => sameValue(item, wanted));

export const SETS: FunctionTable = {
  setunion: { least: 1, call: (args) => new SetValue(args.flatMap((arg) => toItems(arg, 'a set of setunion()'))) },
  setintersection: {
    least: 1,
    call: (args) => {
      const [first = [], ...others] = args.map((arg) => toItems(arg, 'a set of setintersection()'));
      return new SetValue(first.filter((item) => others.every((other) => has(other, item))));
    },
  },
  setsubtract: {
    least: 2,
    most: 2,
    call: (args) => {
      const taken = toItems(argument(args, 1), 'a set of setsubtract()');
      return new SetValue(toItems(argument(args, 0), 'a set of setsubtract()').filter((item) => !has(taken, item)));
    },
  },
  setproduct: { least: 2, call: product },
};

function product(args: readonly Value[]): Value {
  let rows: Value[][] = [[]];
  for (const arg of args) {
    const items = toItems(arg, 'a set of setproduct()');
    if (rows.length * items.length > 100_000) throw new ExpressionFault('setproduct() makes more than 100,000 rows');
    rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  }
  return args.some((arg) => arg instanceof SetValue) ? new SetValue(rows) : rows;
}
