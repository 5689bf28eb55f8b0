/**
 * The runs of a cron expression in a time zone.
 *
 * Units    `…Ms` are milliseconds since the epoch; `day` counts local days since 1970-01-01; times of the day are minutes.
 * Source   B2.2/3: evaluated inside one local day. Assumed: a skipped local time has no run, a repeated one has the first.
 */
import { CronFields } from './cron-fields';
import { Zone } from './cron-zone';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_MINUTES = 1440;
/** Years after which the days of the week and leap years come again, and one more for the turn of the year. */
const CALENDARS = 29;
/** No run is outside: years 1970 to 2199, and what a zone may be away from UTC. */
const EARLIEST = Date.UTC(1969, 11, 30);
const LATEST = Date.UTC(2200, 0, 3);

/** A scheduled time that a change of the clocks touches. */
export interface Shift {
  readonly atMs: number;
  readonly skipped: boolean;
  readonly localTime: string;
}

/** One month as a set of days: bit 1 is the first. */
interface Month {
  readonly firstDay: number;
  readonly length: number;
  readonly bits: number;
}

export class CronRuns {
  private readonly months = new Map<number, Month>();
  private readonly years: ReadonlySet<number>;
  private readonly firstYear: number;
  private readonly lastYear: number;
  private gap: number | undefined | null = null;

  constructor(
    private readonly fields: CronFields,
    private readonly zone: Zone,
  ) {
    this.years = new Set(fields.years);
    this.firstYear = fields.years[0];
    this.lastYear = fields.years[fields.years.length - 1];
  }

  public nextAfter(after: number): number | undefined {
    const { times } = this.fields;
    const atMs = Math.max(after, EARLIEST);
    if (atMs > LATEST) {
      return undefined;
    }
    const local = atMs + this.zone.offsetAt(atMs);
    const today = Math.floor(local / DAY_MS);
    const minute = (local - today * DAY_MS) / MINUTE_MS;
    let index = 0;
    while (index < times.length && times[index] < minute) {
      index++;
    }
    for (let day = this.dayFrom(today); day !== undefined; day = this.dayFrom(day + 1)) {
      for (let i = day === today ? index : 0; i < times.length; i++) {
        const run = this.zone.instantOf(day * DAY_MS + times[i] * MINUTE_MS);
        if (run !== undefined && run > atMs) {
          return run;
        }
      }
    }
    return undefined;
  }

  public previousBefore(before: number): number | undefined {
    const { times } = this.fields;
    const atMs = Math.min(before, LATEST);
    if (atMs < EARLIEST) {
      return undefined;
    }
    // Where the clocks went back within a day, a run can have a later local time than now.
    const local = atMs + Math.max(this.zone.offsetAt(atMs), this.zone.offsetAt(atMs - DAY_MS));
    const today = Math.floor(local / DAY_MS);
    const minute = (local - today * DAY_MS) / MINUTE_MS;
    let index = times.length - 1;
    while (index >= 0 && times[index] > minute) {
      index--;
    }
    for (let day = this.dayUntil(today); day !== undefined; day = this.dayUntil(day - 1)) {
      for (let i = day === today ? index : times.length - 1; i >= 0; i--) {
        const run = this.zone.instantOf(day * DAY_MS + times[i] * MINUTE_MS);
        if (run !== undefined && run < atMs) {
          return run;
        }
      }
    }
    return undefined;
  }

  public between(fromMs: number, toMs: number): number[] {
    const runs: number[] = [];
    const lastDay = Math.floor(Math.min(toMs, LATEST) / DAY_MS) + 1;
    const firstDay = Math.floor(Math.max(fromMs, EARLIEST) / DAY_MS) - 1;
    for (let day = this.dayFrom(firstDay); day !== undefined; day = this.dayFrom(day + 1)) {
      if (day > lastDay) {
        break;
      }
      for (const time of this.fields.times) {
        const run = this.zone.instantOf(day * DAY_MS + time * MINUTE_MS);
        if (run !== undefined && run >= fromMs && run < toMs) {
          runs.push(run);
        }
      }
    }
    return runs;
  }

  /** Whether there is any run at all. */
  public fires(): boolean {
    return this.dayFrom(-Infinity) !== undefined;
  }

  public shortestGapMinutes(): number | undefined {
    if (this.gap === null) {
      this.gap = this.findGap();
    }
    return this.gap;
  }

  /** The least distance of two runs, where it is below a limit that is shorter than a day. */
  public gapBelow(limitMinutes: number): number | undefined {
    const { times } = this.fields;
    const overnight = times[0] + DAY_MINUTES - times[times.length - 1];
    const close = overnight < limitMinutes || times.some((time, i) => i > 0 && time - times[i - 1] < limitMinutes);
    const gap = close && this.fires() ? this.shortestGapMinutes() : undefined;
    return gap !== undefined && gap < limitMinutes ? gap : undefined;
  }

  public shifts(fromMs: number, toMs: number): Shift[] {
    const shifts: Shift[] = [];
    const transitions = this.zone.transitions(Math.max(fromMs, EARLIEST) - DAY_MS, Math.min(toMs + DAY_MS, LATEST));
    for (const { atMs, beforeMs, offsetMs } of transitions) {
      const skipped = offsetMs > beforeMs;
      const first = atMs + Math.min(beforeMs, offsetMs);
      const end = atMs + Math.max(beforeMs, offsetMs);
      for (const local of this.localTimes(first, end)) {
        const shiftAt = skipped ? atMs : local - beforeMs;
        if (shiftAt >= fromMs && shiftAt < toMs) {
          shifts.push({ atMs: shiftAt, skipped, localTime: new Date(local).toISOString().slice(0, 16) });
        }
      }
    }
    return shifts;
  }

