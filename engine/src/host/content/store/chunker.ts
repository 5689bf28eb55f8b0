/**
 * Where content is cut into chunks: by what it is, so that bytes that were put in or taken out move no cut but those near.
 *
 * Owns     nothing: bytes in, chunks out.
 * Units    sizes are bytes.
 * Source   decision 0037: FastCDC with a gear hash, a table that is the same for ever, as sizes that are told follow from it.
 */
import { createHash } from 'node:crypto';

/** How large chunks are. */
export interface ChunkShape {
  readonly leastBytes: number;
  /** A power of two; most chunks end not far from it. */
  readonly middleBytes: number;
  readonly mostBytes: number;
}

export const CHUNK_SHAPE: ChunkShape = {
  leastBytes: 512 * 1024,
  middleBytes: 1024 * 1024,
  mostBytes: 4 * 1024 * 1024,
};

/** A random number for each byte. */
const GEAR = Int32Array.from({ length: 256 }, (_, byte) =>
  createHash('sha256').update(`holdfast gear ${byte}`).digest().readInt32LE(0),
);

/** The upper bits of the hash, which depend on the last 32 bytes. */
function mask(bits: number): number {
  return bits <= 0 ? 0 : (-1 << (32 - Math.min(bits, 31))) | 0;
}

/** How many pieces of the greatest chunk are read before it is looked where to cut. */
const WINDOW_CHUNKS = 4;

export class Chunker {
  /** Up to the middle a cut is rarer than after it, which keeps sizes together. */
  private readonly before: number;
  private readonly after: number;

  constructor(private readonly shape: ChunkShape = CHUNK_SHAPE) {
    const bits = Math.round(Math.log2(shape.middleBytes));
    this.before = mask(bits + 1);
    this.after = mask(bits - 2);
  }

  /** Where the chunk ends that begins at `from`; `end` is the end of the content, or far enough. */
  cut(bytes: Uint8Array, from: number, end: number): number {
    const { leastBytes, middleBytes, mostBytes } = this.shape;
    const last = Math.min(end, from + mostBytes);
    const middle = Math.min(last, from + middleBytes);
    const { before, after } = this;
    let at = from + leastBytes;
    if (at >= last) {
      return last;
    }
    let hash = 0;
    for (; at < middle; at++) {
      hash = ((hash << 1) + (GEAR[bytes[at] as number] as number)) | 0;
      if ((hash & before) === 0) {
        return at + 1;
      }
    }
    for (; at < last; at++) {
      hash = ((hash << 1) + (GEAR[bytes[at] as number] as number)) | 0;
      if ((hash & after) === 0) {
        return at + 1;
      }
    }
    return last;
  }

  /**
   * The chunks of a content, whatever pieces it comes in; they are copies, which nobody changes afterwards.
   *
   * @param sizeBytes how many bytes there are
   */
  async *chunks(pieces: AsyncIterable<Uint8Array>, sizeBytes: number): AsyncGenerator<Buffer> {
    const { mostBytes } = this.shape;
    const windowBytes = Math.min(sizeBytes, mostBytes * WINDOW_CHUNKS);
    let window = Buffer.allocUnsafe(windowBytes);
    let filled = 0;
    let from = 0;
    for await (const piece of pieces) {
      for (let taken = 0; taken < piece.length;) {
        if (filled === window.length) {
          while (filled - from >= mostBytes) {
            const end = this.cut(window, from, filled);
            yield window.subarray(from, end);
            from = end;
          }
          // Chunks that were handed out stay as they are: what is left moves on.
          const next = Buffer.allocUnsafe(Math.max(windowBytes, mostBytes));
          filled = window.copy(next, 0, from, filled);
          window = next;
          from = 0;
        }
        const part = piece.subarray(taken, taken + window.length - filled);
        window.set(part, filled);
        filled += part.length;
        taken += part.length;
      }
    }
    while (from < filled) {
      const end = this.cut(window, from, filled);
      yield window.subarray(from, end);
      from = end;
    }
  }
}
