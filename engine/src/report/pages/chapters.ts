/**
 * The chapters of a page: every point that lives, with the sentence why, and every one that lived.
 *
 * Pure: reads a World and its chronicle.
 */
import type { Ledger } from '../../domain/ledger';
import type { Resource } from '../../domain/protected-resources';
import { COLD, COMPOSITE, CONTINUOUS, EXPIRED_POINT, HELD, STOPPED, TEMPORARY } from '../../domain/recovery-points';
import { statusOf, viewOfEvent, whysOf } from '../../domain/show';
import { byteAt, floatAt, intAt } from '../../kernel/columns';
import { NEVER } from '../../kernel/instant';
import type { Chronicle } from '../chronicle/chronicle';
import {
  Chapter,
  PAGE_COLD,
  PAGE_CONTINUOUS,
  PAGE_EXPIRED,
  PAGE_HELD,
  PAGE_PARTIAL,
  PAGE_STOPPED,
  PAGE_TEMPORARY,
  PageChain,
  PagePoint,
  PageResource,
} from './chapter';

/** Few enough that a page reads one at once. */
export const CHAPTER_SIZE = 100;

type Whys = Pick<PagePoint, 'why' | 'whyUntil'>;

/** Tells of resources one by one. */
export class Teller {
  private readonly ledger: Ledger;
  private readonly worstAges: readonly Float64Array[];
  private readonly vaultNumbers = new Map<string, number>();
  private readonly originNumbers = new Map<number, number>();
  /** Points that differ in nothing that the sentences name have the same. */
  private readonly whys = new Map<string, Whys>();

  constructor(private readonly chronicle: Chronicle) {
    this.ledger = chronicle.state.ledger;
    this.worstAges = chronicle.worstAges();
    // Of several vaults of one ARN the last stands.
    this.ledger.vaults.list().forEach(({ arn, number }) => this.vaultNumbers.set(arn, number));
    this.ledger.origins.list().forEach(({ name, number }) => this.originNumbers.set(name, number));
  }

  chapter(first: number, size: number = CHAPTER_SIZE): Chapter {
    const { resources } = this.ledger;
    const count = Math.max(0, Math.min(size, resources.count - first));
    return {
      first,
      resources: Array.from({ length: count }, (_, offset) => this.resource(resources.find(first + offset))),
    };
  }

  private resource(resource: Resource): PageResource {
    const ages = this.worstAges.flatMap((period) => {
      const age = period[resource.number];
      return age === undefined ? [] : [age];
    });
    return { ages, chains: this.chains(resource) };
  }

  private chains(resource: Resource): PageChain[] {
    const { points, names, origins } = this.ledger;
    // By names: a plan that was updated has rules, and origins, of the same name anew.
    const live = new Map<string, PagePoint[]>();
    for (const row of resource.series.flatMap((series) => points.rowsOf(series))) {
      const { arnName } = this.ledger.vaultOf(intAt(points.series, row));
      const key = `${arnName} ${origins.find(intAt(points.origins, row)).name}`;
      const known = live.get(key);
      if (known === undefined) {
        live.set(key, [this.point(row)]);
      } else {
        known.push(this.point(row));
      }
    }
    const chains = this.chronicle.chains.sumsOf(resource.arnName).map(({ place, cause, ...sum }): PageChain => {
      const vault = this.vaultNumbers.get(names.text(place)) ?? 0;
      const origin = this.originNumbers.get(cause) ?? 0;
      const standing = live.get(`${place} ${cause}`) ?? [];
      const { made, gone, leastLife, mostLife, runs, number } = sum;
      const points = standing.sort((a, b) => a.createdAt - b.createdAt);
      return { vault, origin, made, gone, leastLife, mostLife, runs, points, ...this.endingsOf(number) };
    });
    return chains.sort((a, b) => a.vault - b.vault || a.origin - b.origin);
  }

  private endingsOf(chain: number): Pick<PageChain, 'draw' | 'endings'> {
    const { endings } = this.chronicle;
    return {
      draw: endings.drawOf(chain),
      endings: endings.of(chain).map(({ life, drawn, count, runs, event }) => {
        return { life, drawn, count, runs, why: viewOfEvent(this.ledger, event).why };
      }),
    };
  }

  private point(row: number): PagePoint {
    const { points } = this.ledger;
    return {
      createdAt: floatAt(points.createdAts, row),
      completedAt: floatAt(points.completedAts, row),
      coldAt: floatAt(points.coldAts, row),
      deleteAt: floatAt(points.deleteAts, row),
      sizeBytes: floatAt(points.sizes, row),
      storedBytes: floatAt(points.stored, row),
      flags: this.flags(row),
      ...this.whysOf(row),
    };
  }

  private flags(row: number): number {
    const { points } = this.ledger;
    const partial = points.has(row, COMPOSITE) && statusOf(this.ledger, row) === 'PARTIAL';
    return (
      (points.has(row, COLD) ? PAGE_COLD : 0) |
      (points.has(row, HELD) ? PAGE_HELD : 0) |
      (points.has(row, EXPIRED_POINT) ? PAGE_EXPIRED : 0) |
      (points.has(row, STOPPED) ? PAGE_STOPPED : 0) |
      (points.has(row, CONTINUOUS) ? PAGE_CONTINUOUS : 0) |
      (points.has(row, TEMPORARY) ? PAGE_TEMPORARY : 0) |
      (partial ? PAGE_PARTIAL : 0)
    );
  }

  private whysOf(row: number): Whys {
    const { points, series, changedLifecycles } = this.ledger;
    if (points.has(row, COMPOSITE | CONTINUOUS) || changedLifecycles.size > 0) {
      return whysOf(this.ledger, row);
    }
    const own = intAt(points.series, row);
    const source = intAt(points.sources, row);
    const key = [
      byteAt(points.reasons, row),
      intAt(points.origins, row),
      intAt(series.vaults, own),
      source < 0 ? -1 : intAt(series.vaults, source),
      byteAt(points.flags, row) & ~COLD,
      floatAt(points.deleteAts, row) === NEVER ? 1 : 0,
      this.ledger.resourceOf(own).service.id,
    ].join(' ');
    const known = this.whys.get(key) ?? whysOf(this.ledger, row);
    this.whys.set(key, known);
    return known;
  }
}
