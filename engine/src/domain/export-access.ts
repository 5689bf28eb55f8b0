/**
 * What an export of search results needs: a role that AWS Backup can assume, and that may write into the bucket, under its key.
 *
 * Pure: reads a ledger.
 * Source   API StartSearchResultExportJob (RoleArn: the role that the job is started with); S3 user guide, "Using server-side
 *          encryption with AWS KMS keys" (whoever puts an object needs kms:GenerateDataKey); text of S3's AccessDenied.
 * Assumed  The role trusts AWS Backup or its search; without a role nobody is asked. The first file stands for all.
 * Spec     searches.md
 */
import type { Bucket } from './buckets';
import { isAssumable } from './job-access';
import { exportNeeds, Work } from './job-needs';
import type { Ledger } from './ledger';
import { BACKUP_SERVICE } from './organization';
import { accessDeniedText } from './policy/texts';
import { NO_REASON, ROLE_UNASSUMABLE, statusMessage } from './reasons';

/** Services that an export assumes its role as. */
const EXPORTERS = [BACKUP_SERVICE, 'backup-search.amazonaws.com'];

/** Why an export cannot be written; undefined when nothing is against it. */
export function exportRefusal(
  ledger: Ledger,
  job: Work,
  roleArn: string | undefined,
  bucket: Bucket,
  key: string,
): string | undefined {
  if (roleArn !== undefined && !isAssumable(ledger, job, roleArn, EXPORTERS)) {
    return statusMessage(ROLE_UNASSUMABLE);
  }
  const unusable = ledger.keys.refusalOf(bucket.resource.declaration.encryptedWith);
  if (unusable !== NO_REASON) {
    return statusMessage(unusable);
  }
  const { permissions } = ledger;
  const needs = roleArn === undefined || !permissions.enforced ? [] : exportNeeds(ledger, roleArn, bucket, key);
  const denied = permissions.firstDenied(needs);
  return denied && accessDeniedText(denied.request, denied.verdict);
}
