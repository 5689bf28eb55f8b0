import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnResource, Stack } from 'aws-cdk-lib/core';

/** What our buckets for reports are, found again from the bucket; registered, so that two copies of us share it. */
const REPORT_BUCKET = Symbol.for('@holdfast/cdk.reportBucket');

/** A bucket of ours, and whether the role that writes into it is sure to be there when its policy is put. */
export interface ReportBucketDeclaration {
  /** The role, where the bucket makes it. */
  readonly role?: iam.CfnServiceLinkedRole;
  /** Whether its policy comes after a report plan. */
  comesAfterReportPlan: boolean;
}

/** Remembers what a bucket was declared as. */
export function declareReportBucket(bucket: s3.IBucket, declaration: ReportBucketDeclaration): void {
  Object.defineProperty(bucket, REPORT_BUCKET, { value: declaration });
}

/**
 * Has the policy of a bucket of ours wait for a report plan, with which AWS Backup makes the role that the policy names.
 *
 * A policy of another stack cannot wait: its stack comes before that of the report plan.
 */
export function putAfterReportPlan(bucket: s3.IBucket, reportPlan: CfnResource): void {
  const declaration = Reflect.get(bucket, REPORT_BUCKET) as ReportBucketDeclaration | undefined;
  if (declaration === undefined || Stack.of(bucket) !== Stack.of(reportPlan)) {
    return;
  }
  if (declaration.role !== undefined) {
    reportPlan.addResourceDependency(declaration.role);
    return;
  }
  bucket.policy?.node.addDependency(reportPlan);
  declaration.comesAfterReportPlan = true;
}
