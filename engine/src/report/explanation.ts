/**
 * Why each recovery point of a resource exists, where, and when it may first be deleted.
 *
 * Pure: declarations and what a World shows in, a plain object out.
 * Units    instants as ISO 8601 in UTC; null is never or none.
 * Source   design.md section 2, `explain`.
 */
import type { Estate, Finding, StatefulResource } from '@holdfast/model';
import { Coverage } from '@holdfast/model';
import type { JobView, RecoveryPointView, WorldSummary } from '../domain/views';
import { Instant, MINUTE, shortInstant } from '../kernel/instant';
import { handDeletion } from './hand-deletion';
import type { Omission } from './simulation';

/** One recovery point that is there at the end of the run. */
export interface ExplainedPoint {
  readonly recoveryPointArn: string;
  readonly backupVaultArn: string;
  readonly createdAt: string;
  readonly status: string;
  readonly storageClass: string;
  readonly continuous: boolean;
  readonly sizeBytes: number;
  /** About how long a restore takes at the end of the run; null for a parent, whose members are restored one by one. */
  readonly restoreMinutes: number | null;
  readonly plan: string | null;
  readonly rule: string | null;
  /** ARN of the point that this one is a copy of. */
  readonly copyOf: string | null;
  /** Which decision made it. */
  readonly why: string;
  readonly moveToColdStorageAt: string | null;
  /** First instant at which AWS Backup may delete it. */
  readonly deleteAt: string | null;
  /** What ends it, or why nothing does. */
  readonly whyUntil: string;
  /** Who may delete it before that. */
  readonly byHand: string;
}

/** A job that has made no recovery point. */
export interface ExplainedJob {
  readonly kind: 'backup' | 'copy';
  readonly state: string;
  readonly backupVaultArn: string;
  readonly createdAt: string;
  readonly plan: string | null;
  readonly rule: string | null;
  readonly statusMessage: string;
  readonly why: string;
}

/** What `explain --format json` prints. */
export interface Explanation {
  readonly schema: 'holdfast.explain/1';
  readonly from: string;
  readonly to: string;
  readonly seed: number;
  readonly resource: { readonly arn: string; readonly type: string; readonly name: string };
  /** Names of the plans that protect it. */
  readonly plans: readonly string[];
  /** Why no plan does; null when one does. */
  readonly reason: string | null;
  readonly recoveryPoints: readonly ExplainedPoint[];
  /** Jobs on record that have not completed. */
  readonly jobs: readonly ExplainedJob[];
  readonly findings: readonly Finding[];
  readonly notRead: readonly Omission[];
  readonly digest: string;
  /** Roles and policies that no artifact declares and that were taken to be in order; given with `--enforce-iam` alone. */
  readonly assumed?: readonly Omission[];
}

/** Source B5.4/4. */
const BY_A_HOLD = 'nobody, until whoever may cancel legal holds releases it';

/** What a World says of one resource. */
export interface Witness {
  summary(): WorldSummary;
  digest(): string;
  pointsOf(resourceArn: string): readonly RecoveryPointView[];
  jobsOf(resourceArn: string): readonly JobView[];
}

/** The explanation of one resource of an estate, which a World has run. */
export function explanationOf(
  resource: StatefulResource,
  estate: Estate,
  world: Witness,
  findings: readonly Finding[],
  notRead: readonly Omission[],
  assumed?: readonly Omission[],
): Explanation {
  const { from, to, seed } = world.summary();
  const [coverage] = Coverage.rows({ ...estate, resources: [resource] });
  return {
    schema: 'holdfast.explain/1',
    from: shortInstant(from),
    to: shortInstant(to),
    seed,
    resource: { arn: resource.arn, type: resource.resourceType, name: resource.name },
    plans: coverage?.plans ?? [],
    reason: coverage?.reason ?? null,
    recoveryPoints: [...world.pointsOf(resource.arn)].sort(inTurn).map((point) => explainedPoint(point, estate)),
    jobs: world
      .jobsOf(resource.arn)
      .filter((job) => job.state !== 'COMPLETED')
      .map(explainedJob),
    findings,
    notRead,
    digest: world.digest(),
    ...(assumed !== undefined && { assumed }),
  };
}

/** Oldest first, a backup before its copies. */
function inTurn(a: RecoveryPointView, b: RecoveryPointView): number {
  const depth = (point: RecoveryPointView): number => (point.copyOf === undefined ? 0 : 1);
  return a.createdAt - b.createdAt || depth(a) - depth(b) || (a.backupVaultArn < b.backupVaultArn ? -1 : 1);
}

function explainedPoint(point: RecoveryPointView, estate: Estate): ExplainedPoint {
  return {
    recoveryPointArn: point.recoveryPointArn,
    backupVaultArn: point.backupVaultArn,
    createdAt: shortInstant(point.createdAt),
    status: point.status,
    storageClass: point.storageClass,
    continuous: point.continuous,
    sizeBytes: point.sizeBytes,
    restoreMinutes: point.restoreMs === undefined ? null : Math.ceil(point.restoreMs / MINUTE),
    plan: point.planName ?? null,
    rule: point.ruleName ?? null,
    copyOf: point.copyOf?.recoveryPointArn ?? null,
    why: point.why,
    moveToColdStorageAt: instantOrNull(point.coldAt),
    deleteAt: instantOrNull(point.deleteAt),
    whyUntil: point.whyUntil,
    byHand: point.held === true ? BY_A_HOLD : handDeletion(estate, point.backupVaultArn),
  };
}

function instantOrNull(at: Instant | undefined): string | null {
  return at === undefined || !Number.isFinite(at) ? null : shortInstant(at);
}

function explainedJob(job: JobView): ExplainedJob {
  return {
    kind: job.kind,
    state: job.state,
    backupVaultArn: job.backupVaultArn,
    createdAt: shortInstant(job.createdAt),
    plan: job.planName ?? null,
    rule: job.ruleName ?? null,
    statusMessage: job.statusMessage,
    why: job.why,
  };
}
