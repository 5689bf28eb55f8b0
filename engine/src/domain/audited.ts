/**
 * What the controls of one account and Region look at, as it stands at an instant.
 *
 * Pure: reads a ledger and the restore jobs.
 * Units    `…At` are Instants.
 * Source   B10.1/1 (active resources alone), B10.1/2 (scopes).
 * Spec     audit-controls.md
 */
import { ControlScope, Environment, FrameworkControl } from '@holdfast/model';
import { byteAt, floatAt, intAt } from '../kernel/columns';
import type { Instant } from '../kernel/instant';
import { byArn } from '../kernel/order';
import { COMPLETED } from './event-codes';
import type { Ledger } from './ledger';
import type { Plan } from './plans';
import type { Resource } from './protected-resources';
import { CONTINUOUS, EXPIRED_POINT, STOPPED } from './recovery-points';
import type { RestoreJob } from './restore-runs';
import { planRoster } from './selections';
import { tagsOfPoint } from './tags';
import { placeOf, Vault } from './vaults';

export type Tags = Readonly<Record<string, string>>;

/** What a verdict is about, as AWS Config names it. */
export interface Subject {
  /** E.g. `AWS::EFS::FileSystem`. */
  readonly resourceType: string;
  /** Name or id, e.g. `fs-63c74e66`; the ARN of a recovery point. */
  readonly resourceId: string;
  readonly arn: string;
}

/** States in which a resource is not looked at. Source B10.1/1 for instances that are stopped; the others are Assumed. */
const INACTIVE = new Set(['stopped', 'stopping', 'shutting-down', 'terminated', 'deleting', 'deleted']);

export class Audited {
  readonly place: number;
  private byResource: Map<Resource, Plan[]> | undefined;
  private restored: Map<Resource, RestoreJob> | undefined;

  constructor(
    readonly ledger: Ledger,
    private readonly restores: readonly RestoreJob[],
    readonly env: Environment,
  ) {
    this.place = ledger.names.intern(placeOf(env));
  }

  get now(): Instant {
    return this.ledger.now;
  }

  /** Active resources of types that Audit Manager evaluates, in the scope of a control, by ARN in ascending order. */
  resources({ controlScope: scope }: FrameworkControl): Resource[] {
    return this.ledger.resources.at(this.place).filter(
      ({ declaration: { state = '', name, arn, tags }, service }) =>
        service.auditManager &&
        !INACTIVE.has(state.toLowerCase()) &&
        includes(scope, {
          types: [service.resourceType, ...service.cloudFormationTypes],
          ids: [name, arn, nameIn(arn)],
          tags,
        }),
    );
  }

  /** By ARN in ascending order. */
  plans({ controlScope: scope }: FrameworkControl): Plan[] {
    const { changedTags } = this.ledger;
    return this.allPlans().filter(({ id, arn, declaration }) =>
      includes(scope, {
        types: ['AWS::Backup::BackupPlan'],
        ids: [id, arn],
        tags: changedTags.of(arn, declaration.tags ?? {}),
      }),
    );
  }

  /** Standard vaults, by ARN in ascending order. Assumed: AWS Config has no logically air-gapped ones among them. */
  vaults({ controlScope: scope }: FrameworkControl): Vault[] {
    const { changedTags } = this.ledger;
    return this.allVaults().filter(
      ({ name, arn, made: { airGapped, tags } }) =>
        !airGapped &&
        includes(scope, {
          types: ['AWS::Backup::BackupVault'],
          ids: [name, arn],
          tags: changedTags.of(arn, tags),
        }),
    );
  }

  /** Rows of the recovery points, vault by vault, in a scope that is a tag or nothing. */
  points({ controlScope: scope }: FrameworkControl): number[] {
    const { points, series } = this.ledger;
    const rows = this.allVaults().flatMap((vault) => series.inVault(vault).flatMap((one) => points.rowsOf(one)));
    if (scope?.tags === undefined) {
      return rows;
    }
    return rows.filter((row) => isTagged(scope, tagsOfPoint(this.ledger, row)));
  }

  /** The plans whose selections come to a resource, by ARN in ascending order. */
  plansOf(resource: Resource): readonly Plan[] {
    if (this.byResource === undefined) {
      this.byResource = new Map();
      for (const plan of this.allPlans()) {
        for (const one of planRoster(this.ledger, plan)) {
          const plans = this.byResource.get(one) ?? [];
          plans.push(plan);
          this.byResource.set(one, plans);
        }
      }
    }
    return this.byResource.get(resource) ?? [];
  }

