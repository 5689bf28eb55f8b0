/**
 * The steps by which a principal becomes another, or makes more of itself than it is.
 *
 * Pure: reads a World. Owns which steps lead from whom to whom, so that each is asked about once.
 * Source   service authorization references of IAM, STS, Lambda, CloudFormation, EC2 and Step Functions (actions, their
 *          resources and keys); IAM user guide, "Grant a user permissions to pass a role to an AWS service"; STS API reference,
 *          AssumeRole (a root user assumes no role).
 * Assumed  A caller gives neither a second factor nor an external id: a trust policy that asks for one keeps it out.
 * Spec     attack.md
 */
import { principalOf, SERVICE_LINKED } from '../domain/policy/in-force';
import type { PolicyType } from '../domain/policy/policies';
import type { Principal } from '../domain/policy/request';
import type { Verdict } from '../domain/policy/verdict';
import type { Identity } from '../domain/roles';
import type { WorldState } from '../domain/world-state';
import { amendmentsOf } from './amendments';
import { Asked, Being, keyOf, Passage, verdictFor } from './beings';
import { passages } from './passages';

/** One call of a chain. */
export interface Step {
  readonly action: string;
  /** ARN of what it is on. */
  readonly resource: string;
}

/** A way to somebody. */
export interface Way {
  readonly becomes: Being;
  readonly steps: readonly Step[];
}

/** A chain that ends at its first step, as a statement denies that. */
export interface StoppedChain extends Step {
  readonly principal: string;
  /** Whom it would have led to, or of whom it would have made more. */
  readonly becomes: string;
  readonly policyType: PolicyType;
  readonly policy: string | null;
  readonly statement: string | null;
  readonly because: string;
}

export interface Moves {
  readonly ways: readonly Way[];
  readonly stopped: readonly StoppedChain[];
}

export class Steps {
  private readonly known = new Map<string, Moves>();
  private readonly identities: readonly (readonly [Identity, Principal])[];

  /** @param regionOf the Region in which an account has something, where its functions and stacks are made */
  constructor(
    private readonly state: WorldState,
    private readonly regionOf: (account: string) => string,
  ) {
    const { roles } = state.ledger;
    this.identities = roles
      .identities()
      .filter(({ arn }) => !arn.includes(SERVICE_LINKED))
      .flatMap((identity) => {
        const principal = principalOf(state.ledger, identity.arn);
        return principal === undefined ? [] : [[identity, principal] as const];
      });
  }

  from(being: Being): Moves {
    const key = keyOf(being);
    const moves = this.known.get(key) ?? this.found(being);
    this.known.set(key, moves);
    return moves;
  }

  private found(being: Being): Moves {
    const ways: Way[] = [];
    const stopped = new Map<string, StoppedChain>();
    for (const [identity, principal] of this.identities) {
      const tried = (passage: Passage) => this.isOpen(being, identity, passage, stopped);
      const own = identity.arn === being.principal.arn;
      const led = own ? { calls: [] } : this.passagesTo(being, identity).find(tried);
      if (led === undefined) {
        continue;
      }
      const made = isOfAccount(identity, being) ? amendmentsOf(this.state, identity, being, tried) : [];
      for (const { calls, made: more = {} } of [...(own ? [] : [{ calls: [] }]), ...made]) {
        const before = own ? being : { principal };
        ways.push({ becomes: { ...before, ...more }, steps: [...calls, ...led.calls].map(stepOf) });
      }
    }
    return { ways, stopped: [...stopped.values()] };
  }

  private passagesTo(being: Being, identity: Identity): Passage[] {
    const region = this.regionOf(being.principal.account);
    return passages(this.state, being, identity, region, isOfAccount(identity, being));
  }

  /** Whether each call of a passage is allowed; what a statement denies at once is kept. */
  private isOpen(being: Being, about: Identity, { calls }: Passage, stopped: Map<string, StoppedChain>): boolean {
    for (const [index, call] of calls.entries()) {
      const verdict = verdictFor(this.state, being, call);
      if (!verdict.allowed) {
        if (index === 0 && verdict.how === 'explicit-deny') {
          stopped.set(`${call.action} ${call.resource} ${about.arn}`, stoppedChain(being, about, call, verdict));
        }
        return false;
      }
    }
    return true;
  }
}

function isOfAccount({ env }: Identity, { principal }: Being): boolean {
  const [, partition] = principal.arn.split(':');
  return env.account === principal.account && env.partition === partition;
}

function stepOf({ action, resource }: Asked): Step {
  return { action, resource };
}

function stoppedChain({ principal }: Being, about: Identity, call: Asked, verdict: Verdict): StoppedChain {
  const { policyType, policyName = null, statement = null, because } = verdict;
  const becomes = about.arn;
  return { principal: principal.arn, becomes, ...stepOf(call), policyType, policy: policyName, statement, because };
}
