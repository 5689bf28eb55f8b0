/**
 * Rotation of the material of keys.
 *
 * Pure.
 * Units    `…Days` are counts.
 * Source   KMS developer guide, "Rotating AWS KMS keys": symmetric keys whose material KMS made; a replica rotates with its
 *          primary.
 */
import type { Key } from '../domain/keys';
import { DAY, Instant } from '../kernel/instant';
import { AwsFault } from './fault';
import { refusePending } from './find-key';

export function isRotatable(key: Key): boolean {
  return key.made.spec === 'SYMMETRIC_DEFAULT';
}

/** @throws AwsFault for a key whose rotation nobody can turn on or off. The texts are Assumed. */
export function refuseUnrotatable(key: Key): void {
  refusePending(key);
  if (key.state === 'Disabled') {
    throw new AwsFault('DisabledException', `${key.arn} is disabled.`);
  }
  if (!isRotatable(key) || key.made.primary !== undefined) {
    throw new AwsFault('UnsupportedOperationException', `${key.arn} cannot be rotated by itself.`);
  }
}

/** The first end of a period after an instant. */
export function nextRotationAt(from: Instant, days: number, now: Instant): Instant {
  const period = days * DAY;
  return from + (Math.floor((now - from) / period) + 1) * period;
}
