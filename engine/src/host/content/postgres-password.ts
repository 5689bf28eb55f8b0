/**
 * Passwords as PostgreSQL keeps them.
 *
 * Pure.
 * Source   PostgreSQL 17, chapter 51.8: `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`, or `md5` and a digest.
 */
import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

const SCRAM = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):/;
const KEY_BYTES = 32;

/** Whether a password is the one that pg_authid keeps of a role; there is none where it keeps nothing. */
export function isPassword(given: string, role: string, kept: string): boolean {
  const [, iterations, salt, storedKey] = SCRAM.exec(kept) ?? [];
  if (iterations === undefined || salt === undefined || storedKey === undefined) {
    const digest = createHash('md5').update(`${given}${role}`).digest('hex');
    return kept !== '' && same(Buffer.from(`md5${digest}`), Buffer.from(kept));
  }
  const salted = pbkdf2Sync(given, Buffer.from(salt, 'base64'), Number(iterations), KEY_BYTES, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  return same(createHash('sha256').update(clientKey).digest(), Buffer.from(storedKey, 'base64'));
}

function same(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
