/**
 * What a run of a continuous rule does to a resource.
 *
 * Pure: facts in, a decision out.
 * Source   B5.3.
 * Spec     continuous.md
 */
import { floatAt, intAt } from '../kernel/columns';
import { Instant, MINUTE, NEVER } from '../kernel/instant';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import {
  CONTINUOUS_BY_RULE,
  CONTINUOUS_REFRESHED,
  SNAPSHOT_AS_PITR_ELSEWHERE,
  SNAPSHOT_BY_RULE,
  SNAPSHOT_WITHOUT_PITR,
} from './reasons';

/**
 * The decision, as the reason of the point.
 *
 * @param asked the rule enables continuous backup
 * @param pitr the service has point-in-time recovery (Source B2.3/7: others get snapshots of the same retention)
 * @param standing series of the continuous point of the resource, -1 when there is none
 * @param target series that the rule targets
 */
export function continuousDecision(asked: boolean, pitr: boolean, standing: number, target: number): number {
  if (!asked) {
    return SNAPSHOT_BY_RULE;
  }
  if (!pitr) {
    return SNAPSHOT_WITHOUT_PITR;
  }
  if (standing < 0) {
    return CONTINUOUS_BY_RULE;
  }
  // Source B5.3/2: the first vault keeps it, others get snapshots.
  return standing === target ? CONTINUOUS_REFRESHED : SNAPSHOT_AS_PITR_ELSEWHERE;
}

/**
 * The newest instant to which a continuous point is restored: about 5 minutes ago for RDS, 15 for S3 (Source B5.3/1).
 *
 * Assumed: what holds for RDS holds for all but S3; in the first minutes it is the creation of the point.
 *
 * @param resourceType as AWS Backup writes it
 */
export function latestRestorableOf(resourceType: string, createdAt: Instant, now: Instant): Instant {
  return Math.max(createdAt, now - (resourceType === 'S3' ? 15 : 5) * MINUTE);
}

/** The newest instant to which a continuous point of a ledger is restored now: nothing followed the data since it was STOPPED. */
export function restorableUntil(ledger: Ledger, row: number): Instant {
  const { points, now } = ledger;
  const series = intAt(points.series, row);
  const createdAt = floatAt(points.createdAts, row);
  const { declaration, continuousLives } = ledger.resourceOf(series);
  const life = continuousLives.find((one) => one.series === series && one.createdAt === createdAt);
  return latestRestorableOf(declaration.resourceType, createdAt, Math.min(now, life?.endedAt ?? NEVER));
}

export function isContinuous(decision: number): boolean {
  return decision === CONTINUOUS_BY_RULE || decision === CONTINUOUS_REFRESHED;
}

/** Whether a rule is still there: until its plan is deleted, or replaced by another version. */
export function stands(keeper: Origin | undefined): boolean {
  return keeper?.rule !== undefined && !keeper.rule.plan.removed;
}
