/**
 * Changes of items: what an update expression says, and the item that comes of it.
 *
 * Pure: the item that was there stays as it is.
 * Source   DynamoDB developer guide, "Using update expressions in DynamoDB" (read 2026-11-26).
 */
import { type Attribute, type AttributeType, decimalOf, type Item, setOf, typeOf } from '../domain/attribute-values';
import { addDecimals, formatDecimal, negated } from '../kernel/decimals';
import { invalid, numberOf } from './attribute-input';
import { ExpressionParser, noteOverlaps, type Path, type Substitutes } from './expression-parser';
import { atPath } from './item-conditions';

type Term =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: Attribute }
  | { readonly kind: '+' | '-' | 'list_append'; readonly args: readonly [Term, Term] }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: Term };

export type Action =
  | { readonly kind: 'set'; readonly path: Path; readonly term: Term }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: Attribute };

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof SECTIONS)[number];

const NO_SUCH = 'The provided expression refers to an attribute that does not exist in the item';
const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const WRONG_PATH = 'The document path provided in the update expression is invalid for update';
const NAMES: Readonly<Partial<Record<AttributeType, string>>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
};

/** @throws AwsFault ValidationException, with DynamoDB's text */
export function parseUpdate(member: string, text: string, substitutes: Substitutes): Action[] {
  const parser = new ExpressionParser(member, text, substitutes);
  const actions: Action[] = [];
  const seen = new Set<Section>();
  do {
    const section = SECTIONS.find((one) => parser.take(one));
    if (section === undefined) {
      throw parser.syntaxFault();
    }
    if (seen.has(section)) {
      parser.note('section', `The "${section}" section can only be used once in an update expression;`);
    }
    seen.add(section);
    actions.push(...parser.list(() => actionOf(parser, section)));
  } while (parser.peek() !== undefined);
  noteOverlaps(
    parser,
    actions.map(({ path }) => path),
  );
  parser.end();
  return actions;
}

function actionOf(parser: ExpressionParser, section: Section): Action {
  const path = parser.path();
  switch (section) {
    case 'REMOVE':
      return { kind: 'remove', path };
    case 'SET':
      parser.expect('=');
      return { kind: 'set', path, term: sum(parser) };
    default: {
      if (!parser.isPlaceholderOfValue) {
        throw parser.syntaxFault();
      }
      const value = parser.value();
      const name = NAMES[typeOf(value)];
      if (name !== undefined && !(section === 'ADD' && value.N !== undefined)) {
        const said = `operator: ${section}, operand type: ${name}`;
        parser.note('operands', `Incorrect operand type for operator or function; ${said}`);
      }
      return { kind: section === 'ADD' ? 'add' : 'delete', path, value };
    }
  }
}

function sum(parser: ExpressionParser): Term {
  const first = term(parser);
  const sign = parser.take('+') ? '+' : parser.take('-') ? '-' : undefined;
  if (sign === undefined) {
    return first;
  }
  const args = [first, term(parser)] as const;
  noteTypes(parser, sign, args, 'N');
  return { kind: sign, args };
}

function term(parser: ExpressionParser): Term {
  if (parser.take('(')) {
    const inner = sum(parser);
    parser.expect(')');
    return inner;
  }
  if (parser.isPlaceholderOfValue) {
    return { kind: 'value', value: parser.value() };
  }
  return parser.isFunction ? call(parser) : { kind: 'path', path: parser.path() };
}

function call(parser: ExpressionParser): Term {
  const name = parser.next();
  parser.expect('(');
  const args = parser.list(() => term(parser));
  parser.expect(')');
  const [first = NOTHING, second = NOTHING] = args;
  if (name !== 'if_not_exists' && name !== 'list_append') {
    parser.note('unknown function', `Invalid function name; function: ${name}`);
  } else if (args.length !== 2) {
    const said = `operator or function: ${name}, number of operands: ${args.length}`;
    parser.note('types', `Incorrect number of operands for operator or function; ${said}`);
  } else if (name === 'list_append') {
    noteTypes(parser, name, [first, second], 'L');
  } else if (first.kind !== 'path') {
    parser.note('types', `Operator or function requires a document path; operator or function: ${name}`);
  }
  return name === 'if_not_exists' && first.kind === 'path'
    ? { kind: 'if_not_exists', path: first.path, otherwise: second }
    : { kind: 'list_append', args: [first, second] };
}

const NOTHING: Term = { kind: 'value', value: { NULL: true } };

function noteTypes(parser: ExpressionParser, name: string, args: readonly Term[], wanted: AttributeType): void {
  for (const one of args) {
    if (one.kind === 'value' && one.value[wanted] === undefined) {
      const said = `operator or function: ${name}, operand type: ${typeOf(one.value)}`;
      parser.note('types', `Incorrect operand type for operator or function; ${said}`);
    }
  }
}

/** The item after an update; every value is of the item before. */
export function updated(item: Item, actions: readonly Action[]): Item {
  const next = copyOfMap(item);
  const lists = new Set<(Attribute | undefined)[]>();
  const values = actions.map((action) => (action.kind === 'set' ? resolve(action.term, item) : undefined));
  for (const [index, action] of actions.entries()) {
    const place = placeOf(next, action.path, lists);
    switch (action.kind) {
      case 'set':
        place.put(values[index]);
        break;
      case 'remove':
        place.put(undefined);
        break;
      default:
        place.put(action.kind === 'add' ? added(place.value, action.value) : without(place.value, action.value));
    }
  }
  for (const list of lists) {
    // What was put beyond the end comes right behind it.
    const left = list.filter((one) => one !== undefined);
    list.splice(0, list.length, ...left);
  }
  return next;
}

