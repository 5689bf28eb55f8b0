/**
 * What points, jobs and restores keep of captures.
 *
 * Pure: types.
 * Spec     ../host/content/content.md
 */
import type { Instant } from '../kernel/instant';
import type { CaptureOrder, Scope, Stored } from './content-orders';
import type { Resource } from './protected-resources';

export type Options = CaptureOrder['options'];

/** A capture that is needed by something. */
export interface Held {
  readonly stored: Stored;
  readonly scope: Scope;
  /** Options of the backup that captured it; of a copy, nobody asks. */
  readonly options: Options;
  uses: number;
}

/** What a resource held from an instant on, until the next revision. */
export interface Revision {
  readonly from: Instant;
  readonly held: Held;
}

/** A point that is looked into. */
export interface Seen<T> {
  readonly resource: Resource;
  readonly from: string;
  settle(found: T | undefined): void;
}

/** What a job moves and makes: all of it, and what its base did not hold. */
export type Captured = Pick<Stored, 'sizeBytes' | 'changedBytes' | 'shadowless'>;
