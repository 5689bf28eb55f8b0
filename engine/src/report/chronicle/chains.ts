/**
 * The points that a resource ever had in a vault by one rule, copy action or call: when each was made, how long those
 * lived that are gone.
 *
 * Owns     one row for each such chain, found by the numbers of its three names; their instants are stepped runs.
 * Units    `…At` are Instants, lives are milliseconds.
 */
import { byteAt, floatAt, grownFloat64, grownInt32, grownUint8, intAt } from '../../kernel/columns';
import type { Instant } from '../../kernel/instant';
import { SteppedRun, SteppedRuns } from './stepped-runs';

/** Rows at first; most Worlds of a server are small. */
const FIRST = 64;

/** What became of a chain. */
export interface ChainSum {
  readonly number: number;
  readonly place: number;
  readonly cause: number;
  readonly made: number;
  readonly gone: number;
  /** Of the points that are gone, the shortest and the longest life; 0 where none is. */
  readonly leastLife: number;
  readonly mostLife: number;
  /** Its points follow the data, one after the other. */
  readonly continuous: boolean;
  /** Its points were to go once they are copied. */
  readonly temporary: boolean;
  /** CreationDate of every point that was made. */
  readonly runs: readonly SteppedRun[];
}

export const CONTINUOUS_CHAIN = 1;
export const TEMPORARY_CHAIN = 2;

export class Chains {
  private heads = new Int32Array(FIRST).fill(-1);
  private nexts = new Int32Array(FIRST);
  private places = new Int32Array(FIRST);
  private causes = new Int32Array(FIRST);
  private series = new Int32Array(FIRST);
  private made = new Int32Array(FIRST);
  private gone = new Int32Array(FIRST);
  private leastLives = new Float64Array(FIRST);
  private mostLives = new Float64Array(FIRST);
  private kinds = new Uint8Array(FIRST);
  /** How many there are. */
  count = 0;
  private readonly instants = new SteppedRuns();

  /** Whether the instants of all points are kept. */
  get complete(): boolean {
    return this.instants.complete;
  }

  /**
   * The chain of a resource, a vault and an origin by the numbers of their names.
   *
   * @param seriesOf the series of the points, asked for when the chain is new
   */
  of(subject: number, place: number, cause: number, seriesOf: () => number): number {
    if (subject >= this.heads.length) {
      const before = this.heads.length;
      this.heads = grownInt32(this.heads, Math.max(subject + 1, before * 2)).fill(-1, before);
    }
    for (let chain = intAt(this.heads, subject); chain >= 0; chain = intAt(this.nexts, chain)) {
      if (intAt(this.places, chain) === place && intAt(this.causes, chain) === cause) {
        return chain;
      }
    }
    const chain = this.count++;
    if (chain === this.nexts.length) {
      this.grow(chain * 2);
    }
    this.nexts[chain] = intAt(this.heads, subject);
    this.heads[subject] = chain;
    this.places[chain] = place;
    this.causes[chain] = cause;
    this.series[chain] = seriesOf();
    return chain;
  }

  seriesOf(chain: number): number {
    return intAt(this.series, chain);
  }

  move(chain: number, series: number): void {
    this.series[chain] = series;
  }

  /** @param kind CONTINUOUS_CHAIN, TEMPORARY_CHAIN, or 0 */
  add(chain: number, createdAt: Instant, kind: number): void {
    this.kinds[chain] = byteAt(this.kinds, chain) | kind;
    this.made[chain] = intAt(this.made, chain) + 1;
    this.instants.add(chain, createdAt);
  }

  end(chain: number, life: number): void {
    const gone = intAt(this.gone, chain);
    this.leastLives[chain] = gone === 0 ? life : Math.min(floatAt(this.leastLives, chain), life);
    this.mostLives[chain] = Math.max(floatAt(this.mostLives, chain), life);
    this.gone[chain] = gone + 1;
  }

  /** How many points a resource ever had. */
  madeOf(subject: number): number {
    let made = 0;
    for (let chain = this.heads[subject] ?? -1; chain >= 0; chain = intAt(this.nexts, chain)) {
      made += intAt(this.made, chain);
    }
    return made;
  }

  /** The chains of a resource, the newest first. */
  sumsOf(subject: number): ChainSum[] {
    const sums: ChainSum[] = [];
    for (let chain = this.heads[subject] ?? -1; chain >= 0; chain = intAt(this.nexts, chain)) {
      sums.push({
        number: chain,
        place: intAt(this.places, chain),
        cause: intAt(this.causes, chain),
        made: intAt(this.made, chain),
        gone: intAt(this.gone, chain),
        leastLife: floatAt(this.leastLives, chain),
        mostLife: floatAt(this.mostLives, chain),
        continuous: (byteAt(this.kinds, chain) & CONTINUOUS_CHAIN) !== 0,
        temporary: (byteAt(this.kinds, chain) & TEMPORARY_CHAIN) !== 0,
        runs: this.instants.runsOf(chain),
      });
    }
    return sums;
  }

  private grow(capacity: number): void {
    this.nexts = grownInt32(this.nexts, capacity);
    this.places = grownInt32(this.places, capacity);
    this.causes = grownInt32(this.causes, capacity);
    this.series = grownInt32(this.series, capacity);
    this.made = grownInt32(this.made, capacity);
    this.gone = grownInt32(this.gone, capacity);
    this.leastLives = grownFloat64(this.leastLives, capacity);
    this.mostLives = grownFloat64(this.mostLives, capacity);
    this.kinds = grownUint8(this.kinds, capacity);
  }
}
