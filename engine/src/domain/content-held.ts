/**
 * What points, jobs and restores keep of captures.
 *
 * Pure: types.
 * Spec     ../host/content/content.md
 */
import type { Instant } from '../kernel/instant';
import type { CaptureOrder, Scope, Stored } from './content-orders';

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
