/**
 * Rules of Choice states that query by JSONPath.
 *
 * Pure.
 * Source   the developer guide of Step Functions, "Choice workflow state".
 * Spec     state-machines.md
 */
import { tryParseInstant } from '../kernel/instant';
import { NotRun, RUNTIME, StateFailure } from './states-definition';

export interface ChoiceRule {
  readonly And?: readonly ChoiceRule[];
  readonly Or?: readonly ChoiceRule[];
  readonly Not?: ChoiceRule;
  readonly Variable?: string;
  /** JSONata's, in place of all the others. */
  readonly Condition?: unknown;
  readonly [comparison: string]: unknown;
}

/** What a path finds; undefined when it finds nothing. */
export type Find = (path: string) => unknown;

/** What values of a kind are compared as; undefined when they are of another. */
const KINDS: Readonly<Record<string, (value: unknown) => string | number | boolean | undefined>> = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Timestamp: (value) => (typeof value === 'string' ? tryParseInstant(value) : undefined),
  Numeric: (value) => (typeof value === 'number' ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
};

const COMPARE: Readonly<Record<string, (a: string | number | boolean, b: string | number | boolean) => boolean>> = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThan: (a, b) => a > b,
  GreaterThanEquals: (a, b) => a >= b,
  Matches: (a, b) => matches(String(a), String(b)),
};

const TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsPresent: (value) => value !== undefined,
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: (value) => typeof value === 'number',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => typeof value === 'string' && tryParseInstant(value) !== undefined,
};

const BESIDE = ['Variable', 'Next', 'Comment', 'Assign'];

/** Whether a rule fits what its paths find. */
export function chosen(rule: ChoiceRule, find: Find): boolean {
  const { And, Or, Not, Variable } = rule;
  if (And !== undefined || Or !== undefined) {
    return And?.every((one) => chosen(one, find)) ?? Or?.some((one) => chosen(one, find)) ?? false;
  }
  if (Not !== undefined) {
    return !chosen(Not, find);
  }
  const value = find(Variable ?? '');
  const names = Object.keys(rule).filter((name) => !BESIDE.includes(name));
  if (value === undefined && !names.includes('IsPresent')) {
    const cause = `Invalid path '${Variable}': The choice state's condition path references an invalid value.`;
    throw new StateFailure(RUNTIME, cause);
  }
  return names.every((name) => fits(name, value, rule[name], find));
}

function fits(name: string, value: unknown, wanted: unknown, find: Find): boolean {
  const test = TESTS[name];
  if (test !== undefined) {
    return test(value) === wanted;
  }
  const [, kind = '', operator = '', isPath] = /^(String|Timestamp|Numeric|Boolean)(\w+?)(Path)?$/.exec(name) ?? [];
  const [compare, read] = [COMPARE[operator], KINDS[kind]];
  if (compare === undefined || read === undefined) {
    throw new NotRun(`comparison ${name} is not run`);
  }
  const [one, other] = [read(value), read(isPath === undefined ? wanted : find(String(wanted)))];
  return one !== undefined && other !== undefined && compare(one, other);
}

/** Source: `*` stands for any characters, `\\*` for itself. */
function matches(text: string, pattern: string): boolean {
  const parts = pattern.replace(/\\(.)|\*|[\s\S]/g, (one, escaped?: string) => {
    return one === '*' ? '[\\s\\S]*' : `\\u{${(escaped ?? one).charCodeAt(0).toString(16)}}`;
  });
  return new RegExp(`^${parts}$`, 'u').test(text);
}
