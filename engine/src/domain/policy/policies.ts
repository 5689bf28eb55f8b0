/**
 * Every policy that bears on a request.
 *
 * Pure     plain data; whoever asks gathers it.
 * Source   IAM user guide, "Policy evaluation logic"; KMS developer guide, "Determining access to AWS KMS keys".
 * Spec     evaluation.md beside this file.
 */
import type { GrantConstraints } from '../keys';

/** The kinds of policies, in the order in which a verdict names them. */
export type PolicyType =
  | 'service-control'
  | 'resource-control'
  | 'resource'
  | 'key'
  | 'grant'
  | 'trust'
  | 'identity'
  | 'permissions-boundary'
  | 'session';

/**
 * A policy and what a verdict calls it: the ARN of a managed policy, the name of an inline one, the vault of its policy.
 *
 * Read once and kept as long as the object lives, so a policy that changes is another object.
 */
export interface NamedPolicy {
  readonly name: string;
  /** The document, as JSON text or as what it parses to. */
  readonly document: unknown;
}

/** The policies attached to one node of an organization. */
export interface PolicyLevel {
  /** Id of the root, organizational unit or account. */
  readonly target: string;
  readonly policies: readonly NamedPolicy[];
}

/** What a grant of a KMS key lets its grantee do. */
export interface GrantTerms {
  /** Operations without their service, e.g. `Decrypt`. */
  readonly operations: readonly string[];
  /** The encryption context under which alone they may be done. */
  readonly constraints?: GrantConstraints;
}

/** A grant of a KMS key: who may do what with it. */
export interface KeyGrant extends GrantTerms {
  readonly grantId: string;
  /** ARN of the grantee: a user, role, session, account, or a service principal. */
  readonly granteePrincipal: string;
}

/** Everything in force. What is absent is not there: no organization, no boundary, no policy of the resource. */
export interface PoliciesInForce {
  /** Managed and inline policies of the user or role, and of the user's groups. The root user needs none. */
  readonly identity: readonly NamedPolicy[];
  readonly permissionsBoundary?: NamedPolicy;
  /** Policies passed when the session began; none does not bind. */
  readonly session?: readonly NamedPolicy[];
  /** Policy of the resource: of a vault, a bucket, a topic. */
  readonly resource?: NamedPolicy;
  /** Policy of the KMS key that is the resource: without its leave, identity policies count for nothing. */
  readonly keyPolicy?: NamedPolicy;
  readonly grants?: readonly KeyGrant[];
  /** Trust policy of the role that is to be assumed: as with a key, identity policies alone are not enough. */
  readonly trust?: NamedPolicy;
  /** Service control policies of the principal's account, from the root down to the account. */
  readonly scps?: readonly PolicyLevel[];
  /** Resource control policies of the resource's account, from the root down to the account. */
  readonly rcps?: readonly PolicyLevel[];
}
