import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { SYNTH } from './token-values';
import { waitFor } from './wait-for';

/** Kept at the root of the app under a registered symbol, so that two copies of this library see each other's. */
const REPORT_BUCKETS = Symbol.for('@holdfast/cdktf.report-buckets');

/** A bucket of ours, and whether the role that writes into it is sure to be there when its policy is put. */
export interface ReportBucketDeclaration {
  readonly bucket: S3Bucket;
  readonly policy: S3BucketPolicy;
  /** The role, where the bucket makes it. */
  readonly role?: IamServiceLinkedRole;
  /** Whether its policy comes after a report plan. */
  comesAfterReportPlan: boolean;
}

/** Remembers a bucket by the ways in which its name is written: as a reference, and as the author gave it. */
export function declareReportBucket(scope: IConstruct, names: string[], declaration: ReportBucketDeclaration): void {
  names.forEach((name) => bucketsAt(scope).set(name, declaration));
}

/**
 * Has the policy of a bucket of ours wait for a report plan, with which AWS Backup makes the role that the policy names.
 *
 * A policy of another stack cannot wait: its stack comes before that of the report plan.
 */
export function putAfterReportPlan(bucketName: string, reportPlan: TerraformResource): void {
  const declaration = bucketsAt(reportPlan).get(bucketName);
  if (declaration === undefined || TerraformStack.of(declaration.bucket) !== TerraformStack.of(reportPlan)) {
    return;
  }
  if (SYNTH.known(bucketName)) {
    waitFor(reportPlan, declaration.bucket);
  }
  if (declaration.role !== undefined) {
    waitFor(reportPlan, declaration.role);
    return;
  }
  waitFor(declaration.policy, reportPlan);
  declaration.comesAfterReportPlan = true;
}

function bucketsAt(scope: IConstruct): Map<string, ReportBucketDeclaration> {
  const { root } = scope.node;
  const known = Reflect.get(root, REPORT_BUCKETS) as Map<string, ReportBucketDeclaration> | undefined;
  if (known !== undefined) {
    return known;
  }
  const made = new Map<string, ReportBucketDeclaration>();
  Object.defineProperty(root, REPORT_BUCKETS, { value: made });
  return made;
}
