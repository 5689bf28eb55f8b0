/**
 * How often a World changed, and who waits for the next time.
 *
 * Owns     a count, and those who wait.
 */

export class Changes {
  private count = 0;
  private waiting: (() => void)[] = [];

  get soFar(): number {
    return this.count;
  }

  /** Something changed. */
  note(): void {
    this.count++;
    const told = this.waiting;
    this.waiting = [];
    told.forEach((tell) => tell());
  }

  /** The count, once it is another than `seen`; at the latest after `mostMs`. */
  async after(seen: number, mostMs: number): Promise<number> {
    if (seen === this.count) {
      await new Promise<void>((resolve) => {
        // Who waits keeps no process alive.
        const timer = setTimeout(resolve, mostMs).unref();
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return this.count;
  }
}
