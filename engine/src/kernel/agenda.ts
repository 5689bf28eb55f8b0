/**
 * What is due, in a total order: instant, then kind, then arrival.
 *
 * Owns     every entry that has not come up yet.
 *
 * Entries wait in calendar buckets of about 17 minutes, appended in the order of their arrival. A bucket is sorted
 * when the clock reaches it; what arrives for the open bucket goes through a binary heap beside the sorted run. An
 * entry thus costs 12 bytes and one append until its time has come, however many million are waiting.
 *
 * An entry's key is one float64: milliseconds into the bucket, kind, number of arrival within the bucket. Comparing
 * two keys compares all three.
 *
 * Units    instants are ms since the epoch, UTC.
 */
import { floatAt, grownFloat64, grownInt32, intAt } from './columns';
import { formatInstant, Instant } from './instant';

const WIDTH = 2 ** 20;
const ARRIVALS = 2 ** 26;
const KINDS = 2 ** 5;
const SCALE = ARRIVALS * KINDS;

export interface AgendaOptions {
  /** What each kind of entry is called, by its number. The number is its priority: lower comes first. */
  readonly labels: readonly string[];
  /** How many entries may come up without the clock moving before the world counts as runaway. */
  readonly stepLimit: number;
}

/** Columns up to this many entries serve again for a later bucket; longer ones would be wasted on a quiet hour. */
const REUSED = 512;
const SPARES = 64;
/** How many entries are foreseen at once. */
const FORESEEN = 32;

class Bucket {
  count = 0;

  constructor(
    readonly number: number,
    public keys = new Float64Array(16),
    public subjects = new Int32Array(16),
  ) {}
}

export class Agenda {
  /** The entry that `next` found. */
  at: Instant = -Infinity;
  kind = 0;
  subject = 0;
  /** How many entries came up so far. */
  steps = 0;
  /** Hears of entries shortly before they come up, so that what they are about can be fetched: `foreseen…` hold so many. */
  onForeseen: ((count: number) => void) | undefined;
  readonly foreseenKinds: Uint8Array = new Uint8Array(FORESEEN);
  readonly foreseenSubjects: Int32Array = new Int32Array(FORESEEN);
  private readonly buckets = new Map<number, Bucket>();
  private readonly order = new KeyHeap();
  private readonly late = new KeyHeap();
  private open = new Bucket(-Infinity);
  private latest = this.open;
  private readonly spares: Bucket[] = [];
  private sorted = 0;
  private head = 0;
  private foreseenTo = 0;
  private waiting = 0;
  private stepsHere = 0;

  constructor(private readonly options: AgendaOptions) {}

  /** How many entries wait. */
  get pending(): number {
    return this.waiting;
  }

  /** @throws Error when the instant lies before the last entry that came up, or is not one. */
  push(at: Instant, kind: number, subject: number): void {
    if (!(at >= this.at)) {
      throw new Error(`entry at ${at} comes after the clock has passed ${formatInstant(this.at)}`);
    }
    const number = Math.floor(at / WIDTH);
    const open = this.open;
    this.waiting++;
    if (number === open.number) {
      const arrival = this.append(open, subject);
      this.late.push(((at - number * WIDTH) * KINDS + kind) * ARRIVALS + arrival);
      return;
    }
    const bucket = number === this.latest.number ? this.latest : this.bucketOf(number, at);
    const arrival = this.append(bucket, subject);
    bucket.keys[arrival] = ((at - number * WIDTH) * KINDS + kind) * ARRIVALS + arrival;
  }

  /** Takes the first entry that is due before `before` into `at`, `kind` and `subject`; false when there is none. */
  next(before: Instant): boolean {
    let run = this.head < this.sorted ? floatAt(this.open.keys, this.head) : Infinity;
    let late = this.late.least();
    while (run === Infinity && late === Infinity) {
      if (this.order.least() * WIDTH >= before) {
        return false;
      }
      this.openNext();
      run = this.head < this.sorted ? floatAt(this.open.keys, this.head) : Infinity;
      late = this.late.least();
    }
    const key = run < late ? run : late;
    const offset = Math.floor(key / SCALE);
    const at = this.open.number * WIDTH + offset;
    if (at >= before) {
      return false;
    }
    if (key === run) {
      if (this.head === this.foreseenTo) {
        this.foresee();
      }
      this.head++;
    } else {
      this.late.pop();
    }
    this.take(at, key - offset * SCALE);
    return true;
  }

