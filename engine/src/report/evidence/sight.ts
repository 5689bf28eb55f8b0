/**
 * What the evidence for a standard looks at: a run's history and the points that live at its end, each looked at once.
 *
 * Pure: reads a World, its chronicle, and what was declared.
 * Units    `…At` are Instants, lives are milliseconds, gaps are milliseconds; Infinity is for ever.
 * Source   B7.1/1 for keys, B7.4/4 for vaults that hold continuous backups alone.
 */
import { Coverage, Environment, Estate, Waiver, Waivers } from '@holdfast/model';
import { COPY_JOB, FAILED } from '../../domain/event-codes';
import { isCustomerKey, keyOfPoint } from '../../domain/encryption';
import type { Ledger } from '../../domain/ledger';
import type { Resource } from '../../domain/protected-resources';
import { CONTINUOUS, LIVE, STOPPED, TEMPORARY } from '../../domain/recovery-points';
import type { Vault } from '../../domain/vaults';
import { byteAt, floatAt, intAt } from '../../kernel/columns';
import { Instant, NEVER } from '../../kernel/instant';
import type { Chronicle } from '../chronicle/chronicle';
import type { Mishap } from '../chronicle/mishaps';
import { longestGap } from './gaps';

/** What somebody accepts, and the day on which that is asked. */
export interface Accepted {
  readonly waivers: readonly Waiver[];
  readonly today: string;
}

/** What is seen of one resource. */
export interface Seen {
  readonly resource: Resource;
  /** Names of the plans that protect it. */
  readonly plans: readonly string[];
  /** Why no plan does. */
  readonly reason: string | undefined;
  /** How many points were made of it, copies included. */
  readonly made: number;
  /** Snapshots and copies, of those that live and those that are gone: the shortest and longest time that they are kept. */
  leastKept: number;
  mostKept: number;
  /** Of the points that live, the shortest time until one moves to cold storage; NEVER where none does. */
  leastWarm: number;
  /** A continuous point follows the data. */
  continuous: boolean;
  /** CreationDate of the newest copy in another Region, another account, and either; -1 where none lives. */
  readonly newestCopies: { region: Instant; account: Instant; either: Instant };
  /** Points that have the resource's own key, which is none of the customer's as far as is known. */
  withoutKey: number;
}

/** What is seen of one vault that holds points. */
export interface SeenVault {
  readonly vault: Vault;
  points: number;
  continuousOnly: boolean;
}

export class Sight {
  readonly resources: readonly Seen[];
  readonly vaults: readonly SeenVault[];
  /** Resources out of what a standard is about: a waiver says why no plan protects them. */
  readonly leftOut: number;
  private readonly byNumber = new Map<number, Seen>();
  private failed: Map<number, Mishap[]> | undefined;
  private worst: Float64Array | undefined;

  constructor(
    readonly chronicle: Chronicle,
    readonly estate: Estate,
    { waivers, today }: Accepted,
  ) {
    const { resources } = this.ledger;
    const bare = Waivers.apply(Coverage.check(estate), [...waivers], today);
    const waived = new Set(bare.flatMap((one) => (one.waived === undefined ? [] : [one.path])));
    const rows = Coverage.rows(estate);
    const kept = rows.filter(({ declaredAt, resourceArn }) => !waived.has(declaredAt ?? resourceArn));
    this.leftOut = rows.length - kept.length;
    this.resources = kept.flatMap(({ resourceArn, plans, reason }) => {
      const resource = resources.tryFind(resourceArn);
      return resource === undefined ? [] : [this.seen(resource, plans, reason)];
    });
    this.resources.forEach((seen) => this.byNumber.set(seen.resource.number, seen));
    this.vaults = this.lookAtPoints();
  }

  get ledger(): Ledger {
    return this.chronicle.state.ledger;
  }

  get now(): Instant {
    return this.chronicle.state.now;
  }

  get start(): Instant {
    return this.chronicle.state.start;
  }

  get runMs(): number {
    return this.now - this.start;
  }

  /** Those that have a point, or had one. */
  get backedUp(): readonly Seen[] {
    return this.resources.filter(({ made }) => made > 0);
  }

