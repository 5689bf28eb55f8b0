import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { BackupDashboards } from '@holdfast/model';
import { Lazy, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { BackupAlarms } from './backup-alarms';
import { secondsOf } from './private/metric-queries';
import { regionOf } from './private/place';
import { renderPolicy } from './private/render-policy';
import { SYNTH } from './private/token-values';
import { IVault } from './vault';

/**
 * Properties of a `BackupDashboard`.
 */
export interface BackupDashboardProps {
  /**
   * Name of the dashboard, of letters, digits, `-` and `_`. Two of the same name overwrite each other. Cannot be changed later.
   *
   * @default - the path of the construct, with `-` for what a name may not have
   */
  readonly dashboardName?: string;

  /**
   * Vaults that get a row of their own, beside the rows over every vault of the Region.
   *
   * @default - none
   */
  readonly backupVaults?: IVault[];

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
   * ARNs of further alarms whose state stands at the top.
   *
   * @default - none
   */
  readonly moreAlarmArns?: string[];

  /**
   * How far back the graphs begin, in hours.
   *
   * @default 168, which is a week
   */
  readonly defaultIntervalHours?: number;

  /**
   * Over what time jobs are put together in a graph, in minutes.
   *
   * @default 60
   */
  readonly periodMinutes?: number;

  /**
   * The provider that makes the resources, that of the Region whose backups are shown.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

const WEEK_HOURS = 168;
const HOUR_MINUTES = 60;

/**
 * A CloudWatch dashboard: alarms, and jobs and recovery points by state over the Region, by vault and by resource type.
 */
export class BackupDashboard extends Construct {
  /**
   * The dashboard.
   */
  public readonly dashboard: CloudwatchDashboard;

  private readonly moreRows: unknown[][] = [];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: BackupDashboardProps = {}) {
    super(scope, id);
    const { provider, defaultIntervalHours = WEEK_HOURS } = props;
    const start = BackupDashboards.start(defaultIntervalHours, SYNTH);
    const rows = this.rows(props);
    this.dashboard = new CloudwatchDashboard(this, 'Resource', {
      dashboardName: props.dashboardName ?? this.node.path.replace(/[^A-Za-z0-9_-]/g, '-'),
      dashboardBody: Lazy.stringValue({
        produce: () => renderPolicy({ start, widgets: BackupDashboards.place([...rows, ...this.moreRows]) }),
      }),
      provider,
    });
  }

  /**
   * Adds a row of widgets at the bottom.
   *
   * @param widgets the widgets as the body of a dashboard has them, without `x` and `y`
   */
  public addWidgets(widgets: any[]): void {
    this.moreRows.push(widgets);
  }

  private rows(props: BackupDashboardProps): unknown[][] {
    const { alarms, moreAlarmArns = [], backupVaults, resourceTypes, periodMinutes = HOUR_MINUTES, provider } = props;
    const incidents = [alarms?.operationIncident, alarms?.protectionIncident].filter((one) => one !== undefined);
    const alarmArns = [
      ...incidents.map(({ arn }) => arn),
      ...(alarms?.alarms ?? []).map(({ arn }) => arn),
      ...moreAlarmArns,
    ];
    const eventLogGroupName = alarms?.eventLog?.name;
    const references = {
      region: regionOf(this, provider),
      periodSeconds: secondsOf(periodMinutes),
      alarmArns,
      eventLogGroupName,
    };
    const wishes = {
      backupVaultNames: backupVaults?.map(({ backupVaultName }) => backupVaultName),
      resourceTypes,
      alarms: alarmArns.length > 0,
      eventLog: eventLogGroupName !== undefined,
    };
    return BackupDashboards.rows(wishes).map((row) =>
      row.map((widget): unknown => BackupDashboards.render(widget, references)),
    );
  }
}
