/**
 * Keys of KMS: their states, policies, grants, aliases and replicas.
 *
 * Owns     the keys by number and by ARN, deleted ones included, and the aliases of each account and Region.
 * Units    `…At` are Instants, NEVER where there is none; `…Days` are counts.
 * Source   API model of KMS 2014-11-01 (KeyMetadata, KeyState); B4.3/7, B6.3/5, B7.1/1.
 * Spec     keys.md
 */
import type { Environment } from '@holdfast/model';
import { sortedBy } from '../kernel/order';
import { Instant, NEVER } from '../kernel/instant';
import { isInjected } from './injected-reasons';
import { COPY_KEY_GONE, COPY_KEY_UNUSABLE, KEY_GONE, KEY_UNUSABLE, NO_REASON } from './reasons';
import { placeOf } from './vaults';

/** As KeyMetadata shows it; `Deleted` is ours, for what KMS no longer shows. */
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingReplicaDeletion' | 'Deleted';

export interface Grant {
  readonly id: string;
  readonly token: string;
  readonly name: string | undefined;
  readonly granteePrincipal: string;
  readonly retiringPrincipal: string | undefined;
  readonly operations: readonly string[];
  readonly constraints: GrantConstraints | undefined;
  /** Account that made it. */
  readonly issuingAccount: string;
  readonly createdAt: Instant;
}

export interface GrantConstraints {
  readonly encryptionContextSubset?: Readonly<Record<string, string>>;
  readonly encryptionContextEquals?: Readonly<Record<string, string>>;
}

/** What CreateKey and ReplicateKey fix for ever. */
export interface NewKey {
  readonly env: Environment;
  /** A UUID, or `mrk-…` for a multi-Region key. */
  readonly id: string;
  /** True for the keys that services make for an account, such as `aws/backup`. */
  readonly awsManaged: boolean;
  readonly multiRegion: boolean;
  /** The key that this one is a replica of. */
  readonly primary: Key | undefined;
  readonly usage: string;
  readonly spec: string;
  readonly createdAt: Instant;
}

/** What a rotation takes that does not say (Source: KMS API reference, EnableKeyRotation). */
export const ROTATION_DAYS = 365;

export class Key {
  state: KeyState = 'Enabled';
  /** When a scheduled deletion happens; NEVER while a primary waits for its replicas. */
  deletionAt: Instant = NEVER;
  /** Days of a scheduled deletion. */
  pendingDays: number | undefined;
  description = '';
  policy = '';
  readonly tags = new Map<string, string>();
  readonly grants = new Map<string, Grant>();
  /** Since when its material rotates by itself; undefined when it does not. */
  rotatesFrom: Instant | undefined;
  rotationDays = ROTATION_DAYS;
  readonly replicas: Key[] = [];

  constructor(
    readonly number: number,
    readonly arn: string,
    readonly made: NewKey,
  ) {}

  get usable(): boolean {
    return this.state === 'Enabled';
  }
}

export class Keys {
  /** How many keys cannot be used, those that faults bar among them. While it is 0, jobs need not look. */
  unusable = 0;
  /** Reasons by the ARN of what a fault bars, known or not, or by account. */
  private barred: ReadonlyMap<string, number> = new Map();
  private readonly all: Key[] = [];
  private readonly byArn = new Map<string, Key>();
  private readonly aliases = new Map<string, Key>();
  /** When keys could not be used, by ARN or account; those that always could have none. */
  private readonly stretches = new Map<string, readonly Stretch[]>();

  /** @throws Error when the ARN is taken: ids are for the caller to make unique. */
  add(made: NewKey): Key {
    const arn = keyArn(made.env, made.id);
    if (this.byArn.has(arn)) {
      throw new Error(`key ${arn} exists already`);
    }
    const key = new Key(this.all.length, arn, made);
    this.all.push(key);
    this.byArn.set(arn, key);
    made.primary?.replicas.push(key);
    return key;
  }

  find(number: number): Key {
    const key = this.all[number];
    if (key === undefined) {
      throw new Error(`no key ${number} among ${this.all.length}`);
    }
    return key;
  }

  /** The key of an ARN, that of an alias too, deleted or not. */
  tryFindByArn(arn: string): Key | undefined {
    return this.byArn.get(arn) ?? this.aliases.get(arn);
  }

  /** The key that a caller means by id, ARN, alias or ARN of an alias. */
  tryFind(env: Environment, given: string): Key | undefined {
    if (given.startsWith('arn:')) {
      return this.tryFindByArn(given);
    }
    return given.startsWith('alias/') ? this.aliases.get(aliasArn(env, given)) : this.byArn.get(keyArn(env, given));
  }

  /** The grant of a token, with its key. */
  tryFindGrant(token: string): { readonly key: Key; readonly grant: Grant } | undefined {
    for (const key of this.all) {
      for (const grant of key.grants.values()) {
        if (grant.token === token) {
          return { key, grant };
        }
      }
    }
    return undefined;
  }

