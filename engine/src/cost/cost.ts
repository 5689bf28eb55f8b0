/**
 * What a run costs: the usage that the meter counted, priced line by line and month by month.
 *
 * Pure: a World and a price book in, a plain object out. Nothing is simulated here.
 * Units    money is whole microdollars of the United States. A line is rounded once a month, half up; every sum is a sum
 *          of lines, so that parts equal totals.
 * Source   design.md section 2, `cost`; B16.
 */
import { ServiceSupport } from '@holdfast/model';
import type { Tier, UsageKind, UsageLine } from '../domain/meter-lines';
import { GIB } from '../domain/snapshot';
import type { WorldState } from '../domain/world-state';
import { shortInstant } from '../kernel/instant';
import type { Omission } from '../report/simulation';
import { freeOf } from './free-allowance';
import { notCountedOf } from './not-counted';
import { Confidence, picodollars, Price, Prices, PriceUnit } from './price-book';
import { askedBy } from './price-items';
import type { Otherwise } from './otherwise';
import { SteadyState, steadyStateOf } from './steady-state';

/** One kind of usage of one service in one vault for one rule. */
export interface CostLine {
  readonly kind: Exclude<UsageKind, 'provisioned'>;
  /** AWS Backup's word for the type of resource; empty where none is meant. */
  readonly resourceType: string;
  /** Id of the service in the table of service support; empty where none is meant. */
  readonly service: string;
  readonly tier: Tier | null;
  /** Whether a copy made it, rather than a backup. */
  readonly copy: boolean;
  readonly account: string;
  readonly region: string;
  /** Where a transfer goes. */
  readonly toAccount: string | null;
  readonly toRegion: string | null;
  /** Account that pays. */
  readonly payer: string;
  /** ARN. */
  readonly vault: string | null;
  /** ARN of the plan and name of the rule that asked for it. */
  readonly plan: string | null;
  readonly planName: string | null;
  readonly rule: string | null;
  /** Name of the service on the bill. */
  readonly billedTo: string;
  readonly item: string;
  readonly unit: PriceUnit;
  /** Null where the price book has none: the usage stands under `unpriced`. */
  readonly price: LinePrice | null;
  /** For each month, in `unit`; free amounts are not in it. */
  readonly quantity: readonly number[];
  /** For each month, in microdollars. */
  readonly usdMicros: readonly number[];
  readonly totalUsdMicros: number;
}

export type LinePrice = Pick<Price, 'usd' | 'date' | 'source' | 'confidence'>;

export interface CostMonth {
  readonly from: string;
  readonly to: string;
  readonly usdMicros: number;
}

/** What each month may cost. */
export interface Budget {
  readonly usdMicros: number;
  /** First instants of the months that cost more. */
  readonly overIn: readonly string[];
}

export interface RuleCost {
  readonly plan: string | null;
  readonly planName: string | null;
  readonly rule: string | null;
  readonly usdMicros: number;
}

/** Usage that the price book has no price for. */
export interface Unpriced {
  readonly item: string;
  readonly region: string;
  readonly toRegion: string | null;
  readonly unit: PriceUnit;
  readonly quantity: number;
}

/** Microdollars by a word, in ascending order of the words. */
export type Sums = Readonly<Record<string, number>>;

export interface Cost {
  readonly schema: 'holdfast.cost/1';
  readonly from: string;
  readonly to: string;
  readonly seed: number;
  readonly currency: 'USD';
  readonly priceBook: string;
  readonly totalUsdMicros: number;
  readonly months: readonly CostMonth[];
  readonly byKind: Sums;
  readonly byResourceType: Sums;
  readonly byTier: Sums;
  readonly byVault: Sums;
  readonly byPayer: Sums;
  readonly byBilledService: Sums;
  readonly byConfidence: Readonly<Record<Confidence, number>>;
  readonly byRule: readonly RuleCost[];
  readonly lines: readonly CostLine[];
  readonly steadyState: SteadyState;
  /** What else could be declared, and what that would cost; empty unless asked for. */
  readonly otherwise: readonly Otherwise[];
  /** Null unless one was given. */
  readonly budget: Budget | null;
  readonly unpriced: readonly Unpriced[];
  /** What AWS asks money for that is not in the sums, and why. */
  readonly notCounted: readonly string[];
  readonly notRead: readonly Omission[];
  readonly digest: string;
}

/** The kinds of usage that belong to no tier, vault or type stand under these words. */
const NO_TIER = 'none';

/**
 * The cost of a World until now.
 *
 * @throws Error when its usage was not counted (`meter` of WorldOptions)
 */
export function costOf(state: WorldState, prices: Prices, notRead: readonly Omission[] = []): Cost {
  const lines = costLinesOf(state, prices);
  const months = monthsOf(state, lines);
  const sum = (key: (line: CostLine) => string): Sums => sumsOf(lines, key);
  const confidences = sum(({ price }) => price?.confidence ?? '');
  const { high = 0, medium = 0, low = 0 } = confidences;
  return {
    schema: 'holdfast.cost/1',
    from: shortInstant(state.start),
    to: shortInstant(state.now),
    seed: state.seed,
    currency: 'USD',
    priceBook: prices.book.name,
    totalUsdMicros: totalOf(lines.map(({ totalUsdMicros }) => totalUsdMicros)),
    months,
    byKind: sum(({ kind }) => kind),
    byResourceType: sum(({ resourceType }) => resourceType),
    byTier: sum(({ tier }) => tier ?? NO_TIER),
    byVault: sum(({ vault }) => vault ?? ''),
    byPayer: sum(({ payer }) => payer),
    byBilledService: sum(({ billedTo }) => billedTo),
    byConfidence: { high, medium, low },
    byRule: byRule(lines),
    lines,
    steadyState: steadyStateOf(state, months),
    otherwise: [],
    budget: null,
    unpriced: unpricedOf(lines),
    notCounted: notCountedOf(lines, state.ledger.meter?.objects.unsized.size ?? 0),
    notRead,
    digest: state.digest(),
  };
}

