/**
 * What a month costs once as much goes as comes.
 *
 * Pure: a World that ran, and what its months cost.
 * Assumed  The first month that begins after the longest retention stands for all later ones.
 */
import { inheritsEnd } from '../domain/lifecycle';
import type { Origin } from '../domain/origins';
import type { WorldState } from '../domain/world-state';
import { DAY, Instant, NEVER, shortInstant } from '../kernel/instant';
import type { CostMonth } from './cost';

export interface SteadyState {
  /** What a month costs from then on; null where it was not reached. */
  readonly usdMicrosPerMonth: number | null;
  /** First month of it; null where it is not reached. */
  readonly from: string | null;
  /** Why it is not reached, or what it rests on. */
  readonly because: string;
}

/** A deletion comes within 8 hours after its time. */
const LAST_DELETION = DAY;
/** No run goes further to see it. */
const MOST_MONTHS = 121;

export function steadyStateOf(state: WorldState, months: readonly CostMonth[]): SteadyState {
  const { days, name } = longestRetention(state);
  if (days === NEVER) {
    return { usdMicrosPerMonth: null, from: null, because: `${name} keeps for ever: every month costs more` };
  }
  const month = steadyMonth(state, days);
  const found = months[month];
  const whole = found !== undefined && state.now >= usageOf(state).startOf(month + 1);
  const longest = days === 0 ? 'nothing was kept' : `the longest retention is ${days} days (${name})`;
  return whole
    ? { usdMicrosPerMonth: found.usdMicros, from: found.from, because: longest }
    : {
        usdMicrosPerMonth: null,
        from: shortInstant(usageOf(state).startOf(month)),
        because: `${longest}: not run so far`,
      };
}

/** Until when a World must run to show it; undefined when it never does, or not for ten years. */
export function steadyAt(state: WorldState): Instant | undefined {
  const { days } = longestRetention(state);
  const month = days === NEVER ? NEVER : steadyMonth(state, days);
  return month >= MOST_MONTHS ? undefined : usageOf(state).startOf(month + 1);
}

function steadyMonth(state: WorldState, days: number): number {
  return usageOf(state).monthsUntil(state.start + days * DAY + LAST_DELETION);
}

function longestRetention(state: WorldState): { days: number; name: string } {
  let longest = { days: 0, name: '' };
  for (const { kind, origin, vault } of state.ledger.meter?.lines.all ?? []) {
    if (kind === 'storage' && origin?.rule !== undefined) {
      const days = retentionOf(origin);
      const name = `${origin.rule.declaration.ruleName} in ${vault?.name ?? ''}`;
      longest = days > longest.days || (days === longest.days && name < longest.name) ? { days, name } : longest;
    }
  }
  return longest;
}

/** A copy without an end of its own has that of its source (Source B6.2/2). */
function retentionOf({ given, terms }: Origin): number {
  const inherits = given.destinationArn !== undefined && inheritsEnd(given.lifecycle);
  return inherits && given.source !== undefined ? retentionOf(given.source) : terms.deleteAfterDays;
}

function usageOf(state: WorldState) {
  return (state.ledger.meter as NonNullable<typeof state.ledger.meter>).usage;
}
