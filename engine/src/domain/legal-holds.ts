/**
 * Legal holds: points that nothing deletes until the last hold on them is released.
 *
 * Owns     the holds by id, and how many of them keep each point. A row that is held is never used for another point.
 * Units    `…At` are Instants.
 * Source   B5.4, B5.2/3. How long a hold is being created or canceled is Assumed.
 * Spec     legal-holds.md
 */
import type { Environment, LegalHoldSelection } from '@holdfast/model';
import { byteAt, floatAt, intAt } from '../kernel/columns';
import { uuid } from '../kernel/ids';
import { DAY, Instant, MINUTE, NEVER } from '../kernel/instant';
import { below, finish, mix, mixInstant } from '../kernel/prng';
import { HOLD_ACTIVE, HOLD_CANCELED, HOLD_CREATED } from './event-codes';
import { Ledger, POINT_IS_DELETED } from './ledger';
import { NO_REASON } from './reasons';
import { CONTINUOUS, EXPIRED_POINT, HELD, LIVE } from './recovery-points';
import { placeOf } from './vaults';

export type LegalHoldStatus = 'CREATING' | 'ACTIVE' | 'CANCELING' | 'CANCELED';

/** Assumed: how long a hold is CREATING, and CANCELING. */
export const HOLD_MOVES_AFTER = MINUTE;
/** Source B5.2/3: a day, which begins when the cancellation is asked for. */
const RELEASE_SPREAD = DAY - HOLD_MOVES_AFTER;

/** What CreateLegalHold fixes for ever. */
export interface NewLegalHold {
  readonly env: Environment;
  readonly title: string;
  readonly description: string;
  readonly selection: LegalHoldSelection;
  readonly tags: Readonly<Record<string, string>>;
  readonly idempotencyToken: string | undefined;
}

export class LegalHold {
  status: LegalHoldStatus = 'CREATING';
  cancelDescription: string | undefined;
  canceledAt: Instant = NEVER;
  /** Until when a canceled hold can be looked at. */
  retainedUntil: Instant = NEVER;
  /** Rows of the points that it keeps. */
  readonly rows = new Set<number>();

  constructor(
    readonly number: number,
    readonly id: string,
    readonly arn: string,
    readonly place: number,
    readonly made: NewLegalHold,
    readonly createdAt: Instant,
  ) {}
}

export class LegalHolds {
  private readonly all: LegalHold[] = [];
  /** How many active holds keep a point, by its row. */
  private readonly counts = new Map<number, number>();
  private readonly kind: number;

  constructor(private readonly ledger: Ledger) {
    this.kind = ledger.turn('legal hold moves on', (number) => {
      this.moveOn(this.find(number));
    });
  }

  create(made: NewLegalHold): LegalHold {
    const { ledger } = this;
    const number = this.all.length;
    const { partition, region, account } = made.env;
    const namesakes = this.all.filter((hold) => hold.made.title === made.title && hold.createdAt === ledger.now).length;
    const names = [account, region, made.title, ...(namesakes === 0 ? [] : [`${namesakes}`])];
    const id = uuid(ledger.seed, { kind: 'legal-hold', names, at: ledger.now });
    const arn = `arn:${partition}:backup:${region}:${account}:legal-hold:${id}`;
    const place = ledger.names.intern(placeOf(made.env));
    const hold = new LegalHold(number, id, arn, place, made, ledger.now);
    this.all.push(hold);
    ledger.declare(HOLD_CREATED, hold.arn, place, made.title, 0, NEVER);
    ledger.agenda.push(ledger.now + HOLD_MOVES_AFTER, this.kind, number);
    return hold;
  }

  cancel(hold: LegalHold, description: string, retainRecordInDays: number): void {
    const { ledger } = this;
    hold.status = 'CANCELING';
    hold.cancelDescription = description;
    hold.retainedUntil = ledger.now + retainRecordInDays * DAY;
    ledger.agenda.push(ledger.now + HOLD_MOVES_AFTER, this.kind, hold.number);
  }