  /** The next entries in words, for the message of a world that ran away. */
  describe(count: number): string[] {
    const lines: string[] = [];
    const add = (bucket: Bucket, keys: number[]) => {
      for (const key of keys.sort((a, b) => a - b)) {
        const offset = Math.floor(key / SCALE);
        const rest = key - offset * SCALE;
        const label = this.options.labels[rest >>> 26] ?? `kind ${rest >>> 26}`;
        const subject = intAt(bucket.subjects, rest & (ARRIVALS - 1));
        lines.push(`${formatInstant(bucket.number * WIDTH + offset)} ${label} ${subject}`);
      }
    };
    add(this.open, [...this.open.keys.subarray(this.head, this.sorted), ...this.late.all()]);
    for (const number of this.order.all().sort((a, b) => a - b)) {
      const bucket = this.buckets.get(number);
      if (lines.length >= count || bucket === undefined) {
        break;
      }
      add(bucket, [...bucket.keys.subarray(0, bucket.count)]);
    }
    return lines.slice(0, count);
  }

  private take(at: Instant, rest: number): void {
    this.waiting--;
    this.steps++;
    this.kind = rest >>> 26;
    this.subject = intAt(this.open.subjects, rest & (ARRIVALS - 1));
    if (at !== this.at) {
      this.at = at;
      this.stepsHere = 0;
    } else if (++this.stepsHere > this.options.stepLimit) {
      throw new Error(
        `more than ${this.options.stepLimit} steps at ${formatInstant(at)} without the clock moving; next:\n  ` +
          this.describe(10).join('\n  '),
      );
    }
  }

  private append(bucket: Bucket, subject: number): number {
    const arrival = bucket.count++;
    if (arrival === bucket.subjects.length) {
      if (arrival >= ARRIVALS) {
        throw new Error(`more than ${ARRIVALS} entries within ${WIDTH} ms of ${formatInstant(bucket.number * WIDTH)}`);
      }
      bucket.subjects = grownInt32(bucket.subjects, arrival * 2);
      bucket.keys = grownFloat64(bucket.keys, arrival * 2);
    }
    bucket.subjects[arrival] = subject;
    return arrival;
  }

  private bucketOf(number: number, at: Instant): Bucket {
    let bucket = this.buckets.get(number);
    if (bucket === undefined) {
      if (!Number.isSafeInteger(at)) {
        throw new Error(`entry at ${at} is not an instant`);
      }
      const spare = this.spares.pop();
      bucket = new Bucket(number, spare?.keys, spare?.subjects);
      this.buckets.set(number, bucket);
      this.order.push(number);
    }
    this.latest = bucket;
    return bucket;
  }

  private openNext(): void {
    const number = this.order.pop();
    const bucket = this.buckets.get(number);
    if (bucket === undefined) {
      throw new Error(`bucket ${number} is in order but not there`);
    }
    this.buckets.delete(number);
    bucket.keys.subarray(0, bucket.count).sort();
    if (this.open.keys.length <= REUSED && this.spares.length < SPARES) {
      this.spares.push(this.open);
    }
    this.open = bucket;
    this.sorted = bucket.count;
    this.head = 0;
    this.foreseenTo = 0;
  }

  private foresee(): void {
    const { keys, subjects } = this.open;
    const from = this.head;
    const count = Math.min(FORESEEN, this.sorted - from);
    this.foreseenTo = from + count;
    for (let i = 0; i < count; i++) {
      const key = floatAt(keys, from + i);
      const rest = key - Math.floor(key / SCALE) * SCALE;
      this.foreseenKinds[i] = rest >>> 26;
      this.foreseenSubjects[i] = intAt(subjects, rest & (ARRIVALS - 1));
    }
    this.onForeseen?.(count);
  }
}

/** A binary heap of float64 keys, least first. */
export class KeyHeap {
  private keys = new Float64Array(64);
  private size = 0;

  least(): number {
    return this.size === 0 ? Infinity : floatAt(this.keys, 0);
  }

  push(key: number): void {
    let child = this.size++;
    if (child === this.keys.length) {
      this.keys = grownFloat64(this.keys, child * 2);
    }
    const keys = this.keys;
    while (child > 0) {
      const parent = (child - 1) >>> 1;
      const above = floatAt(keys, parent);
      if (above <= key) {
        break;
      }
      keys[child] = above;
      child = parent;
    }
    keys[child] = key;
  }

  /** Takes the least key out; Infinity when there is none. */
  pop(): number {
    if (this.size === 0) {
      return Infinity;
    }
    const keys = this.keys;
    const least = floatAt(keys, 0);
    const size = --this.size;
    const key = floatAt(keys, size);
    let parent = 0;
    let child = 1;
    while (child < size) {
      const right = child + 1;
      if (right < size && floatAt(keys, right) < floatAt(keys, child)) {
        child = right;
      }
      const below = floatAt(keys, child);
      if (key <= below) {
        break;
      }
      keys[parent] = below;
      parent = child;
      child = 2 * child + 1;
    }
    keys[parent] = key;
    return least;
  }

  /** The keys in no order. */
  all(): number[] {
    return [...this.keys.subarray(0, this.size)];
  }
}
