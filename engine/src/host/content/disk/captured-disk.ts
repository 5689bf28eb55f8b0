/**
 * A disk as a capture holds it, read at any place without the rest of it.
 *
 * Owns     the extents that were read last.
 * Units    sizes and offsets are bytes.
 * Spec     disk.md
 */
import { DISK } from '../block-image';
import type { CapturedEntry } from '../content';
import { EXTENT_BYTES } from '../image-view';

/** Bytes at any place of a disk. */
export interface Disk {
  readonly sizeBytes: number;
  /** Bytes beyond the end are zeros. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** How many extents stay in memory: 8 MiB. */
const KEPT_EXTENTS = 16;

export class CapturedDisk implements Disk {
  private readonly kept = new Map<number, Promise<Buffer>>();

  private constructor(
    readonly sizeBytes: number,
    /** By the number of the extent; those that hold nothing are left out. */
    private readonly extents: ReadonlyMap<number, CapturedEntry>,
  ) {}

  /**
   * Takes the names of all entries, and the bytes of none.
   *
   * @throws Error when they are not those of a disk
   */
  static async open(entries: AsyncIterable<CapturedEntry>): Promise<CapturedDisk> {
    const disk = await CapturedDisk.tryOpen(entries);
    if (disk === undefined) {
      throw new Error('the backup has no disk');
    }
    return disk;
  }

  /** The same; undefined when they are those of something else. */
  static async tryOpen(entries: AsyncIterable<CapturedEntry>): Promise<CapturedDisk | undefined> {
    const extents = new Map<number, CapturedEntry>();
    let sizeBytes: number | undefined;
    for await (const entry of entries) {
      if (entry.name === DISK) {
        sizeBytes = Number(entry.about['sizeBytes']);
      } else {
        extents.set(Number(entry.about['offset']) / EXTENT_BYTES, entry);
      }
    }
    return sizeBytes === undefined ? undefined : new CapturedDisk(sizeBytes, extents);
  }

  /** Numbers of the extents that hold anything, in ascending order. */
  numbers(): number[] {
    return [...this.extents.keys()].sort((a, b) => a - b);
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    for (let at = offset; at < offset + length;) {
      const number = Math.floor(at / EXTENT_BYTES);
      const end = Math.min(offset + length, (number + 1) * EXTENT_BYTES);
      const from = at - number * EXTENT_BYTES;
      const held = await this.extent(number);
      held.subarray(from, from + end - at).copy(bytes, at - offset);
      at = end;
    }
    return bytes;
  }

  /** What an extent holds; nothing where it holds nothing. */
  extent(number: number): Promise<Buffer> {
    const entry = this.extents.get(number);
    if (entry === undefined) {
      return Promise.resolve(Buffer.alloc(0));
    }
    const known = this.kept.get(number) ?? bytesOf(entry);
    // The one that was asked for last goes last.
    this.kept.delete(number);
    this.kept.set(number, known);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT_EXTENTS) {
        break;
      }
      this.kept.delete(oldest);
    }
    return known;
  }
}

async function bytesOf(entry: CapturedEntry): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of entry.bytes()) {
    // A store may use the piece again.
    pieces.push(Uint8Array.from(piece));
  }
  return Buffer.concat(pieces);
}
