/**
 * The latest of things that never end to come.
 *
 * Owns     at least as many as it is told to keep, and at most twice as many.
 */
export class Latest<T> {
  private kept: T[] = [];

  constructor(private readonly least: number) {}

  add(one: T): void {
    this.kept.push(one);
    if (this.kept.length > 2 * this.least) {
      this.kept = this.kept.slice(-this.least);
    }
  }

  /** Oldest first. */
  list(): readonly T[] {
    return this.kept;
  }
}
