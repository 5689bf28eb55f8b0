/**
 * What a capture consists of: a row for each entry, in order of names, in chunks of their own.
 *
 * Owns     nothing: rows in, bytes out, and back.
 * Units    sizes are bytes.
 *
 * Where a chunk of a manifest ends follows from the rows in it: captures that have a run of rows in common have its chunks in
 * common. A row with many chunks goes on in further ones.
 */
import { createHash } from 'node:crypto';
import { ID_BYTES } from './chunk-record';

/** One entry. */
export interface Row {
  /** The name's bytes, by which rows are ordered. */
  readonly name: Buffer;
  /** As JSON. */
  readonly about: string;
  readonly version: string | undefined;
  /** For what was copied: which chunks it was copied from, so that a later copy knows it again. */
  readonly origin: Buffer | undefined;
  readonly sizeBytes: number;
  /** The bytes of a small entry, instead of chunks. */
  readonly inline: Buffer | undefined;
  /** Ids of chunks, one after the other. */
  readonly ids: Buffer;
}

/** An entry of at most so many bytes stands in its row. */
export const MOST_INLINE_BYTES = 256;

/** Sizes of chunks of manifests. */
export interface ManifestShape {
  readonly leastBytes: number;
  readonly mostBytes: number;
  /** One row in so many may end a chunk; a power of two. */
  readonly middleRows: number;
}

export const MANIFEST_SHAPE: ManifestShape = { leastBytes: 8 * 1024, mostBytes: 128 * 1024, middleRows: 128 };

const HAS_VERSION = 1;
const HAS_INLINE = 2;
const HAS_ORIGIN = 4;
const GOES_ON = 8;
/** A row goes on in another after an id whose first byte has these bits unset. */
const IDS_MASK = 0x7f;

export const NO_IDS = Buffer.alloc(0);

/** A chunk of a manifest, and the ids that it names. */
export interface ManifestPart {
  readonly bytes: Buffer;
  readonly ids: readonly Buffer[];
}

/** Makes chunks of rows. */
export class ManifestCutter {
  private items: Buffer[] = [];
  private ids: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly shape: ManifestShape = MANIFEST_SHAPE) {}

  /** Takes a row; gives the chunks that are whole by it. */
  *add(row: Row): Generator<ManifestPart> {
    let to = endOfRun(row.ids, 0);
    yield* this.take(encodeRow(row, to), row.ids.subarray(0, to), hashOf(row.name));
    while (to < row.ids.length) {
      const from = to;
      to = endOfRun(row.ids, from);
      const run = row.ids.subarray(from, to);
      yield* this.take(Buffer.concat([Buffer.of(GOES_ON), varint(run.length / ID_BYTES), run]), run, hashOf(run));
    }
  }

  *end(): Generator<ManifestPart> {
    if (this.bytes > 0) {
      yield this.part();
    }
  }

  private *take(item: Buffer, ids: Buffer, hash: number): Generator<ManifestPart> {
    this.items.push(item);
    this.bytes += item.length;
    if (ids.length > 0) {
      this.ids.push(ids);
    }
    const { leastBytes, mostBytes, middleRows } = this.shape;
    const may = this.bytes >= leastBytes && (hash & (middleRows - 1)) === 0;
    if (may || this.bytes >= mostBytes) {
      yield this.part();
    }
  }

  private part(): ManifestPart {
    const part = { bytes: Buffer.concat(this.items), ids: this.ids };
    this.items = [];
    this.ids = [];
    this.bytes = 0;
    return part;
  }
}

/**
 * The rows of chunks of a manifest, in order.
 *
 * @param parts undefined for a chunk that cannot be read: rows that it has a part of are left out
 */
