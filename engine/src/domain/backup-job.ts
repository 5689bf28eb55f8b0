/**
 * One backup job: whether it may run, when it gives up, and the moves between its states.
 *
 * Pure: takes a job's facts, returns the next state or the reason against it. Columns are in jobs.ts.
 * Units    `…At` are Instants; `…Minutes` are counts.
 * Source   API model 2018-11-15: BackupJobState; B4.1-B4.3.
 * Spec     backup-job.md
 */
import { BackupLimits } from '@holdfast/model';
import { Instant, minutesAfter, NEVER } from '../kernel/instant';
import { ABORTED, ABORTING, COMPLETED, CREATED, EXPIRED, FAILED, JOB_STATES, PARTIAL, RUNNING } from './event-codes';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import {
  NO_REASON,
  RETENTION_OUTSIDE_LOCK,
  TOO_MANY_TAGS,
  VAULT_FULL,
  VAULT_MISSING,
  VAULT_NOT_READY,
} from './reasons';
import { admits } from './vault-lock';
import type { Vault } from './vaults';

const { RECOVERY_POINTS_OF_VAULT, TAGS_OF_RECOVERY_POINT } = BackupLimits;

export type JobEvent =
  'start' | 'finish' | 'finish-partly' | 'fail' | 'start-window-closed' | 'completion-window-closed' | 'stop' | 'abort';

/** Every allowed move. A pair that is missing here is a fault of the engine, not of its user. */
const MOVES: Readonly<Record<number, Partial<Record<JobEvent, number>>>> = {
  [CREATED]: { start: RUNNING, fail: FAILED, 'start-window-closed': EXPIRED, stop: ABORTING },
  // Source B4.1/1: the notification for a completion window that closed shows EXPIRED.
  [RUNNING]: {
    finish: COMPLETED,
    // Composite jobs alone (Source B4.5/2).
    'finish-partly': PARTIAL,
    fail: FAILED,
    'completion-window-closed': EXPIRED,
    stop: ABORTING,
  },
  [ABORTING]: { abort: ABORTED },
  [ABORTED]: {},
  [COMPLETED]: {},
  [FAILED]: {},
  [EXPIRED]: {},
  [PARTIAL]: {},
};

/**
 * The state after `event`.
 *
 * @throws Error when the move is not in the table.
 */
export function step(state: number, event: JobEvent): number {
  const next = MOVES[state]?.[event];
  if (next === undefined) {
    throw new Error(`job: no move '${event}' from ${JOB_STATES[state] ?? state}`);
  }
  return next;
}

/** Why a backup would fail whenever it began; NO_REASON when nothing is against it. */
export function refusalOf(
  vault: Vault | undefined,
  retentionDays: number,
  resource: Resource,
  origin: Origin,
  now: Instant,
): number {
  if (vault === undefined || vault.deleted) {
    return VAULT_MISSING;
  }
  if (now < vault.availableAt) {
    return VAULT_NOT_READY;
  }
  if (vault.live >= RECOVERY_POINTS_OF_VAULT) {
    return VAULT_FULL;
  }
  if (!admits(vault.lock, retentionDays)) {
    return RETENTION_OUTSIDE_LOCK;
  }
  if (resource.blocked !== NO_REASON) {
    return resource.blocked;
  }
  if (resource.windows !== undefined && !isContinuousFor(resource, origin)) {
    const refusal = resource.windows.refusalAt(now);
    if (refusal !== NO_REASON) {
      return refusal;
    }
  }
  return resource.tagCount + origin.tagCount > TAGS_OF_RECOVERY_POINT &&
    tagsTogether(resource, origin) > TAGS_OF_RECOVERY_POINT
    ? TOO_MANY_TAGS
    : NO_REASON;
}

/** Source B4.3/2: windows are not in the way of those that AWS Backup keeps continuously. */
function isContinuousFor(resource: Resource, origin: Origin): boolean {
  const asked = origin.rule?.declaration.enableContinuousBackup === true && resource.pitr;
  return asked || resource.continuousPoint >= 0;
}

/** Source B4.1/3: scheduled time plus start window. */
export function startByOf(createdAt: Instant, origin: Origin): Instant {
  return minutesAfter(createdAt, origin.given.startWindowMinutes);
}

/** Assumed: the completion window counts from the scheduled time (B2.1/3: the two API texts differ; the safer one). */
export function completeByOf(createdAt: Instant, origin: Origin, resource: Resource): Instant {
  return resource.hasCompletionWindow ? minutesAfter(createdAt, origin.given.completionWindowMinutes) : NEVER;
}

/** Source B4.3/4: added tags win, so that a key in both counts once; basic DynamoDB backups carry none. */
function tagsTogether(resource: Resource, origin: Origin): number {
  if (resource.service.id === 'dynamodb') {
    return 0;
  }
  return new Set([...Object.keys(resource.declaration.tags ?? {}), ...Object.keys(origin.given.tags)]).size;
}
