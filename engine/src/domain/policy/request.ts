/**
 * Who asks for what: everything that AWS knows of one request when it decides.
 *
 * Pure     plain data; whoever asks fills it in.
 * Source   IAM user guide, "Components of a request" and "AWS global condition context keys", cited from memory.
 * Spec     evaluation.md beside this file.
 */
import type { Instant } from '../../kernel/instant';
import type { GrantTerms } from './policies';

/**
 * What a principal is. A role acts through a session of it, so there is no plain role here.
 *
 * `service` is AWS itself under a service principal such as `backup.amazonaws.com`; a service-linked role is a session of
 * a role that only its service can assume, whom SCPs and RCPs do not bind.
 */
export type PrincipalKind = 'root' | 'user' | 'role-session' | 'service' | 'service-linked-role';

export interface Principal {
  readonly kind: PrincipalKind;
  /**
   * What `aws:PrincipalArn` has: the ARN of the user, of the *role* for a session (path included), of the account
   * (`…:root`) for the root user. The name of the service (`backup.amazonaws.com`) for a service.
   */
  readonly arn: string;
  /** Account of the principal; empty for a service. */
  readonly account: string;
  /** `aws:userid`: account id of a root user, `AIDA…` of a user, `AROA…:<session name>` of a session. */
  readonly userId: string;
  /** Name of a role's session. */
  readonly sessionName?: string;
  /** Tags of the user or role, and of the session, which win. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Where its account stands in an organization; none when it is in none. */
  readonly organization?: Membership;
}

/** Where an account stands in an organization. */
export interface Membership {
  readonly id: string;
  /** From the organization to the account's parent, with a slash at the end: `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. */
  readonly path: string;
  /** Whether the account is the management account, which SCPs and RCPs do not bind. */
  readonly isManagementAccount: boolean;
}

/** A value of a context key: one, or a list for keys that have many. */
export type ContextValue = string | readonly string[];

/** One request, on one resource: an action on two resources is two requests. */
export interface AuthorizationRequest {
  readonly principal: Principal;
  /** With its service, e.g. `backup:DeleteRecoveryPoint`. */
  readonly action: string;
  /** ARN, or `*` for actions that have no resource. */
  readonly resource: string;
  /** Account that owns the resource; ARNs of snapshots and images leave it out. */
  readonly resourceAccount: string;
  /** Where the account of the resource stands in an organization. */
  readonly resourceOrganization?: Membership;
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** Tags that the request wants to give; for requests that take tags away, their keys with any value. */
  readonly requestTags?: Readonly<Record<string, string>>;
  readonly requestedRegion?: string;
  /** The instant of `aws:CurrentTime`. */
  readonly at?: Instant;
  /** The service that asks on behalf of the principal, e.g. `backup.amazonaws.com` (`aws:ViaAWSService`, `aws:CalledVia`). */
  readonly viaService?: string;
  /** Account and ARN for which a service asks (`aws:SourceAccount`, `aws:SourceArn`). */
  readonly sourceAccount?: string;
  readonly sourceArn?: string;
  /** Where the account for which a service asks stands in an organization (`aws:SourceOrgID`, `aws:SourceOrgPaths`). */
  readonly sourceOrganization?: Membership;
  /**
   * Of an operation on a key: the encryption context that it is done under, and of CreateGrant that of its constraints
   * (`kms:EncryptionContext:…`, `kms:EncryptionContextKeys`).
   */
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** Of CreateGrant: what is to be granted. */
  readonly grant?: GrantTerms;
  /** Every other key of the request, e.g. `backup:CopyTargets`; it wins over what the fields above make. */
  readonly context?: Readonly<Record<string, ContextValue>>;
}
