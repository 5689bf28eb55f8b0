/**
 * When a recovery point moves to cold storage and when it is deleted.
 *
 * Pure: days and instants in, instants out.
 * Units    `…Days` are counts, NEVER where there is none; a day is 24 hours.
 * Source   B2.3, B5.2, B6.2.
 * Spec     lifecycle.md
 */
import type { Lifecycle } from '@holdfast/model';
import { daysAfter, HOUR, Instant, NEVER } from '../kernel/instant';
import { below } from '../kernel/prng';

/** A lifecycle without absent values. */
export interface Terms {
  /** NEVER when it stays warm. */
  readonly coldAfterDays: number;
  /** NEVER when it is kept for ever. */
  readonly deleteAfterDays: number;
  /** Whether a service that asks for it may archive. */
  readonly archiveOptIn: boolean;
}

/** How a service takes to cold storage. */
export const STAYS_WARM = 0;
export const MOVES_TO_COLD = 1;
export const MOVES_WHEN_OPTED_IN = 2;

/** Deletion comes at a random instant within 8 hours after DeleteAt (Source B5.2/2). */
export const DELETION_SPREAD = 8 * HOUR;

/** Source B2.3/2: absent and -1 both mean never. */
export function termsOf(lifecycle: Lifecycle | undefined): Terms {
  return {
    coldAfterDays: daysOf(lifecycle?.moveToColdStorageAfterDays),
    deleteAfterDays: daysOf(lifecycle?.deleteAfterDays),
    archiveOptIn: lifecycle?.optInToArchiveForSupportedResources === true,
  };
}

/** Source B5.2/1: days count from the creation of the point, which is the start of its job (B2.3/1). */
export function deleteAtOf(createdAt: Instant, terms: Terms): Instant {
  return daysAfter(createdAt, terms.deleteAfterDays);
}

/** Source B2.3/3: services without cold storage ignore the value; B2.3/4: EBS asks for an opt-in. */
export function coldAtOf(createdAt: Instant, terms: Terms, coldSupport: number): Instant {
  const moves = coldSupport === MOVES_TO_COLD || (coldSupport === MOVES_WHEN_OPTED_IN && terms.archiveOptIn);
  return moves ? daysAfter(createdAt, terms.coldAfterDays) : NEVER;
}

/** When the deletion really comes, from a keyed draw. */
export function deletionAt(deleteAt: Instant, draw: number): Instant {
  return deleteAt + below(draw, DELETION_SPREAD);
}

/** Instants at which a copy moves and ends. */
export interface CopyEnds {
  readonly coldAt: Instant;
  readonly deleteAt: Instant;
}

/**
 * What a copy's lifecycle comes to.
 *
 * Source B6.2/1: days count from the source's creation. B6.2/2: without a lifecycle, or without deleteAfterDays, the
 * source's end holds; -1 takes over the source's end too.
 */
export function copyEnds(
  createdAt: Instant,
  source: CopyEnds,
  lifecycle: Lifecycle | undefined,
  coldSupport: number,
): CopyEnds {
  if (lifecycle === undefined) {
    return { coldAt: coldSupport === STAYS_WARM ? NEVER : source.coldAt, deleteAt: source.deleteAt };
  }
  const terms = termsOf(lifecycle);
  const follows = lifecycle.deleteAfterDays === undefined && lifecycle.moveToColdStorageAfterDays === undefined;
  return {
    coldAt: follows && coldSupport !== STAYS_WARM ? source.coldAt : coldAtOf(createdAt, terms, coldSupport),
    deleteAt: inheritsEnd(lifecycle) ? source.deleteAt : deleteAtOf(createdAt, terms),
  };
}

/** Whether a copy's end is its source's. */
export function inheritsEnd(lifecycle: Lifecycle | undefined): boolean {
  return lifecycle?.deleteAfterDays === undefined || lifecycle.deleteAfterDays === -1;
}

function daysOf(days: number | undefined): number {
  return days === undefined || days === -1 ? NEVER : days;
}
