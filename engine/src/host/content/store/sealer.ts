/**
 * Turns chunks into what stands in packs, and back: compressed where that helps, then encrypted, each under a nonce of its own.
 *
 * Owns     the data key of a scope, until it is forgotten.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import {
  BROTLI,
  ChunkTitle,
  finishHead,
  HEAD_BYTES,
  ID_BYTES,
  MANIFEST,
  NONCE_BYTES,
  nonceOf,
  PLAIN,
  tagOf,
  TITLE_BYTES,
  writeTitle,
} from './chunk-record';

const KEY_BYTES = 32;
/** Less than this is compressed at once, as it takes longer to hand it to another thread. */
const LEAST_FOR_THREADS = 16 * 1024;
/** Less than this is not worth it. */
const LEAST_TO_COMPRESS = 64;
/** What is looked at to tell whether a chunk can be compressed. */
const SAMPLES = 32;
const SAMPLE_BYTES = 256;
/** Bits that a byte tells, from which on it is taken for random. */
const MOST_BITS = 7.8;

const compressInThread = promisify<zlib.InputType, zlib.BrotliOptions, Buffer>(zlib.brotliCompress);

/** A chunk as it will be encrypted. */
export interface Packed {
  readonly packing: number;
  readonly bytes: Buffer;
}

/** Compresses a chunk, where that makes it smaller by a thirty-second. */
export function pack(bytes: Buffer): Packed | Promise<Packed> {
  if (bytes.length < LEAST_TO_COMPRESS || looksRandom(bytes)) {
    return { packing: PLAIN, bytes };
  }
  const options = optionsFor(bytes.length);
  if (bytes.length < LEAST_FOR_THREADS) {
    return smaller(bytes, zlib.brotliCompressSync(bytes, options));
  }
  return compressInThread(bytes, options).then((packed) => smaller(bytes, packed));
}

function smaller(bytes: Buffer, packed: Buffer): Packed {
  return packed.length > bytes.length - (bytes.length >> 5)
    ? { packing: PLAIN, bytes }
    : { packing: BROTLI, bytes: packed };
}

function optionsFor(size: number): zlib.BrotliOptions {
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  return {
    // Room for what comes out: Node gives 16 KiB at a time, and each time is a turn of its threads.
    chunkSize: Math.max(LEAST_TO_COMPRESS, size >> 1),
    params: {
      [BROTLI_PARAM_QUALITY]: 1,
      [BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(10, Math.ceil(Math.log2(size)))),
      [BROTLI_PARAM_SIZE_HINT]: size,
    },
  };
}

const counts = new Uint32Array(256);

/** Whether samples of a chunk have bytes as unlike as random ones. */
function looksRandom(bytes: Buffer): boolean {
  if (bytes.length < SAMPLES * SAMPLE_BYTES) {
    return false;
  }
  counts.fill(0);
  const stride = Math.floor((bytes.length - SAMPLE_BYTES) / (SAMPLES - 1));
  for (let sample = 0; sample < SAMPLES; sample++) {
    const from = sample * stride;
    for (let at = from; at < from + SAMPLE_BYTES; at++) {
      const byte = bytes[at] as number;
      counts[byte] = (counts[byte] as number) + 1;
    }
  }
  const all = SAMPLES * SAMPLE_BYTES;
  let bits = 0;
  for (const count of counts) {
    bits -= count === 0 ? 0 : (count / all) * Math.log2(count / all);
  }
  return bits > MOST_BITS;
}

export class Sealer {
  private readonly dataIds: Buffer;
  private readonly manifestIds: Buffer;
  private readonly chunks: Buffer;
  private readonly nonces = Buffer.alloc(NONCE_BYTES * 256);
  private nonce = 256;

  constructor(
    readonly scope: number,
    dataKey: Buffer,
  ) {
    const derive = (use: string) => Buffer.from(hkdfSync('sha256', dataKey, '', `holdfast content ${use}`, KEY_BYTES));
    this.dataIds = derive('ids');
    this.manifestIds = derive('manifests');
    this.chunks = derive('chunks');
    dataKey.fill(0);
  }

  /** What a chunk is called: the same bytes have the same id in one scope, and it tells nothing to whoever lacks the key. */
  idOf(kind: number, bytes: Buffer): Buffer {
    const key = kind === MANIFEST ? this.manifestIds : this.dataIds;
    return createHmac('sha256', key).update(bytes).digest().subarray(0, ID_BYTES);
  }

  /** A chunk as it stands in a pack: head and body. */
  seal(title: ChunkTitle, bytes: Buffer): [Buffer, Buffer] {
    const head = Buffer.allocUnsafe(HEAD_BYTES);
    writeTitle(title, head);
    const nonce = this.nextNonce();
    const cipher = createCipheriv('aes-256-gcm', this.chunks, nonce);
    cipher.setAAD(head.subarray(0, TITLE_BYTES));
    const body = cipher.update(bytes);
    cipher.final();
    finishHead(head, nonce, cipher.getAuthTag());
    return [head, body];
  }

  /** The bytes of a chunk again. @throws Error when they are not what was sealed */
  open(title: ChunkTitle, record: Buffer): Buffer {
    const head = record.subarray(0, HEAD_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.chunks, nonceOf(head));
    const expected = Buffer.allocUnsafe(TITLE_BYTES);
    writeTitle(title, expected);
    decipher.setAAD(expected);
    decipher.setAuthTag(tagOf(head));
    const packed = decipher.update(record.subarray(HEAD_BYTES));
    try {
      decipher.final();
    } catch (fault) {
      // What Node says of it names no bytes.
      throw new Error('its bytes are not those that were sealed', { cause: fault });
    }
    const bytes =
      title.packing === BROTLI ? zlib.brotliDecompressSync(packed, { chunkSize: title.plainBytes }) : packed;
    if (bytes.length !== title.plainBytes || !this.idOf(title.kind, bytes).equals(title.id)) {
      throw new Error('its bytes are others than those that it was made of');
    }
    return bytes;
  }

  /** After this nothing of the scope can be read. */
  forget(): void {
    [this.dataIds, this.manifestIds, this.chunks].forEach((key) => key.fill(0));
  }

  private nextNonce(): Buffer {
    if (this.nonce === 256) {
      randomFillSync(this.nonces);
      this.nonce = 0;
    }
    const at = this.nonce++ * NONCE_BYTES;
    return this.nonces.subarray(at, at + NONCE_BYTES);
  }
}
