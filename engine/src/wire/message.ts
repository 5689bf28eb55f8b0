/**
 * Requests and answers of the wire, without a socket.
 *
 * Pure: types, and bodies as text.
 */

import type { HeldBytes, Lent } from '../domain/bodies';
import type { ChunkMarks, SmallChunk } from './s3-chunks';

/** A body that was taken in before anybody answers. */
export interface HeldBody {
  /** What it comes to, without the marks of chunks. */
  readonly bytes: HeldBytes;
  /** Headers that came behind it. */
  readonly trailers: Readonly<Record<string, string>>;
  /** Of chunks that are signed one by one. */
  readonly marks?: ChunkMarks;
  /** Of its chunks, the first that was too small. */
  readonly small?: SmallChunk;
  /** Why it is not what was announced. */
  readonly fault?: 'incomplete' | 'too large';
}

/** A request as a server sees it; header names in lower case. */
export interface WireRequest {
  readonly method: string;
  /** Path without query, as sent: labels are still encoded. */
  readonly path: string;
  /** What the client sent before the path, and signed with it: the World of its endpoint (`worldOf`). */
  readonly prefix?: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  /** As sent: what it means is a matter of the protocol. */
  readonly body: Uint8Array;
  /** In place of `body` where that is large. */
  readonly held?: HeldBody;
}

export interface WireAnswer {
  /** Whether clients read the body bit by bit, as that of an object. */
  readonly streams?: boolean;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** In place of `body` where that is large. */
  readonly streamed?: Lent;
}

/** A body of text. Bytes that are no UTF-8 come as U+FFFD. */
export function textOf(body: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}
