/**
 * How the values of a metric are put together over a period.
 */
export enum BackupMetricStatistic {
  /**
   * Jobs that came into a state: each is counted once.
   */
  SUM = 'Sum',

  /**
   * Jobs or recovery points that are in a state: the same ones are counted again every five minutes.
   */
  MAXIMUM = 'Maximum',
}

/**
 * A metric that AWS Backup sends to CloudWatch, namespace `AWS/Backup`, every five minutes, and only when it is not zero.
 *
 * Each is there for a vault and for a resource type within a vault, and in no other way: an alarm on `AWS/Backup` without
 * `BackupVaultName` watches a metric that does not exist, and stays silent for ever. For the whole Region ask for
 * `BackupMetricExpressions.search` (dashboards) or `insights` (alarms). For copy jobs the vault is the destination.
 *
 * Source B14.2/1 to B14.2/3. Assumed: which metrics count what came into a state, and which what is in it.
 */
export class BackupMetric {
  /**
   * Backup jobs that were created.
   */
  public static readonly BACKUP_JOBS_CREATED = new BackupMetric('NumberOfBackupJobsCreated', true);

  /**
   * Backup jobs that wait to run.
   */
  public static readonly BACKUP_JOBS_PENDING = new BackupMetric('NumberOfBackupJobsPending', false);

  /**
   * Backup jobs that run.
   */
  public static readonly BACKUP_JOBS_RUNNING = new BackupMetric('NumberOfBackupJobsRunning', false);

  /**
   * Backup jobs that somebody stopped.
   */
  public static readonly BACKUP_JOBS_ABORTED = new BackupMetric('NumberOfBackupJobsAborted', true);

  /**
   * Backup jobs that completed, those with issues among them.
   */
  public static readonly BACKUP_JOBS_COMPLETED = new BackupMetric('NumberOfBackupJobsCompleted', true);

  /**
   * Backup jobs that failed.
   */
  public static readonly BACKUP_JOBS_FAILED = new BackupMetric('NumberOfBackupJobsFailed', true);

  /**
   * Backup jobs that did not start, or not end, in time.
   */
  public static readonly BACKUP_JOBS_EXPIRED = new BackupMetric('NumberOfBackupJobsExpired', true);

  /**
   * Copy jobs that were created.
   */
  public static readonly COPY_JOBS_CREATED = new BackupMetric('NumberOfCopyJobsCreated', true);

  /**
   * Copy jobs that run.
   */
  public static readonly COPY_JOBS_RUNNING = new BackupMetric('NumberOfCopyJobsRunning', false);

  /**
   * Copy jobs that completed.
   */
  public static readonly COPY_JOBS_COMPLETED = new BackupMetric('NumberOfCopyJobsCompleted', true);

  /**
   * Copy jobs that failed.
   */
  public static readonly COPY_JOBS_FAILED = new BackupMetric('NumberOfCopyJobsFailed', true);

  /**
   * Restore jobs that wait to run.
   */
  public static readonly RESTORE_JOBS_PENDING = new BackupMetric('NumberOfRestoreJobsPending', false);

  /**
   * Restore jobs that run.
   */
  public static readonly RESTORE_JOBS_RUNNING = new BackupMetric('NumberOfRestoreJobsRunning', false);

  /**
   * Restore jobs that completed.
   */
  public static readonly RESTORE_JOBS_COMPLETED = new BackupMetric('NumberOfRestoreJobsCompleted', true);

  /**
   * Restore jobs that failed.
   */
  public static readonly RESTORE_JOBS_FAILED = new BackupMetric('NumberOfRestoreJobsFailed', true);

  /**
   * Recovery points that were completed.
   */
  public static readonly RECOVERY_POINTS_COMPLETED = new BackupMetric('NumberOfRecoveryPointsCompleted', true);

  /**
   * Recovery points that are not whole.
   */
  public static readonly RECOVERY_POINTS_PARTIAL = new BackupMetric('NumberOfRecoveryPointsPartial', false);

  /**
   * Recovery points whose life is over and that AWS Backup could not delete.
   */
  public static readonly RECOVERY_POINTS_EXPIRED = new BackupMetric('NumberOfRecoveryPointsExpired', false);

  /**
   * Recovery points that are being deleted.
   */
  public static readonly RECOVERY_POINTS_DELETING = new BackupMetric('NumberOfRecoveryPointsDeleting', false);

  /**
   * Recovery points in cold storage.
   */
  public static readonly RECOVERY_POINTS_COLD = new BackupMetric('NumberOfRecoveryPointsCold', false);

  /**
   * Namespace of all of them: `AWS/Backup`.
   */
  public static readonly NAMESPACE = 'AWS/Backup';

  /**
   * Every how many minutes AWS Backup sends them: 5.
   */
  public static readonly INTERVAL_MINUTES = 5;

  /**
   * The dimension that every metric has: `BackupVaultName`.
   */
  public static readonly VAULT_DIMENSION = 'BackupVaultName';

  /**
   * The dimension that a metric may have beside that of the vault: `ResourceType`.
   */
  public static readonly RESOURCE_TYPE_DIMENSION = 'ResourceType';

  /**
   * Every metric, jobs first.
   */
  public static all(): BackupMetric[] {
    return [
      ...BackupMetric.ofBackupJobs(),
      ...BackupMetric.ofCopyJobs(),
      ...BackupMetric.ofRestoreJobs(),
      ...BackupMetric.ofRecoveryPoints(),
    ];
  }

