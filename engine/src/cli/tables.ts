/**
 * Tables and lists of the text output.
 *
 * Pure: rows in, lines out; no colour, no trailing blanks, so that a text can be compared and pasted.
 */
import Table from 'cli-table3';

const NO_BORDER = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** What a column holds: text to the left, numbers to the right. */
export type Align = 'left' | 'right';

/** A table, indented by two. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: readonly Align[] = [],
): string {
  const made = new Table({
    head: head.map((title) => title.toUpperCase()),
    chars: NO_BORDER,
    colAligns: head.map((_, index) => aligns[index] ?? 'left'),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  made.push(...rows.map((row) => [...row]));
  return indent(made.toString());
}

/** Each line two further right, blanks at the end cut. */
export function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}

/** `1 finding`, `2 findings`. */
export function plural(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** `12,345`. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
