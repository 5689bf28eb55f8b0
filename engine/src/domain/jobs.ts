/**
 * Backup and copy jobs, in a ring of columns.
 *
 * Owns     every job on record. Up to a million stay; beyond that a job is dropped 30 days after its creation, as AWS
 *          lists them no longer (Source B4.1/11).
 * Units    `…At` are Instants, NEVER where there is none; sizes are bytes. A job is known by its number, how many came
 *          before it (31 bits of that); its row changes when the ring grows, which only `add` does.
 * Spec     backup-job.md, copy-job.md
 */
import { BackupLimits } from '@holdfast/model';
import { byteAt, floatAt, grownFloat64, grownInt32, grownUint8 } from '../kernel/columns';
import { DAY, Instant, NEVER } from '../kernel/instant';
import { ABORTED, COMPLETED, CREATED, JOB_STATES } from './event-codes';
import type { Ledger } from './ledger';

export const BACKUP = 0;
export const COPY = 1;

const FIRST_CAPACITY = 1024;
const KEPT = 2 ** 20;
const NUMBERS = 2 ** 31 - 1;

export class Jobs {
  createdAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  startedAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** When the job ends, as far as it is known. */
  endAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  sizes: Float64Array = new Float64Array(FIRST_CAPACITY);
  moved: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** CreationDate of the point that the job makes. */
  pointCreatedAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  deleteAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  coldAts: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Series that receives the point; -1 when its vault does not exist. */
  series: Int32Array = new Int32Array(FIRST_CAPACITY);
  resources: Int32Array = new Int32Array(FIRST_CAPACITY);
  origins: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Backup: row of the point that it made. Copy: row of the point that it copies. */
  points: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Series of the point that is copied; -1 for a backup. */
  sources: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Number of the backup job whose end made a copy job; -1 for backups and for copies by hand. */
  makers: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Number of a text that says more about the reason; 0 for none. */
  details: Int32Array = new Int32Array(FIRST_CAPACITY);
  kinds: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  states: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  reasons: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** Jobs by state, since the World began. */
  readonly backupStates = new Float64Array(9);
  readonly copyStates = new Float64Array(9);
  /** Numbers of jobs by the token of the call that made them. */
  private readonly tokens = new Map<string, number>();
  private mask = FIRST_CAPACITY - 1;
  private first = 0;
  private after = 0;

  /** @param kept - how many jobs stay on record, however old: a power of two, and no less than there is room for at first. */
  constructor(private readonly kept = KEPT) {}

  /** Where the columns hold a job. */
  rowOf(number: number): number {
    return number & this.mask;
  }

  /** The number of the job that a row holds now. */
  numberOf(row: number): number {
    return (this.first + ((row - this.first) & this.mask)) & NUMBERS;
  }

  /** The number of a new job in state CREATED. Rows found before are not valid afterwards. */
  add(kind: number, resource: number, series: number, origin: number, now: Instant): number {
    if (this.after - this.first > this.mask) {
      this.makeRoom(now);
    }
    const number = this.after++ & NUMBERS;
    const row = number & this.mask;
    this.kinds[row] = kind;
    this.states[row] = CREATED;
    this.reasons[row] = 0;
    this.details[row] = 0;
    this.resources[row] = resource;
    this.series[row] = series;
    this.origins[row] = origin;
    this.points[row] = -1;
    this.sources[row] = -1;
    this.makers[row] = -1;
    this.createdAts[row] = now;
    this.startedAts[row] = NEVER;
    this.endAts[row] = NEVER;
    this.sizes[row] = 0;
    this.moved[row] = 0;
    this.pointCreatedAts[row] = now;
    this.deleteAts[row] = NEVER;
    this.coldAts[row] = NEVER;
    const states = kind === BACKUP ? this.backupStates : this.copyStates;
    states[CREATED] = floatAt(states, CREATED) + 1;
    return number;
  }

  keepToken(token: string, number: number): void {
    this.tokens.set(token, number);
  }

  /** The number of the job that a call with this token made, as long as the job is on record. */
  tryFindByToken(token: string): number | undefined {
    const number = this.tokens.get(token);
    return number !== undefined && this.isOnRecord(number) ? number : undefined;
  }

  /** Whether the job of a number is not dropped yet. */
  isOnRecord(number: number): boolean {
    return this.numberOf(this.rowOf(number)) === number;
  }

