/**
 * Who an attacker is at a point of its way: a principal, and what it made of that principal's policies before it was it.
 *
 * Pure: reads a World and changes nothing; what an attacker would change is carried along.
 * Source   service authorization reference of IAM (keys of actions), IAM user guide, "Permissions boundaries".
 * Spec     attack.md
 */
import { decide } from '../domain/policy/decide';
import { ADMINISTRATORS, membershipOf, Subject } from '../domain/policy/in-force';
import type { NamedPolicy, PoliciesInForce } from '../domain/policy/policies';
import type { AuthorizationRequest, ContextValue, Principal } from '../domain/policy/request';
import type { Verdict } from '../domain/policy/verdict';
import type { WorldState } from '../domain/world-state';
import { GLOBAL_REGION } from './organization-targets';

export interface Being {
  readonly principal: Principal;
  /** Whether it was given every right that a policy of its own can give. */
  readonly given?: boolean;
  /** Whether its permissions boundary was taken away, or put so wide that it bounds nothing. */
  readonly unbound?: boolean;
  /** A group that it joined, and what the policies of that say. */
  readonly joined?: { readonly group: string; readonly policies: readonly NamedPolicy[] };
  /** A managed policy, by its ARN, that says something else now. */
  readonly rewritten?: NamedPolicy;
}

/** The same for beings that may the same. */
export function keyOf({ principal, given = false, unbound = false, joined, rewritten }: Being): string {
  return [principal.arn, given, unbound, joined?.group, rewritten?.name, rewritten?.document].join(' ');
}

/** What a request is on, and what it says. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  readonly region?: string;
  readonly tags?: ReadonlyMap<string, string>;
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly subject?: Subject;
  /** A trust policy in place of the one that the role has. */
  readonly trust?: string;
}

/** Calls that one after the other make a way, and what becomes of whom they are about. */
export interface Passage {
  readonly calls: readonly Asked[];
  readonly made?: Omit<Being, 'principal'>;
}

/** What the policies say to a request of somebody on its way. */
export function verdictFor(state: WorldState, being: Being, asked: Asked): Verdict {
  const { ledger } = state;
  const { principal } = being;
  const { action, resource, account, region = GLOBAL_REGION, tags, context = {}, subject = {}, trust } = asked;
  const [, partition = 'aws'] = principal.arn.split(':');
  const resourceOrganization = membershipOf(ledger, partition, account);
  const request: AuthorizationRequest = {
    principal,
    action,
    resource,
    resourceAccount: account,
    ...(resourceOrganization === undefined ? {} : { resourceOrganization }),
    resourceTags: Object.fromEntries(tags ?? []),
    requestedRegion: region,
    at: state.now,
    context,
  };
  const inForce = amended(ledger.shelf.inForce(request, subject, ADMINISTRATORS), being);
  const rewritten = { name: `trust policy of ${resource}, as it was rewritten`, document: trust };
  return decide(request, trust === undefined ? inForce : { ...inForce, trust: rewritten });
}

/** The policies in force with what an attacker made of those of the principal itself. */
export function amended(inForce: PoliciesInForce, { given, unbound, joined, rewritten }: Being): PoliciesInForce {
  if (given !== true && unbound !== true && joined === undefined && rewritten === undefined) {
    return inForce;
  }
  const now = (policy: NamedPolicy) => (policy.name === rewritten?.name ? rewritten : policy);
  const { permissionsBoundary, ...rest } = inForce;
  return {
    ...rest,
    identity: [
      ...[...inForce.identity, ...(joined?.policies ?? [])].map(now),
      ...(given === true ? ADMINISTRATORS : []),
    ],
    ...(permissionsBoundary === undefined || unbound === true ? {} : { permissionsBoundary: now(permissionsBoundary) }),
  };
}
