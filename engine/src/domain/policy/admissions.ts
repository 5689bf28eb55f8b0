/**
 * Whether the policy of a topic, queue, bus or function lets in what acts for another resource.
 *
 * Owns     answers that were given, for as long as no policy changes: a policy is read once, and asked once for each sender.
 * Source   IAM user guide, "Policy evaluation logic" and "AWS JSON policy elements: Principal".
 * Assumed  Without a policy everybody is let in, as a World evaluates no policies unless asked to (design.md section 2).
 * Spec     ../deliveries.md
 */
import type { Ledger } from '../ledger';
import { decide, readsClock } from './decide';
import { membershipOf, principalOf } from './in-force';
import type { AuthorizationRequest } from './request';

/** A service, or the account of a rule, that acts for a resource. */
export interface SourcedRequest {
  /** E.g. `events.amazonaws.com`; for a bus of another account the ARN of the sender's root user. */
  readonly principal: string;
  /** E.g. `sns:Publish`. */
  readonly action: string;
  /** The resource that the policy belongs to. */
  readonly resource: string;
  /** For whom it acts, e.g. the ARN of a rule. */
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

export class Admissions {
  private readonly byPolicy = new Map<string, Map<string, boolean>>();
  private version = -1;

  constructor(private readonly ledger: Ledger) {}

  /** Whether the policy lets the request pass. */
  admits(policy: string | undefined, request: SourcedRequest): boolean {
    if (policy === undefined) {
      return true;
    }
    if (this.version !== this.ledger.policyVersion) {
      this.byPolicy.clear();
      this.version = this.ledger.policyVersion;
    }
    const answers = this.byPolicy.get(policy) ?? new Map<string, boolean>();
    this.byPolicy.set(policy, answers);
    const { principal, action, resource, sourceArn } = request;
    const asked = [principal, action, resource, sourceArn].join(' ');
    return answers.get(asked) ?? this.decided(policy, request, (answer) => answers.set(asked, answer));
  }

  private decided(policy: string, given: SourcedRequest, keep: (answer: boolean) => void): boolean {
    const { ledger } = this;
    const { action, resource, sourceArn, sourceAccount } = given;
    const [, partition = 'aws', , requestedRegion = '', resourceAccount = ''] = resource.split(':');
    const principal = principalOf(ledger, given.principal);
    if (principal === undefined) {
      return false;
    }
    const owner = membershipOf(ledger, partition, resourceAccount);
    const source = membershipOf(ledger, partition, sourceAccount);
    const request: AuthorizationRequest = {
      principal,
      action,
      resource,
      resourceAccount,
      requestedRegion,
      at: ledger.now,
      sourceArn,
      sourceAccount,
      ...(owner === undefined ? {} : { resourceOrganization: owner }),
      ...(source === undefined ? {} : { sourceOrganization: source }),
      // What SNS put in the place of aws:SourceAccount before there was one.
      context: { 'aws:SourceOwner': sourceAccount },
    };
    const policies = ledger.shelf.inForce(request, { policy });
    const { allowed } = decide(request, policies);
    if (!readsClock(policies)) {
      keep(allowed);
    }
    return allowed;
  }
}
