import { PlainValues, Schedule, ScheduleRemarkKind, ScheduleRules, WeekDay } from '@holdfast/model';

const PROBE = new PlainValues();

/** Rule ids that a schedule breaks. */
function broken(expression: string | undefined, timeZone?: string): string[] {
  return ScheduleRules.check('rules[0]', PROBE, expression, timeZone).map((finding) => finding.rule);
}

/** The first runs after an instant, ISO without seconds. */
function next(schedule: Schedule, fromIso: string, count: number): string[] {
  const runs: string[] = [];
  let at = Date.parse(fromIso);
  while (runs.length < count) {
    const run = schedule.nextAfter(at);
    if (run === undefined) {
      break;
    }
    runs.push(iso(run));
    at = run;
  }
  return runs;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16);
}

describe('a schedule is refused', () => {
  // prettier-ignore
  test.each([
    // expression                              rules
    ['cron(0 5 ? * * *)',                      []],
    ['cron(0 5 * * ? *)',                      []],
    [undefined,                                []],
    ['rate(1 day)',                            ['schedule-cron-form']],
    ['0 5 ? * * *',                            ['schedule-cron-form']],
    ['cron()',                                 ['schedule-cron-form']],
    ['cron(0 5 ? * *)',                        ['schedule-cron-form']],
    ['cron(0 5 ? * * * *)',                    ['schedule-cron-form']],
    ['cron(0 5 * * * *)',                      ['schedule-day-fields']],
    ['cron(0 5 ? * ? *)',                      ['schedule-day-fields']],
    ['cron(0 5 1 * MON *)',                    ['schedule-day-fields']],
    ['cron(59 5 ? * * *)',                     []],
    ['cron(60 5 ? * * *)',                     ['schedule-fields']],
    ['cron(-1 5 ? * * *)',                     ['schedule-fields']],
    ['cron(0 23 ? * * *)',                     []],
    ['cron(0 24 ? * * *)',                     ['schedule-fields']],
    ['cron(0 5 31 * ? *)',                     []],
    ['cron(0 5 32 * ? *)',                     ['schedule-fields']],
    ['cron(0 5 0 * ? *)',                      ['schedule-fields']],
    ['cron(0 5 1 * ? *)',                      []],
    ['cron(0 5 ? 12 * *)',                     []],
    ['cron(0 5 ? 13 * *)',                     ['schedule-fields']],
    ['cron(0 5 ? 0 * *)',                      ['schedule-fields']],
    ['cron(0 5 ? dec * *)',                    []],
    ['cron(0 5 ? DEZ * *)',                    ['schedule-fields']],
    ['cron(0 5 ? * 7 *)',                      []],
    ['cron(0 5 ? * 8 *)',                      ['schedule-fields']],
    ['cron(0 5 ? * 0 *)',                      ['schedule-fields']],
    ['cron(0 5 ? * 1 *)',                      []],
    ['cron(0 5 ? * mon-Fri *)',                []],
    ['cron(0 5 ? * MON,WED,6-7 *)',            []],
    ['cron(0 5 ? * MOND *)',                   ['schedule-fields']],
    ['cron(0 5 ? * * 1970)',                   ['schedule-over']],
    ['cron(0 5 ? * * 1969)',                   ['schedule-fields']],
    ['cron(0 5 ? * * 2199)',                   []],
    ['cron(0 5 ? * * 2200)',                   ['schedule-fields']],
    ['cron(0 5 ? * * 2030-2028)',              ['schedule-fields']],
    ['cron(0 5 L * ? *)',                      []],
    ['cron(0 5 LW * ? *)',                     []],
    ['cron(0 5 15W * ? *)',                    []],
    ['cron(0 5 31W * ? *)',                    []],
    ['cron(0 5 32W * ? *)',                    ['schedule-fields']],
    ['cron(0 5 0W * ? *)',                     ['schedule-fields']],
    ['cron(0 5 L-3 * ? *)',                    ['schedule-fields']],
    ['cron(0 5 ? * 6L *)',                     []],
    ['cron(0 5 ? * FRIL *)',                   []],
    ['cron(0 5 ? * L *)',                      []],
    ['cron(0 5 ? * 8L *)',                     ['schedule-fields']],
    ['cron(0 5 ? * 5#2 *)',                    []],
    ['cron(0 5 ? * 5#5 *)',                    []],
    ['cron(0 5 ? * 5#6 *)',                    ['schedule-fields']],
    ['cron(0 5 ? * 5#0 *)',                    ['schedule-fields']],
    ['cron(0 5 ? * 3#1,6#3 *)',                ['schedule-fields']],
    ['cron(0 L ? * * *)',                      ['schedule-fields']],
    ['cron(0 ? 1 * ? *)',                      ['schedule-fields']],
    ['cron(0 5W 1 * ? *)',                     ['schedule-fields']],
    ['cron(0, 5 ? * * *)',                     ['schedule-fields']],
    ['cron(0 1-2-3 ? * * *)',                  ['schedule-fields']],
    ['cron(0 */0 ? * * *)',                    ['schedule-fields']],
    ['cron(0 */23 ? * * *)',                   ['schedule-stops-at-midnight']],
    ['cron(0 */24 ? * * *)',                   ['schedule-fields']],
    ['cron(61 24 ? * 9 *)',                    ['schedule-fields', 'schedule-fields', 'schedule-fields']],
  ])('fails %s with %j', (expression, rules) => {
    expect(broken(expression)).toEqual(rules);
  });

  // prettier-ignore
  test.each([
    ['cron(0 * ? * * *)',          []],
    ['cron(59 * ? * * *)',         []],
    ['cron(0,59 * ? * * *)',       ['schedule-hourly-finest']],
    ['cron(*/30 5 ? * * *)',       ['schedule-hourly-finest']],
    ['cron(0/59 5 ? * * *)',       ['schedule-hourly-finest']],
    ['cron(* * ? * * *)',          ['schedule-hourly-finest']],
    ['cron(*/60 * ? * * *)',       ['schedule-fields']],
    ['cron(30,45 0,23 ? * SUN *)', ['schedule-hourly-finest']],
    ['cron(59 0,23 ? * SUN *)',    []],
    ['cron(0,59 5 1 1 ? 2030)',    ['schedule-hourly-finest']],
    ['cron(30 0,23 ? * * *)',      []],
  ])('fails %s, which runs more often than hourly, with %j', (expression, rules) => {
    expect(broken(expression)).toEqual(rules);
  });

  // prettier-ignore
  test.each([
    ['Europe/Berlin',             []],
    ['Etc/UTC',                   []],
    ['UTC',                       []],
    ['America/Port-au-Prince',    []],
    ['Etc/GMT+5',                 []],
    ['America/Argentina/Ushuaia', []],
    ['Europe/Atlantis',           ['schedule-time-zone']],
    ['europe/berlin',             ['schedule-time-zone']],
    ['+01:00',                    ['schedule-time-zone']],
    ['',                          ['schedule-time-zone']],
    ['CEST',                      ['schedule-time-zone']],
  ])('fails the time zone %j with %j', (timeZone, rules) => {
    expect(broken('cron(0 5 ? * * *)', timeZone)).toEqual(rules);
  });

  test('with the allowed and the given value, at the path of its member', () => {
    expect(ScheduleRules.check('rules[2]', PROBE, 'rate(1 day)', 'Mars/Base')).toEqual([
      expect.objectContaining({
        rule: 'schedule-time-zone',
        path: 'rules[2].scheduleExpressionTimezone',
        message: 'must be the name of an IANA time zone, as the IANA writes it, got Mars/Base',
        effect: 'refused-by-aws',
        severity: 'error',
      }),
      expect.objectContaining({
        rule: 'schedule-cron-form',
        path: 'rules[2].scheduleExpression',
        message: 'must be cron(minute hour day-of-month month day-of-week year), got rate(1 day)',
      }),
    ]);
    expect(ScheduleRules.check('', PROBE, 'cron(0 25 ? * * *)')[0]).toMatchObject({
      path: 'scheduleExpression',
      message: 'must be cron(…) with an hour of 0 to 23 with * , - /, got 25',
    });
  });

  test('not while its values are tokens', () => {
    const tokens = { known: (value: unknown) => typeof value !== 'string' || !value.includes('${Token') };
    expect(ScheduleRules.check('', tokens, '${Token[1]}', '${Token[2]}')).toEqual([]);
    expect(ScheduleRules.check('', tokens, 'rate(1 day)', '${Token[2]}')).toHaveLength(1);
    expect(ScheduleRules.check('', tokens, '${Token[1]}', 'Mars/Base')).toHaveLength(1);
    expect(Schedule.expression('${Token[1]}').scheduleExpression).toBe('${Token[1]}');
  });
});

