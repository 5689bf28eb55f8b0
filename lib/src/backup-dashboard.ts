import {
  BackupDashboardMetric,
  BackupDashboardRules,
  BackupDashboards,
  BackupDashboardWidget,
  BackupDashboardWidgetType,
  Finding,
  Waiver,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { BackupAlarms } from './backup-alarms';
import { BackupMetrics } from './backup-metrics';
import { refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * Properties of a `BackupDashboard`.
 */
export interface BackupDashboardProps {
  /**
   * Name of the dashboard.
   *
   * @default - AWS CloudFormation makes one
   */
  readonly dashboardName?: string;

  /**
   * Vaults that get a row of their own, beside the rows over every vault of the Region.
   *
   * @default - none
   */
  readonly backupVaults?: backup.IBackupVault[];

  /**
   * Resource types that get a graph of their own, e.g. `EBS`.
   *
   * @default - none
   */
  readonly resourceTypes?: string[];

  /**
   * Alarms whose state stands at the top, with the latest events where the alarms keep them.
   *
   * @default - none
   */
  readonly alarms?: BackupAlarms;

  /**
   * Further alarms whose state stands at the top.
   *
   * @default - none
   */
  readonly moreAlarms?: cloudwatch.IAlarm[];

  /**
   * How far back the graphs begin.
   *
   * @default Duration.days(7)
   */
  readonly defaultInterval?: Duration;

  /**
   * Over what time jobs are put together in a graph.
   *
   * @default Duration.hours(1)
   */
  readonly period?: Duration;

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/** Paths of the rules, and the properties that they are about. */
const PROPERTIES: Readonly<Record<string, string>> = {
  periodMinutes: 'period',
  defaultIntervalHours: 'defaultInterval',
};

/**
 * A CloudWatch dashboard: alarms, and jobs and recovery points by state over the Region, by vault and by resource type.
 */
@propertyInjectable
export class BackupDashboard extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupDashboard';

  /**
   * The dashboard, for further widgets.
   */
  public readonly dashboard: cloudwatch.Dashboard;

  private readonly period: Duration;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when CloudWatch would refuse the dashboard, or its graphs would stay empty
   */
  constructor(scope: Construct, id: string, props: BackupDashboardProps = {}) {
    super(scope, id);
    const alarms = alarmsOf(props);
    const rows = BackupDashboards.rows({
      backupVaultNames: props.backupVaults?.map(({ backupVaultName }) => backupVaultName),
      resourceTypes: props.resourceTypes,
      alarms: alarms.length > 0,
      eventLog: props.alarms?.eventLog !== undefined,
    });
    refuse(this, check(props, rows.flat().length), props.waivers);

    this.period = props.period ?? Duration.hours(1);
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: props.dashboardName,
      defaultInterval: props.defaultInterval ?? Duration.days(7),
    });
    for (const row of rows) {
      this.dashboard.addWidgets(...row.map((widget) => this.widget(widget, alarms, props)));
    }
  }

  private widget(
    widget: BackupDashboardWidget,
    alarms: cloudwatch.IAlarm[],
    props: BackupDashboardProps,
  ): cloudwatch.IWidget {
    const { title, width, height, metrics = [], queryLines } = widget;
    switch (widget.widgetType) {
      case BackupDashboardWidgetType.TEXT:
        return new cloudwatch.TextWidget({ markdown: title, width, height });
      case BackupDashboardWidgetType.ALARM:
        return new cloudwatch.AlarmStatusWidget({ title, width, height, alarms });
      case BackupDashboardWidgetType.LOG: {
        const logGroupNames = [props.alarms!.eventLog!.logGroupName];
        return new cloudwatch.LogQueryWidget({ title, width, height, logGroupNames, queryLines });
      }
      default:
        return new cloudwatch.GraphWidget({
          title,
          width,
          height,
          left: metrics.map((one) => this.metric(one, props.backupVaults ?? [])),
          leftYAxis: { min: 0, showUnits: false },
          period: this.period,
        });
    }
  }

  private metric(shown: BackupDashboardMetric, vaults: backup.IBackupVault[]): cloudwatch.IMetric {
    const { metric, backupVaultName, resourceType, color } = shown;
    const vault = vaults.find((one) => one.backupVaultName === backupVaultName);
    return vault === undefined
      ? BackupMetrics.search(metric, { resourceType, period: this.period, color })
      : BackupMetrics.ofVault(vault).metric(metric, { period: this.period, color });
  }
}

function alarmsOf({ alarms: ours, moreAlarms = [] }: BackupDashboardProps): cloudwatch.IAlarm[] {
  return [
    ...[ours?.operationIncident, ours?.protectionIncident].filter((one) => one !== undefined),
    ...(ours?.alarms ?? []),
    ...moreAlarms,
  ];
}

function check({ dashboardName, period, defaultInterval }: BackupDashboardProps, widgets: number): Finding[] {
  // Times that are known at deployment alone are nothing that can be computed with here.
  const known = (time: Duration | undefined) => (time?.isUnresolved() ? undefined : time);
  const declared = {
    dashboardName,
    periodMinutes: known(period)?.toMinutes({ integral: false }),
    defaultIntervalHours: known(defaultInterval)?.toHours({ integral: false }),
    widgets,
  };
  return BackupDashboardRules.check(declared, '', SYNTH).map((finding) => ({
    ...finding,
    path: PROPERTIES[finding.path] ?? finding.path,
  }));
}
