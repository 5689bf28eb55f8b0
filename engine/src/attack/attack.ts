/**
 * Tries every destructive action on everything, as each principal, and says which statement stopped it, or that nothing did.
 *
 * Pure: reads a World and changes nothing.
 * Source   design.md section 2, `attack`.
 * Spec     attack.md
 */
import { isKnown, principalOf } from '../domain/policy/in-force';
import type { PolicyType } from '../domain/policy/policies';
import type { Principal } from '../domain/policy/request';
import { POLICY_WORDS } from '../domain/policy/texts';
import type { WorldState } from '../domain/world-state';
import { doorOf } from '../domain/service-doors';
import { shortInstant } from '../kernel/instant';
import { Being, keyOf, verdictFor } from './beings';
import { reachedFrom } from './chains';
import { DESTRUCTIVE, DestructiveAction, TargetKind } from './destructive-actions';
import { GLOBAL_REGION } from './organization-targets';
import { Step, Steps, StoppedChain } from './steps';
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
  /** The roles and users that it becomes one after the other to make it, the last of which does; none where it does itself. */
  readonly through: readonly string[];
  /** The calls by which it gets there, in order; none where it need not go anywhere. */
  readonly steps: readonly Step[];
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
  /** Chains that a statement stops at their first step, each attacker's own. */
  readonly stoppedChains: readonly StoppedChain[];
}

/**
 * Attacks.
 *
 * @param as ARNs of the principals; every role and user of the World unless given, and of each account that has something to
 *           lose its root user and an administrator; those who have nothing to try are left out then
 * @throws RangeError when one is no ARN of a root user, user, role or session
 */
export function attack(state: WorldState, as?: readonly string[]): Attack {
  const { ledger } = state;
  const targets = targetsOf(state);
  const steps = new Steps(state, (account) => regionOf(targets, account));
  const byKey = new Map<string, readonly Attempt[]>();
  const attemptsOf = (being: Being): readonly Attempt[] => {
    const key = keyOf(being);
    const known = byKey.get(key) ?? attemptsBy(state, being, targets);
    byKey.set(key, known);
    return known;
  };
  const attacks = (as ?? everybody(state, targets))
    .map((arn) => found(state, arn))
    .map((principal) => ({ principal, attempts: withChains(principal, steps, attemptsOf) }))
    .filter(({ attempts: own }) => as !== undefined || own.length > 0);
  const attempts = attacks.flatMap((one) => one.attempts);
  const succeeded = attempts.filter(({ succeeds }) => succeeds).length;
  return {
    schema: 'holdfast.attack/1',
    at: shortInstant(state.now),
    seed: state.seed,
    attackers: attacks.map(({ principal }) => ({ principal: principal.arn, supposed: !isKnown(ledger, principal) })),
    counts: { attempts: attempts.length, stopped: attempts.length - succeeded, succeeded },
    attempts,
    stoppedChains: attacks.flatMap(({ principal }) => steps.from({ principal }).stopped),
  };
}

/** A Region in which an account has something. */
function regionOf(targets: readonly Target[], account: string): string {
  const regions = targets.filter((target) => target.account === account).map(({ region }) => region);
  return regions.filter((region) => region !== GLOBAL_REGION).sort()[0] ?? GLOBAL_REGION;
}

/** What a principal tries itself. */
function attemptsBy(state: WorldState, being: Being, targets: readonly Target[]): Attempt[] {
  return targets.flatMap((target) =>
    DESTRUCTIVE[target.kind]
      .filter((action) => isFor(action, target) && tries(being.principal, action, target))
      .map((action) => attempt(state, being, target, action)),
  );
}

