/**
 * What became of the bytes of resources, as it is told.
 *
 * Pure: types; host/content finds both.
 */
import type { ContentOrder } from '../domain/content-orders';

/** Something that could not be done with the bytes of a resource. */
export interface ContentFault {
  readonly at: string;
  readonly what: ContentOrder['kind'];
  /** ARN of the resource that was backed up. */
  readonly resourceArn: string;
  readonly message: string;
}

/** Bytes of the store that are not what was written, and whom that harms. */
export interface ContentDamage {
  /** File of the store, and place in it. */
  readonly where: string;
  readonly reason: string;
  /** Points that can no longer be restored whole. */
  readonly recoveryPointArns: readonly string[];
}

/** What became of the contents of a World, as a report has it. */
export interface ContentState {
  /** Oldest first. */
  readonly faults: readonly ContentFault[];
  /** Null where nothing was read to find any. */
  readonly damage: readonly ContentDamage[] | null;
}
