// Bodies that no test holds in memory as one: streams of known bytes, and digests of what comes back.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

export const MIB = 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** Bytes of a seed, the same at each call. */
export function* piecesOf(seed: number, sizeBytes: number): Generator<Buffer> {
  for (let at = 0; at < sizeBytes; at += PIECE_BYTES) {
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, sizeBytes - at), seed % 251);
    // Each piece begins otherwise.
    Buffer.from(`${seed} ${at}`).copy(piece);
    yield piece;
  }
}

export function bytesOf(seed: number, sizeBytes: number): Buffer {
  return Buffer.concat([...piecesOf(seed, sizeBytes)]);
}

export function streamOf(seed: number, sizeBytes: number): Readable {
  return Readable.from(piecesOf(seed, sizeBytes), { objectMode: false });
}

export function hex(algorithm: string, pieces: Iterable<Uint8Array>): string {
  const hash = createHash(algorithm);
  for (const piece of pieces) {
    hash.update(piece);
  }
  return hash.digest('hex');
}

/** SHA-256 of the body of an answer. */
export async function hashOfBody(body: unknown): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    hash.update(piece);
  }
  return hash.digest('hex');
}