/** What a principal tries itself, and whatever more succeeds by chains of steps. */
function withChains(principal: Principal, steps: Steps, attemptsOf: (being: Being) => readonly Attempt[]): Attempt[] {
  const all = [...attemptsOf({ principal })];
  const done = new Set(all.filter(({ succeeds }) => succeeds).map(deedOf));
  for (const { being, ...way } of reachedFrom(steps, { principal })) {
    for (const one of attemptsOf(being).filter((each) => each.succeeds && !done.has(deedOf(each)))) {
      done.add(deedOf(one));
      all.push({ ...one, principal: principal.arn, ...way, because: `${one.because}; ${wayText(way.steps)}` });
    }
  }
  return all;
}

function deedOf({ action, does, resource }: Attempt): string {
  return `${action} ${does} ${resource}`;
}

/** By which steps somebody gets there, in words. */
export function wayText(steps: readonly Step[]): string {
  return steps.every(({ action }) => action === 'sts:AssumeRole')
    ? `it assumes ${steps.map(({ resource }) => resource).join(', and then ')}`
    : `it calls ${steps.map(({ action, resource }) => `${action} on ${resource}`).join(', and then ')}`;
}

/** What is tried where there is a grant: with none, it says no more than `kms:RevokeGrant` does. */
const RETIRE_GRANT = 'kms:RetireGrant';

/** Name of the role that an account is supposed to have somewhere: who may do whatever its account can let them. */
const SUPPOSED_ROLE = 'Administrator';

function everybody({ ledger }: WorldState, targets: readonly Target[]): string[] {
  const accounts = new Map(
    targets.map(({ partition, account }) => [`${partition} ${account}`, { partition, account }]),
  );
  const there = [...accounts.values()]
    .sort((a, b) => (a.account < b.account ? -1 : 1))
    .flatMap((account) => [
      `arn:${account.partition}:iam::${account.account}:root`,
      `arn:${account.partition}:iam::${account.account}:role/${SUPPOSED_ROLE}`,
      ...ledger.roles.rolesOf(account).map(({ arn }) => arn),
      ...ledger.roles.usersOf(account).map(({ arn }) => arn),
    ]);
  return [...new Set([...there, ...ledger.roles.identities().map(({ arn }) => arn)])];
}

function found({ ledger }: WorldState, text: string): Principal {
  const principal = principalOf(ledger, text);
  if (principal === undefined || principal.kind === 'service') {
    throw new RangeError(`a principal must be the ARN of a root user, user, role or session, got '${text}'`);
  }
  return principal;
}

/** Whether an action is one on such a target at all. */
function isFor({ action, arns, airGapped = false }: DestructiveAction, { resource, vault, key }: Target): boolean {
  const isThere = action !== RETIRE_GRANT || (key?.grants.size ?? 0) > 0;
  return isThere && (arns?.test(resource) ?? true) && (!airGapped || vault?.made.airGapped === true);
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

function attempt(state: WorldState, being: Being, target: Target, destructive: DestructiveAction): Attempt {
  const { principal } = being;
  const { action, does, context = {}, onEverything = false } = destructive;
  const { account, region, key, policy } = target;
  // Policies of a vault govern AWS Backup alone (Source B7.2/1).
  const vault = action.startsWith('backup:') ? target.vault : undefined;
  const resource = onEverything ? '*' : target.policyResource;
  const tags = new Map(Object.entries(target.tags));
  const retired = action === RETIRE_GRANT && key !== undefined ? [...key.grants.values()] : undefined;
  const subject = { vault, key, retired, policy };
  const verdict = verdictFor(state, being, { action, resource, account, region, tags, context, subject });
  const stop = verdict.allowed ? target.hindrance(destructive) : undefined;
  const base = {
    principal: principal.arn,
    action,
    does,
    target: target.kind,
    resource: target.resource,
    points: target.points ?? 0,
    through: [],
    steps: [],
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
    because: stop ?? `nothing stops it: ${verdict.because}${doubt(destructive)}`,
  };
}

/** Where nobody says how a service answers, the attack counts its door as open, and says so. */
function doubt({ action, doubtful }: DestructiveAction): string {
  const service = doubtful ?? doorOf(action)?.service;
  return service === undefined ? '' : `; whether ${service} refuses it for what AWS Backup made is not documented`;
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
