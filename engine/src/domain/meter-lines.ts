/**
 * What the meter tells apart: each line is one kind of usage, of one service, in one place, for one cause.
 *
 * Owns     the lines, and how they are found for a point without making an object.
 * Units    storage counts in bytes by the second, data in bytes, everything else in pieces.
 * Source   B16.1, B16.2.
 * Spec     meter.md
 */
import type { Environment } from '@holdfast/model';
import { intAt } from '../kernel/columns';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import { CONTINUOUS } from './recovery-points';
import type { Usage } from './usage';
import type { Vault } from './vaults';

export type UsageKind =
  | 'storage'
  | 'early-deletion'
  | 'transfer'
  | 'restore'
  | 'restore-test'
  | 'audit'
  /** Items in indexes. */
  | 'index'
  /** Indexes of which nobody knows how many items they have. */
  | 'index-unsized'
  | 'search'
  | 'scan'
  /** What backups ask of a bucket, the events that it tells them, and objects that move to the low-cost warm tier. */
  | 'object-get'
  | 'object-list'
  | 'object-event'
  | 'object-move'
  /** What the databases of a place are provisioned with: so much of their automated backups is free. */
  | 'provisioned';

/** In what a point is kept. */
export type Tier = 'warm' | 'cold' | 'low-cost' | 'air-gapped' | 'continuous';

export const TIERS: readonly Tier[] = ['warm', 'cold', 'low-cost', 'air-gapped', 'continuous'];
export const WARM = 0;
export const COLD_TIER = 1;
export const LOW_COST = 2;
export const AIR_GAPPED = 3;
export const CONTINUOUS_TIER = 4;

/** What a line is about; whatever does not apply is absent. */
export interface UsageOf {
  readonly kind: UsageKind;
  /** Id of the service in the model's table; empty where no service is meant. */
  readonly service: string;
  /** Where it is used; of a transfer, where it comes from. */
  readonly env: Environment;
  /** Where a transfer goes. */
  readonly to?: Environment;
  /** Account that pays. */
  readonly payer: string;
  readonly tier?: Tier;
  readonly vault?: Vault;
  readonly origin?: Origin;
}

/** A line with its number among the sums. */
export interface UsageLine extends UsageOf {
  readonly number: number;
}

/** Services of which there may be rows in the table of a vault. */
const SERVICES = 32;
/** After the tiers, the line of what copies carry into another place. */
const TRANSFER = TIERS.length;
const CELLS = SERVICES * (TIERS.length + 1);
const EMPTY = new Int32Array(0);

export class MeterLines {
  readonly all: UsageLine[] = [];
  private readonly byNumber: UsageLine[] = [];
  private readonly services = new Map<string, number>();
  /** Of each origin, its lines by vault, service, and tier or transfer; one more than their numbers. */
  private readonly byOrigin: Int32Array[] = [];
  private readonly rare = new Map<string, number>();

  constructor(
    private readonly ledger: Ledger,
    private readonly usage: Usage,
  ) {}

  find(number: number): UsageLine {
    return this.byNumber[number] as UsageLine;
  }

  /** The line of storage of a point in a tier. */
  ofPoint(row: number, tier: number): number {
    const { ledger } = this;
    const series = intAt(ledger.points.series, row);
    return this.ofOrigin(row, intAt(ledger.series.vaults, series), tier);
  }

  /** The line of what a copy carried into another place. */
  ofTransfer(row: number): number {
    const { ledger } = this;
    return this.ofOrigin(row, intAt(ledger.series.vaults, intAt(ledger.points.sources, row)), TRANSFER);
  }

  private ofOrigin(row: number, vault: number, slot: number): number {
    const { points } = this.ledger;
    const origin = intAt(points.origins, row);
    const service = this.serviceNumber(this.ledger.resourceOf(intAt(points.series, row)).service.id);
    const cell = vault * CELLS + service * (TIERS.length + 1) + slot;
    let known = this.byOrigin[origin] ?? EMPTY;
    if (cell >= known.length) {
      const grown = new Int32Array((vault + 1) * CELLS);
      grown.set(known);
      this.byOrigin[origin] = known = grown;
    }
    const line = intAt(known, cell);
    if (line > 0) {
      return line - 1;
    }
    const made = slot === TRANSFER ? this.makeTransfer(row) : this.makeStorage(row, slot);
    known[cell] = made + 1;
    return made;
  }

  /** The tier that a new point is in. */
  tierOf(row: number): number {
    const { points } = this.ledger;
    if (points.has(row, CONTINUOUS)) {
      return CONTINUOUS_TIER;
    }
    return this.ledger.vaultOf(intAt(points.series, row)).made.airGapped ? AIR_GAPPED : WARM;
  }

  /** The line of whatever is used seldom. */
  of(about: UsageOf): number {
    const { kind, service, env, to, payer, tier, vault, origin } = about;
    const key = [
      kind,
      service,
      env.account,
      env.region,
      to?.account,
      to?.region,
      payer,
      tier,
      vault?.number,
      origin?.number,
    ].join(' ');
    let number = this.rare.get(key);
    if (number === undefined) {
      number = this.make(about);
      this.rare.set(key, number);
    }
    return number;
  }

  private makeStorage(row: number, tier: number): number {
    const { ledger } = this;
    const series = intAt(ledger.points.series, row);
    const vault = ledger.vaultOf(series);
    const { env } = vault.made;
    const { id: service } = ledger.resourceOf(series).service;
    const origin = ledger.origins.find(intAt(ledger.points.origins, row));
    return this.make({
      kind: 'storage',
      service,
      env,
      payer: env.account,
      tier: TIERS[tier] as Tier,
      vault,
      origin,
    });
  }

  /** Source B16.2/7: who pays is the account of the source for services of full management, else that of the copy. */
  private makeTransfer(row: number): number {
    const { ledger } = this;
    const { points } = ledger;
    const resource = ledger.resourceOf(intAt(points.series, row));
    const vault = ledger.vaultOf(intAt(points.series, row));
    const { env } = ledger.vaultOf(intAt(points.sources, row)).made;
    const to = vault.made.env;
    const payer = resource.managed ? env.account : to.account;
    const origin = ledger.origins.find(intAt(points.origins, row));
    return this.make({ kind: 'transfer', service: resource.service.id, env, to, payer, vault, origin });
  }

  private make(about: UsageOf): number {
    const number = this.usage.add();
    const line = { ...about, number };
    this.byNumber[number] = line;
    this.all.push(line);
    return number;
  }

  private serviceNumber(id: string): number {
    const known = this.services.get(id);
    if (known !== undefined) {
      return known;
    }
    const number = this.services.size;
    if (number >= SERVICES) {
      throw new Error(`the meter has room for ${SERVICES} services, and '${id}' is one more`);
    }
    this.services.set(id, number);
    return number;
  }
}
