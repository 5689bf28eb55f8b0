/**
 * Where JSON stops being JSON: line, column, and what was expected there.
 *
 * Pure. `JSON.parse` decides whether a text is JSON; this only finds the place, since the parser's own
 * message differs between versions of Node and often names none.
 * Source   RFC 8259.
 */

/** A place in a text, both numbers from 1. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  /** What is wrong there, e.g. `the text ends inside an object`. */
  readonly what: string;
}

type Expecting = 'value' | 'key' | 'colon' | 'separator' | 'first-key' | 'first-value' | 'end';

const WANTED: Readonly<Record<Expecting, string>> = {
  value: 'a value',
  'first-value': "a value or ']'",
  key: 'a key in double quotes',
  'first-key': "a key in double quotes or '}'",
  colon: "':'",
  separator: "','",
  end: 'nothing more',
};

const SPACE = /[\t\n\r ]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)/y;

/** Moves past a string or another scalar, and says whether there was one. */
interface Scan {
  string(): boolean;
  scalar(): boolean;
}

/** The first place where `text` is not JSON; undefined when it is. */
export function findJsonFault(text: string): Fault | undefined {
  const open: ('{' | '[')[] = [];
  let expecting: Expecting = 'value';
  let at = 0;
  const pass = (end: number): boolean => {
    at = end === -1 ? at : end;
    return end !== -1;
  };
  const scan: Scan = {
    string: () => pass(stringEnd(text, at)),
    scalar: () => pass(matchEnd(SCALAR, text, at)),
  };
  for (;;) {
    pass(matchEnd(SPACE, text, at));
    const char = text[at];
    if (char === undefined) {
      return expecting === 'end' ? undefined : faultAt(text, at, ended(open.at(-1)));
    }
    const next = step(char, expecting, open, scan);
    if (next === undefined) {
      return faultAt(text, at, wrong(char, expecting, open.at(-1)));
    }
    at += next.consumed;
    expecting = next.expecting;
  }
}

/**
 * The first key that an object of `text` gives twice. `JSON.parse` keeps the last and says nothing.
 *
 * @param text what `JSON.parse` takes
 */
export function findJsonRepeat(text: string): Fault | undefined {
  /** The keys so far of each object that is open; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : undefined);
      isKey = char === '{';
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === ',') {
      isKey = open.at(-1) !== undefined;
    } else if (char === '"') {
      const end = closingQuote(text, at);
      if (isKey) {
        const key = JSON.parse(text.slice(at, end + 1)) as string;
        const keys = open.at(-1);
        // Terraform takes `//` as a comment, however often.
        if (keys?.has(key) === true && key !== '//') {
          return faultAt(text, at, `gives ${JSON.stringify(key)} twice`);
        }
        keys?.add(key);
        isKey = false;
      }
      at = end;
    }
  }
  return undefined;
}

/** Where the string that opens at `at` closes. */
function closingQuote(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') {
      slashes += 1;
    }
    if (slashes % 2 === 0) {
      return end;
    }
  }
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Where the string at `at` ends, -1 when it does not. A loop: a pattern would recurse on long strings. */
function stringEnd(text: string, at: number): number {
  if (text[at] !== '"') {
    return -1;
  }
  for (let i = at + 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x22) {
      return i + 1;
    }
    if (code < 0x20) {
      return -1;
    }
    if (code === 0x5c) {
      const end = matchEnd(ESCAPE, text, i);
      if (end === -1) {
        return -1;
      }
      i = end - 1;
    }
  }
  return -1;
}

/** One token further; undefined when the token does not belong here. */
function step(
  char: string,
  expecting: Expecting,
  open: ('{' | '[')[],
  scan: Scan,
): { expecting: Expecting; consumed: number } | undefined {
  const after = (): Expecting => (open.length === 0 ? 'end' : 'separator');
  const isValue = expecting === 'value' || expecting === 'first-value';
  const isKey = expecting === 'key' || expecting === 'first-key';
  if (char === '}' || char === ']') {
    const opener = char === '}' ? '{' : '[';
    const empty = char === '}' ? 'first-key' : 'first-value';
    if (open.at(-1) !== opener || (expecting !== 'separator' && expecting !== empty)) {
      return undefined;
    }
    open.pop();
    return { expecting: after(), consumed: 1 };
  }
  if (isValue && (char === '{' || char === '[')) {
    open.push(char);
    return { expecting: char === '{' ? 'first-key' : 'first-value', consumed: 1 };
  }
  if (expecting === 'colon' && char === ':') {
    return { expecting: 'value', consumed: 1 };
  }
  if (expecting === 'separator' && char === ',') {
    return { expecting: open.at(-1) === '{' ? 'key' : 'value', consumed: 1 };
  }
  if (isKey && scan.string()) {
    return { expecting: 'colon', consumed: 0 };
  }
  if (isValue && (scan.string() || scan.scalar())) {
    return { expecting: after(), consumed: 0 };
  }
  return undefined;
}

function ended(inside: '{' | '[' | undefined): string {
  return inside === undefined ? 'the text is empty' : `the text ends inside an ${inside === '{' ? 'object' : 'array'}`;
}

function wrong(char: string, expecting: Expecting, inside: '{' | '[' | undefined): string {
  if (char === '"' && expecting !== 'colon' && expecting !== 'separator' && expecting !== 'end') {
    return 'a string has no end, or holds a character that must be escaped';
  }
  const close = expecting === 'separator' ? ` or '${inside === '{' ? '}' : ']'}'` : '';
  return `expected ${WANTED[expecting]}${close}, got '${char}'`;
}

/** A fault at an offset of a text. */
function faultAt(text: string, offset: number, what: string): Fault {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', end + 1)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: offset - start + 1, what };
}
