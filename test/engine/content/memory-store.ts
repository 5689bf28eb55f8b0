/**
 * A store in memory, for the suite of drivers: it reads what the store on disk would read, and counts what that would.
 */
import { createHash } from 'node:crypto';
import type { CapturedEntry, CaptureOptions, Content, ContentEntry } from '../../../engine/src/host/content/content';

const CHUNK_BYTES = 4096;

interface Kept extends Omit<CapturedEntry, 'bytes'> {
  readonly version: string | undefined;
  readonly data: Buffer;
}

export interface Capture {
  readonly entries: readonly Kept[];
  readonly sizeBytes: number;
  readonly changedBytes: number;
  /** Names of the entries whose bytes were asked for. */
  readonly read: readonly string[];
}

/**
 * Captures a content; an entry with the version of the base is not read.
 *
 * @param pause what happens between two entries
 */
export async function captured(
  content: Content,
  base?: Capture,
  pause = async () => {},
  options?: CaptureOptions,
): Promise<Capture> {
  const before = new Map(base?.entries.map((entry) => [entry.name, entry]));
  const entries: Kept[] = [];
  const read: string[] = [];
  for await (const entry of content.capture(options)) {
    const same = before.get(entry.name);
    const isSame = same !== undefined && entry.version !== undefined && same.version === entry.version;
    await pause();
    if (!isSame) {
      read.push(entry.name);
    }
    const data = isSame ? same.data : await bytesOf(entry);
    const { name, about, version, sizeBytes } = entry;
    entries.push({ name, about: JSON.parse(JSON.stringify(about)) as typeof about, version, sizeBytes, data });
  }
  const sizeBytes = entries.reduce((sum, entry) => sum + entry.data.length, 0);
  const known = new Set(base?.entries.flatMap(({ data }) => chunksOf(data).map(digestOf)));
  const fresh = entries.flatMap(({ data }) => chunksOf(data)).filter((chunk) => !known.has(digestOf(chunk)));
  return { entries, sizeBytes, changedBytes: fresh.reduce((sum, { length }) => sum + length, 0), read };
}

/** The entries of a capture, until one of them cannot be read. */
export async function* restorable({ entries }: Capture, faultAt = Infinity): AsyncIterable<CapturedEntry> {
  for (const [index, { name, about, sizeBytes, data }] of entries.entries()) {
    yield { name, about, sizeBytes, bytes: () => piecesOf(data, index >= faultAt) };
    if (index >= faultAt) {
      throw new Error(FAULT);
    }
  }
}

/** What a capture holds, each entry's bytes by their digest. */
export function heldBy({ entries }: Capture): unknown[] {
  return entries.map(({ data, ...others }) => ({ ...others, digest: digestOf(data) }));
}

export const FAULT = 'a chunk is not what was stored';

async function* piecesOf(data: Buffer, damaged: boolean): AsyncIterable<Uint8Array> {
  // No piece ends where a block or an extent does.
  for (let from = 0; from < data.length; from += 9_973) {
    if (damaged && from > 0) {
      throw new Error(FAULT);
    }
    yield data.subarray(from, from + 9_973);
  }
}

async function bytesOf(entry: ContentEntry): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of entry.bytes()) {
    pieces.push(Uint8Array.from(piece));
  }
  const bytes = Buffer.concat(pieces);
  expect({ name: entry.name, bytes: bytes.length }).toEqual({ name: entry.name, bytes: entry.sizeBytes });
  return bytes;
}

function chunksOf(data: Buffer): Buffer[] {
  const count = Math.ceil(data.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, index) => data.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES));
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
