/**
 * How the points of chains went: those alike as one row, so that the end of each can be told from its creation.
 *
 * Owns     for each chain, a row for each way to go. The first holds every point that is in no other and does not live: the
 *          instants of the others alone are kept.
 * Units    `…At` are Instants; a life is in milliseconds, without what chance adds to it where it does.
 * Source   B5.2/2: a lifecycle that is over deletes at some instant of the hours that follow, drawn from names.
 */
import { deletionAt } from '../../domain/lifecycle';
import { DELETED_BY_LIFECYCLE } from '../../domain/reasons';
import type { KeptEvent } from '../../kernel/event-log';
import { grownInt32, intAt } from '../../kernel/columns';
import type { Instant } from '../../kernel/instant';
import { finish, mixInstant } from '../../kernel/prng';
import { SteppedRun, SteppedRuns } from './stepped-runs';

/** Rows at first; most Worlds of a server are small. */
const FIRST = 64;
/** Ways to go beyond the first of each chain; what goes in yet another way is not told of. */
const MOST_MORE = 200_000;

/** Points of a chain that went alike. */
export interface Ending {
  readonly life: number;
  /** Whether chance adds hours to it. */
  readonly drawn: boolean;
  readonly reason: number;
  /** The first of these deletions. */
  readonly event: KeptEvent;
  count: number;
}

/** An ending with the creation of its points; none for the first, which has all that are left. */
export interface ToldEnding extends Ending {
  readonly runs: readonly SteppedRun[];
}

export class Endings {
  private draws = new Int32Array(FIRST);
  private readonly byChain: Ending[][] = [];
  /** Those beyond the first of each chain, and their numbers among the instants. */
  private readonly more = new Map<string, { readonly ending: Ending; readonly number: number }>();
  private readonly instants = new SteppedRuns();
  /** Whether the end of every point is known. */
  complete = true;

  constructor(private readonly mostMore: number = MOST_MORE) {}

  /** What every draw about the points of a chain starts from. */
  begin(chain: number, draw: number): void {
    if (chain >= this.draws.length) {
      this.draws = grownInt32(this.draws, Math.max(chain + 1, this.draws.length * 2));
    }
    this.draws[chain] = draw;
    this.byChain[chain] = [];
  }

  drawOf(chain: number): number {
    return intAt(this.draws, chain);
  }

  add(chain: number, createdAt: Instant, event: KeptEvent): void {
    const drawn = event.reason === DELETED_BY_LIFECYCLE;
    const life = event.at - (drawn ? deletionAt(createdAt, drawFor(this.drawOf(chain), createdAt)) : createdAt);
    const endings = this.byChain[chain] as Ending[];
    const [first] = endings;
    if (first === undefined) {
      endings.push({ life, drawn, reason: event.reason, event, count: 1 });
    } else if (first.life === life && first.reason === event.reason) {
      first.count++;
    } else {
      this.addTo(chain, endings, { life, drawn, reason: event.reason, event, count: 0 }, createdAt);
    }
  }

  /** The ways in which points of a chain went. */
  of(chain: number): ToldEnding[] {
    return (this.byChain[chain] ?? []).map((ending, nth) => ({
      ...ending,
      runs: nth === 0 ? [] : this.instants.runsOf(this.more.get(keyOf(chain, ending))?.number ?? -1),
    }));
  }

  private addTo(chain: number, endings: Ending[], ending: Ending, createdAt: Instant): void {
    const key = keyOf(chain, ending);
    let known = this.more.get(key);
    if (known === undefined) {
      if (this.more.size === this.mostMore) {
        this.complete = false;
        return;
      }
      known = { ending, number: this.more.size };
      this.more.set(key, known);
      endings.push(ending);
    }
    known.ending.count++;
    this.instants.add(known.number, createdAt);
    this.complete &&= this.instants.complete;
  }
}

/** What chance adds to the life of a point, from the draw of its chain. */
export function drawFor(draw: number, createdAt: Instant): number {
  return finish(mixInstant(draw, createdAt));
}

function keyOf(chain: number, { life, reason }: Ending): string {
  return `${chain} ${life} ${reason}`;
}