  /** Those of an account and Region, oldest first; canceled ones as long as their record is kept. */
  list(env: Environment): LegalHold[] {
    const { now } = this.ledger;
    return this.all.filter(
      (hold) =>
        hold.made.env.account === env.account && hold.made.env.region === env.region && hold.retainedUntil > now,
    );
  }

  /** Those of all accounts that keep points. */
  standing(): LegalHold[] {
    return this.all.filter(({ status }) => status === 'ACTIVE');
  }

  tryFind(env: Environment, id: string): LegalHold | undefined {
    return this.list(env).find((hold) => hold.id === id);
  }

  private find(number: number): LegalHold {
    const hold = this.all[number];
    if (hold === undefined) {
      throw new Error(`no legal hold ${number} among ${this.all.length}`);
    }
    return hold;
  }

  /** CloudFormation waits until a hold is active, or canceled: it is. */
  await(hold: LegalHold): void {
    this.moveOn(hold);
  }

  private moveOn(hold: LegalHold): void {
    if (hold.status === 'CREATING') {
      hold.status = 'ACTIVE';
      this.hold(hold);
    } else if (hold.status === 'CANCELING') {
      hold.status = 'CANCELED';
      hold.canceledAt = this.ledger.now;
      this.release(hold);
    }
  }

  /** Source B5.4/2: points that are there, but continuous and expired ones; copies are in it if they match by themselves. */
  private hold(hold: LegalHold): void {
    const { ledger } = this;
    const { points } = ledger;
    for (const row of this.matching(hold.made)) {
      hold.rows.add(row);
      this.counts.set(row, (this.counts.get(row) ?? 0) + 1);
      points.flags[row] = byteAt(points.flags, row) | HELD;
    }
    this.record(hold, HOLD_ACTIVE);
  }

  private release(hold: LegalHold): void {
    const { ledger } = this;
    const { points } = ledger;
    for (const row of hold.rows) {
      const left = (this.counts.get(row) ?? 1) - 1;
      if (left > 0) {
        this.counts.set(row, left);
        continue;
      }
      this.counts.delete(row);
      points.flags[row] = byteAt(points.flags, row) & ~HELD;
      if (floatAt(points.deleteAts, row) <= ledger.now) {
        ledger.agenda.push(ledger.now + this.delayOf(row), POINT_IS_DELETED, row);
      }
    }
    this.record(hold, HOLD_CANCELED);
    hold.rows.clear();
  }

  /** Within a day, drawn from what the point is called. */
  private delayOf(row: number): number {
    const { points, series } = this.ledger;
    const keyed = mix(intAt(series.draws, intAt(points.series, row)), HOLD_CANCELED);
    return below(finish(mixInstant(keyed, floatAt(points.createdAts, row))), RELEASE_SPREAD);
  }

  private matching({ env, selection }: NewLegalHold): number[] {
    const { ledger } = this;
    const { points } = ledger;
    const { vaultNames = [], resourceIdentifiers = [], dateRange } = selection;
    const [from, to] = [Date.parse(dateRange?.fromDate ?? ''), Date.parse(dateRange?.toDate ?? '')];
    const place = ledger.names.intern(placeOf(env));
    const found: number[] = [];
    for (let series = 0; series < ledger.series.count; series++) {
      const vault = ledger.vaultOf(series);
      const named =
        (vaultNames.length === 0 || vaultNames.includes(vault.name)) &&
        (resourceIdentifiers.length === 0 || resourceIdentifiers.includes(ledger.resourceOf(series).arn));
      if (vault.place === place && named) {
        found.push(
          ...points.rowsOf(series).filter((row) => {
            const createdAt = floatAt(points.createdAts, row);
            const held = points.has(row, LIVE) && !points.has(row, CONTINUOUS) && !points.has(row, EXPIRED_POINT);
            // Both ends are in it (Source B5.4/1).
            return held && !(createdAt < from) && !(createdAt > to);
          }),
        );
      }
    }
    return found;
  }

  private record(hold: LegalHold, code: number): void {
    const { log, now, names } = this.ledger;
    log.append(now, code, 0, NO_REASON, names.intern(hold.arn), hold.place, 0, hold.rows.size, NEVER);
  }
}