/** Numbers of both signs, or members to a set. */
export function added(before: Attribute | undefined, value: Attribute): Attribute {
  const type = typeOf(value);
  if (before !== undefined && before[type] === undefined) {
    throw invalid(WRONG_TYPE);
  }
  if (type === 'N') {
    return { N: total(before ?? { N: '0' }, value, '+') };
  }
  const there = new Set(setOf(before ?? {}));
  const fresh = membersOf(value).filter((_one, index) => !there.has(setOf(value)[index] ?? ''));
  return { [type]: [...membersOf(before ?? {}), ...fresh] };
}

/** A set without some members; undefined when none is left. */
export function without(before: Attribute | undefined, value: Attribute): Attribute | undefined {
  if (before === undefined) {
    return undefined;
  }
  const type = typeOf(value);
  if (before[type] === undefined) {
    throw invalid(WRONG_TYPE);
  }
  const gone = new Set(setOf(value));
  const left = membersOf(before).filter((_one, index) => !gone.has(setOf(before)[index] ?? ''));
  return left.length === 0 ? undefined : { [type]: left };
}

function membersOf({ SS, NS, BS }: Attribute): readonly (string | Uint8Array)[] {
  return SS ?? NS ?? BS ?? [];
}

function resolve(term: Term, item: Item): Attribute {
  switch (term.kind) {
    case 'value':
      return term.value;
    case 'path': {
      const found = atPath(item, term.path);
      if (found === undefined) {
        throw invalid(NO_SUCH);
      }
      return found;
    }
    case 'if_not_exists':
      return atPath(item, term.path) ?? resolve(term.otherwise, item);
    default: {
      const [first, second] = [resolve(term.args[0], item), resolve(term.args[1], item)];
      return term.kind === 'list_append' ? { L: joined(first, second) } : { N: total(first, second, term.kind) };
    }
  }
}

function joined({ L: first }: Attribute, { L: second }: Attribute): readonly Attribute[] {
  if (first === undefined || second === undefined) {
    throw invalid(WRONG_TYPE);
  }
  return [...first, ...second];
}

function total({ N: first }: Attribute, { N: second }: Attribute, sign: '+' | '-'): string {
  if (first === undefined || second === undefined) {
    throw invalid(WRONG_TYPE);
  }
  const other = decimalOf(second);
  return numberOf(formatDecimal(addDecimals(decimalOf(first), sign === '+' ? other : negated(other))));
}

/** Where a change goes. */
interface Place {
  readonly value: Attribute | undefined;
  put(value: Attribute | undefined): void;
}

type OpenItem = Record<string, Attribute>;
type OpenList = (Attribute | undefined)[];

/** Finds a place; what lies on the way is copied, once, before anything in it changes. */
function placeOf(item: OpenItem, path: Path, lists: Set<OpenList>): Place {
  let holder: OpenItem | OpenList = item;
  for (const piece of path.slice(0, -1)) {
    const value: Attribute | undefined = inside(holder, piece);
    const copied = value && copyOf(value, lists);
    if (copied === undefined) {
      throw invalid(WRONG_PATH);
    }
    setIn(holder, piece, copied.value);
    holder = copied.holder;
  }
  const last = path.at(-1) ?? '';
  if ((typeof last === 'number') !== Array.isArray(holder)) {
    throw invalid(WRONG_PATH);
  }
  const at = holder;
  return { value: inside(at, last), put: (value) => setIn(at, last, value) };
}

function inside(holder: OpenItem | OpenList, piece: string | number): Attribute | undefined {
  if (Array.isArray(holder)) {
    return typeof piece === 'number' ? holder[piece] : undefined;
  }
  return typeof piece === 'number' ? undefined : holder[piece];
}

function setIn(holder: OpenItem | OpenList, piece: string | number, value: Attribute | undefined): void {
  if (Array.isArray(holder)) {
    // Places beyond the end follow each other in the order of their numbers.
    holder[Math.min(Number(piece), holder.length + MOST_GAP)] = value;
  } else if (value === undefined) {
    delete holder[piece];
  } else {
    holder[piece] = value;
  }
}

/** How far beyond the end of a list a number may lie and still count: an array of billions of gaps would be no use. */
const MOST_GAP = 100_000;

/** A map or a list that may be changed, and the value that it is now. */
function copyOf(
  value: Attribute,
  lists: Set<OpenList>,
): { readonly value: Attribute; readonly holder: OpenItem | OpenList } | undefined {
  if (value.M !== undefined) {
    const holder = copyOfMap(value.M);
    return { value: { M: holder }, holder };
  }
  if (value.L === undefined || lists.has(value.L as OpenList)) {
    return value.L && { value, holder: value.L as OpenList };
  }
  const holder: OpenList = [...value.L];
  lists.add(holder);
  return { value: { L: holder as Attribute[] }, holder };
}

function copyOfMap(map: Item): OpenItem {
  return Object.assign(Object.create(null) as OpenItem, map);
}
