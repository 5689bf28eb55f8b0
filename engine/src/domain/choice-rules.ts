/**
 * Rules of Choice states.
 *
 * Pure.
 * Source   the developer guide of Step Functions, "Choice workflow state".
 * Spec     state-machines.md
 */
import { jsonPathOf } from './json-path';
import { NotRun } from './states-data';

export interface ChoiceRule {
  readonly And?: readonly ChoiceRule[];
  readonly Or?: readonly ChoiceRule[];
  readonly Not?: ChoiceRule;
  readonly Variable?: string;
  readonly [comparison: string]: unknown;
}

const KINDS: Readonly<Record<string, string>> = {
  String: 'string',
  Timestamp: 'string',
  Numeric: 'number',
  Boolean: 'boolean',
};

const COMPARE: Readonly<Record<string, (a: never, b: never) => boolean>> = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThan: (a, b) => a > b,
  GreaterThanEquals: (a, b) => a >= b,
};

const TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsPresent: (value) => value !== undefined,
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: (value) => typeof value === 'number',
  IsBoolean: (value) => typeof value === 'boolean',
};

/** Whether a rule fits what came into its state. */
export function chosen(rule: ChoiceRule, input: unknown): boolean {
  const { And, Or, Not, Variable } = rule;
  if (And !== undefined || Or !== undefined) {
    return And?.every((one) => chosen(one, input)) ?? Or?.some((one) => chosen(one, input)) ?? false;
  }
  if (Not !== undefined) {
    return !chosen(Not, input);
  }
  const value = jsonPathOf(Variable ?? '', input);
  const names = Object.keys(rule).filter((name) => !['Variable', 'Next', 'Comment'].includes(name));
  return names.every((name) => fits(name, value, rule[name], input));
}

function fits(name: string, value: unknown, wanted: unknown, input: unknown): boolean {
  const test = TESTS[name];
  if (test !== undefined) {
    return test(value) === wanted;
  }
  const [, kind = '', operator = '', isPath] = /^(String|Timestamp|Numeric|Boolean)(\w+?)(Path)?$/.exec(name) ?? [];
  const compare = COMPARE[operator];
  if (compare === undefined) {
    throw new NotRun(`comparison ${name} is not run`);
  }
  const other = isPath === undefined ? wanted : jsonPathOf(String(wanted), input);
  return typeof value === KINDS[kind] && typeof other === typeof value && compare(value as never, other as never);
}
