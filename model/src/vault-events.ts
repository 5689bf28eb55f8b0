/** States of jobs that are no failure (Source 1.4). */
const FINE = ['CREATED', 'PENDING', 'RUNNING', 'COMPLETED'];

/** What an index says where nothing failed (Source B7.3/3; DELETED Assumed). */
const INDEX_FINE = ['ACTIVE', 'DELETED'];

/**
 * Events of vaults, and how a subscription tells failures from the rest.
 */
export class VaultEvents {
  /**
   * The events with which failures are told: ends of backup and restore jobs, which tell of failure and expiry, too,
   * failed copies, and what fails inside a job that completes.
   *
   * Source B7.3/1: the events that AWS Backup still supports.
   */
  public static ofFailures(): string[] {
    return [
      'BACKUP_JOB_COMPLETED',
      'COPY_JOB_FAILED',
      'RESTORE_JOB_COMPLETED',
      'CONTINUOUS_BACKUP_INTERRUPTED',
      'S3_BACKUP_OBJECT_FAILED',
      'S3_RESTORE_OBJECT_FAILED',
      'EKS_BACKUP_OBJECT_FAILED',
      'EKS_RESTORE_OBJECT_FAILED',
      'EKS_RESTORE_OBJECT_SKIPPED',
      'RECOVERY_POINT_INDEXING_FAILED',
    ];
  }

  /**
   * The filter policy, over message attributes, of an SNS subscription that passes failures and no success.
   *
   * A job tells its end in `State`: what is neither under way nor complete passes, so that a state that AWS adds one day is
   * heard of. Messages without a state, as those of S3 and EKS objects, are sent for failures alone and pass, too; an index
   * tells its end in `IndexStatus`.
   *
   * Source B7.3/3.
   */
  public static failureFilterPolicy(): any {
    return {
      State: [{ 'anything-but': [...FINE] }, { exists: false }],
      IndexStatus: [{ 'anything-but': [...INDEX_FINE] }, { exists: false }],
    };
  }

  private constructor() {}
}