  /** Those of one account and Region that are there, by ARN in ascending order. */
  at(env: Environment): Key[] {
    const place = placeOf(env);
    const there = this.all.filter((key) => placeOf(key.made.env) === place && key.state !== 'Deleted');
    return sortedBy(there, ({ arn }) => arn);
  }

  /** How many keys an account ever made in a Region. */
  made(env: Environment): number {
    const place = placeOf(env);
    return this.all.filter((key) => !key.made.awsManaged && placeOf(key.made.env) === place).length;
  }

  putAlias(arn: string, key: Key): void {
    this.aliases.set(arn, key);
  }

  removeAlias(arn: string): void {
    this.aliases.delete(arn);
  }

  /** ARNs of aliases with their keys, by ARN in ascending order. */
  aliasesAt(env: Environment): (readonly [string, Key])[] {
    const prefix = aliasArn(env, 'alias/');
    const there = [...this.aliases].filter(([arn]) => arn.startsWith(prefix));
    return sortedBy(there, ([arn]) => arn);
  }

  /** Names of the aliases of a key, in ascending order. */
  aliasesOf(key: Key): string[] {
    const named = [...this.aliases].flatMap(([arn, target]) =>
      target === key ? [arn.split(':').pop() as string] : [],
    );
    return named.sort();
  }

  /** Aliases of a deleted key go with it. */
  dropAliasesOf(key: Key): void {
    for (const [arn, target] of this.aliases) {
      if (target === key) {
        this.aliases.delete(arn);
      }
    }
  }

  setState(key: Key, state: KeyState, now: Instant): void {
    this.unusable += Number(key.usable) - Number(state === 'Enabled');
    key.state = state;
    this.keepTurn(key.arn, now);
  }

  /**
   * What faults bar from now on, instead of what they did before.
   *
   * @param barred reasons by the ARN of a key, or by the account of all its keys
   */
  bar(barred: ReadonlyMap<string, number>, now: Instant): void {
    const before = this.barred;
    this.unusable += barred.size - before.size;
    this.barred = barred;
    for (const arn of new Set([...before.keys(), ...barred.keys()])) {
      this.keepTurn(arn, now);
    }
  }

  /**
   * When a key could not be used, by when it began; some may lie within others. The last goes on to NEVER while it still
   * cannot.
   */
  unusableStretches(arn: string): readonly Stretch[] {
    const own = this.tryFindByArn(arn)?.arn ?? arn;
    const stretches = [own, accountOf(own)].flatMap((name) => this.stretches.get(name) ?? []);
    return stretches.sort((a, b) => a.from - b.from);
  }

  /**
   * Why a key keeps a backup from being made or read; NO_REASON when it does not.
   *
   * A key that the World does not know is taken to be usable.
   */
  refusalOf(arn = ''): number {
    if (this.unusable === 0) {
      return NO_REASON;
    }
    const own = this.ownRefusalOf(arn);
    return own === NO_REASON ? (this.barred.get(accountOf(arn)) ?? NO_REASON) : own;
  }

  private ownRefusalOf(arn: string): number {
    const key = this.tryFindByArn(arn);
    const barred = this.barred.get(arn) ?? this.barred.get(key?.arn ?? '');
    if (barred !== undefined || key === undefined || key.usable) {
      return barred ?? NO_REASON;
    }
    return key.state === 'Deleted' ? KEY_GONE : KEY_UNUSABLE;
  }

  /** The same for a copy, which reads with one key and writes with another. */
  copyRefusalOf(source: string | undefined, destination: string | undefined): number {
    if (this.unusable === 0) {
      return NO_REASON;
    }
    const refusals = [this.refusalOf(source), this.refusalOf(destination)];
    const injected = refusals.find(isInjected);
    if (injected !== undefined) {
      return injected;
    }
    if (refusals.includes(KEY_GONE)) {
      return COPY_KEY_GONE;
    }
    return refusals.includes(KEY_UNUSABLE) ? COPY_KEY_UNUSABLE : NO_REASON;
  }

  /** Keeps since when a key, or any of an account, cannot be used, or that it can again; a stretch without length is none. */
  private keepTurn(name: string, now: Instant): void {
    const kept = this.stretches.get(name) ?? [];
    const last = kept.at(-1);
    const open = last?.to === NEVER;
    const usable = this.ownRefusalOf(name) === NO_REASON;
    if (!usable && !open) {
      this.stretches.set(name, [...kept, { from: now, to: NEVER }]);
    } else if (usable && open) {
      const { from } = last;
      this.stretches.set(name, [...kept.slice(0, -1), ...(from < now ? [{ from, to: now }] : [])]);
    }
  }
}

/** From one instant up to another, which it leaves out. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

export function keyArn(env: Environment, id: string): string {
  return `arn:${env.partition}:kms:${env.region}:${env.account}:key/${id}`;
}

/** `name` begins with `alias/`. */
export function aliasArn(env: Environment, name: string): string {
  return `arn:${env.partition}:kms:${env.region}:${env.account}:${name}`;
}

/** The account of an ARN. */
function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
