/**
 * Bodies of S3 that come in chunks, taken apart piece by piece.
 *
 * Pure.
 * Source   S3 API reference, "Signature calculations: transferring payload in multiple chunks" and "… with trailing
 *          headers" (read 2026-11-26). What is signed is in s3-signatures.ts.
 */
import { createHash, type Hash } from 'node:crypto';

/** No line between chunks comes near. */
const MOST_LINE_BYTES = 16 * 1024;
const SIZE = /^([0-9a-fA-F]{1,10})(;.*)?$/;

/** What a chunk, or what comes behind all of them, says of its signature; hashes and signatures are SHA-256 in hex. */
export interface ChunkMark {
  readonly hash: string;
  /** Undefined where it says none. */
  readonly signature?: string | undefined;
}

/** The marks of a body whose chunks are signed one by one. */
export interface ChunkMarks {
  /** In their order, the last one, which is empty, among them. */
  readonly chunks: readonly ChunkMark[];
  readonly trailer: ChunkMark;
}

/** A chunk that came behind one that is too small to be followed by any. */
export interface SmallChunk {
  /** The number of the one that came behind, from 1. */
  readonly chunk: number;
  /** Of the small one. */
  readonly sizeBytes: number;
}

/** Source: S3 API reference, "Signature calculations: …": the least size of every chunk but the last. */
export const LEAST_CHUNK_BYTES = 8 * 1024;

const SIGNATURE = /;chunk-signature=([0-9a-f]{64})$/;
const TRAILER_SIGNATURE = 'x-amz-trailer-signature';

type Next = 'size' | 'bytes' | 'end of bytes' | 'trailer';

/** Whether the chunks of a body are signed one by one. */
export function isSignedInChunks(headers: Readonly<Record<string, string>>): boolean {
  return (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD');
}

/** Whether the body of a request comes in chunks. */
export function isChunked(headers: Readonly<Record<string, string>>): boolean {
  return (
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') || encodingsOf(headers).includes('aws-chunked')
  );
}

export function encodingsOf(headers: Readonly<Record<string, string>>): string[] {
  return (headers['content-encoding'] ?? '').split(',').map((one) => one.trim());
}

export class ChunkReader {
  /** By name in lower case. */
  readonly trailers: Record<string, string> = {};
  private next: Next = 'size';
  private left = 0;
  private line = '';
  private ended = false;
  private broken = false;
  private readonly chunks: ChunkMark[] = [];
  private readonly trailing = createHash('sha256');
  private hash: Hash | undefined;
  private signature: string | undefined;
  private count = 0;
  private lastSize = LEAST_CHUNK_BYTES;
  private tooSmall: SmallChunk | undefined;

  /** @param marking whether marks are kept */
  constructor(private readonly marking = false) {}

  /** Whether all came, as it must; asked at the end. */
  get isWhole(): boolean {
    return this.ended && !this.broken;
  }

  /** The first chunk that was too small for another to follow; undefined when there was none. */
  get small(): SmallChunk | undefined {
    return this.tooSmall;
  }

  /** What the chunks say of their signatures; asked at the end, and undefined unless it was to be kept. */
  get marks(): ChunkMarks | undefined {
    const { [TRAILER_SIGNATURE]: signature } = this.trailers;
    return this.marking
      ? { chunks: this.chunks, trailer: { hash: this.trailing.copy().digest('hex'), signature } }
      : undefined;
  }

  /** What of a piece is bytes of the body. Nothing is when what came before is broken. */
  *read(piece: Uint8Array): Generator<Uint8Array> {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let at = 0; at < bytes.length && !this.broken;) {
      if (this.next === 'bytes') {
        const to = Math.min(bytes.length, at + this.left);
        this.hash?.update(bytes.subarray(at, to));
        yield bytes.subarray(at, to);
        this.left -= to - at;
        at = to;
        this.next = this.left === 0 ? 'end of bytes' : 'bytes';
        if (this.left === 0) {
          this.mark();
        }
      } else {
        const end = bytes.indexOf(0x0a, at);
        this.line += bytes.toString('latin1', at, end < 0 ? bytes.length : end);
        at = end < 0 ? bytes.length : end + 1;
        this.broken ||= this.line.length > MOST_LINE_BYTES;
        if (end >= 0) {
          this.take(this.line.replace(/\r$/, ''));
          this.line = '';
        }
      }
    }
  }

  private take(line: string): void {
    if (this.next === 'trailer') {
      const at = line.indexOf(':');
      if (at > 0) {
        const [name, value] = [line.slice(0, at).toLowerCase().trim(), line.slice(at + 1).trim()];
        this.trailers[name] = value;
        if (name !== TRAILER_SIGNATURE) {
          this.trailing.update(`${name}:${value}\n`);
        }
      }
      return;
    }
    if (this.next === 'end of bytes') {
      this.broken ||= line !== '';
      this.next = 'size';
      return;
    }
    const size = Number.parseInt(SIZE.exec(line)?.[1] ?? '', 16);
    this.broken ||= Number.isNaN(size);
    this.left = size;
    this.ended = size === 0;
    this.count++;
    if (size > 0 && this.lastSize < LEAST_CHUNK_BYTES) {
      this.tooSmall ??= { chunk: this.count, sizeBytes: this.lastSize };
    }
    this.lastSize = size;
    this.next = this.ended ? 'trailer' : 'bytes';
    if (this.marking) {
      this.hash = createHash('sha256');
      this.signature = SIGNATURE.exec(line)?.[1];
    }
    if (this.ended) {
      this.mark();
    }
  }

  private mark(): void {
    if (this.hash !== undefined) {
      this.chunks.push({ hash: this.hash.digest('hex'), signature: this.signature });
      this.hash = undefined;
    }
  }
}
