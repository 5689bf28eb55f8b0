/**
 * Digests of bytes that come piece by piece.
 *
 * Pure.
 * Units    values are base64.
 * Source   CRC catalogue: CRC-32/ISO-HDLC, CRC-32/ISCSI; RFC 1321, FIPS 180-4 by node:crypto.
 */
import { createHash } from 'node:crypto';
import * as zlib from 'node:zlib';

export interface Digest {
  update(bytes: Uint8Array): void;
  /** Of all that came; nothing may come after it. */
  value(): string;
}

/** The polynomials of CRC-32 and CRC-32C, reflected. */
const POLYNOMIALS: Readonly<Record<string, number>> = { CRC32: 0xedb88320, CRC32C: 0x82f63b78 };
const HASHES = ['SHA1', 'SHA256', 'SHA512', 'MD5'];
const TABLES = new Map(Object.entries(POLYNOMIALS).map(([name, polynomial]) => [name, tableOf(polynomial)]));

/** Node has it from 20.15 on. */
const ownCrc32 = (zlib as { readonly crc32?: (bytes: Uint8Array, before: number) => number }).crc32;

/** Undefined for an algorithm that we do not have. */
export function digestFor(algorithm: string): Digest | undefined {
  if (HASHES.includes(algorithm)) {
    const hash = createHash(algorithm.toLowerCase());
    return { update: (bytes) => void hash.update(bytes), value: () => hash.digest('base64') };
  }
  const table = TABLES.get(algorithm);
  if (table === undefined) {
    return undefined;
  }
  const next =
    algorithm === 'CRC32' && ownCrc32 !== undefined
      ? ownCrc32
      : (bytes: Uint8Array, before: number) => crc(table, bytes, before);
  let value = 0;
  return { update: (bytes) => void (value = next(bytes, value)), value: () => textOf(value) };
}

/** The digest of bytes that are all there. */
export function digestOf(algorithm: string, pieces: Iterable<Uint8Array>): string | undefined {
  const digest = digestFor(algorithm);
  if (digest === undefined) {
    return undefined;
  }
  for (const piece of pieces) {
    digest.update(piece);
  }
  return digest.value();
}

/** A part of what a CRC is of. */
export interface CrcPart {
  readonly value: string;
  readonly sizeBytes: number;
}

/** The CRC of parts that stand one behind the other; undefined where the algorithm is none. */
export function joinedCrc(algorithm: string, parts: readonly CrcPart[]): string | undefined {
  const polynomial = POLYNOMIALS[algorithm];
  if (polynomial === undefined) {
    return undefined;
  }
  // Bytes behind a part multiply what it is, as a polynomial, by x to the power of how many bits they have.
  const joined = parts.reduce((before, { value, sizeBytes }) => {
    const own = Buffer.from(value, 'base64').readUInt32BE();
    return (times(polynomial, shiftOf(polynomial, sizeBytes), before) ^ own) >>> 0;
  }, 0);
  return textOf(joined);
}

/** x to the power of 8 for each byte, modulo the polynomial; the highest bit is that of x to the power of 0. */
function shiftOf(polynomial: number, sizeBytes: number): number {
  let [power, square] = [0x80000000, 0x00800000];
  for (let left = sizeBytes; left > 0; left = Math.floor(left / 2)) {
    power = left % 2 === 1 ? times(polynomial, power, square) : power;
    square = times(polynomial, square, square);
  }
  return power;
}

function times(polynomial: number, a: number, b: number): number {
  let [product, shifted] = [0, b];
  for (let bit = 31; bit >= 0; bit--) {
    product = ((a >>> bit) & 1) === 1 ? product ^ shifted : product;
    shifted = (shifted & 1) === 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return product >>> 0;
}

function textOf(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString('base64');
}

function tableOf(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) {
      value = (value & 1) === 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    }
    return value >>> 0;
  });
}

function crc(table: Uint32Array, bytes: Uint8Array, before: number): number {
  let value = ~before;
  for (let at = 0; at < bytes.length; at++) {
    value = (table[(value ^ (bytes[at] as number)) & 0xff] as number) ^ (value >>> 8);
  }
  return ~value >>> 0;
}
