/**
 * Who looks at a World while its clock moves, and changes nothing in it.
 *
 * Pure: a type, and the one that never looks.
 */
import { Instant, NEVER } from '../kernel/instant';

/** Looks whenever the clock comes to an instant that it names, before anything of that instant happens. */
export interface Watcher {
  readonly nextAt: Instant;
  /** The clock has come to `at`, which is `nextAt` or later. */
  look(at: Instant): void;
}

export const NOBODY: Watcher = { nextAt: NEVER, look: () => undefined };
