import { Finding, IValueProbe } from './finding';
import { checkSchedule } from './private/cron-check';
import { isProblems, parseCron } from './private/cron-fields';
import { CronRuns } from './private/cron-runs';
import { Zone } from './private/cron-zone';
import { BackupRule } from './rule';
import { BackupRuleDefaults } from './rule-defaults';

/**
 * A day of the week.
 */
export enum WeekDay {
  /**
   * Sunday, 1 in AWS's dialect.
   */
  SUNDAY = 'SUN',

  /**
   * Monday, 2.
   */
  MONDAY = 'MON',

  /**
   * Tuesday, 3.
   */
  TUESDAY = 'TUE',

  /**
   * Wednesday, 4.
   */
  WEDNESDAY = 'WED',

  /**
   * Thursday, 5.
   */
  THURSDAY = 'THU',

  /**
   * Friday, 6.
   */
  FRIDAY = 'FRI',

  /**
   * Saturday, 7.
   */
  SATURDAY = 'SAT',
}

/**
 * When in each hour, for `Schedule.hourly`.
 */
export interface HourlyOptions {
  /**
   * Minute of the hour, 0 to 59.
   *
   * @default 0
   */
  readonly minute?: number;

  /**
   * IANA time zone.
   *
   * @default - `BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE`
   */
  readonly timeZone?: string;
}

/**
 * When in each day, for `Schedule.daily`.
 */
export interface DailyOptions extends HourlyOptions {
  /**
   * Hour of the day, 0 to 23.
   *
   * @default 5
   */
  readonly hour?: number;
}

/**
 * When in each week, for `Schedule.weekly`.
 */
export interface WeeklyOptions extends DailyOptions {
  /**
   * The days of the week.
   *
   * @default - Sunday
   */
  readonly weekDays?: WeekDay[];
}

/**
 * When in each month, for `Schedule.monthly`.
 */
export interface MonthlyOptions extends DailyOptions {
  /**
   * Day of the month, 1 to 31; a month without that day has no run.
   *
   * @default 1
   */
  readonly day?: number;
}

/**
 * The six fields of AWS's cron dialect, for `Schedule.cron`.
 */
export interface CronFieldOptions {
  /**
   * Minute, 0 to 59, with `* , - /`.
   *
   * @default 0
   */
  readonly minute?: string;

  /**
   * Hour, 0 to 23, with `* , - /`.
   *
   * @default *
   */
  readonly hour?: string;

  /**
   * Day of the month, 1 to 31, with `* , - / ? L W`.
   *
   * @default - `*`, or `?` when `weekDay` is given
   */
  readonly day?: string;

  /**
   * Month, 1 to 12 or JAN to DEC, with `* , - /`.
   *
   * @default *
   */
  readonly month?: string;

  /**
   * Day of the week, 1 to 7 or SUN to SAT, with `* , - / ? L #`.
   *
   * @default ?
   */
  readonly weekDay?: string;

  /**
   * Year, 1970 to 2199, with `* , - /`.
   *
   * @default *
   */
  readonly year?: string;

  /**
   * IANA time zone.
   *
   * @default - `BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE`
   */
  readonly timeZone?: string;
}

/**
 * What daylight saving does to a scheduled time.
 */
export enum ScheduleRemarkKind {
  /**
   * The local time does not exist that day: no run.
   */
  SKIPPED = 'skipped',

  /**
   * The local time exists twice that day: the run is at the first.
   */
  REPEATED = 'repeated',
}

/**
 * One scheduled time that daylight saving touches.
 */
export interface ScheduleRemark {
  /**
   * When: for a skipped time the instant at which the clocks go forward, for a repeated one the run. Milliseconds, UTC.
   */
  readonly atMs: number;

  /**
   * What happens.
   */
  readonly kind: ScheduleRemarkKind;

  /**
   * The scheduled local time, `YYYY-MM-DDThh:mm`.
   */
  readonly localTime: string;
}

/**
 * When a backup rule runs: a cron expression of AWS's dialect and a time zone.
 *
 * The fields are evaluated inside each local day, 00:00 to 23:59 (Source B2.2/3). A local time that daylight saving skips
 * has no run, one that it repeats has one run, the first (Assumed).
 */
export class Schedule {
  /**
   * Once an hour.
   *
   * @param options when in the hour
   */
  public static hourly(options: HourlyOptions = {}): Schedule {
    return new Schedule(`cron(${options.minute ?? 0} * ? * * *)`, options.timeZone);
  }

  /**
   * Once a day.
   *
   * @param options when in the day
   */
  public static daily(options: DailyOptions = {}): Schedule {
    return new Schedule(`cron(${timeOf(options)} ? * * *)`, options.timeZone);
  }

  /**
   * On some days of each week.
   *
   * @param options when in the week
   */
  public static weekly(options: WeeklyOptions = {}): Schedule {
    const days = (options.weekDays ?? [WeekDay.SUNDAY]).join(',');
    return new Schedule(`cron(${timeOf(options)} ? * ${days} *)`, options.timeZone);
  }

  /**
   * On one day of each month.
   *
   * @param options when in the month
   */
  public static monthly(options: MonthlyOptions = {}): Schedule {
    return new Schedule(`cron(${timeOf(options)} ${options.day ?? 1} * ? *)`, options.timeZone);
  }

