/**
 * Two files that say the same, record for record: a byte that changes in one of them loses nothing.
 *
 * Owns     `catalog-a` and `catalog-b`.
 * Units    offsets and lengths are bytes.
 *
 * Both begin with a line that names the format. A record is the length of its text (4 bytes, little-endian), 16 bytes of a
 * hash over length and text, and the text (JSON). Each is written to the first file, synced, then to the second: of what was
 * not written to its end, the second has nothing.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { StoreFault } from '../../store-fault';
import { Disk } from './disk';

export const FORMAT = 1;
const MAGIC = Buffer.from(`holdfast content ${FORMAT}\n`);
const ANY_MAGIC = /^holdfast content (\d{1,9})\n/;
export const CATALOG_FILES = ['catalog-a', 'catalog-b'] as const;
const HASH_BYTES = 16;
const HEAD_BYTES = 4 + HASH_BYTES;

/** What the files have. */
export interface Twins {
  readonly records: readonly string[];
  /** All of it, as it has to stand in both. */
  readonly bytes: Buffer;
  /** Places of one file that the other one had to stand in for. */
  readonly wrong: readonly string[];
}

/**
 * Reads what a folder has; changes nothing.
 *
 * @throws StoreFault when both are damaged at one place, or a newer version wrote them
 */
export function readTwins(folder: string): Twins | undefined {
  const files = CATALOG_FILES.map((name) => {
    const file = path.join(folder, name);
    return fs.existsSync(file) ? fs.readFileSync(file) : undefined;
  });
  if (files.every((bytes) => bytes === undefined)) {
    return undefined;
  }
  refuseFormat(folder, files);
  const first = files.map((bytes) => recordAt(bytes, MAGIC.length));
  const [a, b] = first.map((text) => generationOf(text));
  // A file that is still of before both were written anew says nothing of what came after.
  const present = files.map((bytes, twin) =>
    a !== undefined && b !== undefined && (twin === 0 ? a < b : b < a) ? undefined : bytes,
  );
  return merge(folder, present);
}

/** Writes both files anew. */
export function writeTwins(folder: string, disk: Disk, records: readonly string[]): number {
  const bytes = Buffer.concat([MAGIC, ...records.map(encode)]);
  for (const name of CATALOG_FILES) {
    disk.write(path.join(folder, name), bytes);
    disk.syncFolder(folder);
  }
  return bytes.length;
}

/** Puts a file right by what both say. */
export function mendTwins(folder: string, disk: Disk, bytes: Buffer): void {
  for (const name of CATALOG_FILES) {
    const file = path.join(folder, name);
    if (!fs.existsSync(file) || !fs.readFileSync(file).equals(bytes)) {
      disk.write(file, bytes);
      disk.syncFolder(folder);
    }
  }
}

/** Adds a record behind what both files have. @throws what the system says; then neither has it */
export function appendTwins(folder: string, disk: Disk, end: number, record: string): number {
  const bytes = encode(record);
  try {
    for (const name of CATALOG_FILES) {
      const file = fs.openSync(path.join(folder, name), 'r+');
      try {
        for (let done = 0; done < bytes.length;) {
          done += fs.writeSync(file, bytes, done, bytes.length - done, end + done);
        }
        disk.sync(file);
      } finally {
        fs.closeSync(file);
      }
    }
  } catch (fault) {
    CATALOG_FILES.forEach((name) => fs.truncateSync(path.join(folder, name), end));
    throw fault;
  }
  return end + bytes.length;
}

function refuseFormat(folder: string, files: readonly (Buffer | undefined)[]): void {
  const formats = files.map((bytes) => ANY_MAGIC.exec(bytes?.toString('latin1', 0, 32) ?? '')?.[1]).map(Number);
  if (formats.includes(FORMAT)) {
    return;
  }
  const newer = formats.find((format) => format > FORMAT);
  throw new StoreFault(
    newer === undefined
      ? `${folder}: its files ${CATALOG_FILES.join(' and ')} are not those of a store of Holdfast`
      : `${folder}: its format ${newer} is newer than ${FORMAT}, which this Holdfast has`,
  );
}

function merge(folder: string, files: readonly (Buffer | undefined)[]): Twins {
  const records: string[] = [];
  const wrong: string[] = [];
  files.forEach((bytes, twin) => {
    if (bytes !== undefined && !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
      wrong.push(`${CATALOG_FILES[twin]}, offset 0`);
    }
  });
  let at = MAGIC.length;
  const most = Math.max(...files.map((bytes) => bytes?.length ?? 0));
  const least = Math.min(...files.map((bytes) => bytes?.length ?? most));
  while (at < most) {
    const texts = files.map((bytes) => recordAt(bytes, at));
    const text = texts[0] ?? texts[1];
    if (text === undefined) {
      if (at < least && files.every((bytes) => bytes !== undefined)) {
        throw new StoreFault(`${folder}: ${CATALOG_FILES.join(' and ')} are both damaged at offset ${at}`);
      }
      break;
    }
    files.forEach((bytes, twin) => {
      if (bytes !== undefined && at < bytes.length && texts[twin] === undefined) {
        wrong.push(`${CATALOG_FILES[twin]}, offset ${at}`);
      }
    });
    records.push(text);
    at += HEAD_BYTES + Buffer.byteLength(text);
  }
  const bytes = Buffer.concat([MAGIC, ...records.map(encode)]);
  return { records, bytes, wrong };
}

function generationOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as { readonly generation: number }).generation;
}

function recordAt(bytes: Buffer | undefined, at: number): string | undefined {
  if (bytes === undefined || at + HEAD_BYTES > bytes.length) {
    return undefined;
  }
  const length = bytes.readUInt32LE(at);
  const text = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length);
  const hash = bytes.subarray(at + 4, at + HEAD_BYTES);
  return text.length === length && hashOf(length, text).equals(hash) ? text.toString('utf8') : undefined;
}

function encode(record: string): Buffer {
  const text = Buffer.from(record, 'utf8');
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(text.length);
  hashOf(text.length, text).copy(head, 4);
  return Buffer.concat([head, text]);
}

function hashOf(length: number, text: Buffer): Buffer {
  return createHash('sha256').update(`${length}\n`).update(text).digest().subarray(0, HASH_BYTES);
}
