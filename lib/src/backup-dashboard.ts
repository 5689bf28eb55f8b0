import { BackupMetric } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { BackupAlarms } from './backup-alarms';
import { BackupMetrics } from './backup-metrics';

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
}

const FULL_WIDTH = 24;
const COLORS: Readonly<Record<string, string>> = {
  Completed: '#2ca02c',
  Failed: '#d62728',
  Expired: '#ff7f0e',
  Aborted: '#9467bd',
  Partial: '#bcbd22',
};

/** What each row shows, and how a graph of it is called. */
const SUBJECTS: readonly (readonly [title: string, metrics: () => BackupMetric[]])[] = [
  ['Backup jobs', () => BackupMetric.ofBackupJobs()],
  ['Copy jobs', () => BackupMetric.ofCopyJobs()],
  ['Restore jobs', () => BackupMetric.ofRestoreJobs()],
  ['Recovery points', () => BackupMetric.ofRecoveryPoints()],
];

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
   */
  constructor(scope: Construct, id: string, props: BackupDashboardProps = {}) {
    super(scope, id);
    this.period = props.period ?? Duration.hours(1);
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: props.dashboardName,
      defaultInterval: props.defaultInterval ?? Duration.days(7),
    });
    this.addAlarms(props);
    this.dashboard.addWidgets(...SUBJECTS.map(([title, metrics]) => this.graph(title, metrics().map(this.ofRegion()))));
    for (const vault of props.backupVaults ?? []) {
      this.dashboard.addWidgets(heading(`Vault ${vault.backupVaultName}`));
      this.dashboard.addWidgets(
        ...SUBJECTS.map(([title, metrics]) => this.graph(title, metrics().map(this.ofVault(vault)))),
      );
    }
    this.addResourceTypes(props.resourceTypes ?? []);
  }

  private addAlarms(props: BackupDashboardProps): void {
    const { alarms: ours, moreAlarms = [] } = props;
    const alarms = [
      ...[ours?.operationIncident, ours?.protectionIncident].filter((one) => one !== undefined),
      ...(ours?.alarms ?? []),
      ...moreAlarms,
    ];
    if (alarms.length > 0) {
      this.dashboard.addWidgets(
        new cloudwatch.AlarmStatusWidget({ title: 'Alarms', width: FULL_WIDTH, height: 4, alarms }),
      );
    }
    if (ours?.eventLog !== undefined) {
      this.dashboard.addWidgets(
        new cloudwatch.LogQueryWidget({
          title: 'What happened last',
          width: FULL_WIDTH,
          logGroupNames: [ours.eventLog.logGroupName],
          queryLines: [
            'fields @timestamp, `detail-type`, detail.eventName, detail.state, detail.resourceArn, detail.statusMessage, detail.userIdentity.arn',
            'sort @timestamp desc',
            'limit 50',
          ],
        }),
      );
    }
  }

  private addResourceTypes(resourceTypes: string[]): void {
    if (resourceTypes.length === 0) {
      return;
    }
    this.dashboard.addWidgets(heading('Backup jobs by resource type'));
    const graphs = resourceTypes.map((resourceType) =>
      this.graph(resourceType, BackupMetric.ofBackupJobs().map(this.ofRegion(resourceType))),
    );
    for (let row = 0; row < graphs.length; row += SUBJECTS.length) {
      this.dashboard.addWidgets(...graphs.slice(row, row + SUBJECTS.length));
    }
  }

  private graph(title: string, left: cloudwatch.IMetric[]): cloudwatch.GraphWidget {
    return new cloudwatch.GraphWidget({
      title,
      width: FULL_WIDTH / SUBJECTS.length,
      left,
      leftYAxis: { min: 0, showUnits: false },
      period: this.period,
    });
  }

  private ofRegion(resourceType?: string): (metric: BackupMetric) => cloudwatch.IMetric {
    return (metric) => BackupMetrics.search(metric, { resourceType, period: this.period, color: COLORS[metric.label] });
  }

  private ofVault(vault: backup.IBackupVault): (metric: BackupMetric) => cloudwatch.IMetric {
    return (metric) =>
      BackupMetrics.ofVault(vault).metric(metric, { period: this.period, color: COLORS[metric.label] });
  }
}

function heading(text: string): cloudwatch.TextWidget {
  return new cloudwatch.TextWidget({ markdown: `## ${text}`, width: FULL_WIDTH, height: 1 });
}
