import {
  BackupAlarmRules,
  BackupAlarmSpec,
  BackupAlarmSpecs,
  BackupEvent,
  BackupEventRules,
  BackupMetric,
  BackupSignal,
  BackupSignalGroup,
  Finding,
  Waiver,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { makeAlarm } from './private/alarm-specs';
import { eventLog } from './private/event-log';
import { refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { allowAlarms } from './private/topic-access';

/**
 * Properties of `BackupAlarms`.
 */
export interface BackupAlarmsProps {
  /**
   * The vaults that are watched, in this account and Region.
   *
   * @default - every vault of the Region, those that come later too; then `incidentWindow` is at most 3 hours
   */
  readonly backupVaults?: backup.IBackupVault[];

  /**
   * What somebody should hear of.
   *
   * @default - BackupSignal.defaults(): failures, silence, expired and partial points, issues, changes of locks and access
   * policies, removals and attempts at them, malware
   */
  readonly signals?: BackupSignal[];

  /**
   * How long an incident stays open after the last bad event, in steps of five minutes, at most a day. In this time no second
   * message comes.
   *
   * @default Duration.hours(3)
   */
  readonly incidentWindow?: Duration;

  /**
   * How many bad jobs within five minutes open an incident.
   *
   * @default 1
   */
  readonly failureThreshold?: number;

  /**
   * After how long without success `NOTHING_SUCCEEDED`, `NO_BACKUP_JOB_SUCCEEDED` and `NO_COPY_JOB_SUCCEEDED` speak, in hours, at
   * most 7 days. With `backupVaults` each vault is asked by itself; one in which nothing ever succeeded speaks at once.
   *
   * @default Duration.hours(36), for plans that run every day
   */
  readonly nothingSucceededWithin?: Duration;

  /**
   * Topic that hears when an incident opens and when it is over. CloudWatch is allowed to publish there, unless the topic is imported.
   *
   * @default - none
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * Makes an OpsItem in OpsCenter of Systems Manager, of this severity.
   *
   * @default - none
   */
  readonly opsItemSeverity?: actions.OpsItemSeverity;

  /**
   * Name of the response plan that Incident Manager of Systems Manager starts.
   *
   * @default - none
   */
  readonly incidentResponsePlanName?: string;

  /**
   * Further actions when an incident opens.
   *
   * @default - none
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * Further actions when an incident is over.
   *
   * @default - none
   */
  readonly okActions?: cloudwatch.IAlarmAction[];

  /**
   * While this alarm is in ALARM, e.g. during maintenance, incidents of operation make no message. Those of protection always do.
   *
   * @default - none
   */
  readonly suppressor?: cloudwatch.IAlarmRef;

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

const INCIDENT_WINDOW = Duration.minutes(BackupAlarmSpecs.INCIDENT_WINDOW_MINUTES);
const NOTHING_SUCCEEDED_WITHIN = Duration.hours(BackupAlarmSpecs.NOTHING_SUCCEEDED_WITHIN_HOURS);

/** Paths of the rules, and the properties that they are about. */
const PROPERTIES: readonly (readonly [path: RegExp, property: string])[] = [
  [/^incidentWindow\.threshold$/, 'failureThreshold'],
  [/^incidentWindow\..*/, 'incidentWindow'],
  [/^nothingSucceededWithin\..*/, 'nothingSucceededWithin'],
  [/^backupVaultArns$/, 'backupVaults'],
];

const NO_ACTION = 'It acts through the composite alarm of its incident, so that an incident makes one message.';

/**
 * Alarms that tell of an incident once.
 *
 * An alarm for each signal; two composite alarms, one for what does not work and one for who takes protection away, which alone
 * take actions. Two hundred jobs that fail in an hour are one message, and one more when it is over.
 *
 * What CloudWatch cannot see comes from events; these are kept in a log group, which tells what happened.
 */
@propertyInjectable
export class BackupAlarms extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupAlarms';

  /**
   * The alarms of the signals, which take no actions.
   */
  public readonly alarms: cloudwatch.Alarm[];

  /**
   * Goes off when backups, copies or restores do not work; undefined when no signal asks for it.
   */
  public readonly operationIncident?: cloudwatch.CompositeAlarm;

  /**
   * Goes off when somebody takes protection away; undefined when no signal asks for it.
   */
  public readonly protectionIncident?: cloudwatch.CompositeAlarm;

  /**
   * Where the events of the signals are kept for a year; undefined when no signal comes from events.
   */
  public readonly eventLog?: logs.ILogGroup;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when CloudWatch would refuse an alarm, or one would see nothing
   */
  constructor(scope: Construct, id: string, props: BackupAlarmsProps = {}) {
    super(scope, id);
    refuse(this, check(props), props.waivers);
    const specs = BackupAlarmSpecs.of({
      signals: props.signals ?? BackupSignal.defaults(),
      backupVaults: props.backupVaults,
      incidentWindowMinutes: (props.incidentWindow ?? INCIDENT_WINDOW).toMinutes(),
      nothingSucceededWithinHours: (props.nothingSucceededWithin ?? NOTHING_SUCCEEDED_WITHIN).toHours(),
      failureThreshold: props.failureThreshold ?? 1,
    });
    refuse(this, this.checkActions(specs, props), props.waivers);

    const needsEvents = specs.some(({ eventPattern }) => eventPattern !== undefined);
    this.eventLog = needsEvents ? eventLog(this, 'Events', RemovalPolicy.RETAIN) : undefined;
    const made = specs.map((spec) => ({
      spec,
      alarm: makeAlarm(this, spec, props.backupVaults, this.eventLog, NO_ACTION),
    }));
    this.alarms = made.map(({ alarm }) => alarm);
    const ofGroup = (group: BackupSignalGroup) =>
      made.filter(({ spec }) => spec.signal.group === group).map(({ alarm }) => alarm);
    this.operationIncident = this.incident('Operation', ofGroup(BackupSignalGroup.OPERATION), props);
    this.protectionIncident = this.incident('Protection', ofGroup(BackupSignalGroup.PROTECTION), props);
    if (props.notificationTopic !== undefined) {
      allowAlarms(this, props.notificationTopic);
    }
  }

  private checkActions(specs: BackupAlarmSpec[], props: BackupAlarmsProps): Finding[] {
    return BackupAlarmRules.checkGroup(
      {
        alarms: specs.length,
        alarmActions: alarmActions(props, BackupSignalGroup.OPERATION).length,
        okActions: okActions(props).length,
      },
      '',
    );
  }

  private incident(
    id: 'Operation' | 'Protection',
    alarms: cloudwatch.Alarm[],
    props: BackupAlarmsProps,
  ): cloudwatch.CompositeAlarm | undefined {
    if (alarms.length === 0) {
      return undefined;
    }
    const operation = id === 'Operation';
    const incident = new cloudwatch.CompositeAlarm(this, id, {
      alarmDescription: operation
        ? 'Backups, copies or restores do not work'
        : 'Somebody takes the protection of backups away, or malware was backed up',
      alarmRule: cloudwatch.AlarmRule.anyOf(...alarms),
      actionsSuppressor: operation ? props.suppressor : undefined,
    });
    const group = operation ? BackupSignalGroup.OPERATION : BackupSignalGroup.PROTECTION;
    incident.addAlarmAction(...alarmActions(props, group));
    incident.addOkAction(...okActions(props));
    return incident;
  }
}

function check(props: BackupAlarmsProps): Finding[] {
  const window = (props.incidentWindow ?? INCIDENT_WINDOW).toMinutes({ integral: false });
  const silence = (props.nothingSucceededWithin ?? NOTHING_SUCCEEDED_WITHIN).toHours({ integral: false });
  const unknown = [
    ...BackupAlarmRules.checkTime(window, 'incidentWindow', SYNTH),
    ...BackupAlarmRules.checkTime(silence, 'nothingSucceededWithin', SYNTH),
  ];
  if (unknown.length > 0) {
    return unknown;
  }
  const backupVaultArns = props.backupVaults?.map((vault) => vault.backupVaultArn);
  const insights = backupVaultArns === undefined;
  const found = [
    ...(insights ? [] : BackupEventRules.check(BackupEvent.BACKUP_JOB, { backupVaultArns }, '', SYNTH)),
    ...BackupAlarmRules.check(
      {
        periodMinutes: BackupMetric.INTERVAL_MINUTES,
        evaluationPeriods: window / BackupMetric.INTERVAL_MINUTES,
        threshold: props.failureThreshold,
        insights,
      },
      'incidentWindow',
      SYNTH,
    ),
    ...BackupAlarmRules.check({ periodMinutes: 60, evaluationPeriods: silence }, 'nothingSucceededWithin', SYNTH),
  ];
  return found.map((finding) => ({ ...finding, path: propertyOf(finding.path) }));
}

function propertyOf(path: string): string {
  return PROPERTIES.find(([rule]) => rule.test(path))?.[1] ?? path;
}

function alarmActions(props: BackupAlarmsProps, group: BackupSignalGroup): cloudwatch.IAlarmAction[] {
  const { notificationTopic, opsItemSeverity, incidentResponsePlanName } = props;
  const category =
    group === BackupSignalGroup.OPERATION ? actions.OpsItemCategory.RECOVERY : actions.OpsItemCategory.SECURITY;
  return [
    ...(notificationTopic === undefined ? [] : [new actions.SnsAction(notificationTopic)]),
    ...(opsItemSeverity === undefined ? [] : [new actions.SsmAction(opsItemSeverity, category)]),
    ...(incidentResponsePlanName === undefined ? [] : [new actions.SsmIncidentAction(incidentResponsePlanName)]),
    ...(props.alarmActions ?? []),
  ];
}

function okActions(props: BackupAlarmsProps): cloudwatch.IAlarmAction[] {
  const { notificationTopic } = props;
  return [
    ...(notificationTopic === undefined ? [] : [new actions.SnsAction(notificationTopic)]),
    ...(props.okActions ?? []),
  ];
}
