/**
 * Checksums that come with objects, and whether they are right.
 *
 * Pure.
 * Source   S3 user guide, "Checking object integrity" (read 2026-11-26); CRC catalogue: CRC-32/ISO-HDLC, CRC-32/ISCSI.
 * Assumed  CRC64NVME and the younger kinds are kept as they came, unproved.
 */
import { createHash } from 'node:crypto';
import { AwsFault } from './fault';

/** What S3 may be given, by the name of the algorithm. */
const MEMBERS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'];

export interface GivenChecksum {
  readonly algorithm: string;
  readonly value: string;
}

/** The checksum among the members of an input, proved where we can. */
export function checkedOf(input: object, bytes: Uint8Array): GivenChecksum | undefined {
  const given = givenOf(input);
  const { ContentMD5 } = input as { readonly ContentMD5?: string };
  if (ContentMD5 !== undefined && createHash('md5').update(bytes).digest('base64') !== ContentMD5) {
    throw new AwsFault('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const made = given && checksumOf(given.algorithm, bytes);
  if (given !== undefined && made !== undefined && made !== given.value) {
    const text = `The ${given.algorithm} you specified did not match the calculated checksum.`;
    throw new AwsFault('BadDigest', text);
  }
  return given;
}

/** The checksum among the members of an input. */
export function givenOf(input: object): GivenChecksum | undefined {
  const members = input as Readonly<Record<string, unknown>>;
  for (const algorithm of MEMBERS) {
    const value = members[`Checksum${algorithm}`];
    if (typeof value === 'string') {
      return { algorithm, value };
    }
  }
  return undefined;
}

/** Base64; undefined for an algorithm that we do not have. */
export function checksumOf(algorithm: string, bytes: Uint8Array): string | undefined {
  switch (algorithm) {
    case 'CRC32':
      return base64(crc(CRC32, bytes));
    case 'CRC32C':
      return base64(crc(CRC32C, bytes));
    case 'SHA1':
    case 'SHA256':
    case 'SHA512':
    case 'MD5':
      return createHash(algorithm.toLowerCase()).update(bytes).digest('base64');
    default:
      return undefined;
  }
}

function base64(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString('base64');
}

/** The polynomials of CRC-32 and CRC-32C, reflected. */
const CRC32 = tableOf(0xedb88320);
const CRC32C = tableOf(0x82f63b78);

function tableOf(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) {
      value = (value & 1) === 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    }
    return value >>> 0;
  });
}

function crc(table: Uint32Array, bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  }
  return (value ^ 0xffffffff) >>> 0;
}
