/**
 * What there is to attack in a World: vaults, points, keys, plans with their roles, holds, audits, restore tests, accounts.
 * What organizations have of it is in organization-targets.ts.
 *
 * Pure: reads a World.
 * Source   B11.5/2 (the ARN of a point is that of its service), B11.6/2 (the tag that AWS Backup puts on snapshots).
 */
import type { BackupReportPlan } from '@holdfast/model';
import { pointCountIn } from '../domain/creating-points';
import type { Key } from '../domain/keys';
import type { Ledger } from '../domain/ledger';
import { arnOfPoint } from '../domain/show';
import type { LegalHolds } from '../domain/legal-holds';
import { PointKinds } from '../domain/point-kinds';
import { tagsOfPoint } from '../domain/tags';
import type { Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { floatAt, intAt } from '../kernel/columns';
import type { Instant } from '../kernel/instant';
import type { TargetKind } from './destructive-actions';
import { Hindrance, ofAccount, ofKey, ofPoints, ofVault, UNHINDERED } from './hindrances';
import { GLOBAL_REGION, organizationTargets } from './organization-targets';
import { aliasTargets, databaseTargets, linkedRoleTargets } from './service-targets';

export interface Target {
  readonly kind: TargetKind;
  /** ARN; for accounts their id. */
  readonly resource: string;
  /** What policies see as the resource. */
  readonly policyResource: string;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly vault?: Vault;
  readonly key?: Key;
  /** How many points it stands for: those of one resource in one vault with the same tags are alike to policies. */
  readonly points?: number;
  /** The policy of whatever else has one, as text. */
  readonly policy?: string;
  /** For what is the management account's: the accounts that administer AWS Backup for it, and those that its policy names. */
  readonly delegates?: readonly string[];
  readonly hindrance: Hindrance;
}

/** Everything, in the order of kinds, then by ARN. */
export function targetsOf(state: WorldState): Target[] {
  const { ledger, holds, now } = state;
  const vaults = ledger.vaults.standing();
  const keys = keysOf(ledger, vaults);
  // TagResource may have given other tags than those that it was made with.
  const asTagged = (one: Target): Target => ({ ...one, tags: ledger.changedTags.of(one.resource, one.tags) });
  const all = [
    ...vaults.map((vault) => vaultTarget(state, vault)).map(asTagged),
    ...pointTargets(ledger, now),
    ...keys,
    ...aliasTargets(
      state,
      keys.flatMap(({ key }) => key ?? []),
    ),
    ...databaseTargets(state),
    ...planTargets(ledger).map(asTagged),
    ...roleTargets(ledger),
    ...holdTargets(holds).map(asTagged),
    ...auditTargets(state).map(asTagged),
  ];
  const above = organizationTargets(state);
  // IAM and organizations are in no Region, so that such a place says nothing of an account's where there is another.
  const places = [...above, ...all.filter(({ kind }) => kind !== 'role')];
  const accounts = accountTargets(ledger, places);
  return [...all, ...linkedRoleTargets(state, accounts), ...accounts, ...above];
}

function vaultTarget({ ledger, access, now }: WorldState, vault: Vault): Target {
  const { env, tags } = vault.made;
  const hindrance = ofVault(vault, now, pointCountIn(ledger, vault), access.of(vault).length);
  return { kind: 'vault', resource: vault.arn, policyResource: vault.arn, ...env, tags, vault, hindrance };
}

function pointTargets(ledger: Ledger, now: Instant): Target[] {
  const { points } = ledger;
  const kinds = new PointKinds(ledger);
  const targets = ledger.resources.listEver().flatMap((resource) =>
    resource.series.flatMap((number): Target[] => {
      const byKind = new Map<number, number[]>();
      for (const row of points.rowsOf(number).filter((one) => floatAt(points.createdAts, one) <= now)) {
        const kind = kinds.of(row);
        byKind.set(kind, [...(byKind.get(kind) ?? []), row]);
      }
      return [...byKind.values()].map((rows) => pointsTarget(ledger, rows));
    }),
  );
  return targets.sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

/** What stands for points that are alike to policies: the first of them. */
function pointsTarget(ledger: Ledger, rows: readonly number[]): Target {
  const row = rows[0] as number;
  const vault = ledger.vaultOf(intAt(ledger.points.series, row));
  const arn = arnOfPoint(ledger, row);
  const tags = tagsOfPoint(ledger, row);
  const hindrance = ofPoints(ledger, vault, rows);
  const { env } = vault.made;
  return {
    kind: 'recovery-point',
    ...{ resource: arn, policyResource: arn, ...env, tags, vault, points: rows.length, hindrance },
  };
}

/** The keys of vaults and of resources that the World knows as keys. */
function keysOf(ledger: Ledger, vaults: readonly Vault[]): Target[] {
  const arns = [
    ...vaults.map((vault) => vault.made.encryptionKeyArn),
    ...ledger.resources.list().map((resource) => resource.declaration.encryptedWith),
  ];
  const keys = new Map(
    arns.flatMap((arn) => {
      const key = arn === undefined ? undefined : ledger.keys.tryFindByArn(arn);
      return key === undefined || key.made.awsManaged ? [] : [[key.arn, key] as const];
    }),
  );
  return [...keys.values()]
    .sort((a, b) => (a.arn < b.arn ? -1 : 1))
    .map((key) => {
      const tags = Object.fromEntries(key.tags);
      const { env } = key.made;
      return { kind: 'key', resource: key.arn, policyResource: key.arn, ...env, tags, key, hindrance: ofKey(key) };
    });
}

function planTargets(ledger: Ledger): Target[] {
  return ledger.plans
    .list()
    .map((plan): Target => {
      const { env, tags = {} } = plan.declaration;
      return { kind: 'plan', resource: plan.arn, policyResource: plan.arn, ...env, tags, hindrance: UNHINDERED };
    })
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

/** The roles of the plan's account that selections pass to AWS Backup, whether the World knows their policies or not. */
function roleTargets(ledger: Ledger): Target[] {
  const roles = new Map(
    ledger.plans.list().flatMap(({ declaration: { env }, selections }) =>
      selections
        .map(({ declaration }) => declaration.iamRoleArn)
        .filter((arn) => arn.split(':')[4] === env.account)
        .map((arn) => [arn, env] as const),
    ),
  );
  return [...roles]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([arn, env]): Target => {
      const tags = Object.fromEntries(ledger.roles.tryFindRole(arn)?.tags ?? []);
      const place = { ...env, region: GLOBAL_REGION };
      return { kind: 'role', resource: arn, policyResource: arn, ...place, tags, hindrance: UNHINDERED };
    });
}

/** What watches over backups. */
function auditTargets(state: WorldState): Target[] {
  const { frameworks, reportPlans, restoreTests } = state;
  const made = (kind: TargetKind, arn: string, declared: Pick<BackupReportPlan, 'env' | 'tags'>): Target => {
    const { env, tags = {} } = declared;
    return { kind, resource: arn, policyResource: arn, ...env, tags, hindrance: UNHINDERED };
  };
  return [
    ...frameworks.everywhere().map((one) => made('framework', one.arn, one.made)),
    ...reportPlans.everywhere().map((one) => made('report-plan', one.arn, one.declaration)),
    ...bucketTargets(state),
    ...restoreTests.plans.everywhere().map((one) => made('restore-testing-plan', one.arn, one.declaration)),
  ];
}

/** The buckets that reports go to, where the World knows them. */
function bucketTargets({ reportPlans, buckets }: WorldState): Target[] {
  const found = reportPlans.everywhere().flatMap(({ declaration }) => {
    return buckets.tryFind(declaration.env.partition, declaration.s3BucketName) ?? [];
  });
  return [...new Set(found)].map((bucket): Target => {
    const { policy } = bucket;
    return {
      kind: 'report-bucket',
      resource: bucket.arn,
      policyResource: `${bucket.arn}/*`,
      ...bucket.env,
      tags: {},
      ...(policy === undefined ? {} : { policy }),
      hindrance: UNHINDERED,
    };
  });
}

function holdTargets(holds: LegalHolds): Target[] {
  return holds
    .standing()
    .map(({ arn, made }): Target => ({
      kind: 'legal-hold',
      resource: arn,
      policyResource: arn,
      ...made.env,
      tags: made.tags,
      hindrance: UNHINDERED,
    }))
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

function accountTargets({ organizations }: Ledger, all: readonly Target[]): Target[] {
  const places = new Map(all.map((target) => [`${target.partition} ${target.account}`, target]));
  return [...places.values()]
    .sort((a, b) => (a.account < b.account ? -1 : 1))
    .map(({ account, partition, region }) => ({
      kind: 'account',
      resource: account,
      policyResource: '*',
      account,
      partition,
      region,
      tags: {},
      hindrance: ofAccount(organizations.of({ partition, account }), account),
    }));
}
