import { Environment } from './environment';

/**
 * A metric of CloudWatch, or an expression over the others of an alarm.
 */
export interface AlarmMetric {
  /**
   * Name among the metrics of the alarm.
   */
  readonly metricId: string;

  /**
   * Metric math, or a query that begins with SELECT.
   *
   * @default - a metric
   */
  readonly expression?: string;

  /**
   * Namespace of the metric, e.g. `AWS/Backup`.
   *
   * @default - an expression
   */
  readonly metricNamespace?: string;

  /**
   * Name of the metric.
   *
   * @default - an expression
   */
  readonly metricName?: string;

  /**
   * Dimensions of the metric.
   *
   * @default - none
   */
  readonly dimensions?: Record<string, string>;

  /**
   * What is made of the values of a period, e.g. `Sum`.
   *
   * @default - an expression
   */
  readonly statistic?: string;

  /**
   * Seconds of a period.
   *
   * @default - that of the metrics which the expression names
   */
  readonly periodSeconds?: number;

  /**
   * Whether the alarm is about this one.
   *
   * @default true
   */
  readonly returned?: boolean;
}

/**
 * Whom an alarm of CloudWatch tells.
 */
export interface AlarmListeners {
  /**
   * Whether it tells anybody.
   *
   * @default true
   */
  readonly actionsEnabled?: boolean;

  /**
   * ARNs of who hears that it is in ALARM.
   *
   * @default - nobody
   */
  readonly alarmActions?: string[];

  /**
   * ARNs of who hears that all is well.
   *
   * @default - nobody
   */
  readonly okActions?: string[];

  /**
   * ARNs of who hears that there is no data.
   *
   * @default - nobody
   */
  readonly insufficientDataActions?: string[];
}

/**
 * An alarm of CloudWatch over metrics.
 */
export interface MetricAlarm extends AlarmListeners {
  /**
   * Name of the alarm.
   */
  readonly alarmName: string;

  /**
   * Where it is.
   */
  readonly env: Environment;

  /**
   * What it is about.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The metrics, one of which it is about.
   */
  readonly metrics: AlarmMetric[];

  /**
   * How values are held against the threshold, e.g. `GreaterThanOrEqualToThreshold`.
   */
  readonly comparison: string;

  /**
   * The value from which on, or up to which, a period is bad.
   */
  readonly threshold: number;

  /**
   * How many periods it looks back.
   */
  readonly evaluationPeriods: number;

  /**
   * How many of these periods have to be bad.
   *
   * @default - all of them
   */
  readonly datapointsToAlarm?: number;

  /**
   * What a period without data is taken for.
   *
   * @default missing
   */
  readonly treatMissingData?: string;

  /**
   * Where it is declared.
   *
   * @default - not known
   */
  readonly declaredAt?: string;
}

/**
 * An alarm of CloudWatch over other alarms.
 */
export interface CompositeAlarm extends AlarmListeners {
  /**
   * Name of the alarm.
   */
  readonly alarmName: string;

  /**
   * Where it is.
   */
  readonly env: Environment;

  /**
   * What it is about.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What makes it go off, e.g. `ALARM("a") OR ALARM("b")`.
   */
  readonly alarmRule: string;

  /**
   * Where it is declared.
   *
   * @default - not known
   */
  readonly declaredAt?: string;
}
