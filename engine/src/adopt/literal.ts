/**
 * Values as TypeScript to read and to keep.
 *
 * Pure: a value in, text out; what is undefined is left out.
 */
const PLAIN = /^[A-Za-z_$][\w$]*$/;
const STEP = '  ';

/** Text that stands for itself: a name of a variable, or a member of one. */
export class Code {
  constructor(readonly text: string) {}
}

/** A literal, its lines after the first indented by so many steps. */
export function literal(value: unknown, depth = 0): string {
  if (value instanceof Code) {
    return value.text;
  }
  if (typeof value === 'string') {
    return quoted(value);
  }
  if (Array.isArray(value)) {
    return lines(
      '[',
      value.map((item) => literal(item, depth + 1)),
      ']',
      depth,
    );
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    const texts = members.map(
      ([key, member]) => `${PLAIN.test(key) ? key : quoted(key)}: ${literal(member, depth + 1)}`,
    );
    return lines('{', texts, '}', depth);
  }
  return String(value);
}

/** A name for a variable, made of what the thing is called, that no other has. */
export function nameOf(text: string, kind: string, taken: Set<string>): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const base = `${kind}${joined}`;
  let name = base;
  for (let number = 2; taken.has(name); number++) {
    name = `${base}${number}`;
  }
  taken.add(name);
  return name;
}

function lines(open: string, texts: readonly string[], close: string, depth: number): string {
  if (texts.length === 0) {
    return `${open}${close}`;
  }
  const inner = texts.map((text) => `${STEP.repeat(depth + 1)}${text},\n`).join('');
  return `${open}\n${inner}${STEP.repeat(depth)}${close}`;
}

function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}
