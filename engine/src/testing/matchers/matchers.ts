/**
 * The matchers as `expect.extend` of jest and vitest takes them.
 *
 * Pure: a table.
 */
import { toDeny } from './denial';
import { toBeImmutableUntil } from './immutability';
import { toHaveCopyIn, toHaveRestorableCopyAfter, toKeepAtLeast, toMeetRpo, toSurvive } from './recovery';

/** `expect.extend(matchers)`; '@holdfast/engine/jest' and '@holdfast/engine/vitest' do it and bring the types. */
export const matchers = {
  toMeetRpo,
  toKeepAtLeast,
  toHaveCopyIn,
  toSurvive,
  toHaveRestorableCopyAfter,
  toBeImmutableUntil,
  toDeny,
};
