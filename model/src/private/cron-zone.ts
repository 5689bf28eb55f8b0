/**
 * Offsets of an IANA time zone, from `Intl`, each year read once.
 *
 * Units    Instants and offsets in milliseconds; an offset is what to add to UTC to get local time.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What is read at once; also the key of the cache. */
const YEAR_MS = 366 * DAY_MS;
/** No zone changed its offset twice within less than 6.9 days since 1970 (Brazil's north-east in October 2000). */
const SAMPLE_MS = 6 * DAY_MS;

/** What `Intl` calls the zone that never leaves UTC, as it resolves its other names. */
const UTC_NAMES = ['UTC', 'Etc/UTC'];

/** From `atMs` on the zone is `offsetMs` away from UTC; before it, it was `beforeMs`. */
export interface Transition {
  readonly atMs: number;
  readonly beforeMs: number;
  readonly offsetMs: number;
}

interface Chunk {
  readonly startOffsetMs: number;
  readonly transitions: readonly Transition[];
}

/** A time zone. */
export class Zone {
  /** The zone of a name, or undefined when there is none. */
  public static tryFind(name: string): Zone | undefined {
    let zone = Zone.cache.get(name);
    if (zone === undefined) {
      // Asked for in nearly every program, and the first format takes longer than all other rules together.
      if (UTC_NAMES.includes(name)) {
        return Zone.UTC;
      }
      const format = formatOf(name);
      if (format === undefined) {
        return undefined;
      }
      zone = new Zone(format);
      Zone.cache.set(name, zone);
    }
    return zone;
  }

  private static readonly cache = new Map<string, Zone>();

  /** The zone that never leaves UTC. */
  public static readonly UTC = new Zone();

  /** Whether the zone never leaves UTC. */
  public readonly isUtc: boolean;

  private readonly chunks = new Map<number, Chunk>();

  /** @param format how to read local times; none for UTC */
  private constructor(private readonly format?: Intl.DateTimeFormat) {
    this.isUtc = format === undefined || UTC_NAMES.includes(format.resolvedOptions().timeZone);
  }

  /** What to add to an instant to get local time. */
  public offsetAt(atMs: number): number {
    if (this.isUtc) {
      return 0;
    }
    const chunk = this.chunkAt(atMs);
    let offset = chunk.startOffsetMs;
    for (const transition of chunk.transitions) {
      if (transition.atMs > atMs) {
        break;
      }
      offset = transition.offsetMs;
    }
    return offset;
  }

  /**
   * The instant of a local time, the first one when there are two, undefined when there is none.
   *
   * @param localMs the local time, as if it were UTC
   */
  public instantOf(localMs: number): number | undefined {
    if (this.isUtc) {
      return localMs;
    }
    const before = this.offsetAt(localMs - DAY_MS);
    const after = this.offsetAt(localMs + DAY_MS);
    const early = localMs - Math.max(before, after);
    if (this.offsetAt(early) === localMs - early) {
      return early;
    }
    const late = localMs - Math.min(before, after);
    return this.offsetAt(late) === localMs - late ? late : undefined;
  }

  /** The transitions of an interval, the start included, the end not. */
  public transitions(fromMs: number, toMs: number): Transition[] {
    const all: Transition[] = [];
    if (!this.isUtc) {
      for (let key = Math.floor(fromMs / YEAR_MS); key * YEAR_MS < toMs; key++) {
        all.push(...this.chunkAt(key * YEAR_MS).transitions);
      }
    }
    return all.filter((transition) => transition.atMs >= fromMs && transition.atMs < toMs);
  }

  private chunkAt(atMs: number): Chunk {
    const key = Math.floor(atMs / YEAR_MS);
    let chunk = this.chunks.get(key);
    if (chunk === undefined) {
      chunk = this.readChunk(key * YEAR_MS);
      this.chunks.set(key, chunk);
    }
    return chunk;
  }

  private readChunk(startMs: number): Chunk {
    const startOffsetMs = this.readOffset(startMs);
    const transitions: Transition[] = [];
    let offset = startOffsetMs;
    for (let at = startMs; at < startMs + YEAR_MS; at += SAMPLE_MS) {
      const next = this.readOffset(at + SAMPLE_MS);
      if (next !== offset) {
        transitions.push({ atMs: this.search(at, at + SAMPLE_MS, offset), beforeMs: offset, offsetMs: next });
        offset = next;
      }
    }
    return { startOffsetMs, transitions };
  }

  /** The first whole minute of (`lowMs`, `highMs`] at which the offset is no longer `offset`. */
  private search(lowMs: number, highMs: number, offset: number): number {
    let low = lowMs;
    let high = highMs;
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
      if (this.readOffset(middle) === offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private readOffset(atMs: number): number {
    const parts: { [type: string]: number } = {};
    for (const { type, value } of this.format?.formatToParts(atMs) ?? []) {
      parts[type] = Number(value);
    }
    const local = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
    return local - Math.floor(atMs / 1000) * 1000;
  }
}

/** Assumed: AWS takes the names as the IANA writes them, so that each part begins with a capital letter. */
function formatOf(name: string): Intl.DateTimeFormat | undefined {
  if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(name)) {
    return undefined;
  }
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}
