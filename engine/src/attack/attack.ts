/**
 * Tries every destructive action on everything, as each principal, and says which statement stopped it, or that nothing did.
 *
 * Pure: reads a World and changes nothing.
 * Source   design.md section 2, `attack`.
 */
import { decide } from '../domain/policy/decide';
import { ADMINISTRATORS, isKnown, membershipOf, PolicyShelf, principalOf } from '../domain/policy/in-force';
import type { PolicyType } from '../domain/policy/policies';
import type { AuthorizationRequest, Principal } from '../domain/policy/request';
import { POLICY_WORDS } from '../domain/policy/texts';
import type { WorldState } from '../domain/world-state';
import { doorOf } from '../domain/service-doors';
import { shortInstant } from '../kernel/instant';
import { DESTRUCTIVE, DestructiveAction, TargetKind } from './destructive-actions';
import { Target, targetsOf } from './targets';

/** Who attacks. */
export interface Attacker {
  readonly principal: string;
  /** Whether the World knows no policies of it, so that it is supposed to have every right that an account can give. */
  readonly supposed: boolean;
}

/** What stopped an attempt. */
export interface Stop {
  /** `policy`, or what no policy decides: a lock, points in a vault that is to be deleted, or that there is nothing to take. */
  readonly kind: 'policy' | 'state';
  readonly policyType: PolicyType | null;
  readonly policy: string | null;
  readonly statement: string | null;
}

export interface Attempt {
  readonly principal: string;
  readonly action: string;
  readonly does: string;
  readonly target: TargetKind;
  readonly resource: string;
  /** How many recovery points the attempt stands for; 0 for other targets. */
  readonly points: number;
  readonly succeeds: boolean;
  readonly stoppedBy: Stop | null;
  readonly because: string;
}

export interface Attack {
  readonly schema: 'holdfast.attack/1';
  readonly at: string;
  readonly seed: number;
  readonly attackers: readonly Attacker[];
  readonly counts: { readonly attempts: number; readonly stopped: number; readonly succeeded: number };
  readonly attempts: readonly Attempt[];
}

/**
 * Attacks.
 *
 * @param as ARNs of the principals; every role and user of the World unless given, and of each account that has something to
 *           lose its root user and an administrator
 * @throws RangeError when one is no ARN of a root user, user, role or session
 */
export function attack(state: WorldState, as?: readonly string[]): Attack {
  const { ledger } = state;
  const targets = targetsOf(state);
  const principals = (as ?? everybody(state, targets)).map((arn) => found(state, arn));
  const shelf = ledger.shelf;
  const attempts = principals.flatMap((principal) =>
    targets.flatMap((target) =>
      DESTRUCTIVE[target.kind]
        .filter((action) => isFor(action, target) && tries(principal, action, target))
        .map((action) => attempt(state, shelf, principal, target, action)),
    ),
  );
  const succeeded = attempts.filter(({ succeeds }) => succeeds).length;
  return {
    schema: 'holdfast.attack/1',
    at: shortInstant(state.now),
    seed: state.seed,
    attackers: principals.map((principal) => ({ principal: principal.arn, supposed: !isKnown(ledger, principal) })),
    counts: { attempts: attempts.length, stopped: attempts.length - succeeded, succeeded },
    attempts,
  };
}

/** Name of the role that an account is supposed to have somewhere: who may do whatever its account can let them. */
const SUPPOSED_ROLE = 'Administrator';

function everybody({ ledger }: WorldState, targets: readonly Target[]): string[] {
  const accounts = new Map(
    targets.map(({ partition, account }) => [`${partition} ${account}`, { partition, account }]),
  );
  return [...accounts.values()]
    .sort((a, b) => (a.account < b.account ? -1 : 1))
    .flatMap((account) => [
      `arn:${account.partition}:iam::${account.account}:root`,
      ...new Set([
        `arn:${account.partition}:iam::${account.account}:role/${SUPPOSED_ROLE}`,
        ...ledger.roles.rolesOf(account).map(({ arn }) => arn),
        ...ledger.roles.usersOf(account).map(({ arn }) => arn),
      ]),
    ]);
}

function found({ ledger }: WorldState, text: string): Principal {
  const principal = principalOf(ledger, text);
  if (principal === undefined || principal.kind === 'service') {
    throw new RangeError(`a principal must be the ARN of a root user, user, role or session, got '${text}'`);
  }
  return principal;
}

/** Whether an action is one on such a target at all. */
function isFor({ arns, airGapped = false }: DestructiveAction, { resource, vault }: Target): boolean {
  return (arns?.test(resource) ?? true) && (!airGapped || vault?.made.airGapped === true);
}

/** Whether a principal has any business with a target: most actions are for those of its account alone. */
function tries(principal: Principal, { across, foreignersAlone = false }: DestructiveAction, target: Target): boolean {
  const [, partition] = principal.arn.split(':');
  if (partition !== target.partition) {
    return false;
  }
  if (principal.account === target.account) {
    return !foreignersAlone;
  }
  return across === 'anybody' || (across !== undefined && target.delegates?.includes(principal.account) === true);
}

function attempt(
  state: WorldState,
  shelf: PolicyShelf,
  principal: Principal,
  target: Target,
  destructive: DestructiveAction,
): Attempt {
  const { action, does, context = {}, onEverything = false } = destructive;
  const resourceOrganization = membershipOf(state.ledger, target.partition, target.account);
  const request: AuthorizationRequest = {
    principal,
    action,
    resource: onEverything ? '*' : target.policyResource,
    resourceAccount: target.account,
    ...(resourceOrganization === undefined ? {} : { resourceOrganization }),
    resourceTags: target.tags,
    requestedRegion: target.region,
    at: state.now,
    context,
  };
  // Policies of a vault govern AWS Backup alone (Source B7.2/1).
  const vault = action.startsWith('backup:') ? target.vault : undefined;
  const verdict = decide(
    request,
    shelf.inForce(request, { vault, key: target.key, policy: target.policy }, ADMINISTRATORS),
  );
  const stop = verdict.allowed ? target.hindrance(destructive) : undefined;
  const base = {
    principal: principal.arn,
    action,
    does,
    target: target.kind,
    resource: target.resource,
    points: target.points ?? 0,
  };
  if (!verdict.allowed) {
    const { policyType, policyName = null, statement = null } = verdict;
    const stoppedBy: Stop = { kind: 'policy', policyType, policy: policyName, statement };
    return { ...base, succeeds: false, stoppedBy, because: verdict.because };
  }
  const stoppedBy: Stop | null =
    stop === undefined ? null : { kind: 'state', policyType: null, policy: null, statement: null };
  return {
    ...base,
    succeeds: stop === undefined,
    stoppedBy,
    because: stop ?? `nothing stops it: ${verdict.because}${doubt(action)}`,
  };
}

/** Where nobody says how a service answers, the attack counts its door as open, and says so. */
function doubt(action: string): string {
  const door = doorOf(action);
  return door === undefined ? '' : `; whether ${door.service} refuses it for what AWS Backup made is not documented`;
}

/** What stopped an attempt, in short. */
export function stopText({ stoppedBy, because }: Attempt): string {
  if (stoppedBy === null || stoppedBy.policyType === null) {
    return because;
  }
  const { policyType, policy, statement } = stoppedBy;
  const words = POLICY_WORDS[policyType];
  return policy === null ? `no ${words} allows it` : `${statement ?? 'what cannot be read'} of the ${words} ${policy}`;
}
