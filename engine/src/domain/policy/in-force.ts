/**
 * Who a principal is in a World, and which of its policies bear on a request.
 *
 * Pure: reads a ledger; policies that were read are kept by their name and text.
 * Source   B7.2/1 (vaults), B11.4 (organizations), B12 (roles), B13 (keys).
 * Spec     evaluation.md beside this file.
 */
import type { SessionLimits } from '../credentials';
import type { Grant, Key } from '../keys';
import type { Ledger } from '../ledger';
import type { OrganizationNode, PolicyKind } from '../organization';
import { Account, iamArn, Identity, Role, User } from '../roles';
import type { Vault } from '../vaults';
import { ADMINISTRATOR, awsManagedPolicy } from './aws-managed';
import type { KeyGrant, NamedPolicy, PoliciesInForce, PolicyLevel } from './policies';
import type { AuthorizationRequest, Membership, Principal, PrincipalKind } from './request';

const PRINCIPAL =
  /^arn:(?<partition>[a-z-]+):(iam|sts)::(?<account>\d{12}):(?<rest>root|user\/.+|role\/.+|assumed-role\/[^/]+\/[^/]+)$/;
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;
/** Part of the ARNs of roles that their service alone can assume. */
export const SERVICE_LINKED = ':role/aws-service-role/';
const SESSION = 'session';
/** A policy without statements. */
const NOTHING = JSON.stringify({ Version: '2012-10-17', Statement: [] });

/** What a request is about, as far as policies hang on it. */
export interface Subject {
  /** The vault whose policy bears on it: of a vault, and of its points. */
  readonly vault?: Vault | undefined;
  readonly key?: Key | undefined;
  /** Grants of the key, any of which is to be retired: who may is a matter of them, rather than of the policy of the key. */
  readonly retired?: readonly Grant[] | undefined;
  /** The role that is to be assumed. */
  readonly role?: Role | undefined;
  /** The policy of whatever else has one, as text. */
  readonly policy?: string | undefined;
  /** What was passed when the session that asks began. */
  readonly limits?: SessionLimits | undefined;
}

/** The principal of an ARN or of a service's name; undefined when the text is neither. */
export function principalOf(ledger: Ledger, text: string): Principal | undefined {
  const parts = PRINCIPAL.exec(text);
  if (parts === null) {
    return SERVICE.test(text) ? { kind: 'service', arn: text, account: '', userId: '' } : undefined;
  }
  const { partition, account, rest } = parts.groups as Record<'partition' | 'account' | 'rest', string>;
  const organization = membershipOf(ledger, partition, account);
  const member = organization === undefined ? {} : { organization };
  if (rest === 'root') {
    return { kind: 'root', arn: text, account, userId: account, ...member };
  }
  const [what, name = '', sessionName = ''] = rest.split('/');
  const isSession = what === 'assumed-role';
  const session = isSession ? sessionName : SESSION;
  const arn = isSession ? roleArn(ledger, { partition, account }, name) : text;
  const identity = identityOf(ledger, arn);
  const tags = Object.fromEntries(identity?.tags ?? []);
  const id = identity?.id ?? 'AROAUNKNOWN';
  const kind: PrincipalKind =
    what === 'user' ? 'user' : arn.includes(SERVICE_LINKED) ? 'service-linked-role' : 'role-session';
  return kind === 'user'
    ? { kind, arn, account, userId: id, tags, ...member }
    : { kind, arn, account, userId: `${id}:${session}`, sessionName: session, tags, ...member };
}

function roleArn({ roles }: Ledger, env: Account, name: string): string {
  return roles.tryFindRoleByName(env, name)?.arn ?? iamArn(env, 'role', '/', name);
}

/** Whether the World knows the policies of a principal; the root user needs none, a service has none. */
export function isKnown(ledger: Ledger, { kind, arn }: Principal): boolean {
  return kind === 'root' || kind === 'service' || identityOf(ledger, arn) !== undefined;
}

/** Where an account stands in its organization. */
export function membershipOf(ledger: Ledger, partition: string, account: string): Membership | undefined {
  return ledger.organizations.of({ partition, account })?.membershipOf(account);
}

/** Policies that were read, by name and text: a policy that is read again is the same object. */
export class PolicyShelf {
  /** By text, which is hashed once, and then by name. */
  private readonly byText = new Map<string, Map<string, NamedPolicy>>();

  constructor(private readonly ledger: Ledger) {}

