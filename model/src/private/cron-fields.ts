/**
 * The six fields of AWS's cron dialect, read.
 *
 * Source B2.2/1: `* , - / ? L W #`, names, years 1970 to 2199, `?` in exactly one of the two day fields; one `#` alone
 * (EventBridge's page on cron expressions).
 * Assumed: a range that descends wraps around (FRI-MON); a step is at least 1 and at most the field's greatest value.
 */

/** What is wrong with an expression. */
export interface CronProblem {
  readonly kind: 'form' | 'fields' | 'day-fields';
  readonly field?: string;
  readonly allowed: string;
  readonly given: string;
}

/** One part of a list: single values, a range or `*`, with an optional step. */
interface Span {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/** What distinguishes one field from another. */
interface FieldRule {
  readonly name: string;
  readonly least: number;
  readonly greatest: number;
  readonly names?: readonly string[];
  readonly nameBase?: number;
  readonly allowed: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEK_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const MINUTE: FieldRule = { name: 'minute', least: 0, greatest: 59, allowed: '0 to 59 with * , - /' };
const HOUR: FieldRule = { name: 'hour', least: 0, greatest: 23, allowed: '0 to 23 with * , - /' };
const DAY: FieldRule = { name: 'day of month', least: 1, greatest: 31, allowed: '1 to 31 with * , - / ? L W' };
const MONTH: FieldRule = {
  name: 'month',
  least: 1,
  greatest: 12,
  names: MONTHS,
  nameBase: 1,
  allowed: '1 to 12 or JAN to DEC with * , - /',
};
const WEEK_DAY: FieldRule = {
  name: 'day of week',
  least: 1,
  greatest: 7,
  names: WEEK_DAYS,
  nameBase: 1,
  allowed: '1 to 7 or SUN to SAT with * , - / ? L and one #',
};
const YEAR: FieldRule = { name: 'year', least: 1970, greatest: 2199, allowed: '1970 to 2199 with * , - /' };

/** The days that the day-of-month field names. */
export interface MonthDays {
  readonly days: ReadonlySet<number>;
  readonly last: boolean;
  readonly lastWeekday: boolean;
  readonly nearestWeekdays: readonly number[];
}

/** The days that the day-of-week field names, 1 (Sunday) to 7. */
export interface WeekDays {
  readonly days: ReadonlySet<number>;
  readonly lastOfMonth: readonly number[];
  /** Day of the week and which of the month, e.g. 5#2. */
  readonly nth?: { readonly day: number; readonly count: number };
}

/** An expression that was read. */
export interface CronFields {
  /** Minutes of the day at which the schedule fires, ascending. */
  readonly times: readonly number[];
  readonly monthDays: MonthDays | undefined;
  readonly weekDays: WeekDays | undefined;
  readonly months: ReadonlySet<number>;
  /** Years, ascending. */
  readonly years: readonly number[];
  /** The one step of the hour field, when it is `a/n` or a star with a step. */
  readonly hourStep: { readonly first: number; readonly step: number; readonly text: string } | undefined;
  /** Forms that no page of AWS confirms, in the words of the expression. */
  readonly unconfirmed: readonly string[];
}

/** Whether `parseCron` could not read the expression. */
export function isProblems(read: CronFields | readonly CronProblem[]): read is readonly CronProblem[] {
  return Array.isArray(read);
}

/** Reads an expression; all that is wrong with it at once. */
export function parseCron(expression: string): CronFields | readonly CronProblem[] {
  const inner = /^cron\((.*)\)$/s.exec(expression);
  const parts = inner === null ? [] : inner[1].trim().split(/\s+/);
  if (parts.length !== 6) {
    const allowed = 'cron(minute hour day-of-month month day-of-week year)';
    const given = inner === null ? expression : `${parts[0] === '' ? 0 : parts.length} field(s) in ${expression}`;
    return [problem('form', allowed, given)];
  }
  const reader = new FieldReader();
  const [minute, hour, day, month, weekDay, year] = parts.map((part) => part.toUpperCase());
  if ((day === '?') === (weekDay === '?')) {
    reader.problems.push(
      problem('day-fields', '? in exactly one of day of month and day of week', `${parts[2]} and ${parts[4]}`),
    );
  }
  const minutes = reader.values(MINUTE, minute);
  const hours = reader.values(HOUR, hour);
  const monthDays = day === '?' ? undefined : reader.monthDays(day);
  const months = reader.values(MONTH, month);
  const weekDays = weekDay === '?' ? undefined : reader.weekDays(weekDay);
  const years = reader.values(YEAR, year);
  if (reader.problems.length > 0) {
    return reader.problems;
  }
  return {
    times: hours.flatMap((h) => minutes.map((m) => h * 60 + m)),
    monthDays,
    weekDays,
    months: new Set(months),
    years,
    hourStep: stepOf(hour),
    unconfirmed: reader.unconfirmed,
  };
}

function problem(kind: CronProblem['kind'], allowed: string, given: string): CronProblem {
  return { kind, allowed, given };
}

/** `12/12` or a star with a step that runs to the end of the day. */
function stepOf(hour: string): CronFields['hourStep'] {
  const match = /^(\*|\d+)\/(\d+)$/.exec(hour);
  return match === null
    ? undefined
    : { first: match[1] === '*' ? 0 : Number(match[1]), step: Number(match[2]), text: hour };
}

class FieldReader {
  public readonly problems: CronProblem[] = [];
  public readonly unconfirmed: string[] = [];

