/**
 * Keys, roles, users, groups and managed policies of one reading, with the aliases and policies that other resources give them.
 *
 * Owns     what was read so far. Both forms of artifacts fill it, so that both join by the same rules.
 * Assumed  These types are read where they can be known and listed as not read where they cannot: jobs do without what
 *          the World does not know.
 */
import type { EncryptionKey, Environment, Estate, IamGroup, IamPolicy, IamRole, IamUser } from '@holdfast/model';
import type { NotRead } from './artifact';
import { withoutUndefined } from './cloudformation/declaration';
import { keyArnOf } from '../domain/stateful-resources';

/** Where something stands that belongs to another declaration. */
export interface Place {
  readonly path: string;
  readonly type: string;
}

/** Whom a policy is given to, and in what account. */
export interface HolderName {
  readonly kind: 'role' | 'user' | 'group';
  readonly env: Environment;
  readonly name: string;
}

interface Addition<T> {
  readonly place: Place;
  readonly what: T;
}

export class AccessDeclarations {
  private readonly keys: EncryptionKey[] = [];
  private readonly roles: IamRole[] = [];
  private readonly policies: IamPolicy[] = [];
  private readonly aliases: Addition<{ readonly keyArn: string; readonly aliasName: string }>[] = [];
  private readonly keyPolicies: Addition<{ readonly keyArn: string; readonly keyPolicy: unknown }>[] = [];
  private readonly groups: IamGroup[] = [];
  private readonly users: IamUser[] = [];
  private readonly permissions: Addition<{ readonly holder: HolderName; readonly policy: Permission }>[] = [];
  /** Roles that are given policies which cannot be known; undefined where which role it is cannot, either. */
  private readonly unreadFor: { readonly env: Environment; readonly roleName: string | undefined }[] = [];
  private readonly memberships: Addition<{ readonly group: HolderName; readonly user: HolderName }>[] = [];

  /** What is as it would be anyway goes without saying, so that all forms say the same. */
  addKey(key: EncryptionKey): void {
    const { enabled, multiRegion } = key;
    this.keys.push(
      withoutUndefined<EncryptionKey>({
        ...key,
        enabled: enabled === true ? undefined : enabled,
        multiRegion: multiRegion === false ? undefined : multiRegion,
      }),
    );
  }

  addRole(role: IamRole): void {
    this.roles.push(pathless(role));
  }

  addPolicy(policy: IamPolicy): void {
    this.policies.push(pathless(policy));
  }

  addGroup(group: IamGroup): void {
    this.groups.push(pathless(group));
  }

  addUser(user: IamUser): void {
    this.users.push(pathless(user));
  }

  /** @param key id, ARN or alias of the key */
  addAlias(place: Place, env: Environment, key: string, aliasName: string): void {
    this.aliases.push({ place, what: { keyArn: keyArnOf(key, env), aliasName } });
  }

  addKeyPolicy(place: Place, env: Environment, key: string, keyPolicy: unknown): void {
    this.keyPolicies.push({ place, what: { keyArn: keyArnOf(key, env), keyPolicy } });
  }

  addPermission(place: Place, holder: HolderName, policy: Permission): void {
    this.permissions.push({ place, what: { holder, policy } });
  }

  /** A policy that could not be read. @param roleName undefined where it is not known whom it is for */
  addUnread(env: Environment, roleName: string | undefined): void {
    this.unreadFor.push({ env, roleName });
  }

  addMembership(place: Place, env: Environment, groupName: string, userName: string): void {
    const group = { kind: 'group', env, name: groupName } as const;
    this.memberships.push({ place, what: { group, user: { kind: 'user', env, name: userName } } });
  }

  /** What was read, as parts of an estate. */
  estate(): Pick<Estate, 'keys' | 'roles' | 'policies' | 'groups' | 'users'> {
    const keys = this.keys.map((key) => this.completeKey(key));
    const roles = this.roles.map((role) => this.completeRole(role));
    const groups = this.groups.map((group) => this.withPolicies(group, holderOf('group', group, group.groupName)));
    const users = this.users.map((user) => this.completeUser(user));
    return {
      ...(keys.length > 0 && { keys }),
      ...(roles.length > 0 && { roles }),
      ...(this.policies.length > 0 && { policies: this.policies }),
      ...(groups.length > 0 && { groups }),
      ...(users.length > 0 && { users }),
    };
  }

