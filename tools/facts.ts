/**
 * The facts of docs/facts.md and who cites them: ids, anchors, citations.
 *
 * Pure: texts in, data out. Used by tools/generate-rules-table.ts and by test/docs/facts.test.ts.
 */

/** A row (`B3.4/2`, `2.1 RuleName`) or a section (`3.4`) of docs/facts.md. */
export interface Fact {
  readonly id: string;
  readonly anchor: string;
  /** What the row says; empty for a section. */
  readonly text: string;
}

const CITED_ROWS = /\bB(\d+(?:\.\d+)?)\/(\d+)(?: to B\1\/(\d+))?/g;
/** `B3.4`, but neither the beginning of `B3.4/2` nor that of a longer number. */
const CITED_SECTION = /\bB(\d+\.\d+)(?![\d/]|\.\d)/g;

/** The rows and sections of the page, in its order. */
export function factsOf(page: string): Fact[] {
  const rows = [...page.matchAll(/^\| <a id="([^"]+)"><\/a>`([^`]+)` \| (.*) \|$/gm)];
  const sections = [...page.matchAll(/^#+ <a id="([^"]+)"><\/a>(\d[\d.]*) /gm)];
  return [
    ...rows.map(([, anchor = '', id = '', text = '']) => ({ id, anchor, text })),
    ...sections.map(([, anchor = '', id = '']) => ({ id, anchor, text: '' })),
  ];
}

/** `B3.4/2` and `3.4` give `b3-4-2` and `b3-4`; `feature table` gives `feature-table`. */
export function factAnchor(id: string): string {
  const slug = id.replace(/^B(?=\d)/, '').toLowerCase();
  return (/^\d/.test(slug) ? `b${slug}` : slug).replace(/[^a-z0-9]+/g, '-');
}

/** The rows (`B3.4/2`) that a text cites; `B3.4/2 to B3.4/5` are four. */
export function citedRows(text: string): string[] {
  return [...text.matchAll(CITED_ROWS)].flatMap(([, section, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `B${section}/${Number(first) + index}`),
  );
}

/** The sections that a text cites as a whole, without their `B`. */
export function citedSections(text: string): string[] {
  return [...text.matchAll(CITED_SECTION)].map(([, id = '']) => id);
}

const PREFIX = 'AWS Backup facts ';
const BETWEEN = /(, | and section )/;

/** The source of a rule up to its ids, and then in turn an id and what stands before the next. */
function parts(source: string): [before: string, rest: string[]] {
  const at = source.indexOf(PREFIX);
  const end = at + PREFIX.length;
  return at < 0 ? [source, []] : [source.slice(0, end), source.slice(end).split(BETWEEN)];
}

/** The ids that the source of a rule names, after `AWS Backup facts`; none for a page. */
export function idsOfSource(source: string): string[] {
  return parts(source)[1].filter((part) => !BETWEEN.test(part));
}

/** The source of a rule with each of its ids made a link into the page. */
export function linkedSource(source: string, page: string): string {
  const [before, rest] = parts(source);
  return before + rest.map((part) => (BETWEEN.test(part) ? part : `[${part}](${page}#${factAnchor(part)})`)).join('');
}
