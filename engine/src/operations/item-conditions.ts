/**
 * Conditions on items: what an expression asks, and whether an item is so.
 *
 * Pure.
 * Source   DynamoDB developer guide, "Condition and filter expressions, operators, and functions in DynamoDB" (read
 *          2026-11-26).
 */
import {
  type Attribute,
  ATTRIBUTE_TYPES,
  type AttributeType,
  type Item,
  sameValue,
  setOf,
  sortable,
  textSize,
  typeOf,
} from '../domain/attribute-values';
import { ExpressionParser, type Path, shownPath, type Substitutes } from './expression-parser';

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: Attribute }
  | { readonly kind: 'size'; readonly of: Operand };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type Test = 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly args: readonly [Condition, Condition] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'compare'; readonly by: Comparator; readonly args: readonly [Operand, Operand] }
  | { readonly kind: 'between'; readonly args: readonly [Operand, Operand, Operand] }
  | { readonly kind: 'in'; readonly args: readonly [Operand, ...Operand[]] }
  | { readonly kind: 'test'; readonly test: Test; readonly args: readonly Operand[] };

const COMPARATORS: readonly string[] = ['=', '<>', '<', '<=', '>', '>='];
/** How many operands functions take. */
const FUNCTIONS = new Map([
  ['attribute_exists', 1],
  ['attribute_not_exists', 1],
  ['attribute_type', 2],
  ['begins_with', 2],
  ['contains', 2],
  ['size', 1],
]);

/** @throws AwsFault ValidationException, with DynamoDB's text */
export function parseCondition(member: string, text: string, substitutes: Substitutes): Condition {
  const parser = new ExpressionParser(member, text, substitutes);
  const condition = either(parser);
  parser.end();
  return condition;
}

function either(parser: ExpressionParser): Condition {
  let left = both(parser);
  while (parser.take('OR')) {
    left = { kind: 'or', args: [left, both(parser)] };
  }
  return left;
}

function both(parser: ExpressionParser): Condition {
  let left = negation(parser);
  while (parser.take('AND')) {
    left = { kind: 'and', args: [left, negation(parser)] };
  }
  return left;
}

function negation(parser: ExpressionParser): Condition {
  return parser.take('NOT') ? { kind: 'not', of: negation(parser) } : primary(parser);
}

function primary(parser: ExpressionParser): Condition {
  if (parser.peek() === '(' && !isOperandInParentheses(parser)) {
    const end = parser.closing(0);
    if (parser.peek(1) === '(' && end !== undefined && parser.closing(1) === end - 1) {
      parser.note('parentheses', 'The expression has redundant parentheses;');
    }
    parser.next();
    const inner = either(parser);
    parser.expect(')');
    return inner;
  }
  const called = parser.isFunction ? call(parser) : undefined;
  const first = called === undefined ? operand(parser) : operandOf(parser, called, isCompared(parser));
  if (parser.take('BETWEEN')) {
    const low = operand(parser);
    parser.expect('AND');
    const high = operand(parser);
    noteBounds(parser, low, high);
    return { kind: 'between', args: [first, low, high] };
  }
  if (parser.take('IN')) {
    parser.expect('(');
    const list = parser.list(() => operand(parser));
    parser.expect(')');
    return { kind: 'in', args: [first, ...list] };
  }
  const by = parser.peek() ?? '';
  if (COMPARATORS.includes(by)) {
    parser.next();
    const second = operand(parser);
    noteSame(parser, by, [first, second]);
    noteOrdered(parser, by, [first, second]);
    return { kind: 'compare', by: by as Comparator, args: [first, second] };
  }
  if (called === undefined) {
    throw parser.syntaxFault();
  }
  if (called.name === 'size') {
    noteMisused(parser, 'size');
  }
  return { kind: 'test', test: called.name as Test, args: called.args };
}

/** `(a) = :v`: parentheses that are none of a condition. */
function isOperandInParentheses(parser: ExpressionParser): boolean {
  const end = parser.closing(0);
  return end !== undefined && followsOperand(parser.peek(end + 1));
}

function isCompared(parser: ExpressionParser): boolean {
  return followsOperand(parser.peek());
}

function followsOperand(token: string | undefined): boolean {
  return token !== undefined && (COMPARATORS.includes(token) || /^(between|in)$/i.test(token));
}

