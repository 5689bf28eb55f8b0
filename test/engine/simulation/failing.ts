// What a failing seed says: the command that replays it, what was broken and when, and what operators did before.
import { shortInstant } from '../../../engine/src/kernel/instant';
import type { Outcome } from './simulation';

const LAST_ACTIONS = 12;
const MOST_VIOLATIONS = 8;

export function commandOf(seed: number): string {
  return `npm run simulation -- --seed ${seed}`;
}

/** @param outcome of the whole seed, or of as few actions as still break it */
export function failureText(outcome: Outcome): string {
  const { seed, violations, calls, happenings, opening } = outcome;
  const { places, vaults, enforceIam, days } = opening.world;
  const more = violations.length - MOST_VIOLATIONS;
  const before = [...calls.map(({ at, ...one }) => ({ at, what: textOf(one) })), ...happenings].sort(
    (a, b) => a.at - b.at,
  );
  return [
    `seed ${seed} breaks an invariant; to replay it: ${commandOf(seed)}`,
    `World of ${places.length} places, ${vaults.length} vaults, ${days} days${enforceIam ? ', policies decide' : ''}`,
    ...violations
      .slice(0, MOST_VIOLATIONS)
      .map(({ invariant, step, at, text }) => `  ${invariant} at ${shortInstant(at)} (step ${step}): ${text}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    before.length === 0 ? 'nobody did anything before' : `last of ${before.length} actions:`,
    ...before.slice(-LAST_ACTIONS).map(({ at, what }) => `  ${shortInstant(at)} ${what}`),
  ].join('\n');
}

function textOf({ number, what, call }: Omit<Outcome['calls'][number], 'at'>): string {
  const { caller, operation, input, fault } = call;
  const who = caller.principalArn?.split('/').at(-1) ?? 'somebody';
  const answer = fault === undefined ? 'answered' : `${fault.name}: ${fault.message}`;
  const place = `${caller.account} ${caller.region}`;
  return `#${number} ${what}: ${who} in ${place} ${operation} ${JSON.stringify(input)}: ${answer}`;
}
