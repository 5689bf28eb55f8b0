/**
 * What there is to attack in a World: vaults, points, keys, plans with their roles, holds, audits, restore tests, accounts.
 *
 * Pure: reads a World.
 * Source   B11.5/2 (the ARN of a point is that of its service), B11.6/2 (the tag that AWS Backup puts on snapshots).
 */
import type { BackupReportPlan } from '@holdfast/model';
import type { Key } from '../domain/keys';
import type { Ledger } from '../domain/ledger';
import { HELD } from '../domain/recovery-points';
import { arnOfPoint, tagsOfPoint } from '../domain/show';
import { isChangeable } from '../domain/vault-lock';
import type { LegalHolds } from '../domain/legal-holds';
import type { Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { at } from '../kernel/columns';
import { formatInstant, Instant } from '../kernel/instant';
import type { TargetKind } from './destructive-actions';

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
  /** How many points it stands for: those of one resource in one vault differ in nothing that policies see. */
  readonly points?: number;
  /** Whether legal holds keep all of these. */
  readonly held?: boolean;
}

/** Everything, in the order of kinds, then by ARN. */
export function targetsOf(state: WorldState): Target[] {
  const { ledger, holds, now } = state;
  const vaults = ledger.vaults.standing();
  const keys = keysOf(ledger, vaults);
  const all = [
    ...vaults.map(vaultTarget),
    ...pointTargets(ledger, now),
    ...keys,
    ...planTargets(ledger),
    ...roleTargets(ledger),
    ...holdTargets(holds),
    ...auditTargets(state),
  ];
  // IAM is in no Region, so that the place of a role says nothing of its account's.
  return [...all, ...accountTargets(all.filter(({ kind }) => kind !== 'role'))];
}

function vaultTarget(vault: Vault): Target {
  const { env, tags } = vault.made;
  return { kind: 'vault', resource: vault.arn, policyResource: vault.arn, ...env, tags, vault };
}

function pointTargets(ledger: Ledger, now: Instant): Target[] {
  const { points } = ledger;
  const targets = ledger.resources.list().flatMap((resource) =>
    resource.series.flatMap((number): Target[] => {
      const rows = points.rowsOf(number).filter((row) => at(points.createdAts, row) <= now);
      const [row] = rows;
      if (row === undefined) {
        return [];
      }
      const vault = ledger.vaultOf(number);
      const arn = arnOfPoint(ledger, row);
      const tags = tagsOfPoint(ledger, row);
      const held = rows.every((one) => points.has(one, HELD));
      const { env } = vault.made;
      const target = { resource: arn, policyResource: arn, ...env, tags, vault, points: rows.length, held };
      return [{ kind: 'recovery-point', ...target }];
    }),
  );
  return targets.sort((a, b) => (a.resource < b.resource ? -1 : 1));
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
      return { kind: 'key', resource: key.arn, policyResource: key.arn, ...key.made.env, tags, key };
    });
}

function planTargets(ledger: Ledger): Target[] {
  return ledger.plans
    .list()
    .map((plan): Target => {
      const { env, tags = {} } = plan.declaration;
      return { kind: 'plan', resource: plan.arn, policyResource: plan.arn, ...env, tags };
    })
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

/** Where requests to IAM are made, which is in no Region. Assumed for every partition. */
const IAM_REGION = 'us-east-1';

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
      return { kind: 'role', resource: arn, policyResource: arn, ...env, region: IAM_REGION, tags };
    });
}

/** What watches over backups. */
function auditTargets({ frameworks, reportPlans, restoreTests }: WorldState): Target[] {
  const made = (kind: TargetKind, arn: string, declared: Pick<BackupReportPlan, 'env' | 'tags'>): Target => {
    const { env, tags = {} } = declared;
    return { kind, resource: arn, policyResource: arn, ...env, tags };
  };
  return [
    ...frameworks.everywhere().map((one) => made('framework', one.arn, one.made)),
    ...reportPlans.everywhere().map((one) => made('report-plan', one.arn, one.declaration)),
    ...restoreTests.plans.everywhere().map((one) => made('restore-testing-plan', one.arn, one.declaration)),
  ];
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
    }))
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

function accountTargets(all: readonly Target[]): Target[] {
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
    }));
}

/**
 * What stops an action beside policies, in words; undefined when nothing does.
 *
 * Source   B7.4/1, B7.4/2 (locks), B7.1/2 (a vault with points is not deleted), B5.4/4 (holds), B7.5/1 (air-gapped vaults).
 */
export function hindrance(action: string, { vault, held }: Target, now: Instant): string | undefined {
  if (vault === undefined) {
    return undefined;
  }
  const { lock } = vault;
  switch (action) {
    case 'backup:DeleteRecoveryPoint':
      return held === true ? 'legal hold' : lock === undefined ? undefined : `vault lock of ${vault.arn}`;
    case 'backup:UpdateRecoveryPointLifecycle':
      return lock === undefined ? undefined : `vault lock of ${vault.arn}`;
    case 'backup:DeleteBackupVaultLockConfiguration':
    case 'backup:PutBackupVaultLockConfiguration':
      return lock === undefined || isChangeable(lock, now)
        ? undefined
        : `vault lock of ${vault.arn}, for ever since ${formatInstant(lock.lockDate)}`;
    case 'backup:DeleteBackupVault':
      return vault.live === 0 ? undefined : `${vault.live} recovery points in the vault`;
    default:
      return undefined;
  }
}
