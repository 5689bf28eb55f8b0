/**
 * Tokens of an expression, one at a time, so that the parser can read a template's text between them.
 *
 * Owns     its place in the source.
 * Source   HCL native syntax specification, "Lexical Elements".
 */
import { ExpressionFault } from './values';

export type TokenKind = 'identifier' | 'number' | 'symbol' | 'quote' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
  /** Whether a line ended between the token before and this one: it parts the entries of an object. */
  readonly afterNewline: boolean;
}

const SYMBOLS = ['...', '=>', '==', '!=', '<=', '>=', '&&', '||', '::', ...'{}[]()?:,.=<>+-*/%!~'];

export class Lexer {
  /** The first character that no token has taken yet. */
  position = 0;

  constructor(readonly source: string) {}

  next(): Token {
    const afterNewline = this.skipBlanks();
    const at = this.position;
    const character = this.source[at];
    if (character === undefined) return { kind: 'end', text: '', at, afterNewline };
    if (character === '"') return this.take('quote', 1, afterNewline);
    const word = this.match(/[\p{L}_][\p{L}\p{N}_-]*/uy);
    if (word !== undefined) return this.take('identifier', word.length, afterNewline);
    const number = this.match(/\d+(\.\d+)?([eE][+-]?\d+)?/y);
    if (number !== undefined) return this.take('number', number.length, afterNewline);
    const symbol = SYMBOLS.find((s) => this.source.startsWith(s, at));
    if (symbol !== undefined) return this.take('symbol', symbol.length, afterNewline);
    throw new ExpressionFault(`character ${JSON.stringify(character)} at ${at} is not part of an expression`);
  }

  /** What `pattern` (sticky) finds here, taken; undefined and nothing taken when it finds nothing. */
  takeMatch(pattern: RegExp): string | undefined {
    const found = this.match(pattern);
    if (found !== undefined) this.position += found.length;
    return found;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    return pattern.exec(this.source)?.[0];
  }

  private take(kind: TokenKind, length: number, afterNewline: boolean): Token {
    const at = this.position;
    this.position += length;
    return { kind, text: this.source.slice(at, this.position), at, afterNewline };
  }

  private skipBlanks(): boolean {
    const from = this.position;
    const blanks = this.takeMatch(/(\s|#[^\n]*|\/\/[^\n]*|\/\*([^*]|\*(?!\/))*\*\/)+/y);
    return blanks !== undefined && this.source.slice(from, this.position).includes('\n');
  }
}
