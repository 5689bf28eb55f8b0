import { CloudwatchMetricAlarmMetricQuery } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { BackupMetric, BackupMetricExpressions } from '@holdfast/model';
import { alarmQueries, secondsOf } from './private/metric-queries';
import { IVault } from './vault';

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
   * The period over which values are put together, in minutes.
   *
   * @default 5, as often as AWS Backup sends them
   */
  readonly periodMinutes?: number;

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
const PERIOD = BackupMetric.INTERVAL_MINUTES;

/**
 * A value that CloudWatch computes: a metric, or an expression over metrics; for an `aws_cloudwatch_metric_alarm`.
 */
export interface BackupMetricValue {
  /**
   * What is computed; undefined for a metric.
   *
   * @default - a metric
   */
  readonly expression?: string;

  /**
   * The metrics of the expression, by the id that it gives them.
   *
   * @default - none
   */
  readonly usingMetrics?: { [id: string]: BackupMetricValue };

  /**
   * Name of the metric; undefined for an expression.
   *
   * @default - an expression
   */
  readonly metricName?: string;

  /**
   * Dimensions of the metric.
   *
   * @default - none
   */
  readonly dimensions?: { [name: string]: string };

  /**
   * How values of the metric are put together.
   *
   * @default - as the expression says
   */
  readonly statistic?: string;

  /**
   * The period over which values are put together, in seconds.
   */
  readonly periodSeconds: number;

  /**
   * What a graph calls it.
   */
  readonly label: string;