export function* rowsOf(parts: Iterable<Buffer | undefined>): Generator<Row> {
  let open: { row: Row; missing: number; ids: Buffer[] } | undefined;
  for (const part of parts) {
    if (part === undefined) {
      open = undefined;
      continue;
    }
    for (const item of itemsOf(part)) {
      if (item.row !== undefined) {
        open = { row: item.row, missing: item.total - item.ids.length / ID_BYTES, ids: [item.ids] };
      } else if (open !== undefined) {
        open.missing -= item.ids.length / ID_BYTES;
        open.ids.push(item.ids);
      }
      if (open?.missing === 0) {
        yield { ...open.row, ids: open.ids.length === 1 ? (open.ids[0] as Buffer) : Buffer.concat(open.ids) };
        open = undefined;
      }
    }
  }
}

/** All ids that a chunk of a manifest names, in runs. */
export function* idsOf(part: Buffer): Generator<Buffer> {
  for (const { ids } of itemsOf(part)) {
    if (ids.length > 0) {
      yield ids;
    }
  }
}

interface Item {
  /** Absent for what goes on. */
  readonly row?: Row;
  /** Of the whole row. */
  readonly total: number;
  readonly ids: Buffer;
}

function* itemsOf(part: Buffer): Generator<Item> {
  const reader = new Reader(part);
  while (!reader.done) {
    const flags = reader.take(1)[0] as number;
    if ((flags & GOES_ON) !== 0) {
      const count = reader.varint();
      yield { total: 0, ids: reader.take(count * ID_BYTES) };
      continue;
    }
    const name = reader.take(reader.varint());
    const about = reader.take(reader.varint()).toString('utf8');
    const version = (flags & HAS_VERSION) !== 0 ? reader.take(reader.varint()).toString('utf8') : undefined;
    const origin = (flags & HAS_ORIGIN) !== 0 ? reader.take(ID_BYTES) : undefined;
    const sizeBytes = reader.varint();
    const inline = (flags & HAS_INLINE) !== 0 ? reader.take(sizeBytes) : undefined;
    const total = reader.varint();
    const ids = reader.take(reader.varint() * ID_BYTES);
    yield { row: { name, about, version, origin, sizeBytes, inline, ids }, total, ids };
  }
}

function encodeRow(row: Row, firstIds: number): Buffer {
  const flags =
    (row.version === undefined ? 0 : HAS_VERSION) |
    (row.inline === undefined ? 0 : HAS_INLINE) |
    (row.origin === undefined ? 0 : HAS_ORIGIN);
  const about = Buffer.from(row.about, 'utf8');
  const parts = [Buffer.of(flags), varint(row.name.length), row.name, varint(about.length), about];
  if (row.version !== undefined) {
    const version = Buffer.from(row.version, 'utf8');
    parts.push(varint(version.length), version);
  }
  if (row.origin !== undefined) {
    parts.push(row.origin);
  }
  parts.push(varint(row.sizeBytes));
  if (row.inline !== undefined) {
    parts.push(row.inline);
  }
  parts.push(varint(row.ids.length / ID_BYTES), varint(firstIds / ID_BYTES), row.ids.subarray(0, firstIds));
  return Buffer.concat(parts);
}

/** Where a run of ids ends that begins at `from`. */
function endOfRun(ids: Buffer, from: number): number {
  for (let at = from; at < ids.length; at += ID_BYTES) {
    if (((ids[at] as number) & IDS_MASK) === 0) {
      return at + ID_BYTES;
    }
  }
  return ids.length;
}

/** FNV-1a, its upper bits folded in: whether a chunk may end here. */
function hashOf(bytes: Buffer): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** What a row was copied from, in few bytes. */
export function originOf(scope: number, row: Row): Buffer {
  return createHash('sha256')
    .update(`${scope} `)
    .update(row.inline ?? row.ids)
    .digest()
    .subarray(0, ID_BYTES);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.of(...bytes, rest);
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  take(length: number): Buffer {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) {
      throw new Error('a row of a manifest has no end');
    }
    return this.bytes.subarray(from, this.at);
  }

  varint(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 0x80) {
      const byte = this.take(1)[0] as number;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) {
        return value;
      }
    }
  }
}
