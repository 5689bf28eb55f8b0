import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { readable, shown, whole } from './private/reading';
import { DASHBOARD } from './private/tables/monitoring';

/**
 * What is declared of a dashboard.
 */
export interface BackupDashboard {
  /**
   * Name of the dashboard.
   *
   * @default - the framework makes one
   */
  readonly dashboardName?: string;

  /**
   * Over what time jobs are put together in a graph, in minutes.
   *
   * @default - as the framework has it
   */
  readonly periodMinutes?: number;

  /**
   * How far back graphs begin, in hours.
   *
   * @default - as the framework has it
   */
  readonly defaultIntervalHours?: number;

  /**
   * How many widgets it has.
   *
   * @default - not asked
   */
  readonly widgets?: number;
}

/** CloudWatch takes so many widgets. */
const WIDGETS = 500;
const HOUR = 60;

/**
 * What CloudWatch refuses in a dashboard, and what makes its graphs stay empty.
 */
export class BackupDashboardRules {
  /**
   * What the rules find. Never throws.
   *
   * @param dashboard the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(dashboard: BackupDashboard, path: string, probe: IValueProbe): Finding[] {
    const { dashboardName: name, periodMinutes: period, defaultIntervalHours: interval, widgets = 0 } = dashboard;
    const findings: Finding[] = [];
    if (readable(name, probe) && !/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
      const given = name.length > 255 ? `${name.length} characters` : shown(name);
      findings.push(found(DASHBOARD.name, at(path, 'dashboardName'), given));
    }
    if (readable(period, probe) && !whole(period, 1, Infinity)) {
      findings.push(found(DASHBOARD.period, at(path, 'periodMinutes'), `${shown(period)} minutes`));
    }
    if (readable(interval, probe) && !ofMinutes(interval)) {
      findings.push(found(DASHBOARD.interval, at(path, 'defaultIntervalHours'), `${shown(interval)} hours`));
    }
    if (widgets > WIDGETS) {
      findings.push(found(DASHBOARD.widgets, at(path, 'widgets'), String(widgets)));
    }
    return findings;
  }

  private constructor() {}
}

/** Whether hours are whole minutes, one at least; hours are not exact in a number that is not whole. */
function ofMinutes(hours: number): boolean {
  const minutes = hours * HOUR;
  return Math.round(minutes) >= 1 && Math.abs(minutes - Math.round(minutes)) < 1e-6;
}
