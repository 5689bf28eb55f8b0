import { Schedule, ScheduleRemarkKind } from '@holdfast/model';
import { CronosExpression } from 'cronosjs';
import fc from 'fast-check';

/**
 * Random expressions of AWS's dialect, each beside the same one in the words of cronosjs, whose days of the week are 0 to 6.
 *
 * Left out, as cronosjs reads them differently or not at all: 29W to 31W in short months, L, W and stars within lists, and
 * daylight saving on Lord Howe Island, where it does not reckon with half an hour.
 */

interface Field {
  readonly aws: string;
  readonly cronos: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEK_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const ZONES = [
  'Etc/UTC',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'Africa/Casablanca',
];

const same = (text: string): Field => ({ aws: text, cronos: text });

// 7, 3-9, 5/3 or 2-20/6 within the bounds of a field.
function item(least: number, greatest: number): fc.Arbitrary<string> {
  const value = fc.integer({ min: least, max: greatest });
  const step = fc.integer({ min: 1, max: Math.max(1, Math.floor(greatest / 2)) });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  return fc.oneof(
    { weight: 4, arbitrary: value.map(String) },
    { weight: 2, arbitrary: range },
    { weight: 1, arbitrary: fc.tuple(value, step).map(([from, by]) => `${from}/${by}`) },
    { weight: 1, arbitrary: fc.tuple(range, step).map(([of, by]) => `${of}/${by}`) },
  );
}

function list(least: number, greatest: number): fc.Arbitrary<string> {
  const items = fc.array(item(least, greatest), { minLength: 1, maxLength: 3 }).map((of) => of.join(','));
  const star = fc.integer({ min: 1, max: Math.floor(greatest / 2) }).map((by) => (by === 1 ? '*' : `*/${by}`));
  return fc.oneof({ weight: 6, arbitrary: items }, { weight: 1, arbitrary: star });
}

const monthName = fc.integer({ min: 1, max: 12 }).map((month) => same(MONTHS[month - 1] ?? ''));
const month = fc.oneof(
  { weight: 3, arbitrary: fc.constant(same('*')) },
  { weight: 2, arbitrary: list(1, 12).map(same) },
  { weight: 1, arbitrary: monthName },
);

const dayOfMonth = fc.oneof(
  fc.constant(same('*')),
  list(1, 31).map(same),
  fc.constant(same('L')),
  fc.constant(same('LW')),
  fc.integer({ min: 1, max: 28 }).map((day) => same(`${day}W`)),
);

/** One day of the week as number or name, for AWS and for cronosjs. */
const weekDay: fc.Arbitrary<Field> = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.boolean(), fc.boolean())
  .map(([day, named, lower]) => {
    const name = WEEK_DAYS[day - 1] ?? '';
    return { aws: named ? (lower ? name.toLowerCase() : name) : String(day), cronos: String(day - 1) };
  });

/** Days from one to another, wrapping around the week, every `by`-th. */
const weekDayRange: fc.Arbitrary<Field> = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
  .map(([first, length, by]) => {
    const last = ((first - 1 + length) % 7) + 1;
    const days: number[] = [];
    for (let offset = 0; offset <= length; offset += by) {
      days.push((first - 1 + offset) % 7);
    }
    return { aws: `${first}-${last}${by === 1 ? '' : `/${by}`}`, cronos: days.join(',') };
  });

const dayOfWeek: fc.Arbitrary<Field> = fc.oneof(
  fc.constant(same('*')),
  fc.array(fc.oneof(weekDay, weekDayRange), { minLength: 1, maxLength: 3 }).map((items) => ({
    aws: items.map(({ aws }) => aws).join(','),
    cronos: items.map(({ cronos }) => cronos).join(','),
  })),
  weekDay.map(({ aws, cronos }) => ({ aws: `${aws}L`, cronos: `${cronos}L` })),
  fc
    .tuple(weekDay, fc.integer({ min: 1, max: 5 }))
    .map(([{ aws, cronos }, nth]) => ({ aws: `${aws}#${nth}`, cronos: `${cronos}#${nth}` })),
);

