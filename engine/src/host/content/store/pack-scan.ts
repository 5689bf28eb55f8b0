/**
 * Reads which chunks a pack has, from its heads alone.
 *
 * Owns     nothing.
 * Units    offsets and lengths are bytes.
 */
import * as fs from 'node:fs';
import { ChunkTitle, HEAD_BYTES, isHead, nextMagic, readTitle } from './chunk-record';

const BLOCK_BYTES = 256 * 1024;

export interface Found {
  readonly title: ChunkTitle;
  readonly offset: number;
}

/** A file of which a part at a time is in memory. */
class Block {
  private bytes = Buffer.alloc(0);
  private from = 0;

  constructor(
    private readonly file: number,
    readonly size: number,
  ) {}

  /** At least so many bytes from `at` on, or as many as there are. */
  at(at: number, least: number): Buffer {
    if (at < this.from || at + least > this.from + this.bytes.length) {
      const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, this.size - at));
      this.bytes = block.subarray(0, fs.readSync(this.file, block, 0, block.length, at));
      this.from = at;
    }
    return this.bytes.subarray(at - this.from);
  }
}

/** The whole chunks of a pack, in order; what is torn or damaged is passed over. */
export function* scanPack(file: number): Generator<Found> {
  const block = new Block(file, fs.fstatSync(file).size);
  for (let at = 0; at + HEAD_BYTES <= block.size;) {
    const bytes = block.at(at, HEAD_BYTES);
    const title = isHead(bytes) ? readTitle(bytes) : undefined;
    if (title === undefined || at + HEAD_BYTES + title.storedBytes > block.size) {
      const next = nextMagic(bytes, 1);
      // A magic that this block has a part of only is looked for in the next.
      at += next === -1 ? Math.max(1, bytes.length - 3) : next;
      continue;
    }
    yield { title, offset: at };
    at += HEAD_BYTES + title.storedBytes;
  }
}
