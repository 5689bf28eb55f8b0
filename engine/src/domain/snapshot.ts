/**
 * How big a backup is, how much of it moves, and how long that takes.
 *
 * Pure: sizes and counts in, sizes and durations out.
 * Units    `…Bytes` are bytes, `…Ms` milliseconds.
 * Source   B4.4 for full and incremental. Durations are Assumed: AWS publishes none.
 * Spec     snapshot.md
 */
import { BackupLimits } from '@holdfast/model';
import { DAY, HOUR, Instant, MINUTE, SECOND } from '../kernel/instant';

export const GIB = 1_073_741_824;

/** Assumed: what a job needs before and after the bytes. */
const OVERHEAD_MS = 2 * MINUTE;
/** Assumed: 6 s per GiB, about 170 MiB/s, so that a job of 1 GiB ends within 10 minutes. */
const MS_PER_GIB = 6 * SECOND;

export function durationMs(transferredBytes: number): number {
  return OVERHEAD_MS + Math.round((transferredBytes / GIB) * MS_PER_GIB);
}

/**
 * How long a restore takes.
 *
 * Source B8/8, B8/9: what is in cold storage comes back first, and then as fast as from warm storage.
 *
 * @param service id of its row in the table of service support
 */
export function restoreMs(sizeBytes: number, service: string, cold: boolean): number {
  return durationMs(sizeBytes) + (cold ? BackupLimits.coldRestoreHours(service) * HOUR : 0);
}

/**
 * Bytes that changed since the last backup, at most everything.
 *
 * Assumed: change is even over time and never rewrites the same bytes twice.
 */
export function changedBytes(sizeBytes: number, dailyChangePercent: number, since: Instant, now: Instant): number {
  const share = (dailyChangePercent / 100) * ((now - since) / DAY);
  return share >= 1 ? sizeBytes : Math.round(sizeBytes * share);
}
