/**
 * Checksums that come with objects, and whether they are right.
 *
 * Pure.
 * Source   S3 user guide, "Checking object integrity" (read 2026-11-26).
 * Assumed  CRC64NVME and the younger kinds are kept as they came, unproved.
 */
import type { Bodies, Body } from '../domain/bodies';
import { AwsFault } from './fault';

/** What S3 may be given, by the name of the algorithm. */
const MEMBERS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'];

export interface GivenChecksum {
  readonly algorithm: string;
  readonly value: string;
}

/** The checksum among the members of an input, proved where we can. */
export function checkedOf(input: object, bodies: Bodies, body: Body): GivenChecksum | undefined {
  const given = givenOf(input);
  const { ContentMD5 } = input as { readonly ContentMD5?: string };
  if (ContentMD5 !== undefined && bodies.digest(body, 'MD5') !== ContentMD5) {
    throw new AwsFault('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const made = given && bodies.digest(body, given.algorithm);
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