const days: fc.Arbitrary<Field> = fc
  .tuple(fc.boolean(), dayOfMonth, month, dayOfWeek)
  .map(([byMonth, inMonth, ofYear, inWeek]) =>
    byMonth
      ? { aws: `${inMonth.aws} ${ofYear.aws} ?`, cronos: `${inMonth.cronos} ${ofYear.cronos} ?` }
      : { aws: `? ${ofYear.aws} ${inWeek.aws}`, cronos: `? ${ofYear.cronos} ${inWeek.cronos}` },
  );

/** No step from `*`: cronosjs counts the years from 0, AWS from 1970. */
const year = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  { weight: 1, arbitrary: fc.integer({ min: 2027, max: 2033 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('2028-2031', '2027/3', '2027-2035/2', '2029,2032-2033') },
);

const expression: fc.Arbitrary<Field> = fc
  .tuple(list(0, 59), list(0, 23), days, year)
  .map(([minute, hour, of, years]) => ({
    aws: `cron(${minute} ${hour} ${of.aws} ${years})`,
    cronos: `0 ${minute} ${hour} ${of.cronos} ${years}`,
  }));

const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2034, 0, 1) });
const zone = fc.constantFrom(...ZONES);

describe('a schedule agrees', () => {
  test('with cronosjs on the next runs of any expression in any zone', () => {
    let compared = 0;
    fc.assert(
      fc.property(expression, zone, instant, ({ aws, cronos }, timeZone, from) => {
        const schedule = Schedule.expression(aws, timeZone);
        const runs: number[] = [];
        for (let run = schedule.nextAfter(from); run !== undefined && runs.length < 8; run = schedule.nextAfter(run)) {
          runs.push(run);
        }
        // Where nothing comes cronosjs would search for ever.
        fc.pre(runs.length > 0);
        const touched = schedule.remarks(from, (runs.at(-1) ?? from) + 1).length > 0;
        fc.pre(timeZone !== 'Australia/Lord_Howe' || !touched);
        compared += runs.length;
        const oracle = CronosExpression.parse(cronos, {
          timezone: timeZone,
          missingHour: 'skip',
          skipRepeatedHour: true,
        });
        expect(oracle.nextNDates(new Date(from), runs.length).map(Number)).toEqual(runs);
      }),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  test('with itself: an interval holds what comes next, and next after next, and the way back', () => {
    fc.assert(
      fc.property(expression, zone, instant, fc.integer({ min: 0, max: 5 }), ({ aws }, timeZone, from, span) => {
        const schedule = Schedule.expression(aws, timeZone);
        const to = from + span * 86_400_000;
        const forwards: number[] = [];
        for (let run = schedule.nextAfter(from - 1); run !== undefined && run < to; run = schedule.nextAfter(run)) {
          forwards.push(run);
        }
        expect(schedule.between(from, to)).toEqual(forwards);
        const backwards: number[] = [];
        for (
          let run = schedule.previousBefore(to);
          run !== undefined && run >= from;
          run = schedule.previousBefore(run)
        ) {
          backwards.push(run);
        }
        expect(backwards.reverse()).toEqual(forwards);
      }),
      { numRuns: 600 },
    );
  });

  test('with its remarks: the local times of the runs and the skipped ones are what the expression says', () => {
    fc.assert(
      fc.property(expression, zone, ({ aws }, timeZone) => {
        const from = Date.UTC(2027, 1, 1);
        const to = Date.UTC(2027, 3, 10);
        const schedule = Schedule.expression(aws, timeZone);
        const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
        const runs = schedule.between(from, to).map((run) => format.format(run).replace(' ', 'T'));
        const skipped = schedule.remarks(from, to).filter(({ kind }) => kind === ScheduleRemarkKind.SKIPPED);
        const told = [...runs, ...skipped.map(({ localTime }) => localTime)];
        const inside = told.filter((time) => time >= '2027-02-02' && time < '2027-04-09').sort();
        const local = Schedule.expression(aws).between(Date.UTC(2027, 1, 2), Date.UTC(2027, 3, 9));
        expect(inside).toEqual(local.map((time) => new Date(time).toISOString().slice(0, 16)));
      }),
      { numRuns: 150 },
    );
  });
});
