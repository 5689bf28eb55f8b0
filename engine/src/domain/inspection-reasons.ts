/**
 * Why, for indexes, scans and tiers: numbers and sentences, beside those of reasons.ts.
 *
 * Pure: constants and texts. Texts of AWS are Assumed.
 * Spec     index.md, scan-job.md, tiering.md
 */
import type { Reason } from './reason';

export const INDEX_ASKED = 130;
export const INDEX_COMPLETE = 131;
export const INDEX_DROPPED = 132;
export const SCAN_STARTED = 133;
export const SCAN_CLEAN = 134;
export const SCAN_FOUND = 135;
export const SCAN_POINT_GONE = 136;
export const SCAN_QUEUE_FULL = 137;
export const SCANNER_UNASSUMABLE = 138;
export const MOVED_TO_WARM_TIER = 139;

export const INSPECTION_REASONS: Readonly<Record<number, Reason>> = {
  [INDEX_ASKED]: ours('an index of it was asked for'),
  [INDEX_COMPLETE]: ours('all of it was read'),
  [INDEX_DROPPED]: ours('UpdateRecoveryPointIndexSettings was called with DISABLED'),
  [SCAN_STARTED]: ours('few enough scans of the resource and of the account were running'),
  [SCAN_CLEAN]: ours('the scanner found nothing'),
  [SCAN_FOUND]: ours('the resource was infected when it was backed up'),
  [SCAN_POINT_GONE]: theirs('Cannot find recovery point', 'the point was deleted before the scan was over'),
  [SCAN_QUEUE_FULL]: theirs(
    'Scan job failed. There are too many scan jobs waiting for the resource.',
    'ten more scans of the resource were waiting after it',
  ),
  [SCANNER_UNASSUMABLE]: theirs(
    'Scanner role cannot be assumed by GuardDuty',
    'the role of the scanner was deleted, or its trust policy does not let GuardDuty in',
  ),
  [MOVED_TO_WARM_TIER]: ours('a tiering configuration moves objects of that age to the low-cost warm tier'),
};

function ours(sentence: string): Reason {
  return { message: '', sentence: () => sentence };
}

function theirs(message: string, sentence: string): Reason {
  return { message, sentence: () => sentence };
}
