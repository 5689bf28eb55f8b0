/**
 * Which roles a principal reaches by assuming them, one after the other, in its own account and in others.
 *
 * Pure: reads a World. Owns which role leads to which, so that each is asked about once.
 * Source   IAM user guide, "Role chaining"; STS API reference, AssumeRole (a root user assumes no role).
 * Assumed  A caller gives neither a second factor nor an external id: a trust policy that asks for one keeps it out.
 * Spec     attack.md
 */
import { decide } from '../domain/policy/decide';
import { ADMINISTRATORS, membershipOf, PolicyShelf, principalOf } from '../domain/policy/in-force';
import type { AuthorizationRequest, Principal } from '../domain/policy/request';
import type { Role } from '../domain/roles';
import type { WorldState } from '../domain/world-state';
import { GLOBAL_REGION } from './organization-targets';

/** A role that a principal gets to be, and by which roles it does, the last of them the role itself. */
export interface Reached {
  readonly principal: Principal;
  readonly through: readonly string[];
}

export class Assumptions {
  private readonly known = new Map<string, readonly Principal[]>();
  private readonly roles: readonly Role[];

  constructor(
    private readonly state: WorldState,
    private readonly shelf: PolicyShelf,
  ) {
    this.roles = state.ledger.roles.list();
  }

  /** Every role that a principal reaches, each by the shortest way, nearest first. */
  from(principal: Principal): Reached[] {
    const reached: Reached[] = [];
    const seen = new Set([principal.arn]);
    const waiting: Reached[] = [{ principal, through: [] }];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { principal: from, through } = next;
      for (const to of this.assumable(from).filter(({ arn }) => !seen.has(arn))) {
        const found = { principal: to, through: [...through, to.arn] };
        seen.add(to.arn);
        reached.push(found);
        waiting.push(found);
      }
    }
    return reached;
  }

  private assumable(from: Principal): readonly Principal[] {
    const known = this.known.get(from.arn);
    if (known !== undefined || from.kind === 'root') {
      return known ?? [];
    }
    const found = this.roles
      .filter((role) => role.arn !== from.arn && mayName(role.trust, from) && this.isAssumed(role, from))
      .flatMap(({ arn }) => principalOf(this.state.ledger, arn) ?? []);
    this.known.set(from.arn, found);
    return found;
  }

  private isAssumed(role: Role, principal: Principal): boolean {
    const { partition, account } = role.env;
    const resourceOrganization = membershipOf(this.state.ledger, partition, account);
    const request: AuthorizationRequest = {
      principal,
      action: 'sts:AssumeRole',
      resource: role.arn,
      resourceAccount: account,
      ...(resourceOrganization === undefined ? {} : { resourceOrganization }),
      resourceTags: Object.fromEntries(role.tags),
      requestedRegion: GLOBAL_REGION,
      at: this.state.now,
      context: { 'sts:RoleSessionName': 'session' },
    };
    return decide(request, this.shelf.inForce(request, { role }, ADMINISTRATORS)).allowed;
  }
}

/** Whether a trust policy has a word of the account at all: most name a service, and need no closer look. */
function mayName(trust: string, { account }: Principal): boolean {
  return [account, '*', 'NotPrincipal'].some((word) => trust.includes(word));
}
