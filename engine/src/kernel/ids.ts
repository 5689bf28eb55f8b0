/**
 * Ids that a service would make up.
 *
 * Pure: an id follows from the seed and from what the thing is called, never from how many were made before.
 * Source   design.md section 2: generated ids are keyed by seed, kind, account, Region, name or ARN, rule and instant.
 */
import * as crypto from 'node:crypto';
import type { Instant } from './instant';

/** What an id is the id of. */
export interface IdKey {
  /** What kind of thing, e.g. `backup-job`. */
  readonly kind: string;
  /** Account, Region, names, ARNs, rule: in an order that the kind fixes. */
  readonly names: readonly string[];
  readonly at?: Instant;
}

type Hash = (algorithm: string, text: string, encoding: 'hex') => string;

/** Node has it from 20.12 on; it takes half the time. */
const hashAtOnce = (crypto as { readonly hash?: Hash }).hash;
const hash: Hash =
  hashAtOnce ?? ((algorithm, text, encoding) => crypto.createHash(algorithm).update(text, 'utf8').digest(encoding));

/** 128 bits as 32 lower-case hex digits. */
export function hex128(seed: number, key: IdKey): string {
  let text = lengthened(String(seed)) + lengthened(key.kind);
  for (const name of key.names) {
    text += lengthened(name);
  }
  return hash('sha256', text + lengthened(String(key.at ?? 0)), 'hex').slice(0, 32);
}

/** Lengths before texts, so that names which run together stay apart. */
function lengthened(text: string): string {
  return `${text.length}:${text}`;
}

/** A version 4 UUID in lower case. */
export function uuid(seed: number, key: IdKey): string {
  const hex = hex128(seed, key);
  const variant = '89ab'[parseInt(hex.slice(16, 17), 16) & 3] ?? '8';
  const [time, mid] = [hex.slice(0, 8), hex.slice(8, 12)];
  return `${time}-${mid}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
