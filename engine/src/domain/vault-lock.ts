/**
 * What a Vault Lock allows at an instant.
 *
 * Pure: a lock and an instant in, an answer out.
 * Units    `…Days` are counts, NEVER for "kept for ever"; `lockDate` is an Instant, NEVER in governance mode.
 * Source   B7.4, B7.5/1.
 * Spec     vault-lock.md
 */
import type { VaultLock } from '@holdfast/model';
import { daysAfter, Instant, NEVER } from '../kernel/instant';

/** A lock as it stands in the World. */
export interface StandingLock {
  /** 0 when there is no lower bound. */
  readonly minRetentionDays: number;
  /** NEVER when there is no upper bound. */
  readonly maxRetentionDays: number;
  /** From when on nobody changes the lock; NEVER in governance mode (Source B7.4/1). */
  readonly lockDate: Instant;
}

/** The lock that PutBackupVaultLockConfiguration makes. */
export function lockPut(lock: VaultLock, now: Instant): StandingLock {
  return {
    minRetentionDays: lock.minRetentionDays ?? 0,
    maxRetentionDays: lock.maxRetentionDays ?? NEVER,
    lockDate: lock.changeableForDays === undefined ? NEVER : daysAfter(now, lock.changeableForDays),
  };
}

/** The lock of a logically air-gapped vault: compliance from the first instant on (Source B7.5/1). */
export function airGapLock(minRetentionDays: number, maxRetentionDays: number, now: Instant): StandingLock {
  return { minRetentionDays, maxRetentionDays, lockDate: now };
}

/** Whether a job of this retention may put a point into the vault (Source B4.3/5: for ever violates a maximum). */
export function admits(lock: StandingLock | undefined, retentionDays: number): boolean {
  return lock === undefined || (retentionDays >= lock.minRetentionDays && retentionDays <= lock.maxRetentionDays);
}

/** Whether the lock may still be put again or deleted (Source B7.4/1). */
export function isChangeable(lock: StandingLock, now: Instant): boolean {
  return now < lock.lockDate;
}

/** The bounds in words. */
export function boundsOf(lock: StandingLock): string {
  const to = lock.maxRetentionDays === NEVER ? 'or more' : `to ${lock.maxRetentionDays}`;
  return `${lock.minRetentionDays} ${to} days`;
}
