import { BackupMetric, BackupMetricExpressions } from './backup-metric';
import { IValueProbe } from './finding';

/** CloudWatch lays so many columns side by side. */
const FULL_WIDTH = 24;
const HEIGHT = 6;
const HOUR = 60;
const DAY = 24 * HOUR;

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

/** The latest events that alarms keep. */
const LATEST: readonly string[] = [
  'fields @timestamp, `detail-type`, detail.eventName, detail.state, detail.resourceArn, detail.statusMessage, detail.userIdentity.arn',
  'sort @timestamp desc',
  'limit 50',
];

/**
 * What a widget of a dashboard is, as CloudWatch names it.
 */
export enum BackupDashboardWidgetType {
  /**
   * The state of alarms.
   */
  ALARM = 'alarm',

  /**
   * What a query finds in a log.
   */
  LOG = 'log',

  /**
   * A graph.
   */
  METRIC = 'metric',

  /**
   * A heading.
   */
  TEXT = 'text',
}

/**
 * A metric in a graph.
 */
export interface BackupDashboardMetric {
  /**
   * The metric.
   */
  readonly metric: BackupMetric;

  /**
   * Name of the vault.
   *
   * @default - every vault of the Region, those that come later too
   */
  readonly backupVaultName?: string;

  /**
   * Type of the resource.
   *
   * @default - every type
   */
  readonly resourceType?: string;

  /**
   * Color of the graph.
   *
   * @default - CloudWatch chooses
   */
  readonly color?: string;
}

/**
 * A widget of a dashboard, the same for every framework.
 */
export interface BackupDashboardWidget {
  /**
   * What it is.
   */
  readonly widgetType: BackupDashboardWidgetType;

  /**
   * What it is called; of a heading the whole text.
   */
  readonly title: string;

  /**
   * Columns, of 24.
   */
  readonly width: number;

  /**
   * Rows of the grid.
   */
  readonly height: number;

  /**
   * The metrics of a graph.
   *
   * @default - none
   */
  readonly metrics?: BackupDashboardMetric[];

  /**
   * The query of a log.
   *
   * @default - none
   */
  readonly queryLines?: string[];
}

/**
 * What a dashboard shall show.
 */
export interface BackupDashboardWishes {
  /**
   * Names of the vaults that get a row of their own.
   *
   * @default - none
   */
  readonly backupVaultNames?: string[];

  /**
   * Resource types that get a graph of their own.
   *
   * @default - none
   */
  readonly resourceTypes?: string[];

  /**
   * Whether there are alarms whose state stands at the top.
   */
  readonly alarms: boolean;

  /**
   * Whether alarms keep events, of which the latest are shown.
   */
  readonly eventLog: boolean;
}

/**
 * What the body of a dashboard refers to.
 */
export interface BackupDashboardReferences {
  /**
   * The Region whose metrics are shown.
   */
  readonly region: string;

  /**
   * Over what time jobs are put together in a graph.
   */
  readonly periodSeconds: number;

  /**
   * ARNs of the alarms.
   *
   * @default - none
   */
  readonly alarmArns?: string[];

  /**
   * Name of the log group that keeps the events.
   *
   * @default - none
   */
  readonly eventLogGroupName?: string;
}

/**
 * The widgets of a dashboard of backups.
 */
export class BackupDashboards {
  /**
   * The widgets, row by row from the top.
   *
   * @param wishes what it shall show
   */
  public static rows(wishes: BackupDashboardWishes): BackupDashboardWidget[][] {
    const { backupVaultNames = [], resourceTypes = [] } = wishes;
    return [
      ...(wishes.alarms ? [[wide(BackupDashboardWidgetType.ALARM, 'Alarms', 4)]] : []),
      ...(wishes.eventLog
        ? [[{ ...wide(BackupDashboardWidgetType.LOG, 'What happened last', HEIGHT), queryLines: [...LATEST] }]]
        : []),
      SUBJECTS.map(([title, metrics]) => graph(title, metrics(), {})),
      ...backupVaultNames.flatMap((backupVaultName) => [
        [heading(`Vault ${backupVaultName}`)],
        SUBJECTS.map(([title, metrics]) => graph(title, metrics(), { backupVaultName })),
      ]),
      ...(resourceTypes.length === 0 ? [] : [[heading('Backup jobs by resource type')], ...ofTypes(resourceTypes)]),
    ];
  }

