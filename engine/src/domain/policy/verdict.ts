/**
 * What was decided about a request, and why.
 *
 * Pure     plain data.
 * Spec     evaluation.md beside this file.
 */
import type { PolicyType } from './policies';

export type How = 'allowed' | 'explicit-deny' | 'implicit-deny';

/** One look at one policy. */
export interface TrailStep {
  readonly policyType: PolicyType;
  /** Name of the policy, and of the node that it is attached to for those of an organization. */
  readonly policyName: string;
  /** The statement that decided: its `Sid`, or `Statement[n]`; undefined when none matched. */
  readonly statement?: string;
  readonly effect: 'Allow' | 'Deny' | 'none';
  /** What matched, or what did not, e.g. `Condition.StringEquals aws:PrincipalOrgID: o-a is none of o-b`. */
  readonly because: string;
}

export interface Verdict {
  readonly allowed: boolean;
  readonly how: How;
  /** Kind of the policy that decided: that denied, that lacked the Allow, or that allowed. */
  readonly policyType: PolicyType;
  /** The policy that decided; undefined when what decided is that none allows. */
  readonly policyName?: string;
  /** `Sid` of the statement that decided, or `Statement[n]` when it has none. */
  readonly statement?: string;
  /** One sentence: who, what, on what, and which policy said so. */
  readonly because: string;
  /** Every policy that was looked at, in order, up to the one that decided. */
  readonly trail: readonly TrailStep[];
  /** What an author should know besides: an action that does not exist, a condition key that the action never has. */
  readonly notes: readonly string[];
}
