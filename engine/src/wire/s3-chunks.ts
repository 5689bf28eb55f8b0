/**
 * Bodies of S3 that come in chunks, taken apart piece by piece.
 *
 * Pure.
 * Source   S3 API reference, "Signature calculations: transferring payload in multiple chunks" and "… with trailing
 *          headers" (read 2026-11-26). Assumed: signatures of chunks are not looked at.
 */

/** No line between chunks comes near. */
const MOST_LINE_BYTES = 16 * 1024;
const SIZE = /^([0-9a-fA-F]{1,10})(;.*)?$/;

type Next = 'size' | 'bytes' | 'end of bytes' | 'trailer';

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

  /** Whether all came, as it must; asked at the end. */
  get isWhole(): boolean {
    return this.ended && !this.broken;
  }

  /** What of a piece is bytes of the body. Nothing is when what came before is broken. */
  *read(piece: Uint8Array): Generator<Uint8Array> {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let at = 0; at < bytes.length && !this.broken;) {
      if (this.next === 'bytes') {
        const to = Math.min(bytes.length, at + this.left);
        yield bytes.subarray(at, to);
        this.left -= to - at;
        at = to;
        this.next = this.left === 0 ? 'end of bytes' : 'bytes';
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
        this.trailers[line.slice(0, at).toLowerCase().trim()] = line.slice(at + 1).trim();
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
    this.next = this.ended ? 'trailer' : 'bytes';
  }
}
