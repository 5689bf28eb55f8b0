import {
  ComplianceDeclarations,
  Finding,
  LogicallyAirGappedVault,
  BackupVault,
  RestoreTestingPlan,
  RuleCatalog,
  Waiver,
} from '@holdfast/model';
import { TerraformElement } from 'cdktf';
import { IConstruct } from 'constructs';
import { plansWithin } from './app-estate';
import { AppReading, declaredAt, Known, resourcesWithin } from './app-reading';
import { readFramework, readReportPlan } from './read-audit-types';
import { readAirGappedVault, readVault, VaultAdditions } from './read-backup-types';
import {
  expiryDaysOf,
  inlineExpiryDaysOf,
  readRestoreTestingPlan,
  readRestoreTestingSelection,
} from './read-evidence-types';
import { settled } from './rendered';
import { waivedPlaces } from './waived-places';

/** The rule that what cannot be read breaks. */
const UNREAD = 'terraform-unread';

/** What is declared at and below some constructs, whoever's constructs it is made of. */
export interface ComplianceEstate {
  readonly declarations: ComplianceDeclarations;
  /** What the comments of our resources waive, and what `waive` did, with paths from the root of the app. */
  readonly waivers: Waiver[];
  /** Places that may hold declarations and cannot be read. */
  readonly unread: Finding[];
}

/** Reads the resources at and below some constructs of one app back into declarations. */
export function complianceEstate(roots: readonly IConstruct[]): ComplianceEstate {
  const app = new AppReading(roots[0]!.node.root);
  const of = (type: string) => app.within(roots, type);
  const buckets = app.within([app.root], 'aws_s3_bucket');
  const expiries = app.within([app.root], 'aws_s3_bucket_lifecycle_configuration');
  return {
    declarations: {
      estate: {
        ...vaultsWithin(app, roots),
        plans: plansWithin(app, roots),
        frameworks: of('aws_backup_framework').map((known) => readFramework(known, app.tagsOf(known))),
        reportPlans: of('aws_backup_report_plan').map((known) => readReportPlan(known, app.tagsOf(known))),
      },
      restoreTestingPlans: restoreTestingPlans(app, roots),
      evidenceRetentionDays: of('aws_backup_report_plan').map((known) => {
        const { s3BucketName } = readReportPlan(known, undefined);
        return Math.min(
          ...buckets.flatMap(({ name, values }) => (name === s3BucketName ? [inlineExpiryDaysOf(values)] : [])),
          ...expiries.flatMap(({ values }) => (values.bucket === s3BucketName ? [expiryDaysOf(values)] : [])),
        );
      }),
    },
    waivers: [...roots.flatMap(waivedPlaces), ...resourcesWithin(roots).flatMap(waiversOf)],
    unread: [
      ...roots.flatMap((root) => root.node.findAll()).flatMap(unreadModule),
      ...of('aws_backup_plan').flatMap(unreadRules),
    ],
  };
}

/** Vaults with what their lock, policy and notifications say, which are resources of their own. */
function vaultsWithin(
  app: AppReading,
  roots: readonly IConstruct[],
): { vaults: BackupVault[]; logicallyAirGappedVaults: LogicallyAirGappedVault[] } {
  const [locks, policies, notifications] = [
    'aws_backup_vault_lock_configuration',
    'aws_backup_vault_policy',
    'aws_backup_vault_notifications',
  ].map((type) => app.within([app.root], type)) as [Known[], Known[], Known[]];
  const additions = (vault: Known): VaultAdditions => {
    const ofVault = (all: Known[]) =>
      all.find(({ values, env }) => values.backup_vault_name === vault.name && isOnePlace(env, vault.env));
    return { vaultLock: ofVault(locks), policy: ofVault(policies), notifications: ofVault(notifications) };
  };
  return {
    vaults: app.within(roots, 'aws_backup_vault').map((known) => readVault(known, additions(known), app.tagsOf(known))),
    logicallyAirGappedVaults: app
      .within(roots, 'aws_backup_logically_air_gapped_vault')
      .map((known) => readAirGappedVault(known, additions(known), app.tagsOf(known))),
  };
}

function restoreTestingPlans(app: AppReading, roots: readonly IConstruct[]): RestoreTestingPlan[] {
  const selections = app.within([app.root], 'aws_backup_restore_testing_selection');
  return app.within(roots, 'aws_backup_restore_testing_plan').map((plan) => ({
    ...readRestoreTestingPlan(plan, app.tagsOf(plan)),
    selections: selections
      .filter(({ values, env }) => values.restore_testing_plan_name === plan.name && isOnePlace(env, plan.env))
      .map(readRestoreTestingSelection),
  }));
}

/** What belongs together by name is of one account and Region. */
function isOnePlace(one: Known['env'], other: Known['env']): boolean {
  return one.region === other.region && one.account === other.account;
}

function waiversOf(resource: IConstruct): Waiver[] {
  const { ['//']: comment } = (Reflect.get(resource, 'rawOverrides') ?? {}) as Record<string, unknown>;
  const { Holdfast: ours } = (comment ?? {}) as { Holdfast?: { waivers?: Waiver[] } };
  const waivers = settled(resource, ours?.waivers ?? []) as Waiver[];
  return waivers.map((waiver) => ({ ...waiver, path: `${declaredAt(resource)}.${waiver.path}` }));
}

/** What a module declares stands in files of its own. */
function unreadModule(construct: IConstruct): Finding[] {
  if (
    !TerraformElement.isTerraformElement(construct) ||
    typeof Reflect.get(construct, 'interpolationForOutput') !== 'function'
  ) {
    return [];
  }
  return [unread(construct.node.path, `the module ${String(Reflect.get(construct, 'source'))}`)];
}

/** Rules that a `dynamic` block makes, or a list that Terraform alone knows. */
function unreadRules({ values, declaredAt: at }: Known): Finding[] {
  const { rule: dynamic } = (values.dynamic ?? {}) as { rule?: unknown };
  const isKnown = dynamic === undefined && (values.rule === undefined || typeof values.rule === 'object');
  return isKnown ? [] : [unread(`${at}.rules`, 'rules that Terraform alone knows')];
}

function unread(path: string, given: string): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(UNREAD);
  return { rule, effect, severity, source, path, message: `must be ${allowed}, got ${given}` };
}