function operand(parser: ExpressionParser): Operand {
  if (parser.take('(')) {
    parser.note('parentheses', 'The expression has redundant parentheses;');
    const inner = operand(parser);
    parser.expect(')');
    return inner;
  }
  if (parser.isFunction) {
    return operandOf(parser, call(parser), true);
  }
  return parser.isPlaceholderOfValue ? { kind: 'value', value: parser.value() } : { kind: 'path', path: parser.path() };
}

interface Called {
  readonly name: string;
  readonly args: readonly Operand[];
}

function call(parser: ExpressionParser): Called {
  const name = parser.next();
  parser.expect('(');
  const args = parser.list(() => operand(parser));
  parser.expect(')');
  const wanted = FUNCTIONS.get(name);
  if (wanted === undefined) {
    parser.note('unknown function', `Invalid function name; function: ${name}`);
  } else if (wanted !== args.length) {
    const said = `operator or function: ${name}, number of operands: ${args.length}`;
    parser.note('operands', `Incorrect number of operands for operator or function; ${said}`);
  } else {
    noteSame(parser, name, args);
    noteArguments(parser, name, args);
  }
  return { name, args };
}

/** Of functions, `size` alone is a value. */
function operandOf(parser: ExpressionParser, { name, args }: Called, used: boolean): Operand {
  if (used && name !== 'size') {
    noteMisused(parser, name);
  }
  return { kind: 'size', of: args[0] ?? { kind: 'value', value: { NULL: true } } };
}

function noteMisused(parser: ExpressionParser, name: string): void {
  const text = 'The function is not allowed to be used this way in an expression; function: ';
  parser.note('misused function', text + name);
}

function noteSame(parser: ExpressionParser, name: string, [first, second]: readonly Operand[]): void {
  if (first?.kind === 'path' && second?.kind === 'path' && shownPath(first.path) === shownPath(second.path)) {
    const said = `operator: ${name}, first operand: ${shownPath(first.path)}`;
    const text = 'The first operand must be distinct from the remaining operands for this operator or function;';
    parser.note('distinct', `${text} ${said}`);
  }
}

/** What cannot be put in order is not compared so. */
function noteOrdered(parser: ExpressionParser, by: string, operands: readonly Operand[]): void {
  for (const one of by === '=' || by === '<>' ? [] : operands) {
    if (one.kind === 'value' && sortable(one.value) === undefined) {
      const said = `operator: ${by}, operand type: ${typeOf(one.value)}`;
      parser.note('types', `Incorrect operand type for operator or function; ${said}`);
    }
  }
}

function noteBounds(parser: ExpressionParser, low: Operand, high: Operand): void {
  if (low.kind !== 'value' || high.kind !== 'value') {
    return;
  }
  const said = `lower bound operand: ${shownValue(low.value)}, upper bound operand: ${shownValue(high.value)}`;
  if (typeOf(low.value) !== typeOf(high.value)) {
    parser.note('types', `The BETWEEN operator requires same data type for lower and upper bounds; ${said}`);
  } else if (compares('>', low.value, high.value)) {
    const text = 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound;';
    parser.note('types', `${text} ${said}`);
  }
}

function shownValue(value: Attribute): string {
  const type = typeOf(value);
  return `AttributeValue: {${type}:${String(value[type])}}`;
}

function noteArguments(parser: ExpressionParser, name: string, args: readonly Operand[]): void {
  const types = args.map((one) => (one.kind === 'value' ? typeOf(one.value) : one.kind === 'size' ? 'N' : undefined));
  const wrong = (type: string) => {
    const said = `operator or function: ${name}, operand type: ${type}`;
    parser.note('types', `Incorrect operand type for operator or function; ${said}`);
  };
  const second = args[1];
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      if (args[0]?.kind !== 'path') {
        parser.note('types', `Operator or function requires a document path; operator or function: ${name}`);
      }
      return;
    case 'begins_with':
      types.filter((type) => type !== undefined && type !== 'S' && type !== 'B').forEach((type) => wrong(type ?? ''));
      return;
    case 'attribute_type':
      if (second?.kind !== 'value' || second.value.S === undefined) {
        wrong(types[1] ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
      } else if (!ATTRIBUTE_TYPES.includes(second.value.S as AttributeType)) {
        const valid = 'valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}';
        parser.note('types', `Invalid attribute type name found; type: ${second.value.S}, ${valid}`);
      }
      return;
    case 'size':
      if (['N', 'BOOL', 'NULL'].includes(types[0] ?? '')) {
        wrong(types[0] ?? '');
      }
      return;
    default:
  }
}

