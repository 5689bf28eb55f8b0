/**
 * Instants of many series in few words: as long as they keep step, a run of them is one row.
 *
 * Owns     the open run of each series, and the runs that are closed, in columns.
 * Units    instants and steps in milliseconds; a step is negative where an instant comes after a later one.
 */
import { floatAt, grownFloat64, grownInt32, intAt } from '../../kernel/columns';
import type { Instant } from '../../kernel/instant';

/** `count` instants from `first` on, each `step` after the one before. */
export interface SteppedRun {
  readonly first: Instant;
  readonly step: number;
  readonly count: number;
}

/** Rows at first; most Worlds of a server are small. */
const FIRST = 64;

/** Closed runs that fit into some 120 MB; whoever has more instants out of step does without the later ones. */
const MOST_RUNS = 4_000_000;

export class SteppedRuns {
  private firsts = new Float64Array(FIRST);
  private lasts = new Float64Array(FIRST);
  private counts = new Int32Array(FIRST);
  private heads = new Int32Array(FIRST).fill(-1);
  private tails = new Int32Array(FIRST).fill(-1);
  private series = 0;
  private closedFirsts = new Float64Array(FIRST);
  private closedSteps = new Float64Array(FIRST);
  private closedCounts = new Int32Array(FIRST);
  private nexts = new Int32Array(FIRST);
  private closed = 0;

  constructor(private readonly most: number = MOST_RUNS) {}

  /** Whether every instant is there that was added. */
  get complete(): boolean {
    return this.closed < this.most;
  }

  /** Adds an instant to a series; series are numbered from 0 without gaps. */
  add(series: number, instant: Instant): void {
    this.open(series);
    const count = intAt(this.counts, series);
    const last = floatAt(this.lasts, series);
    if (count > 1 && instant - last !== this.stepOf(series)) {
      this.close(series);
      this.begin(series, instant);
    } else if (count === 0) {
      this.begin(series, instant);
    } else {
      this.lasts[series] = instant;
      this.counts[series] = count + 1;
    }
  }

  /** The runs of a series, in the order in which its instants were added. */
  runsOf(series: number): SteppedRun[] {
    if (series >= this.series) {
      return [];
    }
    const runs: SteppedRun[] = [];
    for (let row = intAt(this.heads, series); row >= 0; row = intAt(this.nexts, row)) {
      runs.push({
        first: floatAt(this.closedFirsts, row),
        step: floatAt(this.closedSteps, row),
        count: intAt(this.closedCounts, row),
      });
    }
    runs.push({ first: floatAt(this.firsts, series), step: this.stepOf(series), count: intAt(this.counts, series) });
    return runs;
  }

  private open(series: number): void {
    if (series >= this.counts.length) {
      const capacity = Math.max(series + 1, this.counts.length * 2);
      this.firsts = grownFloat64(this.firsts, capacity);
      this.lasts = grownFloat64(this.lasts, capacity);
      this.counts = grownInt32(this.counts, capacity);
      this.heads = grownInt32(this.heads, capacity).fill(-1, this.series);
      this.tails = grownInt32(this.tails, capacity).fill(-1, this.series);
    }
    this.series = Math.max(this.series, series + 1);
  }

  private begin(series: number, instant: Instant): void {
    this.firsts[series] = instant;
    this.lasts[series] = instant;
    this.counts[series] = 1;
  }

  private stepOf(series: number): number {
    const count = intAt(this.counts, series);
    return count < 2 ? 0 : (floatAt(this.lasts, series) - floatAt(this.firsts, series)) / (count - 1);
  }

  private close(series: number): void {
    if (!this.complete) {
      return;
    }
    const row = this.closed++;
    if (row === this.nexts.length) {
      this.grow(row * 2);
    }
    this.closedFirsts[row] = floatAt(this.firsts, series);
    this.closedSteps[row] = this.stepOf(series);
    this.closedCounts[row] = intAt(this.counts, series);
    this.nexts[row] = -1;
    const tail = intAt(this.tails, series);
    if (tail < 0) {
      this.heads[series] = row;
    } else {
      this.nexts[tail] = row;
    }
    this.tails[series] = row;
  }

  private grow(capacity: number): void {
    this.closedFirsts = grownFloat64(this.closedFirsts, capacity);
    this.closedSteps = grownFloat64(this.closedSteps, capacity);
    this.closedCounts = grownInt32(this.closedCounts, capacity);
    this.nexts = grownInt32(this.nexts, capacity);
  }
}
