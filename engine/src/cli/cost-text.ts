/**
 * A cost as text to read.
 *
 * Pure: an answer in, blocks of text out.
 * Units    dollars with two decimals; amounts under a cent show as `<0.01`.
 */
import { plural, table } from './tables';
import type { Cost, CostLine } from '../cost/cost';

const CENT = 10_000;

export function costText(answer: Cost): string[] {
  return [
    `${answer.from} to ${answer.to}, seed ${answer.seed}, ${answer.priceBook}`,
    [
      'months',
      amounts(
        ['from', 'USD'],
        answer.months.map(({ from, usdMicros }) => [from.slice(0, 10), usd(usdMicros)]),
      ),
    ].join('\n'),
    ...section('what it goes to', partsTable(answer.lines)),
    ...section('rules', rulesTable(answer)),
    ...section('otherwise', otherwiseTable(answer)),
    steadyText(answer),
    ...section('no price for', unpricedTable(answer)),
    ['not counted', ...answer.notCounted.map((sentence) => `  ${sentence}`)].join('\n'),
    totalText(answer),
  ];
}

/** `1,234.56`. */
export function usd(micros: number): string {
  if (micros !== 0 && Math.abs(micros) < CENT / 2) {
    return micros < 0 ? '>-0.01' : '<0.01';
  }
  const cents = Math.round(Math.abs(micros) / CENT);
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${micros < 0 ? '-' : ''}${whole}.${String(cents % 100).padStart(2, '0')}`;
}

function section(title: string, lines: string): string[] {
  return lines === '' ? [] : [`${title}\n${lines}`];
}

function amounts(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const last = head.length - 1;
  return rows.length === 0
    ? ''
    : table(
        head,
        rows,
        head.map((_, index) => (index === last ? 'right' : 'left')),
      );
}

/** Lines that differ in their rule alone are one row. */
function partsTable(lines: readonly CostLine[]): string {
  const parts = new Map<string, { readonly row: string[]; micros: number }>();
  for (const line of lines.filter(({ price }) => price !== null)) {
    const where = line.vault?.slice(line.vault.lastIndexOf(':') + 1) ?? '';
    const to = line.toRegion === null ? '' : ` ${line.region} to ${line.toRegion}`;
    const row = [`${line.kind}${to}`, line.resourceType, line.tier ?? '', where, line.price?.confidence ?? ''];
    const part = parts.get(row.join(' ')) ?? { row, micros: 0 };
    part.micros += line.totalUsdMicros;
    parts.set(row.join(' '), part);
  }
  const rows = [...parts.values()].map(({ row, micros }) => [...row, usd(micros)]);
  return amounts(['what', 'type', 'tier', 'vault', 'price is', 'USD'], rows);
}

function rulesTable({ byRule }: Cost): string {
  return amounts(
    ['plan', 'rule', 'USD'],
    byRule.map(({ planName, rule, usdMicros }) => [planName ?? 'no plan', rule ?? '', usd(usdMicros)]),
  );
}

function otherwiseTable({ otherwise }: Cost): string {
  const rows = otherwise.map(({ plan, rule, what, usdMicros, differenceUsdMicros }) => [
    plan,
    rule,
    what,
    usd(usdMicros),
    `${differenceUsdMicros > 0 ? '+' : ''}${usd(differenceUsdMicros)}`,
  ]);
  return rows.length === 0
    ? ''
    : table(['plan', 'rule', 'change', 'USD', 'difference'], rows, ['left', 'left', 'left', 'right', 'right']);
}

function steadyText({ steadyState: { usdMicrosPerMonth, from, because } }: Cost): string {
  if (usdMicrosPerMonth !== null) {
    return `steady state: ${usd(usdMicrosPerMonth)} USD a month from ${from?.slice(0, 10)}; ${because}`;
  }
  return `steady state: ${from === null ? 'none' : `not before ${from.slice(0, 10)}`}; ${because}`;
}

function unpricedTable({ unpriced }: Cost): string {
  const rows = unpriced.map(({ item, region, toRegion, unit, quantity }) => [
    item,
    toRegion === null ? region : `${region} to ${toRegion}`,
    unit,
    String(quantity),
  ]);
  return amounts(['item', 'region', 'unit', 'quantity'], rows);
}

function totalText({ totalUsdMicros, months, budget }: Cost): string {
  const total = `${usd(totalUsdMicros)} USD in ${plural(months.length, 'month')}`;
  if (budget === null) {
    return total;
  }
  const over = budget.overIn.length === 0 ? 'no month is over' : `${plural(budget.overIn.length, 'month')} over`;
  return `${total}; ${over} the budget of ${usd(budget.usdMicros)}`;
}
