/**
 * Which behaviours of AWS Backup a test holds: the ids of docs/facts.md, the vectors, and who holds each.
 *
 * Pure: texts in, data out. Used by tools/generate-fidelity.ts and by test/docs/fidelity.test.ts.
 */
import { citedRows } from './facts';

/**
 * How many behaviours each section states, whether or not anything here relies on them yet. A number that is missing
 * from docs/facts.md, from the tests and from the reasons of tools/data/fidelity-out.json fails the tests.
 */
export const BEHAVIOURS: Readonly<Record<string, number>> = {
  'B2.1': 3,
  'B2.2': 6,
  'B2.3': 8,
  'B2.4': 1,
  'B2.5': 1,
  'B2.6': 6,
  'B2.7': 6,
  'B3.1': 9,
  'B3.2': 5,
  'B3.3': 8,
  'B3.4': 5,
  'B4.1': 11,
  'B4.2': 3,
  'B4.3': 9,
  'B4.4': 5,
  'B4.5': 5,
  'B4.6': 8,
  'B5.1': 3,
  'B5.2': 8,
  'B5.3': 8,
  'B5.4': 4,
  'B5.5': 3,
  'B5.6': 3,
  'B5.7': 2,
  'B6.1': 5,
  'B6.2': 5,
  'B6.3': 15,
  'B7.1': 3,
  'B7.2': 2,
  'B7.3': 2,
  'B7.4': 10,
  'B7.5': 8,
  'B7.6': 6,
  B8: 9,
  'B9.1': 4,
  'B9.2': 3,
  'B9.3': 12,
  'B10.1': 6,
  'B10.2': 7,
  'B11.1': 8,
  'B11.2': 7,
  'B11.3': 2,
  'B11.4': 4,
  'B11.5': 2,
  'B11.6': 3,
  'B11.7': 3,
};

/** Vectors of the engine, by number: what each shows. */
export const VECTORS: readonly string[] = [
  'a plan without a schedule runs the next day at 05:00 UTC',
  'bounds of the start window',
  'bounds of lifecycles',
  'bounds of continuous backups',
  'rules that overlap: the longer retention runs',
  'a second job of a busy resource waits, and expires',
  'when points and their copies end',
  'retention and the bounds of a lock',
  'a lock in and after its grace time',
  'logically air-gapped vaults: bounds, readiness, lock',
  'resources, tags and conditions of a selection together',
  'opt-in by tag, by type, and for shapes that types share',
  'what a copy to another account needs',
  'a legal hold over the end of a lifecycle',
  'a deletion that is not permitted',
  'restore testing: windows, choice, validation',
  'a stack with a member that is not supported',
  'full and incremental in a second vault',
  'the control of frequency and retention',
  'inheritance of backup policies',
  'a step over midnight',
  'the maintenance window of a database',
  'a time that daylight saving skips',
  'more than 50 tags',
];

/** One test or group of tests, with the text of its title. */
export interface Titled {
  readonly file: string;
  readonly title: string;
}

const TITLE = /\b(?:test|it|describe)(?:\.each\((?:[^()]|\([^()]*\))*\))?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs;

/** The titles of a test file, in its order; those of `test.each` with their placeholders. */
export function titlesOf(file: string, text: string): Titled[] {
  const lines = [...text.matchAll(TITLE)].map(([, , title = '']) => title);
  const each = [...text.matchAll(/^\s*\]\)\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gms)].map(([, , title = '']) => title);
  return [...new Set([...lines, ...each])].map((title) => ({ file, title: title.replace(/\\(.)/g, '$1') }));
}

/** The ids of every behaviour, in order. */
export function behaviours(): string[] {
  return Object.entries(BEHAVIOURS).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, index) => `${section}/${index + 1}`),
  );
}

/** Whose titles cite an id, by id. */
export function heldBy(titles: readonly Titled[]): Map<string, Titled[]> {
  const held = new Map<string, Titled[]>();
  for (const titled of titles) {
    for (const id of citedRows(titled.title)) {
      held.set(id, [...(held.get(id) ?? []), titled]);
    }
  }
  return held;
}

/** Whose titles name a vector, by its number. */
export function vectorsHeldBy(titles: readonly Titled[]): Map<number, Titled[]> {
  const held = new Map<number, Titled[]>();
  for (const titled of titles) {
    for (const [, number = ''] of titled.title.matchAll(/\bvector (\d+)\b/g)) {
      held.set(Number(number), [...(held.get(Number(number)) ?? []), titled]);
    }
  }
  return held;
}
