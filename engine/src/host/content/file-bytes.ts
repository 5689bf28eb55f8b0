/**
 * Bytes of files in pieces, and files with holes.
 *
 * Owns     nothing. Node cannot ask where the holes of a file are: a hole is a block of zeros in a file that takes less of
 *          the disk than its size.
 * Units    sizes are bytes.
 * Spec     drivers.md
 */
import * as fs from 'node:fs';

const PIECE_BYTES = 1024 * 1024;
/** The blocks that file systems leave out. */
const BLOCK_BYTES = 4096;
const ZEROS = Buffer.alloc(BLOCK_BYTES);

export async function* piecesOf(file: fs.promises.FileHandle): AsyncIterable<Buffer> {
  for (let from = 0; ;) {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, from);
    if (bytesRead === 0) {
      return;
    }
    from += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/** Writes a new file; where it is to be sparse, blocks of zeros are left out. */
export async function writeNewFile(path: Buffer, pieces: AsyncIterable<Uint8Array>, sparse: boolean): Promise<number> {
  const file = await fs.promises.open(path, 'wx', 0o600);
  try {
    let at = 0;
    for await (const piece of pieces) {
      await (sparse ? writeSparse(file, piece, at) : writeAll(file, piece, at));
      at += piece.length;
    }
    if (sparse) {
      await file.truncate(at);
    }
    return at;
  } finally {
    await file.close();
  }
}

export function isZeros(bytes: Uint8Array): boolean {
  for (let from = 0; from < bytes.length; from += BLOCK_BYTES) {
    const block = bytes.subarray(from, from + BLOCK_BYTES);
    if (!ZEROS.subarray(0, block.length).equals(block)) {
      return false;
    }
  }
  return true;
}

/** Writes at an offset, however many calls that takes. */
export async function writeAll(file: fs.promises.FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

/** Runs of blocks that hold something are written in one go; pieces need not begin where a block does. */
async function writeSparse(file: fs.promises.FileHandle, piece: Uint8Array, at: number): Promise<void> {
  let from = 0;
  for (let end = 0; end < piece.length;) {
    const start = end;
    end = Math.min(piece.length, end + BLOCK_BYTES - ((at + end) % BLOCK_BYTES));
    if (isZeros(piece.subarray(start, end))) {
      await writeAll(file, piece.subarray(from, start), at + from);
      from = end;
    }
  }
  await writeAll(file, piece.subarray(from), at + from);
}
