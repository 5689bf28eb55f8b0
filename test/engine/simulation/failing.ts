// What a failing seed says: the command that replays it, what was broken and when, and what operators did before.
import { shortInstant } from '../../../engine/src/kernel/instant';
import type { Outcome } from './simulation';

const LAST_CALLS = 12;
const MOST_VIOLATIONS = 8;

export function commandOf(seed: number): string {
  return `npm run simulation -- --seed ${seed}`;
}

/** @param outcome of the whole seed, or of as few actions as still break it */
export function failureText(outcome: Outcome): string {
  const { seed, violations, calls, opening } = outcome;
  const { places, vaults, enforceIam, days } = opening.world;
  return [
    `seed ${seed} breaks an invariant; to replay it: ${commandOf(seed)}`,
    `World of ${places.length} places, ${vaults.length} vaults, ${days} days${enforceIam ? ', policies decide' : ''}`,
    ...violations
      .slice(0, MOST_VIOLATIONS)
      .map(({ invariant, step, at, text }) => `  ${invariant} at ${shortInstant(at)} (step ${step}): ${text}`),
    ...(violations.length > MOST_VIOLATIONS ? [`  and ${violations.length - MOST_VIOLATIONS} more`] : []),
    calls.length === 0 ? 'nobody did anything before' : `last of ${calls.length} calls:`,
    ...calls.slice(-LAST_CALLS).map(({ at, number, what, call }) => {
      const { caller, operation, input, fault } = call;
      const who = caller.principalArn?.split('/').at(-1) ?? 'somebody';
      const place = `${caller.account} ${caller.region}`;
      const answer = fault === undefined ? 'answered' : `${fault.name}: ${fault.message}`;
      return `  ${shortInstant(at)} #${number} ${what}: ${who} in ${place} ${operation} ${JSON.stringify(input)}: ${answer}`;
    }),
  ].join('\n');
}