  /**
   * The longest time without a newer backup, of a resource that was backed up. What follows the data is as old as its data
   * got: never worse than that.
   */
  gapOf({ resource }: Seen): number {
    const runs = this.chronicle.chains.sumsOf(resource.arnName).flatMap((chain) => chain.runs);
    const gap = longestGap(runs, Math.max(this.start, resource.madeAt), this.now);
    return Math.min(gap, this.worstAges()[resource.number] ?? gap);
  }

  /** Copy jobs of a resource that failed. */
  failedCopiesOf({ resource }: Seen): readonly Mishap[] {
    if (this.failed === undefined) {
      this.failed = new Map();
      for (const mishap of this.chronicle.mishaps.list()) {
        const known = this.failed.get(mishap.subject);
        if (mishap.code === COPY_JOB + FAILED) {
          this.failed.set(mishap.subject, [...(known ?? []), mishap]);
        }
      }
    }
    return this.failed.get(resource.arnName) ?? [];
  }

  private worstAges(): Float64Array {
    if (this.worst === undefined) {
      const worst = new Float64Array(this.ledger.resources.count);
      for (const period of this.chronicle.worstAges()) {
        period.forEach((age, number) => (worst[number] = Math.max(floatAt(worst, number), age)));
      }
      this.worst = worst;
    }
    return this.worst;
  }

  private seen(resource: Resource, plans: readonly string[], reason: string | undefined): Seen {
    const seen: Seen = {
      resource,
      plans,
      reason,
      made: this.chronicle.chains.madeOf(resource.arnName),
      leastKept: Infinity,
      mostKept: -1,
      leastWarm: NEVER,
      continuous: false,
      newestCopies: { region: -1, account: -1, either: -1 },
      withoutKey: 0,
    };
    for (const { gone, leastLife, mostLife, continuous, temporary } of this.chronicle.chains.sumsOf(resource.arnName)) {
      if (gone > 0 && !continuous && !temporary) {
        seen.leastKept = Math.min(seen.leastKept, leastLife);
        seen.mostKept = Math.max(seen.mostKept, mostLife);
      }
    }
    return seen;
  }

  private lookAtPoints(): SeenVault[] {
    const { points, series, vaults } = this.ledger;
    const filled = vaults.list().map((vault): SeenVault => ({ vault, points: 0, continuousOnly: true }));
    for (let row = 0; row < points.rowCount; row++) {
      const flags = byteAt(points.flags, row);
      if ((flags & LIVE) === 0) {
        continue;
      }
      const own = intAt(points.series, row);
      const vault = filled[intAt(series.vaults, own)] as SeenVault;
      vault.points++;
      vault.continuousOnly &&= (flags & CONTINUOUS) !== 0;
      const seen = this.byNumber.get(intAt(series.resources, own));
      if (seen !== undefined) {
        this.lookAt(row, flags, seen, vault.vault);
      }
    }
    return filled.filter((vault) => vault.points > 0);
  }

  private lookAt(row: number, flags: number, seen: Seen, vault: Vault): void {
    const { points } = this.ledger;
    const createdAt = floatAt(points.createdAts, row);
    if ((flags & CONTINUOUS) !== 0) {
      seen.continuous ||= (flags & STOPPED) === 0;
    } else if ((flags & TEMPORARY) === 0) {
      const planned = floatAt(points.deleteAts, row) - createdAt;
      seen.leastKept = Math.min(seen.leastKept, planned);
      seen.mostKept = Math.max(seen.mostKept, planned, this.now - createdAt);
      seen.leastWarm = Math.min(seen.leastWarm, floatAt(points.coldAts, row) - createdAt);
    }
    if (intAt(points.sources, row) >= 0) {
      noteCopy(seen, vault.made.env, createdAt);
    }
    const { resource } = seen;
    const ownKey = !resource.managed && !vault.made.airGapped && intAt(points.sources, row) < 0;
    seen.withoutKey += ownKey && !isCustomerKey(this.ledger, keyOfPoint(this.ledger, row)) ? 1 : 0;
  }
}

function noteCopy({ resource, newestCopies }: Seen, there: Environment, createdAt: Instant): void {
  const { env } = resource.declaration;
  const [region, account] = [there.region !== env.region, there.account !== env.account];
  newestCopies.region = region ? Math.max(newestCopies.region, createdAt) : newestCopies.region;
  newestCopies.account = account ? Math.max(newestCopies.account, createdAt) : newestCopies.account;
  newestCopies.either = region || account ? Math.max(newestCopies.either, createdAt) : newestCopies.either;
}
