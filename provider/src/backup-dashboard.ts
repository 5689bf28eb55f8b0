import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { BackupDashboardRules, BackupDashboards, Waiver } from '@holdfast/model';
import { Lazy, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { BackupAlarms } from './backup-alarms';
import { secondsOf } from './private/metric-queries';
import { regionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
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
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

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

  private readonly rows: unknown[][];
  private readonly waivers?: Waiver[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when CloudWatch would refuse the dashboard, or its graphs would stay empty
   */
  constructor(scope: Construct, id: string, props: BackupDashboardProps = {}) {
    super(scope, id);
    const { defaultIntervalHours = WEEK_HOURS, periodMinutes = HOUR_MINUTES, provider, waivers } = props;
    const dashboardName = props.dashboardName ?? this.node.path.replace(/[^A-Za-z0-9_-]/g, '-');
    const alarmArns = alarmArnsOf(props);
    const eventLogGroupName = props.alarms?.eventLog?.name;
    const rows = BackupDashboards.rows({
      backupVaultNames: props.backupVaults?.map(({ backupVaultName }) => backupVaultName),
      resourceTypes: props.resourceTypes,
      alarms: alarmArns.length > 0,
      eventLog: eventLogGroupName !== undefined,
    });
    const widgets = rows.flat().length;
    const declared = { dashboardName, periodMinutes, defaultIntervalHours, widgets };
    refuse(this, BackupDashboardRules.check(declared, '', SYNTH), waivers);

    this.waivers = waivers;
    const references = {
      region: regionOf(this, provider),
      periodSeconds: secondsOf(periodMinutes),
      alarmArns,
      eventLogGroupName,
    };
    this.rows = rows.map((row) => row.map((widget): unknown => BackupDashboards.render(widget, references)));
    const start = BackupDashboards.start(defaultIntervalHours, SYNTH);
    this.dashboard = new CloudwatchDashboard(this, 'Resource', {
      dashboardName,
      dashboardBody: Lazy.stringValue({
        produce: () => renderPolicy({ start, widgets: BackupDashboards.place(this.rows) }),
      }),
      provider,
    });
    annotateTemplate(this.dashboard, waivers);
  }

  /**
   * Adds a row of widgets at the bottom.
   *
   * @param widgets the widgets as the body of a dashboard has them, without `x` and `y`
   * @throws ValidationError when they are more than CloudWatch takes
   */
  public addWidgets(widgets: any[]): void {
    const declared = { widgets: this.rows.flat().length + widgets.length };
    refuse(this, BackupDashboardRules.check(declared, '', SYNTH), this.waivers);
    this.rows.push(widgets);
  }
}

function alarmArnsOf({ alarms: ours, moreAlarmArns = [] }: BackupDashboardProps): string[] {
  const incidents = [ours?.operationIncident, ours?.protectionIncident].filter((one) => one !== undefined);
  return [...[...incidents, ...(ours?.alarms ?? [])].map(({ arn }) => arn), ...moreAlarmArns];
}