  setState(row: number, state: number, reason: number): void {
    const states = byteAt(this.kinds, row) === BACKUP ? this.backupStates : this.copyStates;
    const before = byteAt(this.states, row);
    states[before] = floatAt(states, before) - 1;
    states[state] = floatAt(states, state) + 1;
    this.states[row] = state;
    this.reasons[row] = reason;
  }

  isOver(row: number): boolean {
    const state = byteAt(this.states, row);
    return state === ABORTED || state >= COMPLETED;
  }

  /** Rows of the jobs on record that pass, oldest first. */
  rows(passes: (row: number) => boolean): number[] {
    const found: number[] = [];
    for (let number = this.first; number < this.after; number++) {
      const row = number & this.mask;
      if (passes(row)) {
        found.push(row);
      }
    }
    return found;
  }

  /** Rows of the jobs on record, newest first; with a number, those before it. */
  *newestFirst(before = this.after): Generator<number, undefined> {
    for (let number = Math.min(before, this.after) - 1; number >= this.first; number--) {
      yield number & this.mask;
    }
  }

  /** Rows of the jobs that are listed still (Source B4.1/11), newest first; with a number, those before it. */
  *listed(now: Instant, before = this.after): Generator<number, undefined> {
    const since = now - BackupLimits.JOBS_LISTED_DAYS * DAY;
    for (const row of this.newestFirst(before)) {
      if (floatAt(this.createdAts, row) < since) {
        return;
      }
      yield row;
    }
  }

  /** Drops what is over and 30 days old; grows when that is nothing, or when there are few. */
  private makeRoom(now: Instant): void {
    if (this.mask + 1 >= this.kept) {
      const before = now - BackupLimits.JOBS_LISTED_DAYS * DAY;
      while (this.first < this.after) {
        const row = this.first & this.mask;
        if (!this.isOver(row) || floatAt(this.createdAts, row) >= before) {
          break;
        }
        this.first++;
      }
    }
    if (this.after - this.first > this.mask) {
      this.grow((this.mask + 1) * 2);
    }
  }

  private grow(capacity: number): void {
    const from = this.mask;
    const to = capacity - 1;
    const moveFloat = (column: Float64Array) => this.moveTo(grownFloat64(column, capacity), column, from, to);
    const moveInt = (column: Int32Array) => this.moveTo(grownInt32(column, capacity), column, from, to);
    const moveByte = (column: Uint8Array) => this.moveTo(grownUint8(column, capacity), column, from, to);
    this.createdAts = moveFloat(this.createdAts);
    this.startedAts = moveFloat(this.startedAts);
    this.endAts = moveFloat(this.endAts);
    this.sizes = moveFloat(this.sizes);
    this.moved = moveFloat(this.moved);
    this.pointCreatedAts = moveFloat(this.pointCreatedAts);
    this.deleteAts = moveFloat(this.deleteAts);
    this.coldAts = moveFloat(this.coldAts);
    this.series = moveInt(this.series);
    this.resources = moveInt(this.resources);
    this.origins = moveInt(this.origins);
    this.points = moveInt(this.points);
    this.sources = moveInt(this.sources);
    this.makers = moveInt(this.makers);
    this.details = moveInt(this.details);
    this.kinds = moveByte(this.kinds);
    this.states = moveByte(this.states);
    this.reasons = moveByte(this.reasons);
    this.mask = to;
  }

  /** Both are rings, the larger of twice or more the room: up to where the smaller begins anew, what lies together stays so. */
  private moveTo<C extends Float64Array | Int32Array | Uint8Array>(grown: C, column: C, from: number, to: number): C {
    for (let number = this.first; number < this.after;) {
      const [row, place] = [number & from, number & to];
      const count = Math.min(this.after - number, from + 1 - row);
      grown.set(column.subarray(row, row + count), place);
      number += count;
    }
    return grown;
  }
}

/** Tells of a job's new state; the caller looks at `ledger.observers.listening` first. */
export function tellJob(ledger: Ledger, row: number, state: number, reason: number): void {
  const kind = byteAt(ledger.jobs.kinds, row) === BACKUP ? 'backup-job' : 'copy-job';
  ledger.tell({ kind, row, state: JOB_STATES[state] ?? 'CREATED', reason });
}
