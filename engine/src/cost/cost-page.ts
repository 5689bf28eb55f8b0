/**
 * What a page says of cost: the lines of a run, by vault, tier and copy.
 *
 * Pure: a World whose usage was counted and a price book in, a plain object out.
 * Units    microdollars.
 */
import type { WorldState } from '../domain/world-state';
import type { CostSeries, PageCost } from '../report/pages/overview';
import { parseInstant } from '../kernel/instant';
import { costOf } from './cost';
import { DEFAULT_PRICES } from './default-prices';
import { Prices } from './price-book';

export function costPage(state: WorldState, prices: Prices = new Prices(DEFAULT_PRICES)): PageCost {
  const { months, lines, priceBook, notCounted, unpriced } = costOf(state, prices);
  const sums = new Map<string, CostSeries>();
  for (const { kind, vault, tier, copy, usdMicros } of lines) {
    const series = { kind, vault: vault?.split(':').at(-1) ?? '', tier: tier ?? '', copies: copy };
    const key = JSON.stringify([series, vault]);
    const before = sums.get(key)?.usdMicros;
    sums.set(key, { ...series, usdMicros: usdMicros.map((usd, month) => usd + (before?.[month] ?? 0)) });
  }
  return {
    priceBook,
    ends: months.map(({ to }) => parseInstant(to)),
    series: [...sums.values()],
    notCounted: [...notCounted, ...unpriced.map(({ item, region }) => `${item} in ${region}: the prices lack it`)],
  };
}
