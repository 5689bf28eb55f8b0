/**
 * Metrics of CloudWatch: what AWS Backup counts every five minutes, and what others count or send.
 *
 * Owns     the data points by series, in cells of five minutes, or of one for what is sent by hand. Nothing is counted
 *          of AWS Backup until somebody asks for it.
 * Units    `…At` are Instants, periods are milliseconds.
 * Source   B14.2/1, B14.2/2.
 * Spec     metrics.md
 */
import { BackupMetric, Environment } from '@holdfast/model';
import { intAt } from '../kernel/columns';
import { Instant, MINUTE } from '../kernel/instant';
import type { Change } from './changes';
import type { Ledger } from './ledger';
import { placeOf } from './vaults';

export type Dimensions = Readonly<Record<string, string>>;
export type Statistic = 'Sum' | 'Maximum' | 'Minimum' | 'Average' | 'SampleCount';

/** Percentiles are not emulated. */
export const STATISTICS: readonly string[] = ['Sum', 'Maximum', 'Minimum', 'Average', 'SampleCount'];

export interface MetricName {
  readonly env: Environment;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
}

interface Cell {
  sum: number;
  count: number;
  least: number;
  most: number;
}

const FIVE_MINUTES = BackupMetric.INTERVAL_MINUTES * MINUTE;

/** Parts of the metrics' names by state. */
const STATES: Readonly<Record<string, string>> = {
  CREATED: 'Created',
  PENDING: 'Pending',
  RUNNING: 'Running',
  ABORTED: 'Aborted',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
  EXPIRED: 'Expired',
  PARTIAL: 'Partial',
  DELETED: 'Deleting',
  COLD: 'Cold',
};
const SENT = new Set(BackupMetric.all().map(({ metricName }) => metricName));

export class Metrics {
  /** Called when a data point arrives. */
  onData: ((env: Environment) => void) | undefined;
  private readonly series = new Map<string, Map<Instant, Cell>>();
  private readonly names = new Map<string, MetricName>();

  constructor(private readonly ledger: Ledger) {}

  /** Begins to count what AWS Backup does. */
  listen(): void {
    this.ledger.observers.add(this.hear);
  }

  /** Counts one more within the present five minutes, which make one data point. */
  count(metric: MetricName): void {
    const cells = this.cellsOf(metric);
    const start = Math.floor(this.ledger.now / FIVE_MINUTES) * FIVE_MINUTES;
    const sum = (cells.get(start)?.sum ?? 0) + 1;
    cells.set(start, { sum, count: 1, least: sum, most: sum });
    this.onData?.(metric.env);
  }

  /** A value that somebody sent. */
  send(metric: MetricName, value: number, sentAt: Instant): void {
    const cells = this.cellsOf(metric);
    const start = Math.floor(sentAt / MINUTE) * MINUTE;
    const cell = cells.get(start);
    if (cell === undefined) {
      cells.set(start, { sum: value, count: 1, least: value, most: value });
    } else {
      cell.sum += value;
      cell.count++;
      cell.least = Math.min(cell.least, value);
      cell.most = Math.max(cell.most, value);
    }
    this.onData?.(metric.env);
  }

  /** Whether a metric ever had a data point. */
  isKnown(metric: MetricName): boolean {
    return this.series.has(keyOf(metric));
  }

  /** The statistic of each period of `periodMs` from `from` on; undefined where there is no data. */
  read(
    metric: MetricName,
    statistic: Statistic,
    from: Instant,
    periodMs: number,
    periods: number,
  ): (number | undefined)[] {
    const cells = this.series.get(keyOf(metric));
    return Array.from({ length: periods }, (_, index) =>
      cells === undefined ? undefined : statisticOf(cells, statistic, from + index * periodMs, periodMs),
    );
  }

  /** Those of an account and Region that have data, in the order in which they began. */
  list(env: Environment): MetricName[] {
    return [...this.names.values()].filter((one) => placeOf(one.env) === placeOf(env));
  }

