/**
 * What happened, as fixed records that stream into a digest.
 *
 * Owns     one chunk of records that are not hashed yet, the hash, and the events that were asked to be kept.
 * Units    a record is 56 bytes: three float64 (at, amount, until), then eight uint32 (code, flags and the fingerprints
 *          of subject, place and cause). Byte order is little-endian, the machine's own wherever Node runs but s390x.
 * Source   design.md section 2: the digest covers names, instants, states and sizes; no artifact paths, no order of
 *          declaration. Reasons are kept, not hashed.
 */
import { createHash } from 'node:crypto';
import { floatAt, grownFloat64, grownInt32, grownUint32, intAt, wordAt } from './columns';
import type { Instant } from './instant';
import type { Names } from './names';

const WORDS = 14;
const RECORDS = 16_384;

/** One event that was kept, with numbers of names. */
export interface KeptEvent {
  readonly at: Instant;
  readonly code: number;
  readonly reason: number;
  readonly subject: number;
  readonly place: number;
  readonly cause: number;
  readonly amount: number;
  readonly until: Instant;
}

/** Hears of every event when it enters the log, with numbers of names. */
export type EventListener = (
  at: Instant,
  code: number,
  reason: number,
  subject: number,
  place: number,
  cause: number,
  amount: number,
  until: Instant,
) => void;

export class EventLog {
  /** Hears of every event from now on, kept or not; nobody unless a report is asked for. */
  listener: EventListener | undefined;
  private readonly hash = createHash('sha256');
  private readonly bytes = new Uint8Array(RECORDS * WORDS * 4);
  private readonly words = new Uint32Array(this.bytes.buffer);
  private readonly floats = new Float64Array(this.bytes.buffer);
  private filled = 0;
  private hashed = 0;
  private instants = new Float64Array(0);
  private amounts = new Float64Array(0);
  private untils = new Float64Array(0);
  private codes = new Uint32Array(0);
  private numbers = new Int32Array(0);
  private kept = 0;

  /**
   * @param names the table that the numbers of `append` belong to
   * @param keep how many events to keep, the first ones; the digest covers all
   */
  constructor(
    private readonly names: Names,
    private readonly keep: number,
  ) {}

  /** How many events there were. */
  get count(): number {
    return this.hashed + this.filled;
  }

  /** How many events are kept for `events`. */
  get keptCount(): number {
    return this.kept;
  }

  append(
    at: Instant,
    code: number,
    flags: number,
    reason: number,
    subject: number,
    place: number,
    cause: number,
    amount: number,
    until: Instant,
  ): void {
    this.stage(at, amount, until);
    this.appendStaged(code, flags, reason, subject, place, cause);
  }

  /** Puts instant, amount and until of the next event where `appendStaged` takes them from. */
  stage(at: Instant, amount: number, until: Instant): void {
    const { floats } = this;
    const float = this.filled * (WORDS / 2);
    floats[float] = at;
    floats[float + 1] = amount;
    floats[float + 2] = until;
  }

  /** The same as `append` for what comes by the million: a call with numbers beyond 31 bits has to make objects of them. */
  appendStaged(code: number, flags: number, reason: number, subject: number, place: number, cause: number): void {
    const { words, names } = this;
    const word = this.filled * WORDS + 6;
    words[word] = code;
    words[word + 1] = flags;
    words[word + 2] = wordAt(names.low, subject);
    words[word + 3] = wordAt(names.high, subject);
    words[word + 4] = wordAt(names.low, place);
    words[word + 5] = wordAt(names.high, place);
    words[word + 6] = wordAt(names.low, cause);
    words[word + 7] = wordAt(names.high, cause);
    if (this.kept < this.keep || this.listener !== undefined) {
      this.show(code, reason, subject, place, cause);
    }
    if (++this.filled === RECORDS) {
      this.hash.update(this.bytes);
      this.hashed += RECORDS;
      this.filled = 0;
    }
  }

  /** Keeps the event that was filled in last, and tells of it. */
  private show(code: number, reason: number, subject: number, place: number, cause: number): void {
    const float = this.filled * (WORDS / 2);
    const [at, amount, until] = [
      floatAt(this.floats, float),
      floatAt(this.floats, float + 1),
      floatAt(this.floats, float + 2),
    ];
    if (this.kept < this.keep) {
      this.retain(at, code, reason, subject, place, cause, amount, until);
    }
    this.listener?.(at, code, reason, subject, place, cause, amount, until);
  }

  /** `sha256:…` over every event so far. The log goes on afterwards. */
  digest(): string {
    const soFar = this.hash.copy();
    soFar.update(this.bytes.subarray(0, this.filled * WORDS * 4));
    return `sha256:${soFar.digest('hex')}`;
  }

  /** A kept event; `row` below `keptCount`. */
  event(row: number): KeptEvent {
    return {
      at: floatAt(this.instants, row),
      amount: floatAt(this.amounts, row),
      until: floatAt(this.untils, row),
      code: wordAt(this.codes, row),
      subject: intAt(this.numbers, row * 4),
      place: intAt(this.numbers, row * 4 + 1),
      cause: intAt(this.numbers, row * 4 + 2),
      reason: intAt(this.numbers, row * 4 + 3),
    };
  }

  private retain(
    at: Instant,
    code: number,
    reason: number,
    subject: number,
    place: number,
    cause: number,
    amount: number,
    until: Instant,
  ): void {
    const row = this.kept++;
    if (row === this.instants.length) {
      const capacity = Math.min(this.keep, Math.max(1024, row * 2));
      this.instants = grownFloat64(this.instants, capacity);
      this.amounts = grownFloat64(this.amounts, capacity);
      this.untils = grownFloat64(this.untils, capacity);
      this.codes = grownUint32(this.codes, capacity);
      this.numbers = grownInt32(this.numbers, capacity * 4);
    }
    this.instants[row] = at;
    this.amounts[row] = amount;
    this.untils[row] = until;
    this.codes[row] = code;
    this.numbers[row * 4] = subject;
    this.numbers[row * 4 + 1] = place;
    this.numbers[row * 4 + 2] = cause;
    this.numbers[row * 4 + 3] = reason;
  }
}