  /** The scheduled local times of an interval, whether they exist or not. */
  private localTimes(fromLocal: number, toLocal: number): number[] {
    const found: number[] = [];
    const lastDay = Math.floor(toLocal / DAY_MS);
    for (let day = this.dayFrom(Math.floor(fromLocal / DAY_MS)); day !== undefined && day <= lastDay;) {
      for (const time of this.fields.times) {
        const local = day * DAY_MS + time * MINUTE_MS;
        if (local >= fromLocal && local < toLocal) {
          found.push(local);
        }
      }
      day = this.dayFrom(day + 1);
    }
    return found;
  }

  private findGap(): number | undefined {
    const { times } = this.fields;
    let gap = Infinity;
    for (let i = 1; i < times.length; i++) {
      gap = Math.min(gap, times[i] - times[i - 1]);
    }
    const overnight = times[0] - times[times.length - 1];
    let before = this.dayFrom(-Infinity);
    if (before === undefined) {
      return undefined;
    }
    // Where all years count, 28 hold every calendar that there is.
    const all = this.years.size === this.lastYear - this.firstYear + 1;
    const end = all ? Date.UTC(this.firstYear + CALENDARS, 0, 1) / DAY_MS : Infinity;
    for (let day = this.dayFrom(before + 1); day !== undefined && day < end; day = this.dayFrom(day + 1)) {
      gap = Math.min(gap, (day - before) * DAY_MINUTES + overnight);
      if (day === before + 1) {
        break;
      }
      before = day;
    }
    return gap === Infinity ? undefined : gap;
  }

  /** The first scheduled day that is not before `day`. */
  private dayFrom(day: number): number | undefined {
    let year = Math.max(this.firstYear, yearOf(day));
    let month = year > yearOf(day) ? 0 : monthOf(day);
    for (; year <= this.lastYear; year++, month = 0) {
      for (; this.years.has(year) && month < 12; month++) {
        const { firstDay, bits } = this.month(year, month);
        const skip = Math.max(0, day - firstDay);
        const left = skip > 31 ? 0 : (bits >>> skip) << skip;
        if (left !== 0) {
          return firstDay + 31 - Math.clz32(left & -left);
        }
      }
    }
    return undefined;
  }

  /** The last scheduled day that is not after `day`. */
  private dayUntil(day: number): number | undefined {
    let year = Math.min(this.lastYear, yearOf(day));
    let month = year < yearOf(day) ? 11 : monthOf(day);
    for (; year >= this.firstYear; year--, month = 11) {
      for (; this.years.has(year) && month >= 0; month--) {
        const { firstDay, bits } = this.month(year, month);
        const keep = day - firstDay + 1;
        const left = keep >= 31 ? bits : bits & ((1 << keep) - 1);
        if (left !== 0) {
          return firstDay + 31 - Math.clz32(left);
        }
      }
    }
    return undefined;
  }

  private month(year: number, month: number): Month {
    const key = year * 12 + month;
    let found = this.months.get(key);
    if (found === undefined) {
      found = monthOfFields(this.fields, year, month);
      this.months.set(key, found);
    }
    return found;
  }
}

/** Bit 0 is the first day of the month. */
function monthOfFields(fields: CronFields, year: number, month: number): Month {
  const firstDay = Date.UTC(year, month, 1) / DAY_MS;
  const length = Date.UTC(year, month + 1, 1) / DAY_MS - firstDay;
  if (!fields.months.has(month + 1)) {
    return { firstDay, length, bits: 0 };
  }
  const days = new Set<number>();
  addMonthDays(fields, firstDay, length, days);
  addWeekDays(fields, firstDay, length, days);
  let bits = 0;
  for (const day of days) {
    bits |= 1 << (day - 1);
  }
  return { firstDay, length, bits };
}

function addMonthDays({ monthDays }: CronFields, firstDay: number, length: number, into: Set<number>): void {
  if (monthDays === undefined) {
    return;
  }
  for (const day of monthDays.days) {
    if (day <= length) {
      into.add(day);
    }
  }
  if (monthDays.last) {
    into.add(length);
  }
  if (monthDays.lastWeekday) {
    into.add(nearestWeekday(length, firstDay, length));
  }
  for (const day of monthDays.nearestWeekdays) {
    // Assumed: a month without that day has no run.
    if (day <= length) {
      into.add(nearestWeekday(day, firstDay, length));
    }
  }
}

function addWeekDays({ weekDays }: CronFields, firstDay: number, length: number, into: Set<number>): void {
  if (weekDays === undefined) {
    return;
  }
  for (let day = 1; day <= length; day++) {
    const weekDay = weekDayOf(firstDay + day - 1);
    const nth = weekDays.nth;
    const isNth = nth !== undefined && nth.day === weekDay && nth.count === Math.ceil(day / 7);
    const isLast = day + 7 > length && weekDays.lastOfMonth.includes(weekDay);
    if (weekDays.days.has(weekDay) || isNth || isLast) {
      into.add(day);
    }
  }
}

/** The weekday (Monday to Friday) of the same month that is nearest to a day. */
function nearestWeekday(day: number, firstDay: number, length: number): number {
  const weekDay = weekDayOf(firstDay + day - 1);
  if (weekDay === 7) {
    return day === 1 ? 3 : day - 1;
  }
  if (weekDay === 1) {
    return day === length ? day - 2 : day + 1;
  }
  return day;
}

/** 1 (Sunday) to 7; 1970-01-01 was a Thursday. */
function weekDayOf(day: number): number {
  return ((((day + 4) % 7) + 7) % 7) + 1;
}

function yearOf(day: number): number {
  return day === -Infinity ? -Infinity : new Date(day * DAY_MS).getUTCFullYear();
}

function monthOf(day: number): number {
  return new Date(day * DAY_MS).getUTCMonth();
}
