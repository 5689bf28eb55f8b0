/**
 * Ids that a service would make up.
 *
 * Pure: an id follows from the seed and from what the thing is called, never from how many were made before.
 * Source   design.md section 2: generated ids are keyed by seed, kind, account, Region, name or ARN, rule and instant.
 */
import type { Instant } from './instant';
import { finish, mix, mixInstant, seeded } from './prng';

const LANES = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;

/** What an id is the id of. */
export interface IdKey {
  /** What kind of thing, e.g. `backup-job`. */
  readonly kind: string;
  /** Account, Region, names, ARNs, rule: in an order that the kind fixes. */
  readonly names: readonly string[];
  readonly at?: Instant;
}

/** 128 bits as 32 lower-case hex digits. */
export function hex128(seed: number, key: IdKey): string {
  return LANES.map((lane) => {
    let state = mix(seeded(seed), lane);
    for (const text of [key.kind, ...key.names]) {
      state = mixText(state, text);
    }
    return finish(mixInstant(state, key.at ?? 0))
      .toString(16)
      .padStart(8, '0');
  }).join('');
}

/** A version 4 UUID in lower case. */
export function uuid(seed: number, key: IdKey): string {
  const hex = hex128(seed, key);
  const variant = '89ab'[parseInt(hex.slice(16, 17), 16) & 3] ?? '8';
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    '-',
  );
}

function mixText(state: number, text: string): number {
  let mixed = mix(state, text.length);
  for (let i = 0; i < text.length; i++) {
    mixed = mix(mixed, text.charCodeAt(i));
  }
  return mixed;
}
