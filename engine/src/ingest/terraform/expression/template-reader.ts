/**
 * Templates: text with `${…}` interpolations and `%{if}`, `%{for}` directives.
 *
 * Owns     nothing; moves the place of the lexer that it is given.
 * Source   HCL native syntax specification, "Templates"; Terraform language docs, "Strings and Templates".
 */
import type { Lexer } from './lexer';
import type { Parser } from './parser';
import type { Expression, TemplatePart } from './syntax';
import { ExpressionFault } from './values';

/** What ends a run of parts: the end of the text, or one of these directives. */
type Ending = 'end' | 'else' | 'endif' | 'endfor';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Directives inside each other that no configuration reaches. */
const DEEPEST = 50;

export class TemplateReader {
  private depth = 0;

  constructor(
    private readonly lexer: Lexer,
    private readonly parser: Parser,
  ) {}

  /** Reads to the end of the source, or behind the closing quote. */
  template(quoted: boolean): Expression {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new ExpressionFault(`is nested deeper than ${DEEPEST} templates`);
    const parts: TemplatePart[] = [];
    this.parts(parts, quoted, ['end']);
    this.depth -= 1;
    const only = parts[0];
    if (parts.length === 0) return { kind: 'literal', value: '' };
    if (parts.length === 1 && typeof only === 'string') return { kind: 'literal', value: only };
    // A template that is one interpolation and nothing else keeps the value's type.
    if (parts.length === 1 && typeof only === 'object' && only.kind === 'interpolation') return only.expression;
    return { kind: 'template', parts };
  }

  private parts(into: TemplatePart[], quoted: boolean, endings: readonly Ending[], strip = false): Ending {
    let text = '';
    let stripNext = strip;
    const flush = (strip: boolean): void => {
      const kept = strip ? stripEnd(text) : text;
      if (kept !== '') into.push(kept);
      text = '';
    };
    for (;;) {
      const piece = this.text(quoted);
      text += stripNext ? stripStart(piece) : piece;
      if (piece !== '') stripNext = false;
      const opening = this.lexer.takeMatch(/[$%]\{~?/y);
      if (opening === undefined) {
        flush(false);
        if (quoted && this.lexer.takeMatch(/"/y) === undefined) throw new ExpressionFault('a quote is not closed');
        if (!endings.includes('end')) throw new ExpressionFault(`%{ ${endings.join(' or ')} } is missing`);
        return 'end';
      }
      flush(opening.endsWith('~'));
      this.parser.advance();
      const ending = opening.startsWith('%') ? this.directive(into, quoted) : this.interpolation(into);
      stripNext = this.strips;
      if (ending === undefined) continue;
      if (!endings.includes(ending)) throw new ExpressionFault(`%{ ${ending} } has no beginning`);
      return ending;
    }
  }

  private strips = false;

  /** `}` or `~}`: the current token is the brace, and the lexer stands behind it. */
  private close(): void {
    this.strips = this.parser.is('~');
    if (this.strips) this.parser.advance();
    if (!this.parser.is('}')) this.parser.fail("'}'");
  }

  private interpolation(into: TemplatePart[]): undefined {
    const expression = this.parser.expression();
    this.close();
    into.push({ kind: 'interpolation', expression });
    return undefined;
  }

  private directive(into: TemplatePart[], quoted: boolean): Ending | undefined {
    const word = this.parser.identifier();
    if (word === 'else' || word === 'endif' || word === 'endfor') {
      this.close();
      return word;
    }
    this.depth += 1;
    if (this.depth > DEEPEST) throw new ExpressionFault(`is nested deeper than ${DEEPEST} templates`);
    if (word === 'if') this.ifDirective(into, quoted);
    else if (word === 'for') this.forDirective(into, quoted);
    else throw new ExpressionFault(`%{ ${word} } is not a directive`);
    this.depth -= 1;
    return undefined;
  }

  private ifDirective(into: TemplatePart[], quoted: boolean): void {
    const condition = this.parser.expression();
    this.close();
    const yes: TemplatePart[] = [];
    const no: TemplatePart[] = [];
    if (this.stripped(yes, quoted, ['else', 'endif']) === 'else') this.stripped(no, quoted, ['endif']);
    into.push({ kind: 'if', condition, yes, no });
  }

  private forDirective(into: TemplatePart[], quoted: boolean): void {
    const [keyName, valueName] = this.parser.loopNames();
    const over = this.parser.expression();
    this.close();
    const body: TemplatePart[] = [];
    this.stripped(body, quoted, ['endfor']);
    into.push({ kind: 'for', keyName, valueName, over, body });
  }

  /** Parts after a marker that may strip the blanks before them. */
  private stripped(into: TemplatePart[], quoted: boolean, endings: readonly Ending[]): Ending {
    return this.parts(into, quoted, endings, this.strips);
  }

  /** Text up to the next marker or the end. */
  private text(quoted: boolean): string {
    let text = '';
    for (;;) {
      text += this.lexer.takeMatch(quoted ? /[^$%"\\\n]+/y : /[^$%]+/y) ?? '';
      if (this.lexer.takeMatch(/\$\$\{/y) !== undefined) text += '${';
      else if (this.lexer.takeMatch(/%%\{/y) !== undefined) text += '%{';
      else if (quoted && this.lexer.takeMatch(/\\/y) !== undefined) text += this.escape();
      else {
        const lone = this.lexer.takeMatch(/[$%](?!\{)/y);
        if (lone === undefined) return text;
        text += lone;
      }
    }
  }

  private escape(): string {
    const code = this.lexer.takeMatch(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
    if (code !== undefined) {
      const point = parseInt(code.slice(1), 16);
      if (point > 0x10ffff) throw new ExpressionFault(`\\${code} is no character`);
      return String.fromCodePoint(point);
    }
    const character = this.lexer.takeMatch(/[nrt"\\]/y);
    if (character === undefined) throw new ExpressionFault('a backslash begins no escape that Terraform knows');
    return ESCAPES[character] ?? '';
  }
}

/** `~}` takes blanks up to the end of their line, no further (seen in Terraform 1.11). */
function stripStart(text: string): string {
  const line = /^[^\n]*\n?/.exec(text)?.[0] ?? '';
  return line.trimStart() + text.slice(line.length);
}

/** `{~` takes the blanks of the last line. */
function stripEnd(text: string): string {
  const line = /[^\n]*\n?$/.exec(text)?.[0] ?? '';
  return text.slice(0, text.length - line.length) + line.trimEnd();
}