describe('a schedule that does not do what it looks like is found', () => {
  // prettier-ignore
  test.each([
    ['cron(0 5 29 2 ? *)',         []],
    ['cron(0 5 30 2 ? *)',         ['schedule-never-fires']],
    ['cron(0 5 31 4,6,9,11 ? *)',  ['schedule-never-fires']],
    ['cron(0 5 29 2 ? 2027)',      ['schedule-never-fires']],
    ['cron(0 5 29 2 ? 2028)',      []],
    ['cron(0 5 30W 2 ? *)',        ['schedule-never-fires']],
  ])('%s never fires: %j', (expression, rules) => {
    expect(broken(expression)).toEqual(rules);
  });

  // prettier-ignore
  test.each([
    // vector 21
    ['cron(30 12/12 * * ? *)',  ['schedule-stops-at-midnight']],
    ['cron(30 11/12 * * ? *)',  []],
    ['cron(30 0/12 * * ? *)',   []],
    ['cron(0 */6 * * ? *)',     []],
    ['cron(0 */5 * * ? *)',     ['schedule-stops-at-midnight']],
    ['cron(0 6/6 * * ? *)',     ['schedule-stops-at-midnight']],
    ['cron(0 */1 * * ? *)',     []],
    ['cron(0 8-18/2 * * ? *)',  []],
  ])('%s stops at midnight: %j', (expression, rules) => {
    expect(broken(expression)).toEqual(rules);
  });

  // prettier-ignore
  test.each([
    ['cron(0 5 ? * FRI-MON *)',    ['schedule-unconfirmed-form']],
    ['cron(0 5 ? * MON-FRI *)',    []],
    ['cron(0 22-2 ? * * *)',       ['schedule-unconfirmed-form']],
    ['cron(0 5 1,L * ? *)',        ['schedule-unconfirmed-form']],
    ['cron(0 5 1,15W * ? *)',      ['schedule-unconfirmed-form']],
    ['cron(0 5 ? * MON,FRIL *)',   ['schedule-unconfirmed-form']],
  ])('%s has a form that AWS does not document: %j', (expression, rules) => {
    expect(broken(expression)).toEqual(rules);
  });

  test('vector 23: a time that daylight saving skips is a warning that names the dates', () => {
    const [finding, ...others] = ScheduleRules.check('', PROBE, 'cron(30 2 * * ? *)', 'America/New_York');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'schedule-daylight-saving',
      severity: 'warning',
      effect: 'advice',
      message:
        'must be at a local time that every day has, or in Etc/UTC, got 02:30, which America/New_York skips on ' +
        '2026-03-08, 2027-03-14, 2028-03-12 and 7 more until 2035',
    });
  });

  // prettier-ignore
  test.each([
    ['cron(59 1 * * ? *)',        'America/New_York',    ['schedule-daylight-saving-repeat']],
    ['cron(0 1 * * ? *)',         'America/New_York',    ['schedule-daylight-saving-repeat']],
    ['cron(59 0 * * ? *)',        'America/New_York',    []],
    ['cron(0 2 * * ? *)',         'America/New_York',    ['schedule-daylight-saving']],
    ['cron(59 2 * * ? *)',        'America/New_York',    ['schedule-daylight-saving']],
    ['cron(0 3 * * ? *)',         'America/New_York',    []],
    ['cron(30 2 * * ? *)',        'Etc/UTC',             []],
    ['cron(30 2 * * ? *)',        'Asia/Kolkata',        []],
    ['cron(30 2 ? * MON-FRI *)',  'America/New_York',    []],
    ['cron(30 2 15 * ? *)',       'America/New_York',    []],
    ['cron(30 2 * 7 ? *)',        'America/New_York',    []],
    ['cron(30 2 * * ? *)',        'Europe/Berlin',       ['schedule-daylight-saving', 'schedule-daylight-saving-repeat']],
    ['cron(15 2 * * ? *)',        'Australia/Lord_Howe', ['schedule-daylight-saving']],
    ['cron(45 1 * * ? *)',        'Australia/Lord_Howe', ['schedule-daylight-saving-repeat']],
    ['cron(0 * * * ? *)',         'Europe/Berlin',       []],
  ])('%s in %s meets daylight saving: %j', (expression, timeZone, rules) => {
    expect(broken(expression, timeZone)).toEqual(rules);
  });
});