  /** Series of a namespace and name that have these dimensions and no other; any where none are given. */
  like(env: Environment, namespace: string, name: string, dimensionNames?: readonly string[]): MetricName[] {
    const wanted = dimensionNames && [...dimensionNames].sort().join();
    return this.list(env)
      .filter((one) => one.namespace === namespace && one.name === name)
      .filter(({ dimensions }) => wanted === undefined || Object.keys(dimensions).sort().join() === wanted);
  }

  private cellsOf(metric: MetricName): Map<Instant, Cell> {
    const key = keyOf(metric);
    let cells = this.series.get(key);
    if (cells === undefined) {
      cells = new Map();
      this.series.set(key, cells);
      this.names.set(key, metric);
    }
    return cells;
  }

  private readonly hear = (change: Change): void => {
    const counted = this.countedBy(change);
    const name = counted === undefined ? undefined : `NumberOf${counted.what}${STATES[counted.state]}`;
    if (counted === undefined || name === undefined || !SENT.has(name)) {
      return;
    }
    const { env, BackupVaultName, ResourceType } = counted;
    // Source B14.2/2: by vault, and by vault and type; none without a vault.
    const both: Dimensions[] = [{ BackupVaultName }, { BackupVaultName, ResourceType }];
    for (const dimensions of both) {
      this.count({ env, namespace: BackupMetric.NAMESPACE, name, dimensions });
    }
  };

  private countedBy(change: Change) {
    const { ledger } = this;
    switch (change.kind) {
      case 'backup-job':
      case 'copy-job': {
        const { jobs, origins } = ledger;
        const copy = change.kind === 'copy-job';
        const resource = ledger.resources.find(intAt(jobs.resources, change.row));
        const origin = origins.find(intAt(jobs.origins, change.row));
        const series = intAt(jobs.series, change.row);
        const named = copy
          ? origin.given.destinationArn?.split(':').at(-1)
          : origin.rule?.declaration.targetBackupVaultName;
        const BackupVaultName = series < 0 ? (named ?? '') : ledger.vaultOf(series).name;
        const env = copy ? ledger.vaultOf(intAt(jobs.sources, change.row)).made.env : resource.declaration.env;
        const ResourceType = resource.service.resourceType;
        return { env, BackupVaultName, ResourceType, state: change.state, what: copy ? 'CopyJobs' : 'BackupJobs' };
      }
      case 'recovery-point': {
        const series = intAt(ledger.points.series, change.row);
        const { name: BackupVaultName, made } = ledger.vaultOf(series);
        const ResourceType = ledger.resourceOf(series).service.resourceType;
        return { env: made.env, BackupVaultName, ResourceType, state: change.status, what: 'RecoveryPoints' };
      }
      case 'restore-job': {
        const BackupVaultName = change.backupVaultArn.split(':').at(-1) ?? '';
        const { env, resourceType: ResourceType, state } = change;
        return { env, BackupVaultName, ResourceType, state, what: 'RestoreJobs' };
      }
      default:
        return undefined;
    }
  }
}

function statisticOf(
  cells: Map<Instant, Cell>,
  statistic: Statistic,
  from: Instant,
  periodMs: number,
): number | undefined {
  let sum = 0;
  let count = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let start = from; start < from + periodMs; start += MINUTE) {
    const cell = cells.get(start);
    if (cell !== undefined) {
      sum += cell.sum;
      count += cell.count;
      least = Math.min(least, cell.least);
      most = Math.max(most, cell.most);
    }
  }
  if (count === 0) {
    return undefined;
  }
  return { Sum: sum, Maximum: most, Minimum: least, Average: sum / count, SampleCount: count }[statistic];
}

function keyOf({ env, namespace, name, dimensions }: MetricName): string {
  const pairs = Object.entries(dimensions)
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  return [placeOf(env), namespace, name, ...pairs].join('\u0000');
}
