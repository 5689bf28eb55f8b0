/**
 * Keys, roles and managed policies of one reading, with the aliases and policies that other resources give them.
 *
 * Owns     what was read so far. Both forms of artifacts fill it, so that both join by the same rules.
 * Assumed  These types are read where they can be known and listed as not read where they cannot: jobs do without what
 *          the World does not know.
 */
import type { EncryptionKey, Environment, Estate, IamPolicy, IamRole } from '@holdfast/model';
import type { NotRead } from './artifact';
import { withoutUndefined } from './cloudformation/declaration';
import { keyArnOf } from '../domain/stateful-resources';

/** Where something stands that belongs to another declaration. */
export interface Place {
  readonly path: string;
  readonly type: string;
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
  private readonly permissions: Addition<{ readonly roleKey: string; readonly policy: Permission }>[] = [];

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
    this.roles.push(withoutUndefined<IamRole>({ ...role, path: role.path === '/' ? undefined : role.path }));
  }

  addPolicy(policy: IamPolicy): void {
    this.policies.push(withoutUndefined<IamPolicy>({ ...policy, path: policy.path === '/' ? undefined : policy.path }));
  }

  /** @param key id, ARN or alias of the key */
  addAlias(place: Place, env: Environment, key: string, aliasName: string): void {
    this.aliases.push({ place, what: { keyArn: keyArnOf(key, env), aliasName } });
  }

  addKeyPolicy(place: Place, env: Environment, key: string, keyPolicy: unknown): void {
    this.keyPolicies.push({ place, what: { keyArn: keyArnOf(key, env), keyPolicy } });
  }

  addPermission(place: Place, env: Environment, roleName: string, policy: Permission): void {
    this.permissions.push({ place, what: { roleKey: roleKeyOf(env, roleName), policy } });
  }

  /** What was read, as parts of an estate. */
  estate(): Pick<Estate, 'keys' | 'roles' | 'policies'> {
    const keys = this.keys.map((key) => this.completeKey(key));
    const roles = this.roles.map((role) => this.completeRole(role));
    return {
      ...(keys.length > 0 && { keys }),
      ...(roles.length > 0 && { roles }),
      ...(this.policies.length > 0 && { policies: this.policies }),
    };
  }

  /** What belongs to a key or role that is not among the artifacts. */
  strays(): NotRead[] {
    const keys = new Set(this.keys.map(arnOfKey));
    const roles = new Set(this.roles.map((role) => roleKeyOf(role.env, role.roleName)));
    const astray = [
      ...[...this.aliases, ...this.keyPolicies].filter(({ what }) => !keys.has(what.keyArn)),
      ...this.permissions.filter(({ what }) => !roles.has(what.roleKey)),
    ];
    return astray.map(({ place: { path, type } }) => {
      const kind = /alias|kms/i.test(type) ? 'key' : 'role';
      return { path, type, reason: `the ${kind} that it names is not among the artifacts` };
    });
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
    const roleKey = roleKeyOf(role.env, role.roleName);
    const more = this.permissions.filter(({ what }) => what.roleKey === roleKey).map(({ what }) => what.policy);
    const inline = [...(role.inlinePolicies ?? []), ...more.filter((policy) => 'document' in policy)];
    const named = more.flatMap((policy) => ('policyArn' in policy ? [policy.policyArn] : []));
    const managed = [...new Set([...(role.managedPolicyArns ?? []), ...named])].sort();
    return withoutUndefined<IamRole>({
      ...role,
      inlinePolicies: inline.length === 0 ? undefined : inline,
      managedPolicyArns: managed.length === 0 ? undefined : managed,
    });
  }
}

/** What a resource of its own gives a role: an inline policy, or a managed one. */
export type Permission = { readonly policyName: string; readonly document: unknown } | { readonly policyArn: string };

/** IAM is one in each account. */
export function accountOf({ partition, account }: Environment): Environment {
  return { partition, account, region: '' };
}

function arnOfKey(key: EncryptionKey): string {
  return keyArnOf(key.keyId, key.env);
}

function roleKeyOf({ partition, account }: Environment, roleName: string): string {
  return [partition, account, roleName].join('/');
}
