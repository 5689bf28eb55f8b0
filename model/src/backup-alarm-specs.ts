import { BackupMetric } from './backup-metric';
import { BackupSignal } from './backup-signal';

/** CloudWatch takes so many metrics in the expression of an alarm. */
const METRICS_OF_ALARM = 10;
const HOUR = 60;

/**
 * A vault that alarms watch.
 */
export interface BackupAlarmVault {
  /**
   * Name of the vault.
   */
  readonly backupVaultName: string;

  /**
   * ARN of the vault.
   */
  readonly backupVaultArn: string;
}

/**
 * What alarms are wanted.
 */
export interface BackupAlarmWishes {
  /**
   * What somebody should hear of.
   */
  readonly signals: BackupSignal[];

  /**
   * The vaults that are watched.
   *
   * @default - every vault of the Region
   */
  readonly backupVaults?: BackupAlarmVault[];

  /**
   * How long an incident stays open after the last bad event.
   */
  readonly incidentWindowMinutes: number;

  /**
   * After how long without success the signals of silence speak.
   */
  readonly nothingSucceededWithinHours: number;

  /**
   * How many bad jobs within five minutes open an incident.
   */
  readonly failureThreshold: number;
}

/**
 * A metric of a vault in an alarm.
 */
export interface BackupAlarmMetric {
  /**
   * The metric.
   */
  readonly metric: BackupMetric;

  /**
   * Name of the vault.
   */
  readonly backupVaultName: string;
}

/**
 * What an alarm is made of: the same for every framework. Exactly one of `metrics`, `insights` and `eventPattern` is there.
 */
export interface BackupAlarmSpec {
  /**
   * What the alarm is called beside the others.
   */
  readonly specId: string;

  /**
   * What it tells of.
   */
  readonly signal: BackupSignal;

  /**
   * What it tells of, in words.
   */
  readonly description: string;

  /**
   * Metrics of vaults that are added up, with zeros where AWS Backup sends nothing.
   *
   * @default - none
   */
  readonly metrics?: BackupAlarmMetric[];

  /**
   * The metric that is asked for over every vault of the Region.
   *
   * @default - none
   */
  readonly insights?: BackupMetric;

  /**
   * The pattern of events that are counted.
   *
   * @default - none
   */
  readonly eventPattern?: any;

  /**
   * Whether it speaks when nothing happens.
   */
  readonly silence: boolean;

  /**
   * Minutes of a period.
   */
  readonly periodMinutes: number;

  /**
   * How many periods it looks back.
   */
  readonly evaluationPeriods: number;

  /**
   * How many of them have to be bad.
   */
  readonly datapointsToAlarm: number;

  /**
   * The bound.
   */
  readonly threshold: number;

  /**
   * On which side of the bound a period is bad, as CloudWatch names it.
   */
  readonly comparisonOperator: string;

  /**
   * What a period without data counts as, as CloudWatch names it.
   */
  readonly treatMissingData: string;
}

/**
 * The alarms of signals, the same for every framework.
 */
export class BackupAlarmSpecs {
  /**
   * Minutes in which failures count as one incident where the author says nothing.
   */
  public static readonly INCIDENT_WINDOW_MINUTES = 180;

  /**
   * Hours without success after which an alarm speaks where the author says nothing: a day, and half of one more.
   */
  public static readonly NOTHING_SUCCEEDED_WITHIN_HOURS = 36;

  /**
   * The alarms of some signals: one each, or several where CloudWatch cannot put them into one.
   *
   * @param wishes what is wanted
   */
  public static of(wishes: BackupAlarmWishes): BackupAlarmSpec[] {
    return wishes.signals.flatMap((signal) =>
      partsOf(signal, wishes).map((part, index) => ({
        signal,
        specId: index === 0 ? signal.id : `${signal.id}${index + 1}`,
        ...(signal.successes.length > 0 ? silence(wishes) : trouble(wishes)),
        ...part,
      })),
    );
  }

  private constructor() {}
}

/** What the alarms of one signal differ in. */
type Part = Pick<BackupAlarmSpec, 'description' | 'metrics' | 'insights' | 'eventPattern'> & { threshold?: number };

function partsOf(signal: BackupSignal, wishes: BackupAlarmWishes): Part[] {
  if (signal.successes.length > 0) {
    return ofSilence(signal, wishes);
  }
  return signal.failures.length > 0 ? ofFailures(signal, wishes) : [ofEvents(signal, wishes)];
}

function trouble({ incidentWindowMinutes, failureThreshold: threshold }: BackupAlarmWishes) {
  return {
    silence: false,
    periodMinutes: BackupMetric.INTERVAL_MINUTES,
    evaluationPeriods: incidentWindowMinutes / BackupMetric.INTERVAL_MINUTES,
    datapointsToAlarm: 1,
    threshold,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
  };
}

function silence({ nothingSucceededWithinHours: hours }: BackupAlarmWishes) {
  return {
    silence: true,
    periodMinutes: HOUR,
    evaluationPeriods: hours,
    datapointsToAlarm: hours,
    threshold: 1,
    comparisonOperator: 'LessThanThreshold',
    // A metric that was never sent has no value at all, and FILL fills nothing in: for silence that is the worst case.
    treatMissingData: 'breaching',
  };
}

function ofFailures({ failures, description }: BackupSignal, { backupVaults }: BackupAlarmWishes): Part[] {
  if (backupVaults === undefined) {
    // A query has one metric, and math over queries is nowhere promised to alarms.
    return failures.map((insights) => ({ description, insights }));
  }
  const metrics = backupVaults.flatMap(({ backupVaultName }) =>
    failures.map((metric) => ({ metric, backupVaultName })),
  );
  return chunks(metrics).map((some) => ({ description, metrics: some }));
}

function ofSilence(signal: BackupSignal, wishes: BackupAlarmWishes): Part[] {
  const description = `${signal.description} for ${wishes.nothingSucceededWithinHours} hours`;
  const { backupVaults } = wishes;
  if (backupVaults === undefined) {
    // No query looks back that far, so that the events are counted.
    return [{ description, eventPattern: signal.eventPattern() }];
  }
  // Each vault by itself: a sum would hide the one in which nothing happens.
  return backupVaults.map(({ backupVaultName }) => ({
    description: `${description} in the vault ${backupVaultName}`,
    metrics: signal.successes.map((metric) => ({ metric, backupVaultName })),
  }));
}

function ofEvents(signal: BackupSignal, { backupVaults }: BackupAlarmWishes): Part {
  const eventPattern: unknown = signal.eventPattern(
    backupVaults && {
      backupVaultArns: backupVaults.map(({ backupVaultArn }) => backupVaultArn),
      backupVaultNames: backupVaults.map(({ backupVaultName }) => backupVaultName),
    },
  );
  return { description: signal.description, eventPattern, threshold: 1 };
}

function chunks<T>(all: T[]): T[][] {
  const count = Math.ceil(all.length / METRICS_OF_ALARM);
  return Array.from({ length: count }, (_, index) =>
    all.slice(index * METRICS_OF_ALARM, (index + 1) * METRICS_OF_ALARM),
  );
}
