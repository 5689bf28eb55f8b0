const MINUTES_PER_DAY = 1440;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;
const MS_PER_MINUTE = 60_000;
/** The epoch began on a Thursday, three days into a week that begins on Monday. */
const EPOCH_MINUTE_OF_WEEK = 3 * MINUTES_PER_DAY;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const TIME = '([01]\\d|2[0-3]):([0-5]\\d)';
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^(${DAYS.join('|')}):${TIME}-(${DAYS.join('|')}):${TIME}$`);

/** Services whose backups cannot begin near one of their windows, and how many minutes before it that begins. */
const LEAD_MINUTES: ReadonlyMap<string, number> = new Map([
  ['rds', 60],
  ['rds-multi-az-cluster', 60],
  ['documentdb', 60],
  ['neptune', 60],
  ['fsx-lustre', 240],
  ['fsx-windows', 240],
  ['fsx-ontap', 240],
  ['fsx-openzfs', 240],
]);

/**
 * A time of each day, or of each week, in which a service works on a resource itself: maintenance, automated backups.
 *
 * Source B4.3/2: backups by AWS Backup cannot begin in it, nor shortly before. Times are UTC.
 */
export class ServiceWindow {
  /**
   * A window of each day.
   *
   * @param text as RDS has it, e.g. `04:00-04:30`
   * @returns nothing for text of another form
   */
  public static tryDaily(text: string): ServiceWindow | undefined {
    const [, hour = '', minute = '', endHour = '', endMinute = ''] = DAILY.exec(String(text).toLowerCase()) ?? [];
    return hour === ''
      ? undefined
      : new ServiceWindow(minuteOf(hour, minute), minuteOf(endHour, endMinute), MINUTES_PER_DAY);
  }

  /**
   * A window of each week.
   *
   * @param text as RDS has it, e.g. `mon:05:00-mon:05:30`
   * @returns nothing for text of another form
   */
  public static tryWeekly(text: string): ServiceWindow | undefined {
    const [, day = '', hour = '', minute = '', endDay = '', endHour = '', endMinute = ''] =
      WEEKLY.exec(String(text).toLowerCase()) ?? [];
    const from = DAYS.indexOf(day) * MINUTES_PER_DAY + minuteOf(hour, minute);
    const to = DAYS.indexOf(endDay) * MINUTES_PER_DAY + minuteOf(endHour, endMinute);
    return day === '' ? undefined : new ServiceWindow(from, to, MINUTES_PER_WEEK);
  }

  /**
   * How many minutes before a window of the service backups cannot begin any more; 0 for a service that does not mind.
   *
   * @param service id of its row in the table of service support
   */
  public static leadMinutes(service: string): number {
    return LEAD_MINUTES.get(service) ?? 0;
  }

  private constructor(
    private readonly from: number,
    private readonly to: number,
    private readonly period: number,
  ) {}

  /**
   * Whether a backup that begins at an instant would be in the window, or too close before it.
   *
   * @param at milliseconds since the epoch
   * @param leadMinutes how many minutes before the window are too close
   */
  public blocks(at: number, leadMinutes: number): boolean {
    return this.into(at, leadMinutes) < this.length + leadMinutes;
  }

  /**
   * When the first window that begins at or after an instant begins.
   *
   * @param at milliseconds since the epoch
   */
  public nextStart(at: number): number {
    const into = this.into(at, 0);
    return into === 0 ? at : at + (this.period - into) * MS_PER_MINUTE;
  }

  /** Minutes since the last moment that lies `leadMinutes` before a beginning of the window. */
  private into(at: number, leadMinutes: number): number {
    const since = at / MS_PER_MINUTE + EPOCH_MINUTE_OF_WEEK - this.from + leadMinutes;
    return ((since % this.period) + this.period) % this.period;
  }

  private get length(): number {
    return this.to > this.from ? this.to - this.from : this.to - this.from + this.period;
  }
}

function minuteOf(hour: string, minute: string): number {
  return Number(hour) * 60 + Number(minute);
}