/** Whether an item is as a condition asks; what is not there is an item without attributes. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.args[0], item) && holds(condition.args[1], item);
    case 'or':
      return holds(condition.args[0], item) || holds(condition.args[1], item);
    case 'not':
      return !holds(condition.of, item);
    case 'compare':
      return compares(condition.by, resolve(condition.args[0], item), resolve(condition.args[1], item));
    case 'between': {
      const [value, low, high] = condition.args.map((one) => resolve(one, item));
      return compares('>=', value, low) && compares('<=', value, high);
    }
    case 'in': {
      const [value, ...list] = condition.args.map((one) => resolve(one, item));
      return list.some((one) => compares('=', value, one));
    }
    default:
      return passes(
        condition.test,
        condition.args.map((one) => resolve(one, item)),
      );
  }
}

export function compares(by: Comparator, a: Attribute | undefined, b: Attribute | undefined): boolean {
  if (a === undefined || b === undefined) {
    return by === '<>';
  }
  if (by === '=' || by === '<>') {
    return sameValue(a, b) === (by === '=');
  }
  const [left, right] = [sortable(a), sortable(b)];
  if (left === undefined || right === undefined || typeOf(a) !== typeOf(b)) {
    return false;
  }
  return (by.endsWith('=') && left === right) || (by.startsWith('<') ? left < right : left > right);
}

function passes(test: Test, [value, other]: readonly (Attribute | undefined)[]): boolean {
  switch (test) {
    case 'attribute_exists':
      return value !== undefined;
    case 'attribute_not_exists':
      return value === undefined;
    case 'attribute_type':
      return value !== undefined && typeOf(value) === other?.S;
    case 'begins_with':
      return beginsWith(value, other);
    default:
      return contains(value, other);
  }
}

export function beginsWith(value: Attribute | undefined, prefix: Attribute | undefined): boolean {
  if (value?.S !== undefined && prefix?.S !== undefined) {
    return value.S.startsWith(prefix.S);
  }
  const [bytes, first] = [value?.B, prefix?.B];
  return bytes !== undefined && first !== undefined && Buffer.from(bytes).subarray(0, first.length).equals(first);
}

export function contains(value: Attribute | undefined, part: Attribute | undefined): boolean {
  if (value === undefined || part === undefined) {
    return false;
  }
  switch (typeOf(value)) {
    case 'S':
      return part.S !== undefined && (value.S ?? '').includes(part.S);
    case 'B':
      return part.B !== undefined && Buffer.from(value.B ?? []).includes(Buffer.from(part.B));
    case 'SS':
      return part.S !== undefined && setOf(value).includes(part.S);
    case 'NS':
      return part.N !== undefined && setOf(value).includes(part.N);
    case 'BS':
      return part.B !== undefined && setOf(value).includes(setOf({ BS: [part.B] })[0] ?? '');
    case 'L':
      return (value.L ?? []).some((one) => sameValue(one, part));
    default:
      return false;
  }
}

function resolve(operand: Operand, item: Item): Attribute | undefined {
  switch (operand.kind) {
    case 'path':
      return atPath(item, operand.path);
    case 'value':
      return operand.value;
    default: {
      const size = sizeOf(resolve(operand.of, item));
      return size === undefined ? undefined : { N: String(size) };
    }
  }
}

/** What stands at a place within an item. */
export function atPath(item: Item, path: Path): Attribute | undefined {
  let at: Attribute | undefined = { M: item };
  for (const piece of path) {
    at = typeof piece === 'number' ? at?.L?.[piece] : at?.M?.[piece];
  }
  return at;
}

function sizeOf(value: Attribute | undefined): number | undefined {
  const { S, B, SS, NS, BS, L, M } = value ?? {};
  return S === undefined ? (B ?? SS ?? NS ?? BS ?? L ?? (M && Object.keys(M)))?.length : textSize(S);
}
