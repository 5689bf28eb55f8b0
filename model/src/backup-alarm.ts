import { BackupMetric } from './backup-metric';
import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { readable, shown, whole } from './private/reading';
import { ALARM } from './private/tables/monitoring';

const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * How far an alarm looks back and at what.
 */
export interface BackupAlarm {
  /**
   * Minutes of one period, at least 1; AWS Backup sends its metrics every 5.
   */
  readonly periodMinutes: number;

  /**
   * How many periods it looks back.
   */
  readonly evaluationPeriods: number;

  /**
   * How many of these periods have to be bad.
   *
   * @default - all of them
   */
  readonly datapointsToAlarm?: number;

  /**
   * How many metrics its expression has.
   *
   * @default 1
   */
  readonly metrics?: number;

  /**
   * Whether it asks a Metrics Insights query rather than named metrics.
   *
   * @default false
   */
  readonly insights?: boolean;

  /**
   * The value from which on a period is bad.
   *
   * @default 1
   */
  readonly threshold?: number;
}

/**
 * Alarms that belong together: one incident, one message.
 */
export interface BackupAlarmGroup {
  /**
   * How many alarms there are.
   */
  readonly alarms: number;

  /**
   * How many actions the group takes when it goes into ALARM.
   */
  readonly alarmActions: number;

  /**
   * How many actions the group takes when all is well again.
   *
   * @default 0
   */
  readonly okActions?: number;
}

/**
 * What CloudWatch refuses in an alarm, and what makes one see nothing.
 */
export class BackupAlarmRules {
  /**
   * What the rules find in one alarm. Never throws.
   *
   * @param alarm the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(alarm: BackupAlarm, path: string, probe: IValueProbe): Finding[] {
    if (!readable(alarm, probe)) {
      return [];
    }
    const { metrics = 1, threshold = 1 } = alarm;
    const findings = checkWindow(alarm, path, probe);
    if (probe.known(metrics) && metrics > 10) {
      findings.push(found(ALARM.metrics, at(path, 'metrics'), String(metrics)));
    }
    if (probe.known(threshold) && !(threshold > 0)) {
      findings.push(found(ALARM.threshold, at(path, 'threshold'), shown(threshold)));
    }
    return findings;
  }

  /**
   * What the rules find in a time that the periods of an alarm are counted from. Never throws.
   *
   * @param time the time, in any unit
   * @param path where the time is declared
   * @param probe tells which values are known now
   */
  public static checkTime(time: number, path: string, probe: IValueProbe): Finding[] {
    return probe.known(time) ? [] : [found(ALARM.known, path, 'a value that is known only at deployment')];
  }

  /**
   * What the rules find in a group of alarms. Never throws.
   *
   * @param group the declaration
   * @param path where the declaration is, empty for none
   */
  public static checkGroup(group: BackupAlarmGroup, path: string): Finding[] {
    const findings: Finding[] = [];
    const { alarms, alarmActions, okActions = 0 } = group;
    if (alarms === 0) {
      findings.push(found(ALARM.nothingWatched, at(path, 'alarms'), '0'));
    }
    if (alarms > 100) {
      findings.push(found(ALARM.children, at(path, 'alarms'), String(alarms)));
    }
    if (alarmActions === 0) {
      findings.push(found(ALARM.silent, at(path, 'alarmActions'), '0'));
    }
    for (const [member, count] of Object.entries({ alarmActions, okActions }).filter(([, one]) => one > 5)) {
      findings.push(found(ALARM.actions, at(path, member), String(count)));
    }
    return findings;
  }

  private constructor() {}
}

function checkWindow(alarm: BackupAlarm, path: string, probe: IValueProbe): Finding[] {
  const { periodMinutes: period, evaluationPeriods: periods, datapointsToAlarm: bad, insights } = alarm;
  const findings: Finding[] = [];
  const periodPath = at(path, 'periodMinutes');
  const periodsPath = at(path, 'evaluationPeriods');
  const knownPeriod = readable(period, probe);
  const knownPeriods = readable(periods, probe);
  if (knownPeriod && !whole(period, 1, Infinity)) {
    findings.push(found(ALARM.period, periodPath, `${shown(period)} minutes`));
  } else if (knownPeriod && period < BackupMetric.INTERVAL_MINUTES) {
    findings.push(found(ALARM.sparse, periodPath, minutes(period)));
  }
  if (knownPeriods && !whole(periods, 1, Infinity)) {
    findings.push(found(ALARM.evaluationPeriods, periodsPath, shown(periods)));
  }
  if (knownPeriod && knownPeriods && period > 0 && periods > 0) {
    const window = period * periods;
    if (window > (period < HOUR ? DAY : 7 * DAY)) {
      findings.push(found(ALARM.window, periodsPath, `${periods} times ${minutes(period)}`));
    } else if (insights === true && window > 3 * HOUR) {
      findings.push(found(ALARM.insights, periodsPath, `${periods} times ${minutes(period)}`));
    }
  }
  if (readable(bad, probe) && !whole(bad, 1, knownPeriods ? periods : Infinity)) {
    const of = knownPeriods ? ` of ${periods}` : '';
    findings.push(found(ALARM.datapoints, at(path, 'datapointsToAlarm'), `${shown(bad)}${of}`));
  }
  return findings;
}

function minutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`;
}
