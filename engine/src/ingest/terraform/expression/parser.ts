/**
 * Text of a JSON configuration string as an expression: templates by descent, operators by precedence (Pratt).
 *
 * Pure. A string of Terraform JSON is a template; backslashes mean nothing there, in quotes inside `${…}` they do.
 * Source   Terraform language docs, "JSON Configuration Syntax: Expression Mapping"; HCL native syntax specification.
 * Assumed  Here documents inside `${…}` are not read.
 */
import { Lexer, Token } from './lexer';
import { TemplateReader } from './template-reader';
import { BinaryOperator, Expression, ForExpression, PRECEDENCE } from './syntax';
import { ExpressionFault } from './values';

/** Nesting that no configuration reaches, before the stack ends. */
const DEEPEST = 100;

/**
 * A JSON string as an expression: a literal when it holds no `${` or `%{`.
 *
 * @throws ExpressionFault when the text is no template
 */
export function parseTemplate(source: string): Expression {
  if (!source.includes('${') && !source.includes('%{')) return { kind: 'literal', value: source };
  return new Parser(source).wholeTemplate();
}

/** Text such as `aws_backup_vault.v` that stands where only an expression may. @throws ExpressionFault */
export function parseExpression(source: string): Expression {
  return new Parser(source).wholeExpression();
}

export class Parser {
  private readonly lexer: Lexer;
  private readonly templates: TemplateReader;
  private token: Token = { kind: 'end', text: '', at: 0, afterNewline: false };
  private depth = 0;
  /** Whether the end of a line ends an expression: inside the braces of an object. */
  private linesEnd = false;

  constructor(source: string) {
    this.lexer = new Lexer(source);
    this.templates = new TemplateReader(this.lexer, this);
  }

  wholeTemplate(): Expression {
    return this.templates.template(false);
  }

  wholeExpression(): Expression {
    this.advance();
    const expression = this.expression();
    if (this.token.kind !== 'end') this.fail('the end');
    return expression;
  }

  /** The next token becomes the current one. */
  advance(): void {
    this.token = this.lexer.next();
  }

