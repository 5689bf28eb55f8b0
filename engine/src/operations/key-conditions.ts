/**
 * Conditions on keys: which rows of a partition a query looks at.
 *
 * Pure.
 * Source   DynamoDB developer guide, "Key condition expressions for the Query operation in DynamoDB" (read 2026-11-26);
 *          texts: as dynalite 4.0.0 has them.
 */
import { type Attribute, sortable, typeOf } from '../domain/attribute-values';
import type { KeyPart, Keys } from '../domain/item-table';
import { firstIndex, type Row } from '../domain/keyed-rows';
import { invalid } from './attribute-input';
import { checkedValues, type LegacyCondition } from './legacy-conditions';
import { compares, type Condition, beginsWith, type Operand } from './item-conditions';

/** A condition on one attribute; the operator is called as KeyConditions call it. */
export interface KeyCondition {
  readonly by: string;
  readonly values: readonly Attribute[];
}

export type KeyConditions = ReadonlyMap<string, KeyCondition>;

const TURNED: Readonly<Record<string, string>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const CALLED: Readonly<Record<string, string>> = { '=': 'EQ', '<': 'LT', '<=': 'LE', '>': 'GT', '>=': 'GE' };

/** An expression as conditions on attributes. */
export function keyConditionsOf(condition: Condition): KeyConditions {
  const found = new Map<string, KeyCondition>();
  collect(condition, found);
  return refuseCount(found);
}

export function legacyKeyConditions(given: Readonly<Record<string, LegacyCondition>>): KeyConditions {
  const found = Object.entries(given).map(
    ([name, one]) => [name, { by: one.ComparisonOperator ?? '', values: checkedValues(one) }] as const,
  );
  return refuseCount(new Map(found));
}

/** @throws AwsFault where a key cannot be asked for so */
export function refuseKeyConditions({ hash, sort }: Keys, conditions: KeyConditions): void {
  if (sort === undefined && conditions.size > 1) {
    throw invalid('Query key condition not supported');
  }
  for (const part of sort === undefined ? [hash] : [hash, sort]) {
    const condition = conditions.get(part.name);
    if (condition === undefined) {
      if (part === hash || conditions.size > 1) {
        throw invalid(`Query condition missed key schema element: ${part.name}`);
      }
      return;
    }
    refuseKeyCondition(part, condition, part === hash);
  }
}

/** The rows of a partition that a condition on the sort key lets through, as bounds: the first, and the first beyond. */
export function boundsOf(rows: readonly Row[], condition: KeyCondition | undefined): readonly [number, number] {
  const [value = '', second = ''] = (condition?.values ?? []).map((one) => sortable(one) ?? '');
  const from = (at: string) => firstIndex(rows, ({ sortKey }) => sortKey >= at);
  const beyond = (at: string) => firstIndex(rows, ({ sortKey }) => sortKey > at);
  switch (condition?.by) {
    case undefined:
      return [0, rows.length];
    case 'LT':
      return [0, from(value)];
    case 'LE':
      return [0, beyond(value)];
    case 'GT':
      return [beyond(value), rows.length];
    case 'GE':
      return [from(value), rows.length];
    case 'BETWEEN':
      return [from(value), beyond(second)];
    case 'BEGINS_WITH':
      return [from(value), firstIndex(rows, ({ sortKey }) => sortKey > value && !sortKey.startsWith(value))];
    default:
      return [from(value), beyond(value)];
  }
}

/** Whether a value is one that a condition lets through. */
export function letsThrough({ by, values }: KeyCondition, value: Attribute | undefined): boolean {
  const [first, second] = values;
  switch (by) {
    case 'BETWEEN':
      return compares('>=', value, first) && compares('<=', value, second);
    case 'BEGINS_WITH':
      return beginsWith(value, first);
    default: {
      const comparator = Object.entries(CALLED).find(([, called]) => called === by)?.[0];
      return compares(comparator as '=', value, first);
    }
  }
}

function refuseKeyCondition({ type }: KeyPart, { by, values }: KeyCondition, isHash: boolean): void {
  if (['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN'].includes(by)) {
    throw invalid('Attempted conditional constraint is not an indexable operation');
  }
  if (values.some((one) => typeOf(one) !== type)) {
    const text = 'Condition parameter type does not match schema type';
    throw invalid(`One or more parameter values were invalid: ${text}`);
  }
  if (isHash && by !== 'EQ') {
    throw invalid('Query key condition not supported');
  }
}

function collect(condition: Condition, found: Map<string, KeyCondition>): void {
  switch (condition.kind) {
    case 'and':
      condition.args.forEach((one) => collect(one, found));
      return;
    case 'or':
    case 'not':
    case 'in':
      throw invalid(`Invalid operator used in KeyConditionExpression: ${condition.kind.toUpperCase()}`);
    case 'between':
      add(found, condition.args, 'BETWEEN', 'BETWEEN');
      return;
    case 'compare':
      collectComparison(condition.by, condition.args, found);
      return;
    default:
      if (condition.test !== 'begins_with') {
        throw invalid(`Invalid operator used in KeyConditionExpression: ${condition.test}`);
      }
      add(found, condition.args, 'BEGINS_WITH', 'begins_with');
  }
}

function collectComparison(
  by: string,
  [left, right]: readonly [Operand, Operand],
  found: Map<string, KeyCondition>,
): void {
  if (by === '<>') {
    throw invalid('Invalid operator used in KeyConditionExpression: <>');
  }
  const turned = left.kind !== 'path' && right.kind === 'path';
  const called = CALLED[turned ? (TURNED[by] ?? by) : by] ?? '';
  add(found, turned ? [right, left] : [left, right], called, called);
}

function add(found: Map<string, KeyCondition>, operands: readonly Operand[], by: string, shown: string): void {
  if (operands.some(({ kind }) => kind === 'size')) {
    throw invalid('KeyConditionExpressions cannot contain nested operations');
  }
  const [place, ...values] = operands;
  const text = 'Invalid condition in KeyConditionExpression:';
  if (place?.kind !== 'path') {
    const of =
      by === 'BETWEEN' || by === 'BEGINS_WITH'
        ? `${shown} operator must have the key attribute as its first operand`
        : 'No key attribute specified';
    throw invalid(`${text} ${of}`);
  }
  const name = place.path[0];
  if (place.path.length > 1 || typeof name !== 'string') {
    throw invalid('KeyConditionExpressions cannot have conditions on nested attributes');
  }
  const given = values.map((one) => {
    if (one.kind !== 'value') {
      throw invalid(`${text} Multiple attribute names used in one condition`);
    }
    return one.value;
  });
  if (found.has(name)) {
    throw invalid('KeyConditionExpressions must only contain one condition per key');
  }
  found.set(name, { by, values: given });
}

function refuseCount(found: Map<string, KeyCondition>): KeyConditions {
  if (found.size !== 1 && found.size !== 2) {
    throw invalid('Conditions can be of length 1 or 2 only');
  }
  return found;
}
