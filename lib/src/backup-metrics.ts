import { BackupMetric, BackupMetricExpressions } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';

/**
 * Options of the metrics of AWS Backup.
 */
export interface BackupMetricOptions {
  /**
   * Type of the resource, e.g. `EBS`.
   *
   * @default - every type
   */
  readonly resourceType?: string;

  /**
   * The period over which values are put together.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration;

  /**
   * How values are put together.
   *
   * @default - the sum of what came into a state, the maximum of what is in it
   */
  readonly statistic?: string;

  /**
   * What a graph calls it.
   *
   * @default - the state, e.g. `Failed`
   */
  readonly label?: string;

  /**
   * Color of a graph, e.g. `#d62728`.
   *
   * @default - CloudWatch chooses
   */
  readonly color?: string;
}

/** As often as AWS Backup sends them. */
const PERIOD = Duration.minutes(BackupMetric.INTERVAL_MINUTES);

/**
 * Metrics that AWS Backup sends to CloudWatch every five minutes, and only when they are not zero.
 *
 * AWS Backup has no metric of a whole Region: ask `search` for graphs and `insights` for alarms, or add up named vaults with `sum`.
 */
export class BackupMetrics {
  /**
   * Metrics of a vault; those of copy jobs are of the vault that is copied into.
   *
   * @param vault the vault
   */
  public static ofVault(vault: backup.IBackupVault): BackupMetrics {
    return new BackupMetrics(vault.backupVaultName);
  }

  /**
   * A metric over every vault of the Region, those that come later too, for graphs. No alarm may use it.
   *
   * @param metric the metric
   * @param options type of resource, period and looks
   */
  public static search(metric: BackupMetric, options: BackupMetricOptions = {}): cloudwatch.MathExpression {
    const { resourceType, color, label = metric.label, period = PERIOD } = options;
    const scope = resourceType === undefined ? {} : { resourceType };
    return new cloudwatch.MathExpression({
      expression: BackupMetricExpressions.search(metric, scope, period.toSeconds()),
      label,
      color,
      period,
    });
  }

  /**
   * A metric over every vault of the Region, those that come later too, for alarms. CloudWatch looks back three hours at most.
   *
   * @param metric the metric
   * @param options type of resource, period and looks; the statistic is the one of the metric
   */
  public static insights(metric: BackupMetric, options: BackupMetricOptions = {}): cloudwatch.MathExpression {
    const { resourceType, color, label = metric.label, period = PERIOD } = options;
    const scope = resourceType === undefined ? {} : { resourceType };
    return new cloudwatch.MathExpression({
      expression: BackupMetricExpressions.insights(metric, scope),
      label,
      color,
      period,
    });
  }

  /**
   * A metric added up over some vaults, with zeros where AWS Backup sends nothing; for graphs and alarms. An alarm may have ten.
   *
   * @param vaults the vaults
   * @param metric the metric
   * @param options type of resource, period and looks
   */
  public static sum(
    vaults: backup.IBackupVault[],
    metric: BackupMetric,
    options: BackupMetricOptions = {},
  ): cloudwatch.MathExpression {
    const { label = metric.label, color, period = PERIOD } = options;
    const metrics = vaults.map((vault) => BackupMetrics.ofVault(vault).metric(metric, options));
    const usingMetrics = Object.fromEntries(metrics.map((one, index) => [`m${index}`, one]));
    return new cloudwatch.MathExpression({
      expression: BackupMetricExpressions.filled(Object.keys(usingMetrics)),
      usingMetrics,
      label,
      color,
      period,
    });
  }

  private readonly backupVaultName: string;

  private constructor(backupVaultName: string) {
    this.backupVaultName = backupVaultName;
  }

  /**
   * Any metric of the vault.
   *
   * @param metric the metric
   * @param options type of resource, period and looks
   */
  public metric(metric: BackupMetric, options: BackupMetricOptions = {}): cloudwatch.Metric {
    const { resourceType, period = PERIOD, statistic = metric.statistic, label = metric.label, color } = options;
    return new cloudwatch.Metric({
      namespace: BackupMetric.NAMESPACE,
      metricName: metric.metricName,
      dimensionsMap: {
        [BackupMetric.VAULT_DIMENSION]: this.backupVaultName,
        ...(resourceType === undefined ? {} : { [BackupMetric.RESOURCE_TYPE_DIMENSION]: resourceType }),
      },
      period,
      statistic,
      label,
      color,
    });
  }

  /**
   * Backup jobs that were created.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsCreated(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.BACKUP_JOBS_CREATED, options);
  }

  /**
   * Backup jobs that wait to run.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsPending(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.BACKUP_JOBS_PENDING, options);
  }

  /**
   * Backup jobs that run.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsRunning(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.BACKUP_JOBS_RUNNING, options);
  }

  /**
   * Backup jobs that somebody stopped.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsAborted(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.BACKUP_JOBS_ABORTED, options);
  }

  /**
   * Backup jobs that completed, those with issues among them.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsCompleted(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.BACKUP_JOBS_COMPLETED, options);
  }

  /**
   * Backup jobs that failed.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsFailed(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.BACKUP_JOBS_FAILED, options);
  }

  /**
   * Backup jobs that did not start, or not end, in time.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsExpired(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.BACKUP_JOBS_EXPIRED, options);
  }

  /**
   * Copy jobs into the vault that were created.
   *
   * @param options type of resource, period and looks
   */
  public metricCopyJobsCreated(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.COPY_JOBS_CREATED, options);
  }

  /**
   * Copy jobs into the vault that run.
   *
   * @param options type of resource, period and looks
   */
  public metricCopyJobsRunning(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.COPY_JOBS_RUNNING, options);
  }

  /**
   * Copy jobs into the vault that completed.
   *
   * @param options type of resource, period and looks
   */
  public metricCopyJobsCompleted(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.COPY_JOBS_COMPLETED, options);
  }

  /**
   * Copy jobs into the vault that failed.
   *
   * @param options type of resource, period and looks
   */
  public metricCopyJobsFailed(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.COPY_JOBS_FAILED, options);
  }

  /**
   * Restore jobs that wait to run.
   *
   * @param options type of resource, period and looks
   */
  public metricRestoreJobsPending(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.RESTORE_JOBS_PENDING, options);
  }

  /**
   * Restore jobs that run.
   *
   * @param options type of resource, period and looks
   */
  public metricRestoreJobsRunning(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.RESTORE_JOBS_RUNNING, options);
  }

  /**
   * Restore jobs that completed.
   *
   * @param options type of resource, period and looks
   */
  public metricRestoreJobsCompleted(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.RESTORE_JOBS_COMPLETED, options);
  }

  /**
   * Restore jobs that failed.
   *
   * @param options type of resource, period and looks
   */
  public metricRestoreJobsFailed(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.RESTORE_JOBS_FAILED, options);
  }

  /**
   * Recovery points that were completed.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsCompleted(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.RECOVERY_POINTS_COMPLETED, options);
  }

  /**
   * Recovery points that are not whole.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsPartial(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.RECOVERY_POINTS_PARTIAL, options);
  }

  /**
   * Recovery points whose life is over and that AWS Backup could not delete.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsExpired(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.RECOVERY_POINTS_EXPIRED, options);
  }

  /**
   * Recovery points that are being deleted.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsDeleting(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.RECOVERY_POINTS_DELETING, options);
  }

  /**
   * Recovery points in cold storage.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsCold(options?: BackupMetricOptions): cloudwatch.Metric {
    return this.metric(BackupMetric.RECOVERY_POINTS_COLD, options);
  }
}
