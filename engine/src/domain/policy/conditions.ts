/**
 * The Condition element: operators, sets of values, and keys that a request lacks.
 *
 * Pure.
 * Source   IAM user guide, "Condition operators", "Set operators for multivalued context keys" and "How keys and values are
 *          evaluated", read 2026-11-26.
 * Spec     evaluation.md beside this file.
 */
import { tryParseInstant } from '../../kernel/instant';
import { isInRange } from '../addresses';
import { patternIn, Reading, textIn } from './variables';
import { matchesArn, matchesTokens } from './wildcard';

/** One key of one operator. */
export interface Condition {
  /** As written, e.g. `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly set: 'any' | 'all' | undefined;
  readonly base: BaseOperator;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

type Matcher = (given: string, wanted: string, reading: Reading) => boolean;

interface Base {
  /** Whether it holds when no value matches. */
  readonly negated: boolean;
  readonly matches: Matcher;
}

const equal: Matcher = (given, wanted, reading) => textIn(wanted, reading) === given;
const equalIgnoringCase: Matcher = (given, wanted, reading) =>
  textIn(wanted, reading)?.toLowerCase() === given.toLowerCase();
const like: Matcher = (given, wanted, reading) => matchesWith(matchesTokens, given, wanted, reading);
const arnLike: Matcher = (given, wanted, reading) => matchesWith(matchesArn, given, wanted, reading);

function matchesWith(how: typeof matchesArn, given: string, wanted: string, reading: Reading): boolean {
  const pattern = patternIn(wanted, reading);
  return pattern !== undefined && how(pattern, given);
}

function numeric(holds: (given: number, wanted: number) => boolean): Matcher {
  return (given, wanted) => holds(numberOf(given), numberOf(wanted));
}

function date(holds: (given: number, wanted: number) => boolean): Matcher {
  return (given, wanted) => holds(instantOf(given), instantOf(wanted));
}

const positive = (matches: Matcher): Base => ({ negated: false, matches });
const negated = (matches: Matcher): Base => ({ negated: true, matches });

/** Every comparison with NaN is false, so that what is no number matches nothing. */
const BASES = {
  StringEquals: positive(equal),
  StringNotEquals: negated(equal),
  StringEqualsIgnoreCase: positive(equalIgnoringCase),
  StringNotEqualsIgnoreCase: negated(equalIgnoringCase),
  StringLike: positive(like),
  StringNotLike: negated(like),
  NumericEquals: positive(numeric((a, b) => a === b)),
  NumericNotEquals: negated(numeric((a, b) => a === b)),
  NumericLessThan: positive(numeric((a, b) => a < b)),
  NumericLessThanEquals: positive(numeric((a, b) => a <= b)),
  NumericGreaterThan: positive(numeric((a, b) => a > b)),
  NumericGreaterThanEquals: positive(numeric((a, b) => a >= b)),
  DateEquals: positive(date((a, b) => a === b)),
  DateNotEquals: negated(date((a, b) => a === b)),
  DateLessThan: positive(date((a, b) => a < b)),
  DateLessThanEquals: positive(date((a, b) => a <= b)),
  DateGreaterThan: positive(date((a, b) => a > b)),
  DateGreaterThanEquals: positive(date((a, b) => a >= b)),
  Bool: positive((given, wanted) => given.toLowerCase() === wanted.toLowerCase()),
  BinaryEquals: positive((given, wanted) => given === wanted),
  IpAddress: positive(isInRange),
  NotIpAddress: negated(isInRange),
  ArnEquals: positive(arnLike),
  ArnLike: positive(arnLike),
  ArnNotEquals: negated(arnLike),
  ArnNotLike: negated(arnLike),
} satisfies Record<string, Base>;

export type BaseOperator = keyof typeof BASES | 'Null';

/** Every operator without prefix and suffix. */
export const BASE_OPERATORS: readonly BaseOperator[] = [...(Object.keys(BASES) as (keyof typeof BASES)[]), 'Null'];

const SETS = { ForAnyValue: 'any', ForAllValues: 'all' } as const;
const OPERATOR = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/;

/** An operator in its parts; undefined when there is none of that name. */
export function operatorOf(text: string): Pick<Condition, 'set' | 'base' | 'ifExists'> | undefined {
  const parts = OPERATOR.exec(text);
  const base = BASE_OPERATORS.find((one) => one === parts?.[2]);
  const ifExists = parts?.[3] !== undefined;
  if (base === undefined || (base === 'Null' && ifExists)) {
    return undefined;
  }
  return { set: SETS[parts?.[1] as keyof typeof SETS], base, ifExists };
}

/** Whether a condition holds. */
export function holds(condition: Condition, reading: Reading): boolean {
  const { set, base, ifExists, key, values } = condition;
  const given = reading.context.values(key);
  if (base === 'Null') {
    return values.some((value) => (value.toLowerCase() === 'true') === (given === undefined));
  }
  const { negated: not, matches } = BASES[base];
  // A set operator takes an empty text for no value at all.
  if (given === undefined || (set !== undefined && given.every((value) => value === ''))) {
    return ifExists || (set === undefined ? not : set === 'all');
  }
  const test = (one: string) => values.some((wanted) => matches(one, wanted, reading)) !== not;
  // Assumed: a key of many values without a set operator; AWS says only that it needs one.
  const every = set === 'all' || (set === undefined && not);
  return every ? given.every(test) : given.some(test);
}

/** A condition that does not hold, in words. */
export function missed(condition: Condition, { context }: Reading): string {
  const { operator, key, values } = condition;
  const given = context.values(key);
  const has = given === undefined ? 'absent' : given.join(', ');
  return `Condition.${operator} ${key}: ${has} against ${values.join(', ')}`;
}

/** What Number() reads and is no decimal: nothing at all, `0x10`, `Infinity`. */
const NO_DECIMAL = /^\s*$|[^\d.e+\-\s]/i;

function numberOf(text: string): number {
  return NO_DECIMAL.test(text) ? NaN : Number(text);
}

/** ISO 8601 or seconds since 1970. */
function instantOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : (tryParseInstant(text) ?? NaN);
}