  /** What belongs to something that is not among the artifacts. */
  strays(): NotRead[] {
    const keys = new Set(this.keys.map(arnOfKey));
    const ofKeys = [...this.aliases, ...this.keyPolicies].filter(({ what }) => !keys.has(what.keyArn));
    const ofHolders = [
      ...this.permissions.map(({ place, what }) => ({ place, holder: what.holder })),
      ...this.memberships.flatMap(({ place, what }) => [
        { place, holder: what.group },
        { place, holder: what.user },
      ]),
    ];
    const there = new Set([
      ...this.roles.map((role) => keyOf(holderOf('role', role, role.roleName))),
      ...this.groups.map((group) => keyOf(holderOf('group', group, group.groupName))),
      ...this.users.map((user) => keyOf(holderOf('user', user, user.userName))),
    ]);
    return [
      ...ofKeys.map(({ place }) => stray(place, 'key')),
      ...ofHolders
        .filter(({ holder }) => !there.has(keyOf(holder)))
        .map(({ place, holder }) => stray(place, holder.kind)),
    ];
  }

  private completeKey(key: EncryptionKey): EncryptionKey {
    const arn = arnOfKey(key);
    const names = this.aliases.filter(({ what }) => what.keyArn === arn).map(({ what }) => what.aliasName);
    const policy = this.keyPolicies.find(({ what }) => what.keyArn === arn)?.what.keyPolicy;
    return withoutUndefined<EncryptionKey>({
      ...key,
      keyPolicy: policy ?? (key.keyPolicy as unknown),
      aliasNames: names.length === 0 ? undefined : names.sort(),
    });
  }

  private completeRole(role: IamRole): IamRole {
    const { env, roleName } = role;
    const partly = this.unreadFor.some(
      (one) => one.env.account === env.account && (one.roleName === undefined || one.roleName === roleName),
    );
    const whole = this.withPolicies(role, holderOf('role', role, roleName));
    return partly ? { ...whole, partlyKnown: true } : whole;
  }

  private completeUser(user: IamUser): IamUser {
    const holder = holderOf('user', user, user.userName);
    const joined = this.memberships.filter(({ what }) => keyOf(what.user) === keyOf(holder));
    const known = new Set(this.groups.map((group) => keyOf(holderOf('group', group, group.groupName))));
    const names = joined.filter(({ what }) => known.has(keyOf(what.group))).map(({ what }) => what.group.name);
    const groupNames = [...new Set(names)].sort();
    return withoutUndefined<IamUser>({
      ...this.withPolicies(user, holder),
      groupNames: groupNames.length === 0 ? undefined : groupNames,
    });
  }

  /** With what resources of their own give it. */
  private withPolicies<T extends Pick<IamRole, 'inlinePolicies' | 'managedPolicyArns'>>(one: T, holder: HolderName): T {
    const key = keyOf(holder);
    const more = this.permissions.filter(({ what }) => keyOf(what.holder) === key).map(({ what }) => what.policy);
    const inline = [...(one.inlinePolicies ?? []), ...more.filter((policy) => 'document' in policy)];
    const named = more.flatMap((policy) => ('policyArn' in policy ? [policy.policyArn] : []));
    const managed = [...new Set([...(one.managedPolicyArns ?? []), ...named])].sort();
    return withoutUndefined<T>({
      ...one,
      inlinePolicies: inline.length === 0 ? undefined : inline,
      managedPolicyArns: managed.length === 0 ? undefined : managed,
    });
  }
}

/** What a resource of its own gives a role, user or group: an inline policy, or a managed one. */
export type Permission = { readonly policyName: string; readonly document: unknown } | { readonly policyArn: string };

/** IAM is one in each account. */
export function accountOf({ partition, account }: Environment): Environment {
  return { partition, account, region: '' };
}

function arnOfKey(key: EncryptionKey): string {
  return keyArnOf(key.keyId, key.env);
}

function holderOf(kind: HolderName['kind'], { env }: { readonly env: Environment }, name: string): HolderName {
  return { kind, env, name };
}

function keyOf({ kind, env: { partition, account }, name }: HolderName): string {
  return [kind, partition, account, name].join('/');
}

function stray({ path, type }: Place, kind: string): NotRead {
  return { path, type, reason: `the ${kind} that it names is not among the artifacts` };
}

/** The path that there is without one goes without saying. */
function pathless<T extends { readonly path?: string }>(one: T): T {
  return withoutUndefined<T>({ ...one, path: one.path === '/' ? undefined : one.path });
}
