/**
 * Functions on text.
 *
 * Pure.
 * Source   Terraform language docs, "String Functions".
 */
import { ExpressionFault, isList, toItems, toNumber, toText, Unknown, Value } from '../values';
import { argument, FunctionTable } from './function-table';
import { formatText } from './format';
import { matchAll, matchFirst, replaceAll } from './regular-expressions';

const text = (args: readonly Value[], i: number, name: string): string =>
  toText(argument(args, i), `an argument of ${name}()`);

function on(convert: (given: string) => Value): FunctionTable[string] {
  return { least: 1, most: 1, call: (args, name) => convert(text(args, 0, name)) };
}

function onTwo(convert: (a: string, b: string) => Value): FunctionTable[string] {
  return { least: 2, most: 2, call: (args, name) => convert(text(args, 0, name), text(args, 1, name)) };
}

export const STRINGS: FunctionTable = {
  chomp: on((s) => s.replace(/(\r\n|\n|\r)+$/, '')),
  endswith: onTwo((s, end) => s.endsWith(end)),
  format: { least: 1, call: (args, name) => formatText(text(args, 0, name), args.slice(1)) },
  formatlist: { least: 1, call: formatList },
  indent: { least: 2, most: 2, call: indent },
  join: { least: 1, call: join },
  lower: on((s) => s.toLowerCase()),
  regex: onTwo((pattern, s) => matchFirst(pattern, s)),
  regexall: onTwo((pattern, s) => matchAll(pattern, s)),
  replace: {
    least: 3,
    most: 3,
    call: (args, name) => replace(text(args, 0, name), text(args, 1, name), text(args, 2, name)),
  },
  split: onTwo((separator, s) => (s === '' ? [''] : s.split(separator))),
  startswith: onTwo((s, start) => s.startsWith(start)),
  strcontains: onTwo((s, part) => s.includes(part)),
  strrev: on((s) =>
    [...new Intl.Segmenter('en').segment(s)]
      .map((x) => x.segment)
      .reverse()
      .join(''),
  ),
  substr: { least: 3, most: 3, call: (args, name) => substr(text(args, 0, name), args) },
  title: on((s) =>
    s.replace(/(^|[^\p{L}\p{N}_])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
  ),
  trim: onTwo((s, cut) => trimEnd(trimStart(s, cut), cut)),
  trimprefix: onTwo((s, prefix) => (s.startsWith(prefix) ? s.slice(prefix.length) : s)),
  trimspace: on((s) => s.trim()),
  trimsuffix: onTwo((s, suffix) => (suffix !== '' && s.endsWith(suffix) ? s.slice(0, -suffix.length) : s)),
  upper: on((s) => s.toUpperCase()),
};

function trimStart(given: string, cut: string): string {
  const letters = [...given];
  const from = letters.findIndex((letter) => !cut.includes(letter));
  return from < 0 ? '' : letters.slice(from).join('');
}

function trimEnd(given: string, cut: string): string {
  const letters = [...given];
  const last = letters.findLastIndex((letter) => !cut.includes(letter));
  return letters.slice(0, last + 1).join('');
}

function join(args: readonly Value[], name: string): Value {
  const items = args.slice(1).flatMap((arg) => toItems(arg, `a list of ${name}()`));
  return items.map((item) => toText(item, 'an item of join()')).join(text(args, 0, name));
}

function indent(args: readonly Value[], name: string): Value {
  const spaces = toNumber(argument(args, 0), 'the spaces of indent()');
  if (!(spaces >= 0 && spaces <= 1000)) throw new ExpressionFault(`indent() takes 0 to 1000 spaces, got ${spaces}`);
  return text(args, 1, name).replace(/\n/g, `\n${' '.repeat(spaces)}`);
}

/** A pattern between slashes is a regular expression, anything else is text. */
function replace(given: string, what: string, by: string): Value {
  if (what.length > 1 && what.startsWith('/') && what.endsWith('/')) return replaceAll(what.slice(1, -1), given, by);
  const size = what === '' ? given.length + 1 : given.split(what).length;
  if (size * by.length > 10_000_000) throw new ExpressionFault('replace() makes more than 10,000,000 characters');
  return given.replaceAll(what, () => by);
}

function substr(given: string, args: readonly Value[]): Value {
  const letters = [...new Intl.Segmenter('en').segment(given)].map((x) => x.segment);
  let offset = toNumber(argument(args, 1), 'the offset of substr()');
  const length = toNumber(argument(args, 2), 'the length of substr()');
  if (offset < 0) offset += letters.length;
  if (offset < 0) offset = 0;
  return letters.slice(offset, length < 0 ? undefined : offset + length).join('');
}

function formatList(args: readonly Value[], name: string): Value {
  const rest = args.slice(1);
  const lengths = rest.filter(isList).map((list) => list.length);
  const rows = lengths[0] ?? 1;
  if (lengths.some((length) => length !== rows)) {
    throw new ExpressionFault(`the lists of ${name}() must be of one length, got ${lengths.join(' and ')}`);
  }
  const pattern = text(args, 0, name);
  const made: Value[] = [];
  for (let row = 0; row < rows; row += 1) {
    const value = formatText(
      pattern,
      rest.map((arg) => (isList(arg) ? (arg[row] ?? null) : arg)),
    );
    if (value instanceof Unknown) return value;
    made.push(value);
  }
  return made;
}
