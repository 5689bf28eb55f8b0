/**
 * Conditions and updates as calls wrote them before there were expressions, in the form of expressions.
 *
 * Pure.
 * Source   DynamoDB developer guide, "Legacy conditional parameters" (read 2026-11-26); texts: as dynalite 4.0.0 has them.
 */
import { type Attribute, type AttributeType, typeOf } from '../domain/attribute-values';
import { invalid, valueOf } from './attribute-input';
import { type Comparator, compares, type Condition, type Operand, type Test } from './item-conditions';
import type { Action } from './item-updates';

/** A condition on one attribute, as QueryFilter, ScanFilter, KeyConditions and Expected have it. */
export interface LegacyCondition {
  readonly ComparisonOperator?: string | undefined;
  readonly AttributeValueList?: readonly Attribute[] | undefined;
}

export interface ExpectedCondition extends LegacyCondition {
  readonly Value?: Attribute | undefined;
  readonly Exists?: boolean | undefined;
}

export interface LegacyUpdate {
  readonly Value?: Attribute | undefined;
  readonly Action?: string | undefined;
}

type ByAttribute<T> = Readonly<Record<string, T>>;

const INVALID = 'One or more parameter values were invalid:';
const SCALARS: readonly AttributeType[] = ['S', 'N', 'B'];
const WITH_SETS: readonly AttributeType[] = ['S', 'N', 'B', 'SS', 'NS', 'BS'];
const COMPARES: Readonly<Record<string, Comparator>> = { EQ: '=', NE: '<>', LE: '<=', LT: '<', GE: '>=', GT: '>' };
const TESTS: Readonly<Record<string, Test>> = {
  NOT_NULL: 'attribute_exists',
  NULL: 'attribute_not_exists',
  CONTAINS: 'contains',
  NOT_CONTAINS: 'contains',
  BEGINS_WITH: 'begins_with',
};
const SETS = ['SS', 'NS', 'BS'];
const ADDABLE = ['L', 'N', ...SETS];

/** All of some conditions, or any; undefined where there is none. */
export function legacyCondition(
  conditions: ByAttribute<LegacyCondition> | undefined,
  operator: string | undefined,
): Condition | undefined {
  const made = Object.entries(conditions ?? {}).map(([attribute, one]) => conditionOf(attribute, one));
  return joined(made, operator);
}

export function expectedCondition(
  expected: ByAttribute<ExpectedCondition> | undefined,
  operator: string | undefined,
): Condition | undefined {
  const made = Object.entries(expected ?? {}).map(([attribute, one]) => {
    const { ComparisonOperator: by, AttributeValueList: list, Value, Exists } = one;
    if (list !== undefined && Value !== undefined) {
      throw invalid(`${INVALID} Value and AttributeValueList cannot be used together for Attribute: ${attribute}`);
    }
    if (by !== undefined) {
      if (Exists !== undefined) {
        throw invalid(`${INVALID} Exists and ComparisonOperator cannot be used together for Attribute: ${attribute}`);
      }
      const values = list ?? (Value === undefined ? [] : [Value]);
      return conditionOf(attribute, { ComparisonOperator: by, AttributeValueList: values });
    }
    if (list !== undefined) {
      const text = 'AttributeValueList can only be used with a ComparisonOperator for Attribute:';
      throw invalid(`${INVALID} ${text} ${attribute}`);
    }
    const exists = Exists ?? true;
    if (exists && Value === undefined) {
      const said = `Value must be provided when Exists is ${String(Exists ?? null)} for Attribute: ${attribute}`;
      throw invalid(`${INVALID} ${said}`);
    }
    if (!exists && Value !== undefined) {
      throw invalid(`${INVALID} Value cannot be used when Exists is false for Attribute: ${attribute}`);
    }
    const values = Value === undefined ? [] : [Value];
    return conditionOf(attribute, { ComparisonOperator: exists ? 'EQ' : 'NULL', AttributeValueList: values });
  });
  return joined(made, operator);
}