  /**
   * When the newest recovery point of a resource was created; now for a continuous one; undefined when there is none.
   *
   * Assumed: points that are EXPIRED do not count, and a continuous one is as young as its stream.
   *
   * @param young an age that is good enough, so that nothing younger need be looked for
   */
  newestPointAt(resource: Resource, airGapped: boolean, young: number): Instant | undefined {
    const { points, series, now } = this.ledger;
    let newest: Instant | undefined;
    for (const chain of resource.series) {
      const vault = this.ledger.vaultOf(chain);
      if (vault.place !== this.place || vault.deleted || (airGapped && !vault.made.airGapped)) {
        continue;
      }
      const tail = intAt(series.tails, chain);
      const rows = tail >= 0 && this.ageOf(tail) <= young ? [tail] : points.rowsOf(chain);
      for (const row of rows) {
        const createdAt = now - this.ageOf(row);
        newest = createdAt > (newest ?? -Infinity) ? createdAt : newest;
      }
    }
    return newest;
  }

  /**
   * How long the latest restore of a resource in this place took; undefined when there was none that completed.
   *
   * Source B8/6: it is LatestRestoreExecutionTimeMinutes of DescribeProtectedResource. A test waits hours for its moment first.
   */
  latestRestoreMs(resource: Resource): number | undefined {
    if (this.restored === undefined) {
      this.restored = new Map();
      for (const job of this.restores.filter(
        ({ request: { env }, state }) => placeOf(env) === placeOf(this.env) && state === COMPLETED,
      )) {
        const latest = this.restored.get(job.resource);
        if ((job.completedAt ?? 0) >= (latest?.completedAt ?? 0)) {
          this.restored.set(job.resource, job);
        }
      }
    }
    const job = this.restored.get(resource);
    return job?.completedAt === undefined ? undefined : job.completedAt - (job.startedAt ?? job.createdAt);
  }

  /** The vaults in which the rules of some plans put their points, as far as there are such. */
  targetsOf(plans: readonly Plan[]): Vault[] {
    const { vaults } = this.ledger;
    const found = plans.flatMap((plan) =>
      plan.rules.flatMap(({ declaration }) => {
        const airGapArn = declaration.targetLogicallyAirGappedBackupVaultArn;
        const airGap = airGapArn === undefined ? undefined : vaults.tryFindByArn(airGapArn);
        const standard = vaults.tryFind(plan.declaration.env, declaration.targetBackupVaultName);
        return [standard, airGap].filter((vault): vault is Vault => vault !== undefined);
      }),
    );
    return [...new Set(found)];
  }

  /** Infinity for a point that counts for nothing. */
  private ageOf(row: number): number {
    const { points, now } = this.ledger;
    const flags = byteAt(points.flags, row);
    if ((flags & EXPIRED_POINT) !== 0) {
      return Infinity;
    }
    return (flags & CONTINUOUS) !== 0 && (flags & STOPPED) === 0 ? 0 : now - floatAt(points.createdAts, row);
  }

  private allPlans(): Plan[] {
    return byArn(this.ledger.plans.list().filter((plan) => plan.place === this.place));
  }

  private allVaults(): Vault[] {
    return this.ledger.vaults.standing().filter((vault) => vault.place === this.place);
  }
}

/** What of a thing a scope may name. */
interface Traits {
  readonly types: readonly string[];
  readonly ids: readonly string[];
  readonly tags: Tags | undefined;
}

function includes(scope: ControlScope | undefined, { types, ids, tags }: Traits): boolean {
  if (scope === undefined) {
    return true;
  }
  const { complianceResourceTypes: wantedTypes = [], complianceResourceIds: wantedIds = [] } = scope;
  return (
    (wantedTypes.length === 0 || wantedTypes.some((type) => types.includes(type))) &&
    (wantedIds.length === 0 || wantedIds.some((id) => ids.includes(id))) &&
    isTagged(scope, tags)
  );
}

/** A tag without a value stands for any value. */
function isTagged({ tags: wanted }: ControlScope, tags: Tags = {}): boolean {
  return Object.entries(wanted ?? {}).every(([key, value]) => key in tags && (value === '' || tags[key] === value));
}

/** What comes last in an ARN. */
export function nameIn(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
}