describe('a builder writes the expression', () => {
  // prettier-ignore
  test.each([
    ['cron(0 * ? * * *)',         'Etc/UTC',     Schedule.hourly()],
    ['cron(20 * ? * * *)',        'Asia/Tokyo',  Schedule.hourly({ minute: 20, timeZone: 'Asia/Tokyo' })],
    ['cron(0 5 ? * * *)',         'Etc/UTC',     Schedule.daily()],
    ['cron(0 0 ? * * *)',         'Etc/UTC',     Schedule.daily({ hour: 0, minute: 0 })],
    ['cron(0 5 ? * SUN *)',       'Etc/UTC',     Schedule.weekly()],
    ['cron(0 5 ? * MON,FRI *)',   'Etc/UTC',     Schedule.weekly({ weekDays: [WeekDay.MONDAY, WeekDay.FRIDAY] })],
    ['cron(0 5 1 * ? *)',         'Etc/UTC',     Schedule.monthly()],
    ['cron(7 3 15 * ? *)',        'Etc/UTC',     Schedule.monthly({ day: 15, hour: 3, minute: 7 })],
    ['cron(0 22 L * ? *)',        'Etc/UTC',     Schedule.lastDayOfMonth({ hour: 22 })],
    ['cron(0 * * * ? *)',         'Etc/UTC',     Schedule.cron({})],
    ['cron(0 4 ? * FRIL *)',      'Etc/UTC',     Schedule.cron({ hour: '4', weekDay: 'FRIL' })],
    ['cron(0 4 15W * ? 2030)',    'Etc/UTC',     Schedule.cron({ hour: '4', day: '15W', year: '2030' })],
    ['cron(0 4 ? * * *)',         'Etc/UTC',     Schedule.cron({ hour: '4', day: '?', weekDay: '*' })],
    ['cron(0 5 ? * * *)',         'Etc/UTC',     Schedule.ofRule({ ruleName: 'r', targetBackupVaultName: 'v' })],
  ])('%s in %s', (expression, timeZone, schedule) => {
    expect(schedule.scheduleExpression).toBe(expression);
    expect(schedule.timeZone).toBe(timeZone);
    expect(broken(schedule.scheduleExpression, schedule.timeZone).filter((rule) => rule !== 'schedule-daylight-saving-repeat')).toEqual([]);
  });
});

