/**
 * What policies deny the role of a restore testing selection, asked before any plan has made a point: whether AWS Backup can
 * assume it, and what restores of the points that are tested take.
 *
 * Pure: reads a ledger.
 * Source   B9.3/1, B9.3/2 (which points), B12 (what a restore takes). Assumed: a selection window finds a point of each rule.
 * Spec     role-permissions.md
 */
import { RestoreTestingPlanRules, RestoreTestingPointType, type RestoreTestingSelection } from '@holdfast/model';
import type { AskedNeeds, Unmet } from './asked-needs';
import { type DeclaredPoint, declaredBackups, declaredCopies, sourceOf } from './declared-points';
import { inferredMetadata, withOverrides } from './inferred-metadata';
import { assumption, type Denied, type PointSource, restoreNeeds } from './job-needs';
import type { Ledger } from './ledger';
import { BACKUP_SERVICE } from './organization';
import type { Plan } from './plans';
import { targetOf } from './restore-job';
import { meets } from './restore-testing';
import type { TestingPlan } from './restore-testing-plans';

/** Ends the name of what a test would make. */
const SUFFIX = '0'.repeat(16);

/** Every point that plans would make, copies among them; one of each resource, vault and kind. */
export function declaredPoints(ledger: Ledger, plans: readonly Plan[]): DeclaredPoint[] {
  const found = new Map<string, DeclaredPoint>();
  for (const plan of plans) {
    for (const { declaration } of plan.selections) {
      for (const backup of declaredBackups(ledger, plan, declaration)) {
        for (const point of [backup, ...declaredCopies(ledger, backup)]) {
          const key = `${point.resource.number} ${point.vault.number} ${typeOf(point)}`;
          found.set(key, found.get(key) ?? point);
        }
      }
    }
  }
  return [...found.values()];
}

/** Those of the points that a selection tests. */
export function testedSources(
  ledger: Ledger,
  plan: TestingPlan,
  selection: RestoreTestingSelection,
  points: readonly DeclaredPoint[],
): PointSource[] {
  const { protectedResourceType: type, protectedResourceArns: arns, protectedResourceConditions } = selection;
  const { recoveryPointSelection: selected } = plan.declaration;
  return points
    .filter(
      (point) =>
        point.vault.place === plan.place &&
        point.resource.declaration.resourceType === type &&
        (arns === undefined || arns.includes('*') || arns.includes(point.resource.arn)) &&
        selected.recoveryPointTypes.includes(typeOf(point)) &&
        RestoreTestingPlanRules.takesFrom(selected, point.vault.arn),
    )
    .map((point) => sourceOf(ledger, point))
    .filter(({ on }) => meets(on.tags ?? {}, protectedResourceConditions));
}

/** What keeps AWS Backup from assuming the role for the vault of one of the points; undefined for nothing. */
export function roleDenial(ledger: Ledger, roleArn: string, sources: readonly PointSource[]): Denied | undefined {
  const role = ledger.roles.tryFindRole(roleArn);
  const vaults = new Set(sources.map(({ vault }) => vault));
  return role === undefined
    ? undefined
    : ledger.permissions.firstDenied([...vaults].map((vault) => assumption(ledger, role, vault, BACKUP_SERVICE)));
}

/** Everything that is denied of the restores, by resource and step. */
export function unmetOfTests(
  ledger: Ledger,
  asked: AskedNeeds,
  selection: RestoreTestingSelection,
  sources: readonly PointSource[],
): Unmet[] {
  return ledger.permissions.asEnforced(() =>
    sources.flatMap((source) => {
      const needs = restoreNeeds(
        ledger,
        selection.iamRoleArn,
        source,
        targetArnOf(ledger, selection, source),
        source.vault.made.env,
      );
      return asked.denied('restore', source.resource, needs);
    }),
  );
}

function targetArnOf(ledger: Ledger, selection: RestoreTestingSelection, { resource, vault }: PointSource): string {
  const { declaration, service } = resource;
  const { resourceType, name } = declaration;
  const { env } = vault.made;
  const fixed = { suffix: SUFFIX, restorableAt: undefined, draw: 0 };
  const inferred = inferredMetadata({ resourceType, service: service.id, name, region: env.region, ...fixed });
  const metadata = withOverrides(resourceType, inferred, selection.restoreMetadataOverrides ?? {});
  const key = { kind: 'restored', names: [resource.arn], at: ledger.now };
  return targetOf(declaration, env, metadata, ledger.seed, key).arn;
}

/** Copies of continuous points are snapshots (Source B5.3/7). */
function typeOf({ resource, origin }: DeclaredPoint): string {
  const continuous = origin.given.source === undefined && origin.rule?.declaration.enableContinuousBackup === true;
  return continuous && resource.service.pitr ? RestoreTestingPointType.CONTINUOUS : RestoreTestingPointType.SNAPSHOT;
}
