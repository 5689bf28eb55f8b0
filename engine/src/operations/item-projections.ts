/**
 * Parts of items: what a projection expression names.
 *
 * Pure.
 * Source   DynamoDB developer guide, "Using projection expressions in DynamoDB" (read 2026-11-26).
 */
import type { Attribute, Item } from '../domain/attribute-values';
import { ExpressionParser, noteOverlaps, type Path, type Substitutes } from './expression-parser';
import { atPath } from './item-conditions';

/** @throws AwsFault ValidationException, with DynamoDB's text */
export function parseProjection(member: string, text: string, substitutes: Substitutes): Path[] {
  const parser = new ExpressionParser(member, text, substitutes);
  const paths = parser.list(() => parser.path());
  noteOverlaps(parser, paths);
  parser.end();
  return paths;
}

/** What is asked for, tree by tree: the whole of a place, or what lies within it. */
type Wanted = 'all' | Map<string | number, Wanted>;

/** What an item has at some places, within what they lie in; elements of lists close up. */
export function project(item: Item, paths: readonly Path[]): Item {
  const wanted: Wanted = new Map();
  for (const path of paths) {
    if (atPath(item, path) !== undefined) {
      want(wanted, path);
    }
  }
  return partOfMap(item, wanted);
}

function want(tree: Map<string | number, Wanted>, [first, ...rest]: Path): void {
  if (first === undefined) {
    return;
  }
  const there = tree.get(first);
  if (rest.length === 0 || there === 'all') {
    tree.set(first, 'all');
    return;
  }
  const inner = there ?? new Map<string | number, Wanted>();
  tree.set(first, inner);
  want(inner, rest);
}

function partOf(value: Attribute, wanted: Wanted): Attribute {
  if (wanted === 'all') {
    return value;
  }
  if (value.M !== undefined) {
    return { M: partOfMap(value.M, wanted) };
  }
  const indexes = [...wanted.keys()].map(Number).sort((a, b) => a - b);
  return { L: indexes.flatMap((index) => found(value.L?.[index], wanted.get(index))) };
}

function partOfMap(item: Item, wanted: Map<string | number, Wanted>): Item {
  const part = Object.create(null) as Record<string, Attribute>;
  for (const [name, inner] of wanted) {
    const [value] = found(item[name], inner);
    if (value !== undefined) {
      part[name] = value;
    }
  }
  return part;
}

function found(value: Attribute | undefined, wanted: Wanted | undefined): Attribute[] {
  return value === undefined || wanted === undefined ? [] : [partOf(value, wanted)];
}