describe('a schedule runs', () => {
  test('vector 1: without an expression, made on Monday 10:00, first on Tuesday 05:00', () => {
    const schedule = Schedule.ofRule({ ruleName: 'daily', targetBackupVaultName: 'v' });
    expect(next(schedule, '2027-01-04T10:00:00Z', 1)).toEqual(['2027-01-05T05:00']);
  });

  test('vector 21: every twelve hours from 12:30 once a day, as the day ends at 23:59', () => {
    const schedule = Schedule.expression('cron(30 12/12 * * ? *)');
    expect(next(schedule, '2027-01-01T00:00:00Z', 3)).toEqual([
      '2027-01-01T12:30',
      '2027-01-02T12:30',
      '2027-01-03T12:30',
    ]);
  });

  test('vector 23: not at 02:30 of the Sunday on which New York skips that hour', () => {
    const schedule = Schedule.expression('cron(30 2 * * ? *)', 'America/New_York');
    expect(next(schedule, '2027-03-13T00:00:00Z', 2)).toEqual(['2027-03-13T07:30', '2027-03-15T06:30']);
  });

  test('once, at the first, where an hour comes twice', () => {
    const schedule = Schedule.expression('cron(30 1 * * ? *)', 'America/New_York');
    expect(next(schedule, '2027-11-07T00:00:00Z', 2)).toEqual(['2027-11-07T05:30', '2027-11-08T06:30']);
    // Between the first and the second 01:30 of that day.
    expect(next(schedule, '2027-11-07T06:00:00Z', 1)).toEqual(['2027-11-08T06:30']);
  });

  test('not on a day that a zone leaves out', () => {
    const schedule = Schedule.daily({ timeZone: 'Pacific/Apia' });
    expect(next(schedule, '2011-12-29T00:00:00Z', 2)).toEqual(['2011-12-29T15:00', '2011-12-30T15:00']);
    expect(schedule.remarks(Date.UTC(2011, 11, 1), Date.UTC(2012, 0, 2))).toEqual([
      { atMs: Date.UTC(2011, 11, 30, 10), kind: ScheduleRemarkKind.SKIPPED, localTime: '2011-12-30T05:00' },
    ]);
  });

  // prettier-ignore
  test.each([
    // the days of each month, checked against a calendar
    ['cron(0 5 L * ? *)',      '2028-02-01', ['2028-02-29', '2028-03-31', '2028-04-30']],
    ['cron(0 5 LW * ? *)',     '2027-01-01', ['2027-01-29', '2027-02-26', '2027-03-31']],
    ['cron(0 5 1W * ? *)',     '2027-05-01', ['2027-05-03', '2027-06-01', '2027-07-01']],
    ['cron(0 5 15W * ? *)',    '2027-05-01', ['2027-05-14', '2027-06-15', '2027-07-15']],
    ['cron(0 5 16W * ? *)',    '2027-05-01', ['2027-05-17', '2027-06-16', '2027-07-16']],
    ['cron(0 5 31W * ? *)',    '2027-01-01', ['2027-01-29', '2027-03-31', '2027-05-31']],
    ['cron(0 5 31 * ? *)',     '2027-01-01', ['2027-01-31', '2027-03-31', '2027-05-31']],
    ['cron(0 5 29 2 ? *)',     '2027-01-01', ['2028-02-29', '2032-02-29', '2036-02-29']],
    ['cron(0 5 ? * 6L *)',     '2027-01-01', ['2027-01-29', '2027-02-26', '2027-03-26']],
    ['cron(0 5 ? * FRIL *)',   '2027-01-01', ['2027-01-29', '2027-02-26', '2027-03-26']],
    ['cron(0 5 ? * L *)',      '2027-01-01', ['2027-01-02', '2027-01-09', '2027-01-16']],
    ['cron(0 5 ? * 5#2 *)',    '2027-01-01', ['2027-01-14', '2027-02-11', '2027-03-11']],
    ['cron(0 5 ? * THU#2 *)',  '2027-01-01', ['2027-01-14', '2027-02-11', '2027-03-11']],
    ['cron(0 5 ? * 2#5 *)',    '2027-01-01', ['2027-03-29', '2027-05-31', '2027-08-30']],
    ['cron(0 5 ? * 1 *)',      '2027-01-01', ['2027-01-03', '2027-01-10', '2027-01-17']],
    ['cron(0 5 ? * 2-6/2 *)',  '2027-01-01', ['2027-01-01', '2027-01-04', '2027-01-06']],
    ['cron(0 5 ? * FRI-MON *)', '2027-01-05', ['2027-01-08', '2027-01-09', '2027-01-10']],
    ['cron(0 5 1/10 * ? *)',   '2027-01-30', ['2027-01-31', '2027-02-01', '2027-02-11']],
    ['cron(0 5 1 JAN,JUL ? *)', '2027-01-02', ['2027-07-01', '2028-01-01', '2028-07-01']],
    ['cron(0 5 1 NOV-FEB ? *)', '2027-01-02', ['2027-02-01', '2027-11-01', '2027-12-01']],
    ['cron(0 5 1 1 ? 2028-2032/2)', '2027-01-02', ['2028-01-01', '2030-01-01', '2032-01-01']],
    ['cron(0 5 1 1 ? 2199)',   '2027-01-02', ['2199-01-01']],
  ])('%s on its days', (expression, from, days) => {
    const runs = next(Schedule.expression(expression), `${from}T00:00:00Z`, 3);
    expect(runs).toEqual(days.map((day) => `${day}T05:00`));
  });

  test('at its hours', () => {
    expect(next(Schedule.expression('cron(15 22-2/2 ? * * *)'), '2027-01-01T00:00:00Z', 4)).toEqual([
      '2027-01-01T00:15',
      '2027-01-01T02:15',
      '2027-01-01T22:15',
      '2027-01-02T00:15',
    ]);
  });

  test('strictly after the instant, and from the start but not at the end of an interval', () => {
    const schedule = Schedule.daily();
    const run = Date.UTC(2027, 0, 2, 5);
    const day = 24 * 3_600_000;
    expect(schedule.nextAfter(run - 1)).toBe(run);
    expect(schedule.nextAfter(run)).toBe(run + day);
    expect(schedule.previousBefore(run + 1)).toBe(run);
    expect(schedule.previousBefore(run)).toBe(run - day);
    expect(schedule.between(run, run + day)).toEqual([run]);
    expect(schedule.between(run + 1, run + day + 1)).toEqual([run + day]);
    expect(schedule.between(run, run)).toEqual([]);
  });

  test('from 1970 to 2199 and never outside', () => {
    const schedule = Schedule.daily({ timeZone: 'Europe/Berlin' });
    expect(schedule.nextAfter(-1e15)).toBe(Date.UTC(1970, 0, 1, 4));
    expect(schedule.previousBefore(1e15)).toBe(Date.UTC(2199, 11, 31, 4));
    expect(schedule.nextAfter(Date.UTC(2199, 11, 31, 4))).toBeUndefined();
    expect(schedule.previousBefore(Date.UTC(1970, 0, 1, 4))).toBeUndefined();
    expect(schedule.nextAfter(1e15)).toBeUndefined();
    expect(schedule.previousBefore(-1e15)).toBeUndefined();
  });

  // prettier-ignore
  test.each([
    ['cron(0 * ? * * *)',       60],
    ['cron(0 0,22 ? * * *)',    120],
    ['cron(0 5 ? * * *)',       1440],
    ['cron(0 5 ? * SUN *)',     10080],
    ['cron(0 5 1 * ? *)',       40320],
    ['cron(0 0,23 1 * ? *)',    1380],
    ['cron(0 5 1 1 ? 2030)',    undefined],
    ['cron(0 5 30 2 ? *)',      undefined],
  ])('%s at least %s minutes apart', (expression, minutes) => {
    expect(Schedule.expression(expression).shortestGapMinutes()).toBe(minutes);
  });

  test('with remarks on the times that daylight saving touches', () => {
    const schedule = Schedule.expression('cron(30 2 * * ? *)', 'Europe/Berlin');
    expect(schedule.remarks(Date.UTC(2027, 0, 1), Date.UTC(2028, 0, 1))).toEqual([
      { atMs: Date.UTC(2027, 2, 28, 1), kind: ScheduleRemarkKind.SKIPPED, localTime: '2027-03-28T02:30' },
      { atMs: Date.UTC(2027, 9, 31, 0, 30), kind: ScheduleRemarkKind.REPEATED, localTime: '2027-10-31T02:30' },
    ]);
    expect(schedule.remarks(Date.UTC(2027, 2, 28, 1), Date.UTC(2027, 2, 28, 1))).toEqual([]);
    expect(schedule.remarks(Date.UTC(2027, 9, 31, 0, 30), Date.UTC(2027, 9, 31, 0, 31))).toHaveLength(1);
    expect(schedule.remarks(Date.UTC(2027, 9, 31, 0, 31), Date.UTC(2028, 0, 1))).toEqual([]);
  });

  test('fails to be evaluated when it is malformed or a token', () => {
    expect(Schedule.expression('rate(1 day)').isEvaluable()).toBe(false);
    expect(Schedule.daily({ timeZone: 'Mars/Base' }).isEvaluable()).toBe(false);
    expect(Schedule.daily().isEvaluable()).toBe(true);
    expect(() => Schedule.expression('rate(1 day)').nextAfter(0)).toThrow(
      'scheduleExpression must be cron(minute hour day-of-month month day-of-week year), got rate(1 day)',
    );
    expect(() => Schedule.daily({ timeZone: 'Mars/Base' }).between(0, 1)).toThrow('timeZone must be an IANA time zone');
  });
});
