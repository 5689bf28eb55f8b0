/**
 * What a page says of single resources: their points, one by one, and how old their data was. Written in columns.
 *
 * Pure: the page reads with this what the engine wrote.
 * Units    instants are milliseconds since 1970, ages and lives milliseconds, sizes bytes. NEVER is written as -1.
 */
import { VarintReader, VarintWriter } from './varints';

/** `count` instants from `first` on, each `step` after the one before. */
export interface RunOfInstants {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** A point that lives. */
export interface PagePoint {
  readonly createdAt: number;
  readonly completedAt: number;
  /** Infinity when it never moves. */
  readonly coldAt: number;
  /** Infinity when it is kept for ever. */
  readonly deleteAt: number;
  readonly sizeBytes: number;
  readonly storedBytes: number;
  /** Of PageFlags. */
  readonly flags: number;
  /** Which decision made it. */
  readonly why: string;
  /** What ends it, or why nothing does. */
  readonly whyUntil: string;
}

export const PAGE_COLD = 1;
export const PAGE_HELD = 2;
export const PAGE_EXPIRED = 4;
export const PAGE_STOPPED = 8;
export const PAGE_PARTIAL = 16;
export const PAGE_CONTINUOUS = 32;
export const PAGE_TEMPORARY = 64;

/** Points that are gone and went alike. */
export interface PageEnding {
  /** From the creation to the end, without what chance adds. */
  readonly life: number;
  /** Whether chance adds to it, as the draw of the chain says. */
  readonly drawn: boolean;
  /** Why they went. */
  readonly why: string;
  readonly count: number;
  /** CreationDate of each; none for the first, which has all that are left. */
  readonly runs: readonly RunOfInstants[];
}

/** The points of a resource in a vault by one rule, copy action or call. */
export interface PageChain {
  /** Index into the overview's vaults. */
  readonly vault: number;
  /** Index into the overview's origins. */
  readonly origin: number;
  readonly made: number;
  readonly gone: number;
  /** Of those that are gone, the shortest and the longest life. */
  readonly leastLife: number;
  readonly mostLife: number;
  /** CreationDate of every point that was made. */
  readonly runs: readonly RunOfInstants[];
  readonly points: readonly PagePoint[];
  /** What draws about its points start from. */
  readonly draw: number;
  readonly endings: readonly PageEnding[];
}

/** One resource. */
export interface PageResource {
  /** Worst age of its data in each period that it was there for; the first ones are missing when it came later. */
  readonly ages: readonly number[];
  readonly chains: readonly PageChain[];
}

/** Several resources, by their numbers from `first` on. */
export interface Chapter {
  readonly first: number;
  readonly resources: readonly PageResource[];
}

export function writeChapter({ first, resources }: Chapter): Uint8Array {
  const texts = new Map<string, number>();
  const body = new VarintWriter();
  for (const { ages, chains } of resources) {
    body.unsigned(ages.length).deltas(ages);
    body.unsigned(chains.length);
    chains.forEach((chain) => writeChain(body, chain, texts));
  }
  const head = new VarintWriter();
  head.unsigned(first).unsigned(resources.length).unsigned(texts.size);
  [...texts.keys()].forEach((text) => head.text(text));
  const [start, rest] = [head.take(), body.take()];
  const whole = new Uint8Array(start.length + rest.length);
  whole.set(start);
  whole.set(rest, start.length);
  return whole;
}

export function readChapter(bytes: Uint8Array): Chapter {
  const reader = new VarintReader(bytes);
  const [first, count, textCount] = [reader.unsigned(), reader.unsigned(), reader.unsigned()];
  const texts = Array.from({ length: textCount }, () => reader.text());
  const resources = Array.from({ length: count }, () => {
    const ages = reader.deltas(reader.unsigned());
    return { ages, chains: Array.from({ length: reader.unsigned() }, () => readChain(reader, texts)) };
  });
  return { first, resources };
}

function writeChain(writer: VarintWriter, chain: PageChain, texts: Map<string, number>): void {
  const { vault, origin, made, gone, leastLife, mostLife, runs, points, draw, endings } = chain;
  writer.unsigned(vault).unsigned(origin).unsigned(made).unsigned(gone).unsigned(leastLife).unsigned(mostLife);
  writeRuns(writer, runs);
  const numberOf = (text: string): number => {
    const number = texts.get(text) ?? texts.size;
    texts.set(text, number);
    return number;
  };
  writer.unsigned(points.length).steps(points.map(({ createdAt }) => createdAt));
  writer.deltas(points.map(({ completedAt, createdAt }) => completedAt - createdAt));
  writer.deltas(points.map(({ coldAt, createdAt }) => sinceOrNever(coldAt, createdAt)));
  writer.deltas(points.map(({ deleteAt, createdAt }) => sinceOrNever(deleteAt, createdAt)));
  writer.deltas(points.map(({ sizeBytes }) => sizeBytes)).deltas(points.map(({ storedBytes }) => storedBytes));
  writer.deltas(points.map(({ flags }) => flags));
  writer.deltas(points.map(({ why }) => numberOf(why))).deltas(points.map(({ whyUntil }) => numberOf(whyUntil)));
  writer.signed(draw).unsigned(endings.length);
  for (const ending of endings) {
    writer
      .signed(ending.life)
      .unsigned(ending.drawn ? 1 : 0)
      .unsigned(numberOf(ending.why))
      .unsigned(ending.count);
    writeRuns(writer, ending.runs);
  }
}

function writeRuns(writer: VarintWriter, runs: readonly RunOfInstants[]): void {
  writer.unsigned(runs.length);
  writer
    .deltas(runs.map((run) => run.first))
    .deltas(runs.map((run) => run.step))
    .deltas(runs.map((run) => run.count));
}

function readRuns(reader: VarintReader): RunOfInstants[] {
  const count = reader.unsigned();
  const [firsts, steps, counts] = [reader.deltas(count), reader.deltas(count), reader.deltas(count)];
  return firsts.map((first, run) => ({ first, step: cell(steps, run), count: cell(counts, run) }));
}

function readEnding(reader: VarintReader, texts: readonly string[]): PageEnding {
  const [life, drawn, why, count] = [reader.signed(), reader.unsigned(), reader.unsigned(), reader.unsigned()];
  return { life, drawn: drawn === 1, why: texts[why] ?? '', count, runs: readRuns(reader) };
}

function readChain(reader: VarintReader, texts: readonly string[]): PageChain {
  const [vault, origin, made] = [reader.unsigned(), reader.unsigned(), reader.unsigned()];
  const [gone, leastLife, mostLife] = [reader.unsigned(), reader.unsigned(), reader.unsigned()];
  const runs = readRuns(reader);
  const count = reader.unsigned();
  const createdAts = reader.steps(count);
  const [completed, cold, deleted] = [reader.deltas(count), reader.deltas(count), reader.deltas(count)];
  const [sizes, stored, flags] = [reader.deltas(count), reader.deltas(count), reader.deltas(count)];
  const [whys, untils] = [reader.deltas(count), reader.deltas(count)];
  const points = createdAts.map((createdAt, row) => ({
    createdAt,
    completedAt: createdAt + cell(completed, row),
    coldAt: atOrNever(cell(cold, row), createdAt),
    deleteAt: atOrNever(cell(deleted, row), createdAt),
    sizeBytes: cell(sizes, row),
    storedBytes: cell(stored, row),
    flags: cell(flags, row),
    why: texts[cell(whys, row)] ?? '',
    whyUntil: texts[cell(untils, row)] ?? '',
  }));
  const draw = reader.signed();
  const endings = Array.from({ length: reader.unsigned() }, () => readEnding(reader, texts));
  return { vault, origin, made, gone, leastLife, mostLife, runs, points, draw, endings };
}

/** Half milliseconds are none, so that -1 stands for never and an instant before the creation still is one. */
function sinceOrNever(instant: number, createdAt: number): number {
  return instant === Infinity ? -1 : (instant - createdAt) * 2;
}

function atOrNever(since: number, createdAt: number): number {
  return since === -1 ? Infinity : createdAt + since / 2;
}

function cell(column: readonly number[], row: number): number {
  return column[row] as number;
}
