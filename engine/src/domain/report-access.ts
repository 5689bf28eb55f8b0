/**
 * Whether a report can be put into its bucket, in a World whose policies decide.
 *
 * Pure: reads a ledger.
 * Source   B10.2/6; AWSServiceRolePolicyForBackupReports v2, which does not let its role put objects: the policy of the bucket
 *          has to, and of a bucket in another account none can. The texts are those of S3; that a report job shows them is
 *          Assumed, and that the first file stands for all.
 * Spec     report-plans.md
 */
import type { Environment } from '@holdfast/model';
import type { Buckets } from './buckets';
import { exportNeeds, Question } from './job-needs';
import type { Ledger } from './ledger';
import { awsManagedPolicy } from './policy/aws-managed';
import { accessDeniedText } from './policy/texts';
import { NO_REASON, statusMessage } from './reasons';
import { iamArn } from './roles';
import { linkedRoleOf } from './service-linked-roles';

const REPORTS_SERVICE = 'reports.backup.amazonaws.com';
const NO_BUCKET = 'The specified bucket does not exist';

/** Why a report cannot be put under a key into a bucket; undefined when nothing is against it. */
export function reportRefusal(
  ledger: Ledger,
  buckets: Buckets,
  env: Environment,
  bucketName: string,
  key: string,
): string | undefined {
  const { permissions, keys } = ledger;
  if (!permissions.enforced) {
    return undefined;
  }
  const bucket = buckets.tryFind(env.partition, bucketName);
  if (bucket === undefined) {
    return NO_BUCKET;
  }
  const { name, policy } = linkedRoleOf(REPORTS_SERVICE);
  const roleArn = iamArn(env, 'role', `/aws-service-role/${REPORTS_SERVICE}/`, name);
  const own = awsManagedPolicy(`arn:${env.partition}:iam::aws:policy/aws-service-role/${policy}`);
  const needs = exportNeeds(ledger, roleArn, bucket, key, { acl: 'bucket-owner-full-control' });
  const asked: Question[] = needs.map((need) => ({ ...need, identity: own === undefined ? [] : [own] }));
  const denied = permissions.firstDenied(asked);
  if (denied !== undefined) {
    return accessDeniedText(denied.request, denied.verdict);
  }
  const unusable = keys.refusalOf(bucket.resource.declaration.encryptedWith);
  return unusable === NO_REASON ? undefined : statusMessage(unusable);
}
