/**
 * Instance profiles of IAM: what carries a role into an instance.
 *
 * Owns     the profiles of all accounts, by name.
 * Units    `…At` are Instants.
 * Source   API model of IAM 2010-05-08; IAM user guide, "Use instance profiles": one role at most.
 * Spec     networks.md
 */
import type { Instant } from '../kernel/instant';
import type { Account } from './roles';
import type { TagMap } from './tags';

export interface InstanceProfile {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: Instant;
  /** Name of the role in it. */
  role: string | undefined;
  tags: TagMap;
}

export class InstanceProfiles {
  private readonly byAccount = new Map<string, Map<string, InstanceProfile>>();

  tryFind(account: Account, name: string): InstanceProfile | undefined {
    return this.of(account).get(name);
  }

  put(account: Account, profile: InstanceProfile): void {
    this.of(account).set(profile.name, profile);
  }

  remove(account: Account, name: string): void {
    this.of(account).delete(name);
  }

  /** By name in ascending order. */
  list(account: Account): InstanceProfile[] {
    return [...this.of(account).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private of({ partition, account }: Account): Map<string, InstanceProfile> {
    const place = `${partition}/${account}`;
    const here = this.byAccount.get(place) ?? new Map<string, InstanceProfile>();
    this.byAccount.set(place, here);
    return here;
  }
}