/** Values of a condition, checked as its comparison wants them. */
export function checkedValues({
  ComparisonOperator: by = '',
  AttributeValueList: list = [],
}: LegacyCondition): Attribute[] {
  const values = list.map((one) => valueOf(one));
  const count = values.length;
  const right =
    by in TESTS && by.endsWith('NULL')
      ? count === 0
      : by === 'BETWEEN'
        ? count === 2
        : by === 'IN'
          ? count > 0
          : count === 1;
  if (!right) {
    throw invalid(`${INVALID} Invalid number of argument(s) for the ${by} ComparisonOperator`);
  }
  const types = values.map(typeOf);
  if (types.some((type) => type !== types[0])) {
    throw invalid(`${INVALID} AttributeValues inside AttributeValueList must be of same type`);
  }
  const allowed = by === 'EQ' || by === 'NE' ? undefined : by === 'BEGINS_WITH' ? ['S', 'B'] : SCALARS;
  const wrong = types.find((type) => !(allowed ?? [...WITH_SETS, 'L', 'M', 'NULL', 'BOOL']).includes(type));
  if (wrong !== undefined) {
    throw invalid(`${INVALID} ComparisonOperator ${by} is not valid for ${wrong} AttributeValue type`);
  }
  if (by === 'BETWEEN' && compares('>', values[0], values[1])) {
    throw invalid('The BETWEEN condition was provided a range where the lower bound is greater than the upper bound');
  }
  return values;
}

/** Updates as actions of an update expression. */
export function legacyUpdate(updates: ByAttribute<LegacyUpdate> | undefined): Action[] {
  return Object.entries(updates ?? {}).map(([attribute, { Value, Action: action = 'PUT' }]) => {
    const path = [attribute];
    if (Value === undefined) {
      if (action !== 'DELETE') {
        throw invalid(`${INVALID} Only DELETE action is allowed when no attribute value is specified`);
      }
      return { kind: 'remove', path };
    }
    const value = valueOf(Value);
    const type = typeOf(value);
    if (action === 'DELETE') {
      if (!SETS.includes(type)) {
        throw invalid(`${INVALID} DELETE action with value is not supported for the type ${type}`);
      }
      return { kind: 'delete', path, value };
    }
    if (action !== 'ADD') {
      return { kind: 'set', path, term: { kind: 'value', value } };
    }
    if (!ADDABLE.includes(type)) {
      throw invalid(`${INVALID} ADD action is not supported for the type ${type}`);
    }
    const before = { kind: 'if_not_exists', path, otherwise: { kind: 'value', value: { L: [] } } } as const;
    return type === 'L'
      ? { kind: 'set', path, term: { kind: 'list_append', args: [before, { kind: 'value', value }] } }
      : { kind: 'add', path, value };
  });
}

function conditionOf(attribute: string, condition: LegacyCondition): Condition {
  const by = condition.ComparisonOperator ?? '';
  const place: Operand = { kind: 'path', path: [attribute] };
  const values = checkedValues(condition).map((value): Operand => ({ kind: 'value', value }));
  const [first = place, second = place] = values;
  const comparator = COMPARES[by];
  if (comparator !== undefined) {
    return { kind: 'compare', by: comparator, args: [place, first] };
  }
  if (by === 'BETWEEN') {
    return { kind: 'between', args: [place, first, second] };
  }
  const test = TESTS[by];
  if (test === undefined) {
    return { kind: 'in', args: [place, ...values] };
  }
  const passes: Condition = { kind: 'test', test, args: [place, ...values] };
  return by === 'NOT_CONTAINS' ? { kind: 'not', of: passes } : passes;
}

function joined(conditions: readonly Condition[], operator: string | undefined): Condition | undefined {
  const [first, ...rest] = conditions;
  const kind = operator === 'OR' ? 'or' : 'and';
  return first && rest.reduce<Condition>((left, right) => ({ kind, args: [left, right] }), first);
}
