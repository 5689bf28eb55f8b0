/**
 * What every expression of DynamoDB is made of: tokens, document paths, names and values that stand for others.
 *
 * Pure.
 * Source   DynamoDB developer guide, "Using expressions in DynamoDB" (read 2026-11-26); texts and which of several faults is
 *          told: as dynalite 4.0.0 has them, whose tests run against AWS.
 */
import type { Attribute } from '../domain/attribute-values';
import { invalid, valueOf } from './attribute-input';
import { isReserved } from './reserved-words';

export type Path = readonly (string | number)[];

/** The members of inputs that stand for names and values. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Attribute>> | undefined;
}

/** What is wrong with an expression, the gravest first. */
const GRAVITY = [
  'parentheses',
  'unknown function',
  'misused function',
  'reserved',
  'section',
  'undefined',
  'overlap',
  'conflict',
  'operands',
  'distinct',
  'types',
] as const;
type Kind = (typeof GRAVITY)[number];

const TOKENS = /\s*(?:([#:]?\w+)|(<>|<=|>=|[=<>(),.[\]+-])|(\S))/gy;
const MOST_CHARACTERS = 4096;

/** Names and values of one call, and which of them its expressions used. */
export class Substitutes {
  private readonly names: ReadonlyMap<string, string>;
  private readonly values: ReadonlyMap<string, Attribute>;
  private readonly unused: Set<string>;

  constructor({ ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Placeholders) {
    refuseKeys('ExpressionAttributeNames', names, /^#\w+$/);
    refuseKeys('ExpressionAttributeValues', values, /^:\w+$/);
    this.names = new Map(Object.entries(names ?? {}));
    this.values = new Map(Object.entries(values ?? {}).map(([key, value]) => [key, checked(key, value)]));
    this.unused = new Set([...this.names.keys(), ...this.values.keys()]);
  }

  nameOf(placeholder: string): string | undefined {
    this.unused.delete(placeholder);
    return this.names.get(placeholder);
  }

  valueOf(placeholder: string): Attribute | undefined {
    this.unused.delete(placeholder);
    return this.values.get(placeholder);
  }

  /** @throws AwsFault naming what no expression used */
  refuseUnused(): void {
    const of = (first: string) => [...this.unused].filter((one) => one.startsWith(first)).join(', ');
    for (const [member, names] of [
      ['ExpressionAttributeNames', of('#')],
      ['ExpressionAttributeValues', of(':')],
    ] as const) {
      if (names !== '') {
        throw invalid(`Value provided in ${member} unused in expressions: keys: {${names}}`);
      }
    }
  }
}

export class ExpressionParser {
  private readonly tokens: readonly string[];
  private readonly faults = new Map<Kind, string>();
  private at = 0;

  constructor(
    /** The member that has the expression, e.g. `FilterExpression`. */
    private readonly member: string,
    text: string,
    private readonly substitutes: Substitutes,
  ) {
    if (text === '') {
      throw this.fault('The expression can not be empty;');
    }
    if (Buffer.byteLength(text) > MOST_CHARACTERS) {
      const size = `expression size: ${Buffer.byteLength(text)}`;
      throw this.fault(`Expression size has exceeded the maximum allowed size; ${size}`);
    }
    this.tokens = this.tokensOf(text);
  }

  /** The token that comes next; undefined at the end. */
  peek(ahead = 0): string | undefined {
    return this.tokens[this.at + ahead];
  }

  next(): string {
    const token = this.peek();
    if (token === undefined) {
      throw this.syntaxFault();
    }
    this.at++;
    return token;
  }

  /** Takes a token, or a word in whichever case, where it comes next. */
  take(token: string): boolean {
    const taken = this.peek()?.toUpperCase() === token;
    this.at += taken ? 1 : 0;
    return taken;
  }

  expect(token: string): void {
    if (!this.take(token)) {
      throw this.syntaxFault();
    }
  }

  /** Things between commas. */
  list<T>(one: () => T): T[] {
    const things = [one()];
    while (this.take(',')) {
      things.push(one());
    }
    return things;
  }

  /** How far ahead the parenthesis is that ends one which is so far ahead; undefined where none does. */
  closing(ahead: number): number | undefined {
    let depth = 0;
    for (let token = this.peek(ahead); token !== undefined; token = this.peek(++ahead)) {
      depth += token === '(' ? 1 : token === ')' ? -1 : 0;
      if (depth === 0) {
        return ahead;
      }
    }
    return undefined;
  }

  get isPlaceholderOfValue(): boolean {
    return this.peek()?.startsWith(':') ?? false;
  }

  get isFunction(): boolean {
    return /^[A-Za-z_]/.test(this.peek() ?? '') && this.peek(1) === '(';
  }

  path(): Path {
    const path: (string | number)[] = [this.name()];
    for (;;) {
      if (this.take('.')) {
        path.push(this.name());
      } else if (this.take('[')) {
        const index = this.next();
        if (!/^\d+$/.test(index)) {
          this.at--;
          throw this.syntaxFault();
        }
        path.push(Number(index));
        this.expect(']');
      } else {
        return path;
      }
    }
  }

  /** A value; one that nobody gave is noted, and is null. */
  value(): Attribute {
    const placeholder = this.next();
    const value = this.substitutes.valueOf(placeholder);
    if (value === undefined) {
      const text = `attribute value: ${placeholder}`;
      this.note('undefined', `An expression attribute value used in expression is not defined; ${text}`);
    }
    return value ?? { NULL: true };
  }

  /** Notes a fault; the first of a kind counts. */
  note(kind: Kind, text: string): void {
    if (!this.faults.has(kind)) {
      this.faults.set(kind, text);
    }
  }

  /** @throws AwsFault when something is left over, or was noted */
  end(): void {
    if (this.peek() !== undefined) {
      throw this.syntaxFault();
    }
    for (const kind of GRAVITY) {
      const text = this.faults.get(kind);
      if (text !== undefined) {
        throw this.fault(text);
      }
    }
  }

  /** Source: AWS's text names the token and its neighbours; how many of them is Assumed. */
  syntaxFault(): Error {
    const token = this.peek() ?? '<EOF>';
    const near = this.tokens.slice(Math.max(0, this.at - 1), this.at + 2).join(' ');
    return this.fault(`Syntax error; token: "${token}", near: "${near}"`);
  }

  fault(text: string): Error {
    return invalid(`Invalid ${this.member}: ${text}`);
  }

  private name(): string {
    const token = this.peek() ?? '';
    if (token.startsWith('#')) {
      this.at++;
      const name = this.substitutes.nameOf(token);
      if (name === undefined) {
        const text = `attribute name: ${token}`;
        this.note('undefined', `An expression attribute name used in the document path is not defined; ${text}`);
      }
      return name ?? token;
    }
    if (!/^[A-Za-z_]/.test(token)) {
      throw this.syntaxFault();
    }
    this.at++;
    if (isReserved(token)) {
      this.note('reserved', `Attribute name is a reserved keyword; reserved keyword: ${token}`);
    }
    return token;
  }

  private tokensOf(text: string): string[] {
    const tokens: string[] = [];
    const end = text.trimEnd().length;
    TOKENS.lastIndex = 0;
    while (TOKENS.lastIndex < end) {
      const [, word, sign, other] = TOKENS.exec(text) ?? [];
      const token = word ?? sign;
      if (token === undefined) {
        const near = `${tokens.at(-1) ?? ''}${other ?? ''}`;
        throw this.fault(`Syntax error; token: "${other ?? ''}", near: "${near}"`);
      }
      tokens.push(token);
    }
    return tokens;
  }
}

/** `[a, [0], b]`, as AWS's texts write paths. */
export function shownPath(path: Path): string {
  return `[${path.map((piece) => (typeof piece === 'number' ? `[${piece}]` : piece)).join(', ')}]`;
}

/** Paths that name one place, or one within the other, or would have one place be a list and a map. */
export function noteOverlaps(parser: ExpressionParser, paths: readonly Path[]): void {
  for (const [index, path] of paths.entries()) {
    for (const before of paths.slice(0, index)) {
      const shared = Math.min(before.length, path.length);
      const differs = path.slice(0, shared).findIndex((piece, at) => piece !== before[at]);
      const rest = `must remove or rewrite one of these paths; path one: ${shownPath(before)}, path two: ${shownPath(path)}`;
      if (differs < 0) {
        parser.note('overlap', `Two document paths overlap with each other; ${rest}`);
      } else if (typeof path[differs] !== typeof before[differs]) {
        parser.note('conflict', `Two document paths conflict with each other; ${rest}`);
      }
    }
  }
}

function refuseKeys(member: string, given: object | undefined, form: RegExp): void {
  const keys = Object.keys(given ?? {});
  if (given !== undefined && keys.length === 0) {
    throw invalid(`${member} must not be empty`);
  }
  const wrong = keys.find((key) => !form.test(key));
  if (wrong !== undefined) {
    throw invalid(`${member} contains invalid key: Syntax error; key: "${wrong}"`);
  }
}

function checked(key: string, value: Attribute): Attribute {
  try {
    return valueOf(value);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw invalid(`ExpressionAttributeValues contains invalid value: ${text} for key ${key}`);
  }
}
