/**
 * Sums of jobs over whole days, as the jobs dashboard shows them.
 *
 * Pure: jobs in, sums out.
 * Source   B14.4/1 (days end at midnight UTC, the present one is left out); B1.4 (periods); B11.7/3 (ANY, AGGREGATE_ALL).
 *          Assumed: a job counts on the day of its creation and in the state it is in now; what is summed over says
 *          AGGREGATE_ALL; 14 days where no period is given; only what is not nothing is told.
 */
import { passesCategory } from '../domain/message-categories';
import type { WorldState } from '../domain/world-state';
import { DAY, dateOf, Instant } from '../kernel/instant';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { AskedAccounts, watchedAccounts } from './job-accounts';
import { Page, Paged, pageOf } from './page';

const ALL = 'AGGREGATE_ALL';
const ANY = 'ANY';
const MOST = 500;
const FOURTEEN_DAYS = 'FOURTEEN_DAYS';

/** What a sum is made of. */
export interface CountedJob {
  readonly account: string;
  readonly createdAt: Instant;
  /** By member of the summary, e.g. `State`. */
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** A member of a summary by which jobs are told apart. */
export interface Dimension {
  readonly name: string;
  /** What the call says of it: a value, ANY or AGGREGATE_ALL. */
  readonly asked: string | undefined;
  /** Under which value a job counts; undefined when it does not. As of a state unless given. */
  readonly count?: (asked: string | undefined, own: string | undefined) => string | undefined;
}

export interface SummariesAsked {
  readonly AccountId?: string | undefined;
  readonly AggregationPeriod?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** With a member for each dimension; one that is nothing is left out. */
export interface JobSummary {
  readonly Region: string;
  readonly AccountId: string;
  readonly Count: number;
  readonly StartTime: Date;
  readonly EndTime: Date;
}

/** The dimensions that all summaries have. */
export function byStateAndType(asked: {
  readonly State?: string | undefined;
  readonly ResourceType?: string | undefined;
}): Dimension[] {
  return [
    { name: 'State', asked: asked.State },
    { name: 'ResourceType', asked: asked.ResourceType },
  ];
}

/** `MessageCategory`: names are read in any case of letters, and summed over unless they are asked for. */
export function byCategory(asked: string | undefined): Dimension {
  return { name: 'MessageCategory', asked, count: categoryIn };
}

/** The sums that a call asks for, days first, then account and the dimensions in ascending order. */
export function summariesOf(
  state: WorldState,
  caller: Caller,
  operation: string,
  asked: SummariesAsked,
  dimensions: readonly Dimension[],
  jobs: (accounts: AskedAccounts) => CountedJob[],
): Page<JobSummary> & { readonly period: string } {
  const { AccountId: account, MaxResults: most = MOST, AggregationPeriod: period = FOURTEEN_DAYS } = asked;
  if (most > MOST) {
    throw new AwsFault('InvalidParameterValueException', `MaxResults must be 1 to ${MOST}, got ${most}`);
  }
  const watched = watchedAccounts(state, caller);
  const watchesOver = account !== undefined && account !== ANY && account !== ALL && watched(account);
  // Who watches over nobody gets its own, whatever account it names.
  const accounts =
    account === ANY || account === ALL ? watched : (one: string) => one === (watchesOver ? account : caller.account);
  const sums = new Map<string, JobSummary>();
  const all = jobs(accounts);
  for (const [from, to] of periods(state.now, period)) {
    for (const job of all.filter(({ createdAt }) => createdAt >= from && createdAt < to)) {
      const values = [
        valueOf(account === ALL ? ALL : ANY, job.account),
        ...dimensions.map(({ name, asked: wanted, count = valueOf }) => count(wanted, job.values[name])),
      ];
      if (values.every((value) => value !== undefined)) {
        const key = [formatKey(from), ...values].join('|');
        const [AccountId = '', ...others] = values;
        const members = dimensions.map(({ name }, index) => [name, others[index]]);
        sums.set(key, {
          Region: caller.region,
          AccountId,
          ...Object.fromEntries(members.filter(([, value]) => value !== '')),
          Count: (sums.get(key)?.Count ?? 0) + 1,
          StartTime: dateOf(from),
          EndTime: dateOf(to),
        });
      }
    }
  }
  const sorted = [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  const paged: Paged<JobSummary> = {
    ...{ service: 'backup', operation, parent: period },
    keyOf: ({ Count: _, ...others }) => JSON.stringify(others),
  };
  return { ...pageOf(sorted, most, asked.NextToken, paged), period };
}

/** Under which value a job counts; undefined when it does not. */
function valueOf(asked: string | undefined, own: string = ''): string | undefined {
  if (asked === ALL) {
    return ALL;
  }
  return asked === undefined || asked === ANY || asked === own ? own : undefined;
}

function categoryIn(asked: string = ALL, own: string = ''): string | undefined {
  return asked === ALL ? ALL : passesCategory(asked, own) ? own : undefined;
}

function periods(now: Instant, asked: string): [Instant, Instant][] {
  const midnight = Math.floor(now / DAY) * DAY;
  switch (asked) {
    case 'ONE_DAY':
      return Array.from({ length: 14 }, (_, index) => [midnight - (index + 1) * DAY, midnight - index * DAY]);
    case 'SEVEN_DAYS':
      return [[midnight - 7 * DAY, midnight]];
    case FOURTEEN_DAYS:
      return [[midnight - 14 * DAY, midnight]];
    default:
      throw new AwsFault(
        'InvalidParameterValueException',
        `AggregationPeriod must be ONE_DAY, SEVEN_DAYS or FOURTEEN_DAYS, got ${asked}`,
      );
  }
}

function formatKey(at: Instant): string {
  return dateOf(at).toISOString();
}
