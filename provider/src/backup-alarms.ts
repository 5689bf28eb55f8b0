import { CloudwatchCompositeAlarm } from '@cdktf/provider-aws/lib/cloudwatch-composite-alarm';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
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
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { eventLog, makeAlarm } from './private/alarm-specs';
import { accountOf, partitionOf, regionOf } from './private/place';
import { refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { IVault } from './vault';

/**
 * Properties of `BackupAlarms`.
 */
export interface BackupAlarmsProps {
  /**
   * The vaults that are watched, in this account and Region.
   *
   * @default - every vault of the Region, those that come later too; then `incidentWindowMinutes` is at most 3 hours
   */
  readonly backupVaults?: IVault[];

  /**
   * What somebody should hear of.
   *
   * @default - BackupSignal.defaults(): failures, silence, expired and partial points, issues, changes of locks and access
   * policies, removals and attempts at them, malware
   */
  readonly signals?: BackupSignal[];

  /**
   * How long an incident stays open after the last bad event, in minutes, in steps of five, at most a day. In this time no second
   * message comes.
   *
   * @default 180
   */
  readonly incidentWindowMinutes?: number;

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
   * @default 36, for plans that run every day
   */
  readonly nothingSucceededWithinHours?: number;

  /**
   * ARN of a topic that hears when an incident opens and when it is over. Its policy must let `cloudwatch.amazonaws.com` publish, as that
   * of an `AlertTopic` does: a topic has one policy, which is its owner's.
   *
   * @default - none
   */
  readonly notificationTopicArn?: string;

  /**
   * Makes an OpsItem in OpsCenter of Systems Manager, of this severity: 1 (critical) to 4 (low).
   *
   * @default - none
   */
  readonly opsItemSeverity?: number;

  /**
   * Name of the response plan that Incident Manager of Systems Manager starts.
   *
   * @default - none
   */
  readonly incidentResponsePlanName?: string;

  /**
   * ARNs of further actions when an incident opens.
   *
   * @default - none
   */
  readonly alarmActionArns?: string[];

  /**
   * ARNs of further actions when an incident is over.
   *
   * @default - none
   */
  readonly okActionArns?: string[];

  /**
   * Name or ARN of an alarm: while it is in ALARM, e.g. during maintenance, incidents of operation make no message. Those of protection always do.
   *
   * @default - none
   */
  readonly suppressorAlarm?: string;

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * What the names of the alarms begin with. Names are of an account and Region: two of the same name overwrite each other.
   *
   * @default - the path of the construct, with `-` for `/`
   */
  readonly alarmNamePrefix?: string;

  /**
   * Tags of the alarms, of their rules and of the log group.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * The provider that makes the resources, that of the account and Region that are watched.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/** As the AWS CDK sets both periods of a suppressor. */
const SUPPRESSOR_SECONDS = 60;

/** Paths of the rules, and the properties that they are about. */
const PROPERTIES: readonly (readonly [path: RegExp, property: string])[] = [
  [/^incidentWindow\.threshold$/, 'failureThreshold'],
  [/^incidentWindow(\..*)?$/, 'incidentWindowMinutes'],
  [/^nothingSucceededWithin(\..*)?$/, 'nothingSucceededWithinHours'],
  [/^backupVaultArns$/, 'backupVaults'],
  [/^alarmActions$/, 'alarmActionArns'],
  [/^okActions$/, 'okActionArns'],
];

/**
 * Alarms that tell of an incident once.
 *
 * An alarm for each signal; two composite alarms, one for what does not work and one for who takes protection away, which alone
 * take actions. Two hundred jobs that fail in an hour are one message, and one more when it is over.
 *
 * What CloudWatch cannot see comes from events; these are kept in a log group, which tells what happened.
 */
export class BackupAlarms extends Construct {
  /**
   * The alarms of the signals, which take no actions.
   */
  public readonly alarms: CloudwatchMetricAlarm[];

  /**
   * Goes off when backups, copies or restores do not work; undefined when no signal asks for it.
   */
  public readonly operationIncident?: CloudwatchCompositeAlarm;

  /**
   * Goes off when somebody takes protection away; undefined when no signal asks for it.
   */
  public readonly protectionIncident?: CloudwatchCompositeAlarm;

  /**
   * Where the events of the signals are kept for a year, and stay when the construct goes; undefined when no signal comes from events.
   */
  public readonly eventLog?: CloudwatchLogGroup;

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
      incidentWindowMinutes: props.incidentWindowMinutes ?? BackupAlarmSpecs.INCIDENT_WINDOW_MINUTES,
      nothingSucceededWithinHours: props.nothingSucceededWithinHours ?? BackupAlarmSpecs.NOTHING_SUCCEEDED_WITHIN_HOURS,
      failureThreshold: props.failureThreshold ?? 1,
    });
    refuse(this, this.checkActions(specs, props), props.waivers);

    const prefix = props.alarmNamePrefix ?? this.node.path.replace(/\//g, '-');
    const { tags, provider } = props;
    const needsEvents = specs.some(({ eventPattern }) => eventPattern !== undefined);
    this.eventLog = needsEvents ? eventLog(this, 'Events', `${prefix}-Events`, { tags, provider }) : undefined;
    const made = specs.map((spec) => ({
      spec,
      alarm: makeAlarm(this, spec, this.eventLog, { name: `${prefix}-${spec.specId}`, tags, provider }),
    }));
    this.alarms = made.map(({ alarm }) => alarm);
    const ofGroup = (group: BackupSignalGroup) =>
      made.filter(({ spec }) => spec.signal.group === group).map(({ alarm }) => alarm);
    this.operationIncident = this.incident('Operation', prefix, ofGroup(BackupSignalGroup.OPERATION), props);
    this.protectionIncident = this.incident('Protection', prefix, ofGroup(BackupSignalGroup.PROTECTION), props);
  }

  private checkActions(specs: BackupAlarmSpec[], props: BackupAlarmsProps): Finding[] {
    const { notificationTopicArn, opsItemSeverity, incidentResponsePlanName } = props;
    const given = [notificationTopicArn, opsItemSeverity, incidentResponsePlanName].filter((one) => one !== undefined);
    return BackupAlarmRules.checkGroup(
      {
        alarms: specs.length,
        alarmActions: given.length + (props.alarmActionArns ?? []).length,
        okActions: okActions(props).length,
      },
      '',
    ).map((finding) => ({ ...finding, path: propertyOf(finding.path) }));
  }

  private incident(
    id: 'Operation' | 'Protection',
    prefix: string,
    alarms: CloudwatchMetricAlarm[],
    props: BackupAlarmsProps,
  ): CloudwatchCompositeAlarm | undefined {
    if (alarms.length === 0) {
      return undefined;
    }
    const operation = id === 'Operation';
    const { suppressorAlarm, tags, provider } = props;
    return new CloudwatchCompositeAlarm(this, id, {
      alarmName: `${prefix}-${id}`,
      alarmDescription: operation
        ? 'Backups, copies or restores do not work'
        : 'Somebody takes the protection of backups away, or malware was backed up',
      alarmRule: `(${alarms.map(({ arn }) => `ALARM("${arn}")`).join(' OR ')})`,
      actionsSuppressor:
        operation && suppressorAlarm !== undefined
          ? { alarm: suppressorAlarm, extensionPeriod: SUPPRESSOR_SECONDS, waitPeriod: SUPPRESSOR_SECONDS }
          : undefined,
      alarmActions: this.alarmActions(props, operation ? 'Recovery' : 'Security'),
      okActions: okActions(props),
      tags,
      provider,
    });
  }

  private alarmActions(props: BackupAlarmsProps, category: string): string[] {
    const { notificationTopicArn, opsItemSeverity, incidentResponsePlanName, provider } = props;
    const place = () => ({ partition: partitionOf(this, provider), account: accountOf(this, provider) });
    const opsItem = () => {
      const { partition, account } = place();
      const region = regionOf(this, provider);
      return `arn:${partition}:ssm:${region}:${account}:opsitem:${opsItemSeverity}#CATEGORY=${category}`;
    };
    const responsePlan = () => {
      const { partition, account } = place();
      return `arn:${partition}:ssm-incidents::${account}:response-plan/${incidentResponsePlanName}`;
    };
    return [
      ...(notificationTopicArn === undefined ? [] : [notificationTopicArn]),
      ...(opsItemSeverity === undefined ? [] : [opsItem()]),
      ...(incidentResponsePlanName === undefined ? [] : [responsePlan()]),
      ...(props.alarmActionArns ?? []),
    ];
  }
}

function check(props: BackupAlarmsProps): Finding[] {
  const window = props.incidentWindowMinutes ?? BackupAlarmSpecs.INCIDENT_WINDOW_MINUTES;
  const silence = props.nothingSucceededWithinHours ?? BackupAlarmSpecs.NOTHING_SUCCEEDED_WITHIN_HOURS;
  const unknown = [
    ...BackupAlarmRules.checkTime(window, 'incidentWindowMinutes', SYNTH),
    ...BackupAlarmRules.checkTime(silence, 'nothingSucceededWithinHours', SYNTH),
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

function okActions({ notificationTopicArn, okActionArns = [] }: BackupAlarmsProps): string[] {
  return [...(notificationTopicArn === undefined ? [] : [notificationTopicArn]), ...okActionArns];
}