  is(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  isWord(word: string): boolean {
    return this.token.kind === 'identifier' && this.token.text === word;
  }

  take(symbol: string): boolean {
    if (!this.is(symbol)) return false;
    this.advance();
    return true;
  }

  expect(symbol: string): void {
    if (!this.take(symbol)) this.fail(`'${symbol}'`);
  }

  identifier(): string {
    if (this.token.kind !== 'identifier') this.fail('a name');
    const name = this.token.text;
    this.advance();
    return name;
  }

  fail(wanted: string): never {
    const got = this.token.kind === 'end' ? 'the end' : `'${this.token.text}'`;
    throw new ExpressionFault(`at character ${this.token.at} ${wanted} is expected, got ${got}`);
  }

  expression(): Expression {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new ExpressionFault(`is nested deeper than ${DEEPEST}`);
    const condition = this.binary(1);
    let result = condition;
    if (this.continues() && this.take('?')) {
      const yes = this.inside(false, () => this.expression());
      this.expect(':');
      const no = this.expression();
      result = { kind: 'conditional', condition, yes, no };
    }
    this.depth -= 1;
    return result;
  }

  private continues(): boolean {
    return !(this.linesEnd && this.token.afterNewline);
  }

  private inside<T>(linesEnd: boolean, read: () => T): T {
    const before = this.linesEnd;
    this.linesEnd = linesEnd;
    const result = read();
    this.linesEnd = before;
    return result;
  }

  private binary(least: number): Expression {
    let left = this.unary();
    for (;;) {
      const precedence = this.operatorPrecedence();
      if (precedence === undefined || precedence < least || !this.continues()) return left;
      const operator = this.token.text as BinaryOperator;
      this.advance();
      left = { kind: 'binary', operator, left, right: this.binary(precedence + 1) };
    }
  }

  private operatorPrecedence(): number | undefined {
    if (this.token.kind !== 'symbol' || !Object.hasOwn(PRECEDENCE, this.token.text)) return undefined;
    return PRECEDENCE[this.token.text as BinaryOperator];
  }

  private unary(): Expression {
    for (const operator of ['-', '!'] as const) {
      if (!this.is(operator)) continue;
      this.depth += 1;
      if (this.depth > DEEPEST) throw new ExpressionFault(`is nested deeper than ${DEEPEST}`);
      this.advance();
      const operand = this.unary();
      this.depth -= 1;
      return { kind: 'unary', operator, operand };
    }
    return this.postfix(this.primary());
  }

  private postfix(start: Expression): Expression {
    let of = start;
    for (;;) {
      if (this.is('.')) of = this.dot(of);
      else if (this.is('[') && this.continues()) of = this.bracket(of);
      else return of;
    }
  }

  /** `.name`, `.0` (old form of an index) or `.*` (old form of a splat, which ends at an index). */
  private dot(of: Expression): Expression {
    const digits = this.lexer.takeMatch(/\d+/y);
    if (digits !== undefined) {
      this.advance();
      return { kind: 'index', of, key: { kind: 'literal', value: Number(digits) } };
    }
    this.advance();
    if (!this.take('*')) return { kind: 'attribute', of, name: this.identifier() };
    let each: Expression = { kind: 'splat-item' };
    while (this.is('.')) {
      this.advance();
      each = { kind: 'attribute', of: each, name: this.identifier() };
    }
    return { kind: 'splat', of, each };
  }

  /** `[key]`, or `[*]` with all the steps after it. */
  private bracket(of: Expression): Expression {
    this.advance();
    if (this.take('*')) {
      this.expect(']');
      return { kind: 'splat', of, each: this.postfix({ kind: 'splat-item' }) };
    }
    const key = this.inside(false, () => this.expression());
    this.expect(']');
    return { kind: 'index', of, key };
  }

  private primary(): Expression {
    if (this.token.kind === 'quote') {
      const template = this.templates.template(true);
      this.advance();
      return template;
    }
    if (this.token.kind === 'number') {
      const value = Number(this.token.text);
      this.advance();
      return { kind: 'literal', value };
    }
    if (this.token.kind === 'identifier') return this.nameOrCall();
    if (this.take('(')) {
      const inner = this.inside(false, () => this.expression());
      this.expect(')');
      return inner;
    }
    if (this.take('[')) return this.inside(false, () => this.list());
    if (this.take('{')) return this.inside(true, () => this.object());
    return this.fail('a value');
  }

  private nameOrCall(): Expression {
    let name = this.identifier();
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    if (name === 'null') return { kind: 'literal', value: null };
    while (this.take('::')) name += `::${this.identifier()}`;
    if (!this.is('(')) return { kind: 'name', name };
    this.advance();
    return this.inside(false, () => this.call(name));
  }

  private call(name: string): Expression {
    const args: Expression[] = [];
    let spread = false;
    while (!this.is(')')) {
      args.push(this.expression());
      spread = this.take('...');
      if (spread || !this.take(',')) break;
    }
    this.expect(')');
    return { kind: 'call', name, args, spread };
  }

  private list(): Expression {
    if (this.isWord('for')) return this.forExpression(']');
    const items: Expression[] = [];
    while (!this.is(']')) {
      items.push(this.expression());
      if (!this.take(',')) break;
    }
    this.expect(']');
    return { kind: 'list', items };
  }

  private object(): Expression {
    if (this.isWord('for')) return this.inside(false, () => this.forExpression('}'));
    const entries: [Expression, Expression][] = [];
    while (!this.is('}')) {
      const key = this.objectKey();
      if (!this.take('=')) this.expect(':');
      entries.push([key, this.expression()]);
      if (!this.take(',') && !this.is('}') && !this.token.afterNewline) this.fail("',' or '}'");
    }
    this.expect('}');
    return { kind: 'object', entries };
  }

  /** A bare name is a key, not a reference. */
  private objectKey(): Expression {
    const key = this.expression();
    return key.kind === 'name' ? { kind: 'literal', value: key.name } : key;
  }

  private forExpression(closing: ']' | '}'): ForExpression {
    this.advance();
    const [keyName, valueName] = this.loopNames();
    const over = this.expression();
    this.expect(':');
    let value = this.expression();
    let key: Expression | undefined;
    if (closing === '}') {
      this.expect('=>');
      key = value;
      value = this.expression();
    }
    const grouped = this.take('...');
    let condition: Expression | undefined;
    if (this.isWord('if')) {
      this.advance();
      condition = this.expression();
    }
    this.expect(closing);
    return { kind: 'for', keyName, valueName, over, key, value, condition, grouped };
  }

  /** `v in` or `k, v in`. */
  loopNames(): [string | undefined, string] {
    const first = this.identifier();
    const second = this.take(',') ? this.identifier() : undefined;
    if (!this.isWord('in')) this.fail("'in'");
    this.advance();
    return second === undefined ? [undefined, first] : [first, second];
  }
}
