/**
 * Chance that is keyed by what it decides, not by the order in which it is asked.
 *
 * Pure: 32-bit integers in, 32-bit integers out; no state, so that a draw never depends on draws before it.
 * Units    words are unsigned 32-bit integers; an instant enters as its low and its high word.
 * Source   the mixing is MurmurHash3 x86 32 (Austin Appleby, public domain). Not cryptographic.
 */
import type { Instant } from './instant';

const TWO_32 = 4294967296;
/** Bound once: this runs several times for each point. */
const { imul, floor } = Math;

/** One word mixed into a state. */
export function mix(state: number, word: number): number {
  let k = imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = state ^ imul(k, 0x1b873593);
  return (imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** The last step: every bit of the state touches every bit of the answer. */
export function finish(state: number): number {
  let h = state ^ (state >>> 16);
  h = imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function mixInstant(state: number, at: Instant): number {
  return mix(mix(state, at >>> 0), floor(at / TWO_32) >>> 0);
}

/** What a seed starts from. Seeds are whole numbers up to 2^53. */
export function seeded(seed: number): number {
  return mixInstant(0x9747b28c, seed);
}

/** A whole number in [0, limit), keyed by everything that went in; `limit` up to 2^32. */
export function below(word: number, limit: number): number {
  return floor((word / TWO_32) * limit);
}