  /**
   * A widget as it stands in the body of a dashboard, but for its place.
   *
   * @param widget the widget
   * @param references what it refers to
   */
  public static render(widget: BackupDashboardWidget, references: BackupDashboardReferences): any {
    const { widgetType: type, width, height } = widget;
    return { type, width, height, properties: propertiesOf(widget, references) };
  }

  /**
   * Widgets at their places: each row below the one before, and within it from left to right, as long as there is room.
   *
   * @param rows the widgets as CloudWatch writes them; one without a size is 6 wide and 6 high, as CloudWatch has it
   */
  public static place(rows: any[][]): any[] {
    let top = 0;
    return rows.flatMap((row) => {
      let [x, y, below] = [0, top, top];
      const placed = row.map((widget) => {
        const { width = HEIGHT, height = HEIGHT } = widget as { width?: number; height?: number };
        if (x + width > FULL_WIDTH) {
          [x, y] = [0, below];
        }
        const at = { ...(widget as object), width, height, x, y };
        x += width;
        below = Math.max(below, y + height);
        return at;
      });
      top = below;
      return placed;
    });
  }

  /**
   * How far back graphs begin, as CloudWatch writes it, e.g. `-P7D`.
   *
   * @param hours how far back
   * @param probe tells which values are known now
   */
  public static start(hours: number, probe: IValueProbe): string {
    if (!probe.known(hours)) {
      return `-PT${hours}H`;
    }
    const minutes = Math.round(hours * HOUR);
    const part = (count: number, unit: string) => (count === 0 ? '' : `${count}${unit}`);
    const days = part(Math.floor(minutes / DAY), 'D');
    const time = part(Math.floor((minutes % DAY) / HOUR), 'H') + part(minutes % HOUR, 'M');
    return `-P${days}${time === '' ? '' : `T${time}`}`;
  }

  private constructor() {}
}

function wide(widgetType: BackupDashboardWidgetType, title: string, height: number): BackupDashboardWidget {
  return { widgetType, title, width: FULL_WIDTH, height };
}

function heading(text: string): BackupDashboardWidget {
  return wide(BackupDashboardWidgetType.TEXT, `## ${text}`, 1);
}

function graph(
  title: string,
  metrics: BackupMetric[],
  scope: Pick<BackupDashboardMetric, 'backupVaultName' | 'resourceType'>,
): BackupDashboardWidget {
  return {
    widgetType: BackupDashboardWidgetType.METRIC,
    title,
    width: FULL_WIDTH / SUBJECTS.length,
    height: HEIGHT,
    metrics: metrics.map((metric) => ({ ...scope, metric, color: COLORS[metric.label] })),
  };
}

function ofTypes(resourceTypes: string[]): BackupDashboardWidget[][] {
  const graphs = resourceTypes.map((resourceType) =>
    graph(resourceType, BackupMetric.ofBackupJobs(), { resourceType }),
  );
  const rows = Math.ceil(graphs.length / SUBJECTS.length);
  return Array.from({ length: rows }, (_, row) => graphs.slice(row * SUBJECTS.length, (row + 1) * SUBJECTS.length));
}

function propertiesOf(widget: BackupDashboardWidget, references: BackupDashboardReferences): object {
  const { title, metrics = [], queryLines = [] } = widget;
  const { region, periodSeconds, alarmArns = [], eventLogGroupName } = references;
  switch (widget.widgetType) {
    case BackupDashboardWidgetType.TEXT:
      return { markdown: title, background: 'transparent' };
    case BackupDashboardWidgetType.ALARM:
      return { title, alarms: alarmArns };
    case BackupDashboardWidgetType.LOG:
      return {
        view: 'table',
        title,
        region,
        query: [`SOURCE '${eventLogGroupName}'`, queryLines.join('\n| ')].join(' | '),
      };
    default:
      return {
        view: 'timeSeries',
        title,
        region,
        metrics: metrics.map((one) => renderMetric(one, periodSeconds)),
        yAxis: { left: { min: 0, showUnits: false } },
        period: periodSeconds,
      };
  }
}

function renderMetric(shown: BackupDashboardMetric, period: number): unknown[] {
  const { metric, backupVaultName, resourceType, color } = shown;
  const looks = { color, label: metric.label, period };
  if (backupVaultName === undefined) {
    const scope = resourceType === undefined ? {} : { resourceType };
    return [{ ...looks, expression: BackupMetricExpressions.search(metric, scope, period) }];
  }
  const dimensions = [BackupMetric.VAULT_DIMENSION, backupVaultName];
  return [BackupMetric.NAMESPACE, metric.metricName, ...dimensions, { ...looks, stat: metric.statistic }];
}
