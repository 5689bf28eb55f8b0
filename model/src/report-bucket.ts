import { BackupLimits } from './backup-limits';
import { Finding, IValueProbe } from './finding';
import { ACCOUNT_ID } from './private/audit/parameter-checks';
import { at, found } from './private/found';
import { days, members, readable, shown, whole } from './private/reading';
import { REPORT_BUCKET } from './private/tables/audit';
import { BUCKET_NAME } from './private/audit/bucket-name';

/**
 * A bucket that receives the reports of AWS Backup Audit Manager, as declared.
 */
export interface BackupReportBucket {
  /**
   * Name of the bucket, 3 to 63 lower-case letters, digits, dots and `-`.
   *
   * @default - chosen by CloudFormation or Terraform
   */
  readonly bucketName?: string;

  /**
   * Ids of the accounts whose report plans write here.
   *
   * @default - the account of the bucket
   */
  readonly reportingAccounts?: string[];

  /**
   * Days after which a report is deleted.
   *
   * @default - never
   */
  readonly expireAfterDays?: number;

  /**
   * Days for which nobody can delete a report (S3 Object Lock).
   *
   * @default - no lock
   */
  readonly objectLockDays?: number;
}

/**
 * What AWS refuses in a bucket for reports.
 */
export class BackupReportBucketRules {
  /**
   * What the rules find. Never throws.
   *
   * @param bucket the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(bucket: BackupReportBucket, path: string, probe: IValueProbe): Finding[] {
    if (!readable(bucket, probe)) {
      return [];
    }
    const { bucketName, expireAfterDays: expiry, objectLockDays: lockDays } = bucket;
    const findings: Finding[] = [];
    if (readable(bucketName, probe) && !BUCKET_NAME.test(bucketName)) {
      findings.push(found(REPORT_BUCKET.name, at(path, 'bucketName'), shown(bucketName)));
    }
    for (const [index, account] of members(bucket.reportingAccounts, probe)) {
      if (!ACCOUNT_ID.test(account)) {
        findings.push(found(REPORT_BUCKET.accounts, at(at(path, 'reportingAccounts'), index), shown(account)));
      }
    }
    if (readable(expiry, probe) && !whole(expiry, 1, Number.MAX_SAFE_INTEGER)) {
      findings.push(found(REPORT_BUCKET.expiry, at(path, 'expireAfterDays'), days(expiry)));
    }
    if (readable(lockDays, probe) && !whole(lockDays, 1, BackupLimits.LONGEST_DAYS)) {
      findings.push(found(REPORT_BUCKET.lockDays, at(path, 'objectLockDays'), days(lockDays)));
    } else if (readable(lockDays, probe) && readable(expiry, probe) && expiry < lockDays) {
      const allowed = `at least ${days(lockDays)}, those of the Object Lock, which keeps each version until they are over`;
      findings.push(found(REPORT_BUCKET.expiryInLock, at(path, 'expireAfterDays'), days(expiry), allowed));
    }
    return findings;
  }

  /**
   * What the rules find in the place of a bucket: its policy names a service-linked role that has to be there. Never throws.
   *
   * @param comesAfterReportPlan whether its policy is put after a report plan, which makes the role
   * @param path where the bucket is declared
   */
  public static checkRole(comesAfterReportPlan: boolean, path: string): Finding[] {
    return comesAfterReportPlan
      ? []
      : [found(REPORT_BUCKET.role, at(path, 'reportingAccounts'), 'neither for certain')];
  }

  private constructor() {}
}
