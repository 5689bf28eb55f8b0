/**
 * What is used in each month, summed exactly: bytes by the second, or mere counts.
 *
 * Owns     one row of sums for each line, and the bounds of the months.
 * Units    bytes are whole and under 2^53; time counts in whole seconds. A month runs from the day of the start to the
 *          same day of the next month, UTC.
 * Spec     meter.md
 */
import { Instant, SECOND } from '../kernel/instant';

/** Products of bytes and seconds outgrow a float64: bytes are split at 2^26, so that both sums stay whole. */
const SPLIT = 2 ** 26;
const CARRY_AT = 2 ** 51;

/** In a row, for each month: two sums of what came and went in it to its end, then what stays from its start on. */
const CELLS = 3;
const FIRST_MONTHS = 12;

export class Usage {
  /** First second of each month so far; one more than there are months. */
  private readonly bounds: number[] = [];
  private readonly rows: Float64Array[] = [];
  private current = 0;

  constructor(readonly start: Instant) {
    this.bounds.push(secondOf(start), secondOf(monthsAfter(start, 1)));
  }

  /** Makes a line; answers its number. */
  add(): number {
    return this.rows.push(new Float64Array(CELLS * FIRST_MONTHS)) - 1;
  }

  /** From an instant on there are so many bytes more, or fewer. */
  change(line: number, bytes: number, at: Instant): void {
    if (bytes === 0) {
      return;
    }
    const second = Math.max(secondOf(at), this.bounds[0] as number);
    const month = this.monthOf(second);
    this.sum(line, month, bytes, (this.bounds[month + 1] as number) - second);
    const row = this.rowOf(line, month + 1);
    const level = CELLS * (month + 1) + 2;
    row[level] = (row[level] as number) + bytes;
  }

  /** So many bytes for so many seconds, all counted in the month of an instant. */
  once(line: number, bytes: number, seconds: number, at: Instant): void {
    this.sum(line, this.monthOf(Math.max(secondOf(at), this.bounds[0] as number)), bytes, seconds);
  }

  /** How many months began before an instant. */
  monthsUntil(until: Instant): number {
    const second = secondOf(until);
    return second <= (this.bounds[0] as number) ? 0 : this.monthOf(second - 1) + 1;
  }

  /** First instant of a month. */
  startOf(month: number): Instant {
    return monthsAfter(this.start, month);
  }

  /** Seconds of a whole month. */
  secondsOf(month: number): number {
    return secondOf(this.startOf(month + 1)) - secondOf(this.startOf(month));
  }

  /** The sums of a line for each month that began before `until`; what still stands counts until then. */
  sums(line: number, until: Instant): bigint[] {
    const months = this.monthsUntil(until);
    const row = this.rowOf(line, months);
    const sums: bigint[] = [];
    let level = 0;
    for (let month = 0; month < months; month++) {
      const cell = month * CELLS;
      level += row[cell + 2] as number;
      const end = this.bounds[month + 1] as number;
      const left = Math.max(0, end - secondOf(until));
      const standing = BigInt(level) * BigInt(this.secondsOf(month));
      const cut = BigInt(level + (row[cell + CELLS + 2] as number)) * BigInt(left);
      const came = BigInt(row[cell] as number) * BigInt(SPLIT) + BigInt(row[cell + 1] as number);
      sums.push(came + standing - cut);
    }
    return sums;
  }

  private sum(line: number, month: number, bytes: number, seconds: number): void {
    const row = this.rowOf(line, month + 1);
    const cell = month * CELLS;
    const high = Math.floor(bytes / SPLIT);
    const low = (row[cell + 1] as number) + (bytes - high * SPLIT) * seconds;
    const carry = low >= CARRY_AT ? Math.floor(low / SPLIT) : 0;
    row[cell] = (row[cell] as number) + high * seconds + carry;
    row[cell + 1] = low - carry * SPLIT;
  }

  /** The row of a line, with room for a month. */
  private rowOf(line: number, month: number): Float64Array {
    const row = this.rows[line] as Float64Array;
    if (row.length >= (month + 1) * CELLS) {
      return row;
    }
    const grown = new Float64Array(CELLS * Math.max(month + 1, (row.length / CELLS) * 2));
    grown.set(row);
    this.rows[line] = grown;
    return grown;
  }

  private monthOf(second: number): number {
    const { bounds } = this;
    let month = this.current;
    while (second < (bounds[month] as number)) {
      month--;
    }
    while (second >= (bounds[month + 1] as number)) {
      month++;
      if (month + 1 === bounds.length) {
        bounds.push(secondOf(monthsAfter(this.start, month + 1)));
      }
    }
    this.current = month;
    return month;
  }
}

/** The same day and time some months later; the last day where that month is shorter. */
export function monthsAfter(start: Instant, months: number): Instant {
  const date = new Date(start);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(day, last)) + (start - Date.UTC(year, date.getUTCMonth(), day));
}

function secondOf(at: Instant): number {
  return Math.floor(at / SECOND);
}
