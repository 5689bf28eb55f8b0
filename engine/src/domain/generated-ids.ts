/**
 * Ids that a service would make of what an artifact or a caller declares.
 *
 * Pure: kind, place and name in, an id out.
 */
import type { Environment } from '@holdfast/model';
import { createHash } from 'node:crypto';

/**
 * Hex digits of an id that a service would make, keyed by what the thing is called.
 *
 * Assumed  Decision 0003: a generated id follows from kind, place and name alone, so that two artifacts which
 *          declare the same thing under the same name get the same ARN.
 */
export function generatedHex(kind: string, env: Environment, name: string, digits: number): string {
  const hash = createHash('sha256');
  hash.update(['holdfast-id', kind, env.partition, env.account, env.region, name].join('\u0000'));
  return hash.digest('hex').slice(0, digits);
}

/** A UUID that a service would make, keyed as `generatedHex`. */
export function generatedUuid(kind: string, env: Environment, name: string): string {
  const hex = generatedHex(kind, env, name, 32);
  const variant = '89ab'[parseInt(hex.slice(16, 17), 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
