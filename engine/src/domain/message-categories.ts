/**
 * What AWS Backup files the status message of a job under.
 *
 * Pure: a reason in, a category out.
 * Source   B4.6: AccessDenied, InvalidParameters, SUCCESS and LOGICALLY_AIR_GAPPED_BACKUP_VAULT_NOT_SUPPORTED are names
 *          that the API and the guide print, and which texts stand together in the console.
 * Assumed  The names of the other groups, and which group a text of ours belongs to.
 * Spec     reasons.md
 */
import { byteAt } from '../kernel/columns';
import type { Jobs } from './jobs';
import { AIR_GAP_REASONS } from './air-gap-reasons';
import * as reasons from './reasons';
import { statusMessage } from './reasons';
import { VSS_REASONS } from './vss-reasons';

const SUCCESS = 'SUCCESS';
const MISCELLANEOUS = 'MISCELLANEOUS';
const AIR_GAP = 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT_NOT_SUPPORTED';

const CATEGORIES: ReadonlyMap<string, readonly number[]> = new Map([
  [
    'AccessDenied',
    [
      reasons.ROLE_UNASSUMABLE,
      reasons.COPY_NOT_ADMITTED,
      reasons.COPY_NO_ORGANIZATION,
      reasons.DESTINATION_DEFAULT_KEY,
      reasons.SOURCE_MANAGED_KEY,
    ],
  ],
  ['WindowsVss', Object.keys(VSS_REASONS).map(Number)],
  ['InvalidParameters', [reasons.RETENTION_OUTSIDE_LOCK, reasons.COPY_RETENTION_OUTSIDE_LOCK]],
  ['LimitExceeded', [reasons.TOO_MANY_TAGS, reasons.VAULT_FULL, reasons.COPY_VAULT_FULL, reasons.BUCKETS_FULL]],
  ['Conflict', [reasons.START_WINDOW_CLOSED]],
  ['FeatureNotEnabled', [reasons.COPY_FEATURE_OFF]],
  ['Expired', [reasons.COMPLETION_WINDOW_CLOSED, reasons.UPDATING_TOO_LONG]],
  ['MaintenanceWindow', [reasons.IN_MAINTENANCE_WINDOW, reasons.IN_BACKUP_WINDOW]],
  [
    'InvalidState',
    [
      reasons.RESOURCE_UNAVAILABLE,
      reasons.HYPERVISOR_OFFLINE,
      reasons.VAULT_NOT_READY,
      reasons.BUCKET_WITHOUT_VERSIONS,
    ],
  ],
  [
    'KmsKey',
    [
      reasons.KEY_UNUSABLE,
      reasons.KEY_GONE,
      reasons.COPY_KEY_UNUSABLE,
      reasons.COPY_KEY_GONE,
      reasons.COPY_KEY_NOT_SHARED,
    ],
  ],
  [
    'NotFound',
    [
      reasons.VAULT_MISSING,
      reasons.DESTINATION_MISSING,
      reasons.COPY_SOURCE_GONE,
      reasons.VOLUME_GONE,
      reasons.TABLE_GONE,
      reasons.RESOURCE_GONE,
    ],
  ],
  [
    'NotSupported',
    [
      reasons.TYPE_UNSUPPORTED,
      reasons.COPY_TYPE_UNSUPPORTED,
      reasons.COPY_REGION_UNSUPPORTED,
      reasons.COPY_ACCOUNT_UNSUPPORTED,
      reasons.COPY_BOTH_UNSUPPORTED,
    ],
  ],
  [AIR_GAP, Object.keys(AIR_GAP_REASONS).map(Number)],
]);

const CATEGORY_OF = new Map([...CATEGORIES].flatMap(([name, members]) => members.map((one) => [one, name])));

/** The category of a job; undefined until it is over. */
export function messageCategory(jobs: Jobs, row: number): string | undefined {
  return jobs.isOver(row) ? categoryOf(byteAt(jobs.reasons, row)) : undefined;
}

/** The category of a reason for which a job ended. */
export function categoryOf(reason: number): string {
  return statusMessage(reason) === '' ? SUCCESS : (CATEGORY_OF.get(reason) ?? MISCELLANEOUS);
}

/** Whether a filter by category lets a job pass: in any case of letters, and all for `*`, ANY and AGGREGATE_ALL. */
export function passesCategory(asked: string | undefined, category: string | undefined): boolean {
  const wanted = asked?.toUpperCase();
  return wanted === undefined || ['*', 'ANY', 'AGGREGATE_ALL'].includes(wanted) || wanted === category?.toUpperCase();
}