  /**
   * Those of backup jobs.
   */
  public static ofBackupJobs(): BackupMetric[] {
    return [
      BackupMetric.BACKUP_JOBS_CREATED,
      BackupMetric.BACKUP_JOBS_PENDING,
      BackupMetric.BACKUP_JOBS_RUNNING,
      BackupMetric.BACKUP_JOBS_ABORTED,
      BackupMetric.BACKUP_JOBS_COMPLETED,
      BackupMetric.BACKUP_JOBS_FAILED,
      BackupMetric.BACKUP_JOBS_EXPIRED,
    ];
  }

  /**
   * Those of copy jobs.
   */
  public static ofCopyJobs(): BackupMetric[] {
    return [
      BackupMetric.COPY_JOBS_CREATED,
      BackupMetric.COPY_JOBS_RUNNING,
      BackupMetric.COPY_JOBS_COMPLETED,
      BackupMetric.COPY_JOBS_FAILED,
    ];
  }

  /**
   * Those of restore jobs.
   */
  public static ofRestoreJobs(): BackupMetric[] {
    return [
      BackupMetric.RESTORE_JOBS_PENDING,
      BackupMetric.RESTORE_JOBS_RUNNING,
      BackupMetric.RESTORE_JOBS_COMPLETED,
      BackupMetric.RESTORE_JOBS_FAILED,
    ];
  }

  /**
   * Those of recovery points.
   */
  public static ofRecoveryPoints(): BackupMetric[] {
    return [
      BackupMetric.RECOVERY_POINTS_COMPLETED,
      BackupMetric.RECOVERY_POINTS_PARTIAL,
      BackupMetric.RECOVERY_POINTS_EXPIRED,
      BackupMetric.RECOVERY_POINTS_DELETING,
      BackupMetric.RECOVERY_POINTS_COLD,
    ];
  }

  /**
   * Name of the metric.
   */
  public readonly metricName: string;

  /**
   * How its values are put together over a period.
   */
  public readonly statistic: BackupMetricStatistic;

  /**
   * What a graph calls it, e.g. `Failed`.
   */
  public readonly label: string;

  private constructor(metricName: string, counts: boolean) {
    this.metricName = metricName;
    this.statistic = counts ? BackupMetricStatistic.SUM : BackupMetricStatistic.MAXIMUM;
    this.label = /(?:Jobs|Points)(\w+)$/.exec(metricName)![1]!;
  }
}

/**
 * Of which vault and resource type a metric is.
 */
export interface BackupMetricScope {
  /**
   * Name of the vault; for copy jobs of the destination.
   *
   * @default - every vault of the Region
   */
  readonly backupVaultName?: string;

  /**
   * Type of the resource, e.g. `EBS`.
   *
   * @default - every type
   */
  readonly resourceType?: string;
}

/**
 * Expressions of CloudWatch over the metrics of AWS Backup.
 */
export class BackupMetricExpressions {
  /**
   * The sum over all that a search finds, vaults that come later among them. For graphs: no alarm may search.
   *
   * @param metric the metric
   * @param scope of which vault and resource type
   * @param periodSeconds the period
   */
  public static search(metric: BackupMetric, scope: BackupMetricScope, periodSeconds: number): string {
    const { backupVaultName, resourceType } = scope;
    const dimensions = [BackupMetric.NAMESPACE, ...dimensionsOf(scope)].join(',');
    const terms = [
      `MetricName="${metric.metricName}"`,
      ...(backupVaultName === undefined ? [] : [`${BackupMetric.VAULT_DIMENSION}="${backupVaultName}"`]),
      ...(resourceType === undefined ? [] : [`${BackupMetric.RESOURCE_TYPE_DIMENSION}="${resourceType}"`]),
    ];
    return `SUM(SEARCH('{${dimensions}} ${terms.join(' ')}', '${metric.statistic}', ${periodSeconds}))`;
  }

  /**
   * A Metrics Insights query over every vault of the Region, for alarms. CloudWatch looks back three hours for it and no more.
   *
   * @param metric the metric
   * @param scope of which vault and resource type
   */
  public static insights(metric: BackupMetric, scope: BackupMetricScope): string {
    const { backupVaultName, resourceType } = scope;
    const schema = [`"${BackupMetric.NAMESPACE}"`, ...dimensionsOf(scope)].join(', ');
    const where = [
      ...(backupVaultName === undefined ? [] : [`${BackupMetric.VAULT_DIMENSION} = '${backupVaultName}'`]),
      ...(resourceType === undefined ? [] : [`${BackupMetric.RESOURCE_TYPE_DIMENSION} = '${resourceType}'`]),
    ].join(' AND ');
    const aggregate = metric.statistic === BackupMetricStatistic.SUM ? 'SUM' : 'MAX';
    return `SELECT ${aggregate}(${metric.metricName}) FROM SCHEMA(${schema})${where === '' ? '' : ` WHERE ${where}`}`;
  }

  /**
   * The sum of metrics, with a zero where one has no value.
   *
   * Without it a period in which AWS Backup had nothing to send has no value at all, and an alarm reaches back to older
   * values instead of seeing that nothing happened.
   *
   * @param ids ids of the metrics
   */
  public static filled(ids: string[]): string {
    return ids.map((id) => `FILL(${id}, 0)`).join(' + ');
  }

  private constructor() {}
}

function dimensionsOf(scope: BackupMetricScope): string[] {
  return scope.resourceType === undefined
    ? [BackupMetric.VAULT_DIMENSION]
    : [BackupMetric.VAULT_DIMENSION, BackupMetric.RESOURCE_TYPE_DIMENSION];
}