  /**
   * On the last day of each month.
   *
   * @param options when in the day
   */
  public static lastDayOfMonth(options: DailyOptions = {}): Schedule {
    return new Schedule(`cron(${timeOf(options)} L * ? *)`, options.timeZone);
  }

  /**
   * By the fields of AWS's cron dialect.
   *
   * @param options the fields
   */
  public static cron(options: CronFieldOptions): Schedule {
    const day = options.day ?? (options.weekDay === undefined || options.weekDay === '?' ? '*' : '?');
    const { minute = '0', hour = '*', month = '*', weekDay = '?', year = '*' } = options;
    return new Schedule(`cron(${minute} ${hour} ${day} ${month} ${weekDay} ${year})`, options.timeZone);
  }

  /**
   * By a whole expression, which may be a token.
   *
   * @param expression `cron(…)` in AWS's dialect
   * @param timeZone IANA time zone; `Etc/UTC` when not given
   */
  public static expression(expression: string, timeZone?: string): Schedule {
    return new Schedule(expression, timeZone);
  }

  /**
   * The schedule of a rule, AWS's defaults where the rule says nothing.
   *
   * @param backupRule the rule
   */
  public static ofRule(backupRule: BackupRule): Schedule {
    return new Schedule(
      backupRule.scheduleExpression ?? BackupRuleDefaults.SCHEDULE_EXPRESSION,
      backupRule.scheduleExpressionTimezone,
    );
  }

  /**
   * `cron(…)` in AWS's dialect, or a token.
   */
  public readonly scheduleExpression: string;

  /**
   * IANA time zone.
   */
  public readonly timeZone: string;

  private cachedRuns?: CronRuns;

  private constructor(expression: string, timeZone: string | undefined) {
    this.scheduleExpression = expression;
    this.timeZone = timeZone ?? BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE;
  }

  /**
   * Whether the expression and the time zone can be evaluated; tokens and malformed expressions cannot.
   */
  public isEvaluable(): boolean {
    return !isProblems(parseCron(this.scheduleExpression)) && Zone.tryFind(this.timeZone) !== undefined;
  }

  /**
   * The first run strictly after an instant.
   *
   * @param atMs milliseconds since the epoch, UTC
   * @throws Error when the schedule is not evaluable; check with `ScheduleRules` before
   */
  public nextAfter(atMs: number): number | undefined {
    return this.runs().nextAfter(atMs);
  }

  /**
   * The last run strictly before an instant.
   *
   * @param atMs milliseconds since the epoch, UTC
   * @throws Error when the schedule is not evaluable; check with `ScheduleRules` before
   */
  public previousBefore(atMs: number): number | undefined {
    return this.runs().previousBefore(atMs);
  }

  /**
   * All runs of an interval, the start included, the end not.
   *
   * @param fromMs milliseconds since the epoch, UTC
   * @param toMs milliseconds since the epoch, UTC
   * @throws Error when the schedule is not evaluable; check with `ScheduleRules` before
   */
  public between(fromMs: number, toMs: number): number[] {
    return this.runs().between(fromMs, toMs);
  }

  /**
   * The least distance of two runs in minutes of local time; absent when there are fewer than two.
   *
   * @throws Error when the schedule is not evaluable; check with `ScheduleRules` before
   */
  public shortestGapMinutes(): number | undefined {
    return this.runs().shortestGapMinutes();
  }

  /**
   * The scheduled times of an interval that daylight saving skips or repeats, oldest first.
   *
   * @param fromMs milliseconds since the epoch, UTC; included
   * @param toMs milliseconds since the epoch, UTC; not included
   * @throws Error when the schedule is not evaluable; check with `ScheduleRules` before
   */
  public remarks(fromMs: number, toMs: number): ScheduleRemark[] {
    return this.runs()
      .shifts(fromMs, toMs)
      .map((shift) => ({
        atMs: shift.atMs,
        kind: shift.skipped ? ScheduleRemarkKind.SKIPPED : ScheduleRemarkKind.REPEATED,
        localTime: shift.localTime,
      }));
  }

  private runs(): CronRuns {
    if (this.cachedRuns === undefined) {
      const fields = parseCron(this.scheduleExpression);
      if (isProblems(fields)) {
        throw new Error(
          fields.map((wrong) => `scheduleExpression must be ${wrong.allowed}, got ${wrong.given}`).join('; '),
        );
      }
      const zone = Zone.tryFind(this.timeZone);
      if (zone === undefined) {
        throw new Error(`timeZone must be an IANA time zone, got ${this.timeZone}`);
      }
      this.cachedRuns = new CronRuns(fields, zone);
    }
    return this.cachedRuns;
  }
}

/**
 * What AWS refuses or misunderstands in a schedule.
 */
export class ScheduleRules {
  /**
   * Checks the schedule of a rule.
   *
   * @param path what comes before `scheduleExpression` in the paths of the findings, or nothing
   * @param probe tells which values are known
   * @param expression the expression; AWS's default when absent
   * @param timeZone the time zone; `Etc/UTC` when absent
   */
  public static check(path: string, probe: IValueProbe, expression?: string, timeZone?: string): Finding[] {
    return checkSchedule(expression, timeZone, path, probe);
  }

  private constructor() {}
}

function timeOf(options: DailyOptions): string {
  return `${options.minute ?? 0} ${options.hour ?? 5}`;
}
