/**
 * What a World of a server begins with.
 *
 * Pure.
 * Units    `start` is an Instant.
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';

/** What a World begins with: all that decides what comes of a command. Data folders and snapshots keep it. */
export interface WorldBegin {
  /** Account, Region and partition where a request names none. */
  readonly env: Environment;
  readonly start: Instant;
  readonly seed: number;
  /** Whether signatures are verified, and policies decide; not unless given. */
  readonly enforceIam?: boolean;
  /** How many buckets of an account AWS Backup backs up; 100 when not given. */
  readonly bucketQuota?: number | undefined;
}

/** The part of a server's options that its Worlds begin with. */
export function beginOf({ env, start, seed, enforceIam = false, bucketQuota }: WorldBegin): WorldBegin {
  return { env, start, seed, ...(enforceIam && { enforceIam }), ...(bucketQuota !== undefined && { bucketQuota }) };
}
