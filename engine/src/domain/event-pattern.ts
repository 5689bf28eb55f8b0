/**
 * Event patterns of EventBridge: which events a rule is for. Filter policies of SNS speak the same language.
 *
 * Pure: a pattern becomes a test of events once, when it is put.
 * Source   the user guide of EventBridge, "Creating event patterns" and "Comparison operators".
 * Spec     event-pattern.md
 */
import { blockOf, isInBlock } from './addresses';

type Fields = Readonly<Record<string, unknown>>;
type Test = (value: unknown) => boolean;

/** Whether an event is one that the pattern is for. */
export type Matcher = (happened: Fields) => boolean;

/** What EventBridge refuses in a pattern. */
export class PatternFault extends Error {
  constructor(wanted: string, given: unknown) {
    super(`an event pattern must have ${wanted}, got ${JSON.stringify(given)}`);
    this.name = 'PatternFault';
  }
}

/** The operators, each from its operand to a test of one value; undefined is a field that is not there. */
const OPERATORS: Readonly<Record<string, (operand: unknown) => Test>> = {
  exists: (operand) => {
    const wanted = typeof operand === 'boolean' ? operand : fail('true or false for exists', operand);
    return (value) => (value !== undefined && !isFields(value)) === wanted;
  },
  prefix: (operand) => edge(operand, (text, part) => text.startsWith(part)),
  suffix: (operand) => edge(operand, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand) => {
    const wanted = textOf(operand).toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
  },
  wildcard: (operand) => {
    const expression = glob(textOf(operand));
    return (value) => typeof value === 'string' && expression.test(value);
  },
  numeric: (operand) => {
    const bounds = comparisonsOf(operand);
    return (value) => typeof value === 'number' && bounds.every((holds) => holds(value));
  },
  cidr: (operand) => cidr(textOf(operand)),
  'anything-but': (operand) => {
    const excluded = excludedBy(operand);
    // A field that is not there matches nothing but exists.
    return (value) => value !== undefined && !isFields(value) && !excluded(value);
  },
};

/** Whether an event matches a pattern. @throws PatternFault for what EventBridge would refuse in a pattern */
export function matchesPattern(pattern: Fields, happened: Fields): boolean {
  return compilePattern(pattern)(happened);
}

/** A pattern as a test of events. @throws PatternFault for what EventBridge would refuse in a pattern */
export function compilePattern(pattern: Fields): Matcher {
  const parts = Object.entries(pattern).map(([field, wanted]): Matcher => {
    if (field === '$or') {
      const alternatives = listOf(wanted);
      if (alternatives.length < 2 || !alternatives.every(isFields)) {
        return fail('at least two alternatives', wanted);
      }
      const matchers = alternatives.map(compilePattern);
      return (happened) => matchers.some((matches) => matches(happened));
    }
    if (isFields(wanted)) {
      const inner = compilePattern(wanted);
      return (happened) => {
        const value = member(happened, field);
        return Array.isArray(value)
          ? value.some((one) => inner(isFields(one) ? one : {}))
          : inner(isFields(value) ? value : {});
      };
    }
    if (!Array.isArray(wanted) || wanted.length === 0) {
      return fail('a list that is not empty', { [field]: wanted });
    }
    const tests = wanted.map(leaf);
    return (happened) => {
      const value = member(happened, field);
      const values: unknown[] = !Array.isArray(value) ? [value] : value.length === 0 ? [undefined] : value;
      return values.some((one) => tests.some((passes) => passes(one)));
    };
  });
  return (happened) => parts.every((matches) => matches(happened));
}

function leaf(wanted: unknown): Test {
  if (Array.isArray(wanted)) {
    return fail('values rather than a list inside of a list', wanted);
  }
  if (!isFields(wanted)) {
    return (value) => value === wanted;
  }
  const entries = Object.entries(wanted);
  const [first] = entries;
  return first === undefined || entries.length > 1 ? fail('one operator', wanted) : operation(...first);
}

function operation(name: string, operand: unknown): Test {
  const make = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  return make === undefined ? fail('an operator of EventBridge', name) : make(operand);
}

function excludedBy(operand: unknown): Test {
  if (!isFields(operand)) {
    const values = listOf(operand);
    if (values.length === 0 || values.some((one) => typeof one === 'object')) {
      return fail('texts or numbers for anything-but', operand);
    }
    return (value) => values.includes(value);
  }
  const entries = Object.entries(operand);
  const [first] = entries;
  if (first === undefined || entries.length > 1) {
    return fail('one operator', operand);
  }
  const [name, values] = first;
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name)) {
    return fail('an operator that anything-but knows', name);
  }
  const tests = listOf(values).map((one) => operation(name, one));
  return (value) => tests.some((passes) => passes(value));
}

function edge(operand: unknown, holds: (text: string, part: string) => boolean): Test {
  if (isFields(operand)) {
    const part = textOf(operand['equals-ignore-case']).toLowerCase();
    return (value) => typeof value === 'string' && holds(value.toLowerCase(), part);
  }
  const part = textOf(operand);
  return (value) => typeof value === 'string' && holds(value, part);
}

function comparisonsOf(operand: unknown): ((value: number) => boolean)[] {
  const comparisons = listOf(operand);
  if (comparisons.length === 0 || comparisons.length % 2 !== 0) {
    return fail('pairs of an operator and a number', operand);
  }
  return comparisons.flatMap((operator, index) => {
    const bound = comparisons[index + 1];
    if (index % 2 === 1) {
      return [];
    }
    return typeof bound === 'number'
      ? [comparison(operator, bound)]
      : fail('pairs of an operator and a number', operand);
  });
}

function comparison(operator: unknown, bound: number): (value: number) => boolean {
  switch (operator) {
    case '=':
      return (value) => value === bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    default:
      return fail('one of = < <= > >=', operator);
  }
}

/** Texts that are addresses within a block, of IPv4 or IPv6. */
function cidr(text: string): Test {
  const block = text.includes('/') ? blockOf(text) : undefined;
  if (block === undefined) {
    return fail('an IPv4 or IPv6 block for cidr', text);
  }
  return (value) => typeof value === 'string' && isInBlock(value, block);
}

function glob(pattern: string): RegExp {
  if (pattern.includes('**')) {
    return fail('no two stars in a row in a wildcard', pattern);
  }
  const parts = pattern
    .split(/(?<!\\)\*/)
    .map((part) => part.replace(/\\([*\\])/g, '$1').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

function member(happened: Fields, field: string): unknown {
  return Object.hasOwn(happened, field) ? happened[field] : undefined;
}

function textOf(operand: unknown): string {
  return typeof operand === 'string' ? operand : fail('text as the operand', operand);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fail(wanted: string, given: unknown): never {
  throw new PatternFault(wanted, given);
}
