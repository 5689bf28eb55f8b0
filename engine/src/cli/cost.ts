/**
 * `holdfast cost`: what the backups of an estate cost, month by month.
 *
 * Pure: prints through the host.
 * Source   design.md section 2, `cost`.
 */
import type { Estate } from '@holdfast/model';
import type { Command } from 'commander';
import { Cost, costOf, totalOf, withBudget } from '../cost/cost';
import { costText } from './cost-text';
import { DEFAULT_PRICES } from '../cost/default-prices';
import { otherwiseOf } from '../cost/otherwise';
import { Prices, readPriceBook } from '../cost/price-book';
import { steadyAt } from '../cost/steady-state';
import { monthsAfter } from '../domain/usage';
import type { CommandHost } from '../host/terminal';
import { refuseByTemplate } from '../ingest/template-refusals';
import { Instant, parseInstant } from '../kernel/instant';
import { DEFAULT_START } from './defaults';
import { load } from './load';
import { addCommonFlags, addWorldFlags, CommonFlags, count, requireFlags } from './options';
import { print } from './print';
import { runEstate, runOn } from './run';
import { UsageError } from './usage-error';

interface CostFlags extends CommonFlags {
  readonly months: number;
  readonly start?: Instant;
  readonly seed: number;
  readonly bucketQuota?: number;
  readonly prices?: string;
  readonly budget?: number;
  readonly otherwise?: boolean;
  readonly steadyState: boolean;
}

/** A hundred years. */
const MOST_MONTHS = 1200;

export function addCost(program: Command, host: CommandHost, exit: (code: number) => void): void {
  addWorldFlags(requireFlags(addCommonFlags(program.command('cost')), 'months'), 'the run')
    .description('say what the backups of the estate cost, month by month, and what each rule costs')
    .option('--months <n>', 'how many months to run (required)', (given) => count('--months', given, MOST_MONTHS))
    .option('--prices <file>', 'price book, e.g. of `holdfast prices` (default: indicative prices)')
    .option('--budget <USD>', 'what a month may cost; exit 1 when one costs more', budget)
    .option('--otherwise', 'run each rule otherwise, too: without it, weekly instead of daily, cold earlier')
    .option('--no-steady-state', 'do not run on until as much goes as comes')
    .action((artifacts: string[], flags: CostFlags) => exit(cost(artifacts, flags, host)));
}

function cost(artifacts: readonly string[], flags: CostFlags, host: CommandHost): number {
  const prices = new Prices(flags.prices === undefined ? DEFAULT_PRICES : readPriceBook(flags.prices, host.files));
  const loaded = load(artifacts, flags, host);
  refuseByTemplate(loaded.refusals);
  const start = flags.start ?? parseInstant(DEFAULT_START);
  const { seed, bucketQuota } = flags;
  const stretch = { start, until: monthsAfter(start, flags.months), seed, bucketQuota, meter: true };
  const state = runEstate(loaded.estate, stretch, 'cost', host);
  const declared = costOf(state, prices, loaded.notRead);
  const steady = flags.steadyState ? steadyAt(state) : undefined;
  if (steady !== undefined && steady > state.now) {
    runOn(state, steady, 'cost: steady state', host);
  }
  const { steadyState } = steady === undefined ? declared : costOf(state, prices);
  const totalIn = (estate: Estate): number =>
    totalOf(
      costOf(runEstate(estate, stretch, 'cost: otherwise', host), prices).months.map(({ usdMicros }) => usdMicros),
    );
  const otherwise =
    flags.otherwise === true ? otherwiseOf(loaded.estate, declared.totalUsdMicros, totalIn) : declared.otherwise;
  const whole: Cost = { ...declared, steadyState, otherwise };
  const answer = flags.budget === undefined ? whole : withBudget(whole, flags.budget);
  print(flags.format, answer, costText, host);
  return answer.budget !== null && answer.budget.overIn.length > 0 ? 1 : 0;
}

/** Dollars with at most six decimals, as microdollars. */
function budget(given: string): number {
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(given)) {
    throw new UsageError(`--budget must be dollars such as 250 or 99.50, got '${given}'`);
  }
  return Math.round(Number(given) * 1_000_000);
}