/** The same cost, weighed against what each month may cost. */
export function withBudget(cost: Cost, usdMicros: number): Cost {
  const over = cost.months.filter((month) => month.usdMicros > usdMicros);
  return { ...cost, budget: { usdMicros, overIn: over.map(({ from }) => from) } };
}

/** Every line with what it costs each month; lines that came to nothing are left out. */
export function costLinesOf(state: WorldState, prices: Prices): CostLine[] {
  const { meter } = state.ledger;
  if (meter === undefined) {
    throw new Error('the usage of this world was not counted: it was made without a meter');
  }
  const { usage, lines } = meter;
  const free = freeOf(meter, state.now);
  return lines.all
    .filter(({ kind }) => kind !== 'provisioned')
    .flatMap((line) => {
      const gratis = free.get(line.number);
      const sums = usage.sums(line.number, state.now).map((sum, month) => sum - (gratis?.[month] ?? 0n));
      return sums.every((sum) => sum === 0n) ? [] : [priced(line, sums, (month) => usage.secondsOf(month), prices)];
    })
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function priced(line: UsageLine, sums: bigint[], secondsOf: (month: number) => number, prices: Prices): CostLine {
  const { item, unit, billedTo } = askedBy(line);
  const { env, to, vault, origin, service } = line;
  const price = prices.tryFind(item, env.region, to?.region);
  const per = (month: number): bigint =>
    unit === 'GiB-month' ? BigInt(GIB) * BigInt(secondsOf(month)) : unit === 'GiB' ? BigInt(GIB) : 1n;
  const usdMicros = sums.map((sum, month) => (price === undefined ? 0 : microdollars(sum, per(month), price)));
  return {
    kind: line.kind as CostLine['kind'],
    resourceType: service === '' ? '' : ServiceSupport.find(service).resourceType,
    service,
    tier: line.tier ?? null,
    copy: origin?.given.destinationArn !== undefined,
    account: env.account,
    region: env.region,
    toAccount: to?.account ?? null,
    toRegion: to?.region ?? null,
    payer: line.payer,
    vault: vault?.arn ?? null,
    plan: origin?.rule?.plan.arn ?? null,
    planName: origin?.rule?.plan.declaration.backupPlanName ?? null,
    rule: origin?.rule?.declaration.ruleName ?? null,
    billedTo,
    item,
    unit,
    price: price === undefined ? null : linePrice(price),
    quantity: sums.map((sum, month) => quantity(sum, per(month))),
    usdMicros,
    totalUsdMicros: totalOf(usdMicros),
  };
}

/** Half up. */
function microdollars(sum: bigint, per: bigint, price: Price): number {
  const divisor = per * 1_000_000n;
  return Number((sum * picodollars(price) * 2n + divisor) / (divisor * 2n));
}

/** In millionths, half up. */
function quantity(sum: bigint, per: bigint): number {
  return Number((sum * 2_000_000n + per) / (per * 2n)) / 1_000_000;
}

function linePrice({ usd, date, source, confidence }: Price): LinePrice {
  return { usd, date, source, confidence };
}

function monthsOf(state: WorldState, lines: readonly CostLine[]): CostMonth[] {
  const { usage } = state.ledger.meter as NonNullable<typeof state.ledger.meter>;
  return Array.from({ length: usage.monthsUntil(state.now) }, (_, month) => ({
    from: shortInstant(usage.startOf(month)),
    to: shortInstant(Math.min(usage.startOf(month + 1), state.now)),
    usdMicros: totalOf(lines.map(({ usdMicros }) => usdMicros[month] ?? 0)),
  }));
}

function sumsOf(lines: readonly CostLine[], key: (line: CostLine) => string): Sums {
  const sums = new Map<string, number>();
  for (const line of lines) {
    sums.set(key(line), (sums.get(key(line)) ?? 0) + line.totalUsdMicros);
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function byRule(lines: readonly CostLine[]): RuleCost[] {
  const rules = new Map<string, RuleCost>();
  for (const { plan, planName, rule, totalUsdMicros } of lines) {
    const key = `${plan} ${rule}`;
    rules.set(key, { plan, planName, rule, usdMicros: (rules.get(key)?.usdMicros ?? 0) + totalUsdMicros });
  }
  return [...rules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
}

function unpricedOf(lines: readonly CostLine[]): Unpriced[] {
  const found = new Map<string, Unpriced>();
  for (const { price, item, region, toRegion, unit, quantity: amounts } of lines) {
    if (price === null) {
      const key = `${item} ${region} ${toRegion ?? ''}`;
      const before = found.get(key)?.quantity ?? 0;
      const amount = Math.round((before + totalOf(amounts)) * 1_000_000) / 1_000_000;
      found.set(key, { item, region, toRegion, unit, quantity: amount });
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** What a line is about, without what it came to: the order must not tell in which order things happened. */
function orderOf(line: CostLine): string {
  const { kind, resourceType, service, tier, copy, region, account, toRegion, toAccount, vault, plan, rule } = line;
  return [
    kind,
    resourceType,
    service,
    vault,
    tier,
    plan,
    rule,
    copy,
    region,
    account,
    toRegion,
    toAccount,
    line.payer,
  ].join('\u0000');
}

export function totalOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
