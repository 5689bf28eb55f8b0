/**
 * How a chunk stands in a pack: a head in the clear that says which it is, then the chunk, compressed and encrypted.
 *
 * Owns     nothing: bytes in, fields out.
 * Units    sizes are bytes.
 *
 * The head has a checksum, by which it is found again behind a place that is damaged. What it says is authenticated with the
 * chunk, so that a head cannot be put before another.
 */

/** What a chunk is a part of. */
export const DATA = 0;
export const MANIFEST = 1;

/** How it is compressed. */
export const PLAIN = 0;
export const BROTLI = 1;

export const ID_BYTES = 16;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const MAGIC = 0x6b_63_66_68;
const ID_AT = 20;
/** Up to here the head says which chunk it is; then come nonce, tag and checksum. */
export const TITLE_BYTES = ID_AT + ID_BYTES;
const TAG_AT = TITLE_BYTES + NONCE_BYTES;
const CHECK_AT = TAG_AT + TAG_BYTES;
export const HEAD_BYTES = CHECK_AT + 4;

const MAGIC_BYTES = Buffer.alloc(4);
MAGIC_BYTES.writeUInt32LE(MAGIC);

/** What a head says of its chunk. */
export interface ChunkTitle {
  readonly kind: number;
  readonly packing: number;
  readonly scope: number;
  readonly plainBytes: number;
  /** Of the chunk as it is stored, without the head. */
  readonly storedBytes: number;
  readonly id: Buffer;
}

export function writeTitle(title: ChunkTitle, into: Buffer): void {
  into.writeUInt32LE(MAGIC, 0);
  into.writeUInt32LE(title.kind | (title.packing << 8), 4);
  into.writeUInt32LE(title.scope, 8);
  into.writeUInt32LE(title.plainBytes, 12);
  into.writeUInt32LE(title.storedBytes, 16);
  title.id.copy(into, ID_AT, 0, ID_BYTES);
}

/** Completes a head whose title is written. */
export function finishHead(head: Buffer, nonce: Buffer, tag: Buffer): void {
  nonce.copy(head, TITLE_BYTES);
  tag.copy(head, TAG_AT);
  head.writeUInt32LE(checksum(head), CHECK_AT);
}

export function nonceOf(head: Buffer): Buffer {
  return head.subarray(TITLE_BYTES, TAG_AT);
}

export function tagOf(head: Buffer): Buffer {
  return head.subarray(TAG_AT, CHECK_AT);
}

/** Whether a whole head stands at the beginning of these bytes. */
export function isHead(bytes: Buffer): boolean {
  return (
    bytes.length >= HEAD_BYTES && bytes.readUInt32LE(0) === MAGIC && bytes.readUInt32LE(CHECK_AT) === checksum(bytes)
  );
}

export function readTitle(head: Buffer): ChunkTitle {
  const sort = head.readUInt32LE(4);
  return {
    kind: sort & 0xff,
    packing: (sort >> 8) & 0xff,
    scope: head.readUInt32LE(8),
    plainBytes: head.readUInt32LE(12),
    storedBytes: head.readUInt32LE(16),
    id: Buffer.from(head.subarray(ID_AT, TITLE_BYTES)),
  };
}

/** Where a head may stand at or after a place; -1 when nowhere. */
export function nextMagic(bytes: Buffer, from: number): number {
  return bytes.indexOf(MAGIC_BYTES, from);
}

/** FNV-1a: it tells a head from other bytes; that nobody changed it is for the tag to say. */
function checksum(head: Buffer): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < CHECK_AT; at++) {
    sum = Math.imul(sum ^ (head[at] as number), 0x01000193);
  }
  return sum >>> 0;
}