  /** The values of a field, ascending. */
  public values(rule: FieldRule, text: string): number[] {
    const values = new Set<number>();
    for (const item of text.split(',')) {
      this.addItem(rule, text, item, values);
    }
    return [...values].sort((a, b) => a - b);
  }

  public monthDays(text: string): MonthDays {
    const days = new Set<number>();
    const nearestWeekdays: number[] = [];
    let last = false;
    let lastWeekday = false;
    const items = text.split(',');
    for (const item of items) {
      const nearest = /^(\d{1,2})W$/.exec(item);
      if (item === 'L') {
        last = true;
      } else if (item === 'LW') {
        lastWeekday = true;
      } else if (nearest !== null && Number(nearest[1]) >= 1 && Number(nearest[1]) <= 31) {
        nearestWeekdays.push(Number(nearest[1]));
      } else {
        this.addItem(DAY, text, item, days);
      }
    }
    if (items.length > 1 && /[LW]/.test(text)) {
      this.unconfirmed.push(`${text}, a list with L or W`);
    }
    return { days, last, lastWeekday, nearestWeekdays };
  }

  public weekDays(text: string): WeekDays {
    const hash = /^([A-Z]{3}|\d)#([1-5])$/.exec(text);
    if (hash !== null) {
      const day = this.value(WEEK_DAY, hash[1]);
      if (day !== undefined) {
        return { days: new Set(), lastOfMonth: [], nth: { day, count: Number(hash[2]) } };
      }
    }
    const days = new Set<number>();
    const lastOfMonth: number[] = [];
    const items = text.split(',');
    for (const item of items) {
      const last = /^([A-Z]{3}|\d)L$/.exec(item);
      const day = last === null ? undefined : this.value(WEEK_DAY, last[1]);
      if (item === 'L') {
        days.add(7);
      } else if (day !== undefined) {
        lastOfMonth.push(day);
      } else {
        this.addItem(WEEK_DAY, text, item, days);
      }
    }
    if (items.length > 1 && items.some((item) => item.endsWith('L'))) {
      this.unconfirmed.push(`${text}, a list with L`);
    }
    return { days, lastOfMonth };
  }

  private addItem(rule: FieldRule, text: string, item: string, into: Set<number>): void {
    const span = this.span(rule, item);
    if (span === undefined) {
      if (this.problems.every((known) => known.field !== rule.name)) {
        const article = rule === HOUR ? 'an' : 'a';
        const allowed = `cron(…) with ${article} ${rule.name} of ${rule.allowed}`;
        this.problems.push({ ...problem('fields', allowed, text), field: rule.name });
      }
      return;
    }
    const size = rule.greatest - rule.least + 1;
    const length = span.last >= span.first ? span.last - span.first : span.last + size - span.first;
    if (span.last < span.first) {
      this.unconfirmed.push(`${item}, a range that descends`);
    }
    for (let offset = 0; offset <= length; offset += span.step) {
      into.add(rule.least + ((span.first - rule.least + offset) % size));
    }
  }

  private span(rule: FieldRule, item: string): Span | undefined {
    const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d{1,4}))?$/.exec(item);
    if (match === null) {
      return undefined;
    }
    const step = match[4] === undefined ? 1 : Number(match[4]);
    const first = match[1] === '*' ? rule.least : this.value(rule, match[2]);
    const alone = match[1] === undefined && match[3] === undefined && match[4] === undefined;
    const last = alone ? first : match[3] === undefined ? rule.greatest : this.value(rule, match[3]);
    const stepFits = step >= 1 && step <= rule.greatest;
    // A year that wraps around would run into the past.
    const yearsDescend = rule === YEAR && first !== undefined && last !== undefined && last < first;
    return first === undefined || last === undefined || !stepFits || yearsDescend ? undefined : { first, last, step };
  }

  private value(rule: FieldRule, text: string): number | undefined {
    const named = rule.names?.indexOf(text) ?? -1;
    if (named >= 0) {
      return named + (rule.nameBase ?? 0);
    }
    const value = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
    return value >= rule.least && value <= rule.greatest ? value : undefined;
  }
}
