/**
 * What mutants of each file of the domain told when they were tried last: measurements.json beside this file, from which
 * docs/mutation.md is written. A run measures a few files, and leaves what is known of all others.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
export const DOMAIN = 'engine/src/domain/';
const KEPT = join(__dirname, 'measurements.json');
/** Words and numbers, whose mutants say no more than the table itself. */
const TABLES = /^(reasons|event-codes|policy\/aws-managed|policy\/managed\/.*)\.ts$/;

/** What a mutant that no test noticed makes of the line that it begins in; both without line breaks. */
export type Survivor = readonly [line: string, becomes: string];

/** Of one file. */
export interface Measured {
  /** How git calls the content that was measured. */
  readonly content: string;
  /** The day, e.g. 2026-11-27. */
  readonly on: string;
  readonly killed: number;
  /** Mutants that loop without end. */
  readonly timeouts: number;
  readonly survived: number;
  /** Those that no test reaches. */
  readonly unreached: number;
  readonly survivors: readonly Survivor[];
}

/** By path below engine/src/domain. */
export type MeasuredFiles = Readonly<Record<string, Measured>>;

/** A file in a report of Stryker, as far as it is read here. */
export interface ReportedFile {
  readonly source: string;
  readonly mutants: readonly {
    readonly status: string;
    readonly replacement?: string;
    readonly location: { readonly start: { readonly line: number } };
  }[];
}

/** The files of the domain that have mutants to try, by path below it. */
export function triedFiles(): string[] {
  const files = readdirSync(join(ROOT, DOMAIN), { recursive: true, encoding: 'utf8' });
  return files.filter((name) => name.endsWith('.ts') && !TABLES.test(name)).sort();
}

/** As `git hash-object` answers. */
export function contentId(source: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(source)}\0${source}`)
    .digest('hex');
}

/** What there is now, by path below the domain. */
export function contentIds(names: readonly string[]): Map<string, string> {
  return new Map(names.map((name) => [name, contentId(readFileSync(join(ROOT, DOMAIN, name), 'utf8'))]));
}

/** @param on the day of the run */
export function measuredOf({ source, mutants }: ReportedFile, on: string): Measured {
  const lines = source.split('\n');
  const count = (status: string) => mutants.filter((mutant) => mutant.status === status).length;
  const survivors = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ location, replacement = '' }): Survivor => [
      plain(lines[location.start.line - 1] ?? ''),
      plain(replacement),
    ]);
  return {
    content: contentId(source),
    on,
    killed: count('Killed'),
    timeouts: count('Timeout'),
    survived: count('Survived'),
    unreached: count('NoCoverage'),
    survivors,
  };
}

/** With what a run told of some files, without those that are gone. */
export function taken(
  known: MeasuredFiles,
  reported: Readonly<Record<string, ReportedFile>>,
  names: readonly string[],
  on: string,
): MeasuredFiles {
  const all = names.flatMap((name) => {
    const file = reported[DOMAIN + name];
    const measured = file === undefined ? known[name] : measuredOf(file, on);
    return measured === undefined ? [] : [[name, measured] as const];
  });
  return Object.fromEntries(all);
}

/** Files whose content was never measured as it is now. */
export function due(known: MeasuredFiles, contents: ReadonlyMap<string, string>): string[] {
  return [...contents].filter(([name, content]) => known[name]?.content !== content).map(([name]) => name);
}

/** One line for each survivor, so that a change shows what it is about. */
export function rendered(files: MeasuredFiles): string {
  const text = JSON.stringify(files, undefined, 2);
  return `${text.replace(/\[\n\s+("(?:[^"\\]|\\.)*"),\n\s+("(?:[^"\\]|\\.)*")\n\s+\]/g, '[$1, $2]')}\n`;
}

export function readMeasured(): MeasuredFiles {
  return JSON.parse(readFileSync(KEPT, 'utf8')) as MeasuredFiles;
}

export function keepMeasured(files: MeasuredFiles): void {
  writeFileSync(KEPT, rendered(files));
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