  /**
   * Color of a graph.
   *
   * @default - CloudWatch chooses
   */
  readonly color?: string;
}

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
  public static ofVault(vault: IVault): BackupMetrics {
    return new BackupMetrics(vault.backupVaultName);
  }

  /**
   * A metric over every vault of the Region, those that come later too, for graphs. No alarm may use it.
   *
   * @param metric the metric
   * @param options type of resource, period and looks
   */
  public static search(metric: BackupMetric, options: BackupMetricOptions = {}): BackupMetricValue {
    const { resourceType, color, label = metric.label, periodMinutes = PERIOD } = options;
    const scope = resourceType === undefined ? {} : { resourceType };
    return {
      expression: BackupMetricExpressions.search(metric, scope, secondsOf(periodMinutes)),
      label,
      color,
      periodSeconds: secondsOf(periodMinutes),
    };
  }

  /**
   * A metric over every vault of the Region, those that come later too, for alarms. CloudWatch looks back three hours at most.
   *
   * @param metric the metric
   * @param options type of resource, period and looks; the statistic is the one of the metric
   */
  public static insights(metric: BackupMetric, options: BackupMetricOptions = {}): BackupMetricValue {
    const { resourceType, color, label = metric.label, periodMinutes = PERIOD } = options;
    const scope = resourceType === undefined ? {} : { resourceType };
    return {
      expression: BackupMetricExpressions.insights(metric, scope),
      label,
      color,
      periodSeconds: secondsOf(periodMinutes),
    };
  }

  /**
   * A metric added up over some vaults, with zeros where AWS Backup sends nothing; for graphs and alarms. An alarm may have ten.
   *
   * @param vaults the vaults
   * @param metric the metric
   * @param options type of resource, period and looks
   */
  public static sum(vaults: IVault[], metric: BackupMetric, options: BackupMetricOptions = {}): BackupMetricValue {
    const { label = metric.label, color, periodMinutes = PERIOD } = options;
    const metrics = vaults.map((vault) => BackupMetrics.ofVault(vault).metric(metric, options));
    const usingMetrics = Object.fromEntries(metrics.map((one, index) => [`m${index}`, one]));
    return {
      expression: BackupMetricExpressions.filled(Object.keys(usingMetrics)),
      usingMetrics,
      label,
      color,
      periodSeconds: secondsOf(periodMinutes),
    };
  }

  /**
   * A value as the `metric_query` blocks of an `aws_cloudwatch_metric_alarm`.
   *
   * @param value the value, of `insights`, `sum` or a vault; no alarm takes one of `search`
   */
  public static alarmQueries(value: BackupMetricValue): CloudwatchMetricAlarmMetricQuery[] {
    return alarmQueries(value);
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
  public metric(metric: BackupMetric, options: BackupMetricOptions = {}): BackupMetricValue {
    const { resourceType, periodMinutes = PERIOD, statistic = metric.statistic, label = metric.label, color } = options;
    return {
      metricName: metric.metricName,
      dimensions: {
        [BackupMetric.VAULT_DIMENSION]: this.backupVaultName,
        ...(resourceType === undefined ? {} : { [BackupMetric.RESOURCE_TYPE_DIMENSION]: resourceType }),
      },
      periodSeconds: secondsOf(periodMinutes),
      statistic,
      label,
      color,
    };
  }

  /**
   * Backup jobs that were created.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsCreated(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.BACKUP_JOBS_CREATED, options);
  }

  /**
   * Backup jobs that wait to run.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsPending(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.BACKUP_JOBS_PENDING, options);
  }

  /**
   * Backup jobs that run.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsRunning(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.BACKUP_JOBS_RUNNING, options);
  }

  /**
   * Backup jobs that somebody stopped.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsAborted(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.BACKUP_JOBS_ABORTED, options);
  }

  /**
   * Backup jobs that completed, those with issues among them.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsCompleted(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.BACKUP_JOBS_COMPLETED, options);
  }

  /**
   * Backup jobs that failed.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsFailed(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.BACKUP_JOBS_FAILED, options);
  }

  /**
   * Backup jobs that did not start, or not end, in time.
   *
   * @param options type of resource, period and looks
   */
  public metricBackupJobsExpired(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.BACKUP_JOBS_EXPIRED, options);
  }

  /**
   * Copy jobs into the vault that were created.
   *
   * @param options type of resource, period and looks
   */
  public metricCopyJobsCreated(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.COPY_JOBS_CREATED, options);
  }

  /**
   * Copy jobs into the vault that run.
   *
   * @param options type of resource, period and looks
   */
  public metricCopyJobsRunning(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.COPY_JOBS_RUNNING, options);
  }

  /**
   * Copy jobs into the vault that completed.
   *
   * @param options type of resource, period and looks
   */
  public metricCopyJobsCompleted(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.COPY_JOBS_COMPLETED, options);
  }

  /**
   * Copy jobs into the vault that failed.
   *
   * @param options type of resource, period and looks
   */
  public metricCopyJobsFailed(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.COPY_JOBS_FAILED, options);
  }

  /**
   * Restore jobs that wait to run.
   *
   * @param options type of resource, period and looks
   */
  public metricRestoreJobsPending(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.RESTORE_JOBS_PENDING, options);
  }

  /**
   * Restore jobs that run.
   *
   * @param options type of resource, period and looks
   */
  public metricRestoreJobsRunning(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.RESTORE_JOBS_RUNNING, options);
  }

  /**
   * Restore jobs that completed.
   *
   * @param options type of resource, period and looks
   */
  public metricRestoreJobsCompleted(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.RESTORE_JOBS_COMPLETED, options);
  }

  /**
   * Restore jobs that failed.
   *
   * @param options type of resource, period and looks
   */
  public metricRestoreJobsFailed(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.RESTORE_JOBS_FAILED, options);
  }

  /**
   * Recovery points that were completed.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsCompleted(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.RECOVERY_POINTS_COMPLETED, options);
  }

  /**
   * Recovery points that are not whole.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsPartial(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.RECOVERY_POINTS_PARTIAL, options);
  }

  /**
   * Recovery points whose life is over and that AWS Backup could not delete.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsExpired(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.RECOVERY_POINTS_EXPIRED, options);
  }

  /**
   * Recovery points that are being deleted.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsDeleting(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.RECOVERY_POINTS_DELETING, options);
  }

  /**
   * Recovery points in cold storage.
   *
   * @param options type of resource, period and looks
   */
  public metricRecoveryPointsCold(options?: BackupMetricOptions): BackupMetricValue {
    return this.metric(BackupMetric.RECOVERY_POINTS_COLD, options);
  }
}
