// Contents in memory, and folders of stores, as the tests of the store need them.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { ContentEntry } from '../../../engine/src/host/content/content';
import type { Scope } from '../../../engine/src/host/content/content-store';
import { ChunkStore } from '../../../engine/src/host/content/store/chunk-store';
import type { StoreShape } from '../../../engine/src/host/content/store/store-shape';

export interface Kept {
  readonly about: { readonly [key: string]: number | string };
  readonly version?: string;
  readonly bytes: Buffer;
}

export type Held = ReadonlyMap<string, Kept>;

/** Sizes at which a little content has many chunks, manifests and packs. */
export const SMALL: StoreShape = {
  chunks: { leastBytes: 256, middleBytes: 1024, mostBytes: 4096 },
  manifests: { leastBytes: 256, mostBytes: 2048, middleRows: 4 },
  packBytes: 24 * 1024,
  // A process that is killed leaves with the system what it wrote.
  durable: false,
  anew: false,
};

export const VAULT: Scope = { key: 'key-1', place: 'vault-1' };

/** Bytes that nothing compresses, the same for the same name. */
export function randomBytesOf(name: string, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < length; at += 32) {
    blocks.push(createHash('sha256').update(`${name} ${at}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** Text of few words. */
export function textOf(name: string, length: number): Buffer {
  const bytes = randomBytesOf(name, Math.ceil(length / 6));
  return Buffer.from([...bytes].map((byte) => `word${(byte % 40) + 10} `.slice(0, 7)).join('')).subarray(0, length);
}

export function held(entries: Readonly<Record<string, Buffer>>, version?: string): Held {
  return new Map(
    Object.entries(entries).map(([name, bytes]) => [
      name,
      { about: { mode: 420 }, bytes, ...(version === undefined ? {} : { version }) },
    ]),
  );
}

/** The entries of a content, in pieces of one size; `onRead` is told whose bytes are read. */
export async function* entriesOf(
  content: Held,
  onRead: (name: string) => void = () => undefined,
  pieceBytes = 1000,
): AsyncGenerator<ContentEntry> {
  const names = [...content.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    const { bytes, ...rest } = content.get(name) as Kept;
    yield { name, ...rest, sizeBytes: bytes.length, bytes: () => piecesOf(bytes, pieceBytes, () => onRead(name)) };
  }
}

async function* piecesOf(bytes: Buffer, pieceBytes: number, onRead: () => void): AsyncGenerator<Uint8Array> {
  onRead();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    // A driver may use one buffer again and again.
    const piece = Buffer.from(bytes.subarray(at, at + pieceBytes));
    yield piece;
    piece.fill(0xee);
  }
}

/** What a capture has, read whole, without what is not kept. */
export async function readWhole(store: ChunkStore, id: string): Promise<Held> {
  const content = new Map<string, Kept>();
  for await (const { name, about, sizeBytes, bytes } of store.read(id)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes()) {
      pieces.push(piece);
    }
    const whole = Buffer.concat(pieces);
    if (whole.length !== sizeBytes) {
      throw new Error(`${name} says ${sizeBytes} bytes and has ${whole.length}`);
    }
    content.set(name, { about: about as Kept['about'], bytes: whole });
  }
  return content;
}

/** A content as short text, by which two are held against each other. */
export function digestOf(content: Held): string {
  const hash = createHash('sha256');
  for (const [name, { about, bytes }] of [...content].sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )) {
    hash.update(`${JSON.stringify([name, about])} ${bytes.length} `).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

export function newFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-store-'));
}

/** Another folder as a process that was killed at this instant would have left it. */
export function asIfKilled(folder: string): string {
  const copy = newFolder();
  fs.cpSync(folder, copy, { recursive: true, filter: (file) => !file.includes('lock.mdb') });
  return copy;
}

/** The files of a store, without its lock. */
export function filesOf(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.includes('lock.mdb') && fs.statSync(path.join(folder, name)).isFile())
    .sort();
}

export function packBytesOf(folder: string): number {
  return filesOf(folder)
    .filter((name) => name.startsWith('packs'))
    .reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
}

export function flip(file: string, at: number, bits = 0x10): void {
  const opened = fs.openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  fs.readSync(opened, byte, 0, 1, at);
  fs.writeSync(opened, Buffer.of((byte[0] as number) ^ bits), 0, 1, at);
  fs.closeSync(opened);
}
