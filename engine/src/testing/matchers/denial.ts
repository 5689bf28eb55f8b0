/**
 * A matcher about what a principal is kept from.
 *
 * Pure: reads a World; nothing is tried for real.
 */
import { attack, Attempt } from '../../attack/attack';
import { stateOf } from '../states';
import { MatcherOutcome, outcome } from './outcome';

/** What `toDeny` asks for. */
export interface DenialExpectation {
  /** E.g. `backup:DeleteRecoveryPoint`, or `ec2:DeleteSnapshot` for a back door: an action that `world.attack()` tries. */
  readonly action: string;
  /** ARN of a root user, user, role or session. */
  readonly principal: string;
  /** Text that the ARN of what is attacked has in it, e.g. the name of a vault; everything when not given. */
  readonly resource?: string;
}

const LISTED = 10;

/** Nothing of what a principal tries with an action succeeds. */
export function toDeny(world: unknown, expected: DenialExpectation): MatcherOutcome {
  const { action, principal, resource = '' } = expected;
  const { attempts } = attack(stateOf(world), [principal]);
  const tried = attempts.filter(
    (one) => one.action.toLowerCase() === action.toLowerCase() && one.resource.includes(resource),
  );
  if (tried.length === 0) {
    const actions = [...new Set(attempts.map((one) => one.action))].sort().join(', ');
    const there = resource === '' ? '' : ` on a resource with '${resource}' in its ARN`;
    throw new RangeError(
      `action must be one that ${principal} can try${there} (${actions || 'none'}), got '${action}'`,
    );
  }
  const succeeded = tried.filter(({ succeeds }) => succeeds);
  const asked = `${principal} is denied ${action} on ${tried.length} ${tried.length === 1 ? 'target' : 'targets'}`;
  const told = succeeded.length > 0 ? succeeded : tried;
  return outcome(succeeded.length === 0, asked, [
    ...(succeeded.length > 0 ? [`${succeeded.length} of them succeed:`] : ['stopped:']),
    ...told.slice(0, LISTED).map(line),
    ...(told.length > LISTED ? [`  and ${told.length - LISTED} more`] : []),
  ]);
}

function line({ resource, because }: Attempt): string {
  return `  ${resource}: ${because}`;
}
