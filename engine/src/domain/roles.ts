/**
 * Roles, users, their groups and managed policies of IAM.
 *
 * Owns     the identities and policies of all accounts, by ARN.
 * Units    `…At` are Instants.
 * Source   API model of IAM 2010-05-08; B12 (service role), B4.3/6.
 * Spec     roles.md
 */
import type { Environment } from '@holdfast/model';
import { byArn } from '../kernel/order';
import type { Instant } from '../kernel/instant';

/** IAM is one in each account, whatever the Region. */
export type Account = Pick<Environment, 'partition' | 'account'>;

/** A role, a user or a group: who policies are for. */
export class Identity {
  /** Inline policies by name. */
  readonly inline = new Map<string, string>();
  /** ARNs of managed policies. */
  readonly attached = new Set<string>();
  /** ARN of the managed policy that is the permissions boundary. */
  boundary: string | undefined;
  readonly tags = new Map<string, string>();

  constructor(
    readonly arn: string,
    readonly name: string,
    readonly path: string,
    readonly env: Account,
    /** `AROA…`, `AIDA…` or `AGPA…`. */
    readonly id: string,
    readonly createdAt: Instant,
  ) {}
}

export class Role extends Identity {
  description = '';
  /** Whether it has policies that nobody could read before they were deployed. */
  partlyKnown = false;
  /** The trust policy, as text. */
  trust = '';
  maxSessionSeconds = 3600;
}

export class User extends Identity {}

/** What its policies allow and deny, they do to each of its members; nobody acts as a group. */
export class Group extends Identity {
  readonly members = new Set<User>();
}

export class ManagedPolicy {
  /** Documents by version id, `v1` first. */
  readonly versions = new Map<string, { readonly document: string; readonly createdAt: Instant }>();
  defaultVersion = 'v1';
  description = '';
  readonly tags = new Map<string, string>();
  /** How many versions there ever were. */
  made = 0;

  constructor(
    readonly arn: string,
    readonly name: string,
    readonly path: string,
    readonly env: Account,
    readonly id: string,
    readonly createdAt: Instant,
  ) {}

  get document(): string {
    return this.versions.get(this.defaultVersion)?.document ?? '';
  }
}

export class Roles {
  /**
   * Whether a role that the World does not know is missing. Without it, one that was never declared is taken to be in
   * order, and so is one that has policies which the World does not know.
   */
  strict = false;
  /** ARNs of roles that faults bar, known or not. */
  barred: ReadonlySet<string> = new Set();
  private readonly roles = new Map<string, Role>();
  private readonly users = new Map<string, User>();
  private readonly groups = new Map<string, Group>();
  private readonly policies = new Map<string, ManagedPolicy>();
  /** ARNs of roles that were deleted. */
  private readonly deleted = new Set<string>();

  putRole(role: Role): void {
    this.roles.set(role.arn, role);
    this.deleted.delete(role.arn);
  }

  removeRole(role: Role): void {
    this.roles.delete(role.arn);
    this.deleted.add(role.arn);
  }

  tryFindRole(arn: string): Role | undefined {
    return this.roles.get(arn);
  }

  /** Names of roles are unique in an account, whatever their paths. */
  tryFindRoleByName(account: Account, name: string): Role | undefined {
    return [...this.roles.values()].find((role) => role.name === name && isOf(role, account));
  }

  rolesOf(account: Account): Role[] {
    return those(this.roles, account);
  }

  putUser(user: User): void {
    this.users.set(user.arn, user);
  }

  removeUser(user: User): void {
    this.users.delete(user.arn);
  }

  tryFindUser(arn: string): User | undefined {
    return this.users.get(arn);
  }

  tryFindUserByName(account: Account, name: string): User | undefined {
    return [...this.users.values()].find((user) => user.name === name && isOf(user, account));
  }

  /** Every role and user of every account, by ARN. */
  identities(): Identity[] {
    return byArn([...this.roles.values(), ...this.users.values()]);
  }

  usersOf(account: Account): User[] {
    return those(this.users, account);
  }

  putGroup(group: Group): void {
    this.groups.set(group.arn, group);
  }

  removeGroup(group: Group): void {
    this.groups.delete(group.arn);
  }

  tryFindGroupByName(account: Account, name: string): Group | undefined {
    return [...this.groups.values()].find((group) => group.name === name && isOf(group, account));
  }

  groupsIn(account: Account): Group[] {
    return those(this.groups, account);
  }

  /** Those that a user is a member of, by ARN. */
  groupsOf(user: User): Group[] {
    return this.groupsIn(user.env).filter(({ members }) => members.has(user));
  }

  putPolicy(policy: ManagedPolicy): void {
    this.policies.set(policy.arn, policy);
  }

  removePolicy(policy: ManagedPolicy): void {
    this.policies.delete(policy.arn);
  }

  tryFindPolicy(arn: string): ManagedPolicy | undefined {
    return this.policies.get(arn);
  }

  policiesOf(account: Account): ManagedPolicy[] {
    return those(this.policies, account);
  }

  /** Identities that a managed policy is attached to, or the boundary of. */
  usersOfPolicy(arn: string): Identity[] {
    return [...this.roles.values(), ...this.users.values(), ...this.groups.values()].filter(
      (identity) => identity.attached.has(arn) || identity.boundary === arn,
    );
  }

  /** Whether no job needs to ask about its role, as the World knows none. */
  get settled(): boolean {
    return this.roles.size === 0 && this.deleted.size === 0 && this.barred.size === 0 && !this.strict;
  }

  /** Whether a role is not there, rather than one that others made. */
  isMissing(arn: string): boolean {
    return this.deleted.has(arn) || (this.strict && !this.roles.has(arn));
  }
}

/** What of IAM has a path and a name. */
export type IamKind = 'role' | 'user' | 'group' | 'policy';

export function iamArn(account: Account, kind: IamKind, path: string, name: string): string {
  return `arn:${account.partition}:iam::${account.account}:${kind}${path}${name}`;
}

function isOf(one: { readonly env: Account }, account: Account): boolean {
  return one.env.account === account.account && one.env.partition === account.partition;
}

/** Those of an account, by ARN. */
function those<T extends Identity | ManagedPolicy>(all: ReadonlyMap<string, T>, account: Account): T[] {
  return byArn([...all.values()].filter((one) => isOf(one, account)));
}
