/**
 * What comes more than once at one instant, so that ids that are made of it differ all the same.
 *
 * Owns     the counts of the latest instant that it was asked about.
 */
import type { Instant } from './instant';

export class Repetitions {
  private now: Instant | undefined;
  private readonly counts = new Map<string, number>();

  /** How often the same came before at this instant; from now on once more. */
  next(now: Instant, same: string): number {
    if (this.now !== now) {
      this.now = now;
      this.counts.clear();
    }
    const before = this.counts.get(same) ?? 0;
    this.counts.set(same, before + 1);
    return before;
  }
}
