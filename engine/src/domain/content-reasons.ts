/**
 * Why, for jobs of resources that hold bytes: numbers and sentences, beside those of reasons.ts.
 *
 * Pure: constants and texts. Texts of AWS are Assumed.
 * Spec     ../host/content/content.md
 */
import { Reason, theirs } from './reason';

export const CONTENT_NOT_CAPTURED = 220;
export const CONTENT_NOT_COPIED = 221;
export const CONTENT_NOT_RESTORED = 222;
export const RESTORE_BUCKET_ABSENT = 223;
export const INDEX_UNREADABLE = 224;

export const CONTENT_REASONS: Readonly<Record<number, Reason>> = {
  [CONTENT_NOT_CAPTURED]: theirs(
    'Backup job failed because of an internal error.',
    () => 'what the resource holds could not be captured; the faults of its content say why',
  ),
  [CONTENT_NOT_COPIED]: theirs(
    'Copy job failed because of an internal error.',
    () => 'what the source holds could not be read or stored; the faults of its content say why',
  ),
  [CONTENT_NOT_RESTORED]: theirs(
    'Restore job failed because of an internal error.',
    () => 'what the point holds could not be read or restored; the faults of its content say why',
  ),
  [RESTORE_BUCKET_ABSENT]: theirs(
    'Restore job failed. The destination bucket does not exist.',
    () => 'the bucket that the files go to does not exist, or is in another Region or account',
  ),
  [INDEX_UNREADABLE]: theirs(
    'Unable to index the recovery point. Its file systems are not supported.',
    () => 'the files of the volume could not be read; the faults of its content say why',
  ),
};
