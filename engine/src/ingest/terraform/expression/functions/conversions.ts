/**
 * Functions that convert between types.
 *
 * Pure.
 * Source   Terraform language docs, "Type Conversion Functions".
 */
import {
  describe,
  ExpressionFault,
  isList,
  isObject,
  LazyObject,
  SetValue,
  toItems,
  toNumber,
  toObject,
  toText,
  toTruth,
  Value,
} from '../values';
import { argument, FunctionTable } from './function-table';

export const CONVERSIONS: FunctionTable = {
  tostring: scalar((value) => toText(value, 'the argument of tostring()')),
  tonumber: scalar((value) => toNumber(value, 'the argument of tonumber()')),
  tobool: scalar((value) => toTruth(value, 'the argument of tobool()')),
  tolist: {
    least: 1,
    most: 1,
    structural: true,
    call: (args) => nullOr(args, (value) => alike(toItems(value, 'the argument of tolist()'))),
  },
  toset: {
    least: 1,
    most: 1,
    structural: true,
    call: (args) => nullOr(args, (value) => new SetValue(alike(toItems(value, 'the argument of toset()')))),
  },
  tomap: {
    least: 1,
    most: 1,
    structural: true,
    call: (args) => nullOr(args, (value) => toObject(value, 'the argument of tomap()')),
  },
  sensitive: same(),
  nonsensitive: same(),
  ephemeralasnull: same(),
  issensitive: { least: 1, most: 1, call: () => false },
};

function same(): FunctionTable[string] {
  return { least: 1, most: 1, structural: true, call: (args) => argument(args, 0) };
}

function scalar(convert: (value: Value) => Value): FunctionTable[string] {
  return { least: 1, most: 1, call: (args) => nullOr(args, convert) };
}

function nullOr(args: readonly Value[], convert: (value: Value) => Value): Value {
  const value = argument(args, 0);
  return value === null ? null : convert(value);
}

/** Items of a list have one type: a string among numbers or truths makes all of them strings. */
export function alike(items: readonly Value[]): readonly Value[] {
  const mixed = new Set(items.filter((item) => item !== null).map((item) => typeof item));
  if (mixed.size <= 1 || !mixed.has('string')) return items;
  return items.map((item) => {
    if (isList(item) || isObject(item) || item instanceof LazyObject) {
      throw new ExpressionFault(`the items of a list must have one type, got ${describe(item)} beside a string`);
    }
    return typeof item === 'number' || typeof item === 'boolean' ? toText(item, 'an item') : item;
  });
}
