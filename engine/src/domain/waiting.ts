/**
 * Jobs that wait for one busy resource, by when each looks again.
 *
 * Owns     the numbers of the waiting jobs, in order of their looks.
 * Units    a look comes every 10 minutes from the creation of the job, so that its place within 10 minutes tells when.
 *          Only the first look that finds the resource free matters: the others need no entry on the agenda, however
 *          many jobs wait.
 * Source   B4.1/2: at least every 10 minutes.
 * Spec     backup-job.md
 */
import { Instant, MINUTE } from '../kernel/instant';

/** Source B4.1/2: a job in CREATED is tried again at least every 10 minutes. */
export const RETRY_MINUTES = 10;
const BETWEEN = RETRY_MINUTES * MINUTE;

/** A look of a waiting job. */
export interface Look {
  readonly at: Instant;
  readonly number: number;
}

export class Waiting {
  private readonly offsets: number[] = [];
  private readonly numbers: number[] = [];

  add(createdAt: Instant, number: number): void {
    const row = this.placeOf(createdAt % BETWEEN, number);
    this.offsets.splice(row, 0, createdAt % BETWEEN);
    this.numbers.splice(row, 0, number);
  }

  remove(createdAt: Instant, number: number): void {
    const row = this.placeOf(createdAt % BETWEEN, number);
    if (this.numbers[row] === number) {
      this.offsets.splice(row, 1);
      this.numbers.splice(row, 1);
    }
  }

  get isEmpty(): boolean {
    return this.numbers.length === 0;
  }

  /** The first look at or after an instant; of several at once that of the job that was made first. */
  nextLook(now: Instant): Look | undefined {
    const offset = now % BETWEEN;
    const row = this.placeOf(offset, -1);
    const later = this.offsets[row];
    const number = this.numbers[later === undefined ? 0 : row];
    if (number === undefined) {
      return undefined;
    }
    const at = later === undefined ? now - offset + BETWEEN + (this.offsets[0] ?? 0) : now - offset + later;
    return { at, number };
  }

  /** The first row that does not come before an offset and a number. */
  private placeOf(offset: number, number: number): number {
    let low = 0;
    let high = this.offsets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.offsets[middle] as number;
      if (there < offset || (there === offset && (this.numbers[middle] as number) < number)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