  /**
   * Everything that bears on a request.
   *
   * @param unknownMay what a role or user may that the World does not know; nothing unless given
   */
  inForce(
    request: AuthorizationRequest,
    { vault, key, retired, role, policy, limits }: Subject,
    unknownMay: readonly NamedPolicy[] = [],
  ): PoliciesInForce {
    const { principal } = request;
    const identity = identityOf(this.ledger, principal.arn);
    const [, partition = 'aws'] = principal.arn.split(':');
    const boundary = identity?.boundary === undefined ? undefined : this.managed(identity.boundary);
    return {
      identity: identity === undefined ? unknownMay : this.policiesOf(identity),
      ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
      ...(vault?.accessPolicy === undefined
        ? {}
        : { resource: this.named(`access policy of ${vault.arn}`, vault.accessPolicy) }),
      ...(policy === undefined ? {} : { resource: this.named(`policy of ${request.resource}`, policy) }),
      ...(role === undefined ? {} : { trust: this.named(`trust policy of ${role.arn}`, role.trust) }),
      ...(key === undefined
        ? {}
        : retired === undefined
          ? this.ofKey(key)
          : { grants: retired.flatMap((grant) => retirings(key, grant)) }),
      ...(limits === undefined ? {} : { session: this.passed(limits) }),
      scps: this.levels('SERVICE_CONTROL_POLICY', partition, principal.account),
      rcps: this.levels('RESOURCE_CONTROL_POLICY', partition, request.resourceAccount),
    };
  }

  /** A user has those of its groups, too. */
  policiesOf(identity: Identity): NamedPolicy[] {
    const inline = [...identity.inline].map(([name, text]) => this.named(`${name} of ${identity.arn}`, text));
    const own = [...inline, ...[...identity.attached].flatMap((arn) => this.managed(arn) ?? [])];
    const groups = identity instanceof User ? this.ledger.roles.groupsOf(identity) : [];
    return [...own, ...groups.flatMap((group) => this.policiesOf(group))];
  }

  /** The managed policies of a role or user, and the boundary, that are neither in the World nor carried. */
  unknownPoliciesOf(identity: Identity): string[] {
    const named = [...identity.attached, ...(identity.boundary === undefined ? [] : [identity.boundary])];
    return named.filter((arn) => this.managed(arn) === undefined);
  }

  /** Whether the World knows everything that lets a role or user do something. */
  isWhollyKnown(arn: string): boolean {
    const identity = identityOf(this.ledger, arn);
    const partly = identity instanceof Role && identity.partlyKnown;
    return identity !== undefined && !partly && [...identity.attached].every((one) => this.managed(one) !== undefined);
  }

  private ofKey(key: Key): Pick<PoliciesInForce, 'keyPolicy' | 'grants'> {
    return { keyPolicy: this.named(`policy of ${key.arn}`, key.policy), grants: grantsOf(key) };
  }

  /** A managed policy that is gone allows nothing. */
  private passed({ policy, policyArns }: SessionLimits): NamedPolicy[] {
    const inline = policy === undefined ? [] : [this.named('session policy', policy)];
    return [...inline, ...policyArns.map((arn) => this.managed(arn) ?? this.named(arn, NOTHING))];
  }

  private managed(arn: string): NamedPolicy | undefined {
    const policy = this.ledger.roles.tryFindPolicy(arn);
    return policy === undefined ? awsManagedPolicy(arn) : this.named(arn, policy.document);
  }

  private levels(kind: PolicyKind, partition: string, account: string): PolicyLevel[] {
    const organization = this.ledger.organizations.of({ partition, account });
    const node: OrganizationNode | undefined = organization?.tryFind(account);
    if (node === undefined || organization?.enabledKinds.has(kind) !== true) {
      return [];
    }
    return node.path.map(({ id, policies }) => ({
      target: id,
      policies: policies
        .filter((policy) => policy.kind === kind)
        .map((policy) => this.named(policy.name, policy.content)),
    }));
  }

  private named(name: string, document: string): NamedPolicy {
    const byName = this.byText.get(document) ?? new Map<string, NamedPolicy>();
    this.byText.set(document, byName);
    const known = byName.get(name) ?? { name, document };
    byName.set(name, known);
    return known;
  }
}

/** What whoever may do everything has: the administrator that an attack supposes. */
export const ADMINISTRATORS: readonly NamedPolicy[] = [ADMINISTRATOR];

function identityOf({ roles }: Ledger, arn: string): Identity | undefined {
  return roles.tryFindRole(arn) ?? roles.tryFindUser(arn);
}

function grantsOf(key: Key): KeyGrant[] {
  return [...key.grants.values()].map(grantOf);
}

function grantOf({ id, granteePrincipal, operations, constraints }: Grant): KeyGrant {
  return { grantId: id, granteePrincipal, operations, ...(constraints === undefined ? {} : { constraints }) };
}

/**
 * Who may retire a grant: its retiring principal, its grantee where it says so, and the account of the key.
 *
 * Source   KMS developer guide, "Retiring and revoking grants" (read 2026-11-27): an account lets its principals do it by
 *          policies of identities; the policy of the key has no say. Assumed: the account is that of the key.
 */
function retirings({ made: { env } }: Key, grant: Grant): KeyGrant[] {
  const operations = ['RetireGrant'];
  const account = `arn:${env.partition}:iam::${env.account}:root`;
  const retiring = [grant.retiringPrincipal ?? [], account].flat();
  return [...retiring.map((granteePrincipal) => ({ grantId: grant.id, granteePrincipal, operations })), grantOf(grant)];
}
