/**
 * Backup vaults, logically air-gapped ones included.
 *
 * Owns     the vaults by number, by ARN, and by place.
 * Units    `…At` are Instants.
 * Source   B1.1 (ARN), B7.1, B7.5.
 * Spec     vaults.md
 */
import type { Environment, VaultNotifications } from '@holdfast/model';
import { sortedBy } from '../kernel/order';
import type { Instant } from '../kernel/instant';
import type { Names } from '../kernel/names';
import type { ApprovalSession } from './restore-access';
import type { StandingLock } from './vault-lock';

/** What CreateBackupVault and its air-gapped sister fix for ever. */
export interface NewVault {
  readonly name: string;
  readonly env: Environment;
  readonly airGapped: boolean;
  readonly encryptionKeyArn: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly creatorRequestId: string | undefined;
  readonly createdAt: Instant;
  /** When it turns from CREATING to AVAILABLE, unless somebody waits for it. */
  readonly availableAt: Instant;
}

export class Vault {
  lock: StandingLock | undefined;
  accessPolicy: string | undefined;
  notifications: VaultNotifications | undefined;
  /** Team of multi-party approval; air-gapped vaults alone have one. */
  approvalTeamArn: string | undefined;
  /** The last session that asked for another team, or for none. */
  latestTeamUpdate: ApprovalSession | undefined;
  deleted = false;
  /** When it turns from CREATING to AVAILABLE. */
  availableAt: Instant;
  /** Live recovery points, and how many of them are cold. */
  live = 0;
  cold = 0;

  constructor(
    readonly number: number,
    readonly arn: string,
    /** Number of the ARN among the names. */
    readonly arnName: number,
    /** Number of account and Region among the names. */
    readonly place: number,
    readonly made: NewVault,
  ) {
    this.availableAt = made.availableAt;
  }

  get name(): string {
    return this.made.name;
  }
}

export class Vaults {
  private readonly all: Vault[] = [];
  private readonly byArn = new Map<string, Vault>();
  private readonly byPlace = new Map<string, Vault[]>();

  constructor(private readonly names: Names) {}

  add(made: NewVault): Vault {
    const arn = vaultArn(made.env, made.name);
    const vault = new Vault(this.all.length, arn, this.names.intern(arn), this.names.intern(placeOf(made.env)), made);
    this.all.push(vault);
    this.byArn.set(arn, vault);
    const place = placeOf(made.env);
    const here = this.byPlace.get(place) ?? [];
    const index = placeIn(here, arn);
    here.splice(index, here[index]?.arn === arn ? 1 : 0, vault);
    this.byPlace.set(place, here);
    return vault;
  }

  remove(vault: Vault): void {
    vault.deleted = true;
    // Jobs that still end into it are told to nobody.
    vault.notifications = undefined;
    this.byArn.delete(vault.arn);
    const here = this.byPlace.get(placeOf(vault.made.env)) ?? [];
    const index = placeIn(here, vault.arn);
    if (here[index] === vault) {
      here.splice(index, 1);
    }
  }

  tryFind(env: Environment, name: string): Vault | undefined {
    return this.byArn.get(vaultArn(env, name));
  }

  tryFindByArn(arn: string): Vault | undefined {
    return this.byArn.get(arn);
  }

  /** The vault of a number, deleted or not. */
  find(number: number): Vault {
    const vault = this.all[number];
    if (vault === undefined) {
      throw new Error(`no vault ${number} among ${this.all.length}`);
    }
    return vault;
  }

  /** By their numbers, deleted ones too. */
  list(): readonly Vault[] {
    return this.all;
  }

  /** Those that exist in an account and Region, by ARN in ascending order. */
  at(env: Environment): readonly Vault[] {
    return this.byPlace.get(placeOf(env)) ?? [];
  }

  /** Those that exist, by ARN in ascending order. */
  standing(): Vault[] {
    return sortedBy(this.byArn.values(), ({ arn }) => arn);
  }
}

/** How many of some vaults come before an ARN. */
function placeIn(vaults: readonly Vault[], arn: string): number {
  let [low, high] = [0, vaults.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((vaults[middle]?.arn ?? '') < arn) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

export function vaultArn(env: Environment, name: string): string {
  return `arn:${env.partition}:backup:${env.region}:${env.account}:backup-vault:${name}`;
}

/** Account and Region as one text. */
export function placeOf(env: Environment): string {
  return `${env.partition}/${env.account}/${env.region}`;
}
