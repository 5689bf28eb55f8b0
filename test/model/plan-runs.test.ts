import { BackupRule, PlanRuns } from '@holdfast/model';
import fc from 'fast-check';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2027, 0, 4);

interface RuleOptions {
  readonly days?: number;
  readonly window?: number;
  readonly continuous?: boolean;
}

function rule(scheduleExpression: string, { days, window, continuous }: RuleOptions = {}): BackupRule {
  return {
    ruleName: scheduleExpression,
    targetBackupVaultName: 'v',
    scheduleExpression,
    ...(days === undefined ? {} : { lifecycle: { deleteAfterDays: days } }),
    ...(window === undefined ? {} : { startWindowMinutes: window }),
    ...(continuous === undefined ? {} : { enableContinuousBackup: continuous }),
  };
}

/** The kept runs of a rule in an interval. */
function kept(runs: PlanRuns, ruleIndex: number, from: number, to: number, pitrCapable = false): number[] {
  const found: number[] = [];
  for (
    let run = runs.nextAfter(ruleIndex, from - 1);
    run !== undefined && run < to;
    run = runs.nextAfter(ruleIndex, run)
  ) {
    if (runs.suppressedBy(ruleIndex, run, pitrCapable) === -1) {
      found.push(run);
    }
  }
  return found;
}

/** The same by force: all runs, longest retention first, against every run that was kept. */
function keptByForce(rules: readonly BackupRule[], runs: PlanRuns, from: number, to: number): Set<string> {
  const retention = rules
    .map(({ lifecycle }) => lifecycle!.deleteAfterDays!)
    .map((days) => (days < 0 ? Infinity : days));
  const order = rules.map((_, index) => index).sort((a, b) => retention[b]! - retention[a]! || a - b);
  const windows = rules.map(({ startWindowMinutes }) => (startWindowMinutes ?? 480) * 60_000);
  const keeping: { readonly index: number; readonly at: number }[] = [];
  for (const index of order) {
    const before = [...keeping];
    for (let at = runs.nextAfter(index, from - 1); at !== undefined && at < to; at = runs.nextAfter(index, at)) {
      const start = at;
      if (before.every((other) => other.at + windows[other.index]! <= start || start + windows[index]! <= other.at)) {
        keeping.push({ index, at });
      }
    }
  }
  return new Set(keeping.map(({ index, at }) => `${index}@${at}`));
}

describe('of overlapping rules of one plan', () => {
  test('a run that would have come before the plan suppresses nothing, and one at that very instant does', () => {
    const rules = [rule('cron(0 9 ? * * *)', { days: 35 }), rule('cron(0 5 ? * * *)', { days: 90, window: 480 })];
    const nine = MONDAY + 9 * HOUR;
    expect(new PlanRuns(rules).suppressedBy(0, nine, false)).toBe(1);
    expect(new PlanRuns(rules, MONDAY + 5 * HOUR).suppressedBy(0, nine, false)).toBe(1);
    expect(new PlanRuns(rules, MONDAY + 5 * HOUR + 1).suppressedBy(0, nine, false)).toBe(-1);
    expect(new PlanRuns(rules, MONDAY + 6 * HOUR).nextAfter(1, MONDAY)).toBe(MONDAY + DAY + 5 * HOUR);
  });

  test('vector 5: hourly (1 h window, 1 d) and every 12 hours (8 h window, 1 wk) make 10 jobs a day: 8 and 2', () => {
    const runs = new PlanRuns([
      rule('cron(0 * ? * * *)', { days: 1, window: 60 }),
      rule('cron(0 0/12 ? * * *)', { days: 7, window: 480 }),
    ]);
    const hours = kept(runs, 0, MONDAY, MONDAY + DAY).map((run) => (run - MONDAY) / HOUR);
    expect(hours).toEqual([8, 9, 10, 11, 20, 21, 22, 23]);
    expect(kept(runs, 1, MONDAY, MONDAY + DAY).map((run) => (run - MONDAY) / HOUR)).toEqual([0, 12]);
    expect(runs.suppressedBy(0, MONDAY, false)).toBe(1);
  });

  test('B3.4/3: on Sunday only the weekly one runs, when daily (35 d) and weekly (90 d) come at the same time', () => {
    const runs = new PlanRuns([rule('cron(0 5 ? * * *)', { days: 35 }), rule('cron(0 5 ? * SUN *)', { days: 90 })]);
    expect(kept(runs, 0, MONDAY, MONDAY + 7 * DAY)).toHaveLength(6);
    expect(kept(runs, 1, MONDAY, MONDAY + 7 * DAY)).toEqual([MONDAY + 6 * DAY + 5 * HOUR]);
    expect(runs.suppressedBy(0, MONDAY + 6 * DAY + 5 * HOUR, false)).toBe(1);
  });

  // prettier-ignore
  test.each<[RuleOptions, RuleOptions, number, string]>([
    // first rule          second rule           suppressed   what
    [{ days: 35 },         { days: 90 },         0,           'the longer retention runs'],
    [{ days: 90 },         { days: 35 },         1,           'the longer retention runs'],
    [{ days: 35 },         { days: 35 },         1,           'a tie goes to the first (B3.4/4)'],
    [{ days: 36500 },      {},                   0,           'for ever is the longest'],
    [{},                   { days: 36500 },      1,           'for ever is the longest'],
    [{ days: -1 },         { days: 36500 },      1,           '-1 is for ever'],
    [{ days: -1 },         {},                   1,           'both for ever is a tie'],
  ])('%j beside %j: rule %i is suppressed, %s', (first, second, suppressed) => {
    const runs = new PlanRuns([rule('cron(0 5 ? * * *)', first), rule('cron(0 5 ? * * *)', second)]);
    const at = MONDAY + 5 * HOUR;
    expect(runs.suppressedBy(suppressed, at, false)).toBe(1 - suppressed);
    expect(runs.suppressedBy(1 - suppressed, at, false)).toBe(-1);
  });

  // prettier-ignore
  test.each([
    // longer rule at 05:00: its window    shorter rule: when     its window   suppressed by
    [60,                                   'cron(0 6 ? * * *)',   60,          -1],
    [61,                                   'cron(0 6 ? * * *)',   60,           0],
    [60,                                   'cron(0 4 ? * * *)',   60,          -1],
    [60,                                   'cron(0 4 ? * * *)',   61,           0],
    [60,                                   'cron(59 5 ? * * *)',  60,           0],
    [undefined,                            'cron(59 12 ? * * *)', 60,           0],
    [undefined,                            'cron(0 13 ? * * *)',  60,          -1],
  ])('windows are half open: %s min from 05:00 and %s with %i min give %i', (window, expression, short, by) => {
    const longer = rule('cron(0 5 ? * * *)', { days: 90, ...(window === undefined ? {} : { window }) });
    const runs = new PlanRuns([longer, rule(expression, { days: 35, window: short })]);
    expect(runs.suppressedBy(1, runs.nextAfter(1, MONDAY)!, false)).toBe(by);
  });

  test('only a kept run suppresses: who is suppressed by the longest leaves room for the shortest', () => {
    const runs = new PlanRuns([
      rule('cron(0 5 ? * * *)', { days: 90, window: 60 }),
      rule('cron(30 5 ? * * *)', { days: 35, window: 60 }),
      rule('cron(0 6 ? * * *)', { days: 7, window: 60 }),
    ]);
    expect(runs.suppressedBy(1, MONDAY + 5.5 * HOUR, false)).toBe(0);
    expect(runs.suppressedBy(2, MONDAY + 6 * HOUR, false)).toBe(-1);
  });

  test('a rule does not suppress itself, however long its window', () => {
    const runs = new PlanRuns([rule('cron(0 * ? * * *)', { days: 7, window: 52_560_000 })]);
    expect(kept(runs, 0, MONDAY, MONDAY + DAY)).toHaveLength(24);
  });

  test('B3.4/5: continuous and snapshot rules compete only where the service has no point-in-time recovery', () => {
    const runs = new PlanRuns([
      rule('cron(0 5 ? * * *)', { days: 35, continuous: true }),
      rule('cron(0 5 ? * * *)', { days: 90 }),
      rule('cron(0 5 ? * * *)', { days: 14, continuous: true }),
    ]);
    const at = MONDAY + 5 * HOUR;
    expect([0, 1, 2].map((index) => runs.suppressedBy(index, at, true))).toEqual([-1, -1, 0]);
    expect([0, 1, 2].map((index) => runs.suppressedBy(index, at, false))).toEqual([1, -1, 1]);
  });

  test('a malformed schedule has no runs and suppresses nothing', () => {
    const runs = new PlanRuns([rule('rate(1 day)', { days: 90 }), rule('cron(0 5 ? * * *)', { days: 35 })]);
    expect(runs.nextAfter(0, MONDAY)).toBeUndefined();
    expect(runs.suppressedBy(1, MONDAY + 5 * HOUR, false)).toBe(-1);
  });

  test('fails for a rule that is not there', () => {
    const runs = new PlanRuns([rule('cron(0 5 ? * * *)')]);
    expect(() => runs.nextAfter(1, MONDAY)).toThrow('ruleIndex must be 0 to 0, got 1');
  });
});

describe('overlaps are decided', () => {
  const shape = fc.record({
    // One month, so that all runs there are can be listed.
    scheduleExpression: fc.constantFrom(
      'cron(0 * ? 2 * 2027)',
      'cron(30 * ? 2 * 2027)',
      'cron(0 0/6 ? 2 * 2027)',
      'cron(15 5 ? 2 * 2027)',
      'cron(0 5 ? 2 MON,THU 2027)',
      'cron(0 3 ? 2 SUN 2027)',
      'cron(0 2 1,15 2 ? 2027)',
      'cron(0 2 L 2 ? 2027)',
    ),
    startWindowMinutes: fc.constantFrom(60, 90, 240, 480, 1440, 5000, 100_000, 52_560_000),
    days: fc.constantFrom(1, 7, 35, 90, -1),
  });

  test('as by force, for any rules', () => {
    const from = Date.UTC(2027, 0, 1);
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 5 }), (shapes) => {
        const rules = shapes.map(({ scheduleExpression, startWindowMinutes, days }) =>
          rule(scheduleExpression, { days, window: startWindowMinutes }),
        );
        const runs = new PlanRuns(rules);
        const to = from + 366 * DAY;
        const byForce = keptByForce(rules, runs, from, to);
        const found = rules.flatMap((_, index) => kept(runs, index, from, to).map((at) => `${index}@${at}`));
        expect(new Set(found)).toEqual(byForce);
      }),
      { numRuns: 300 },
    );
  });

  test('without delay for hourly rules whose start windows last a century', () => {
    const shadowed = Array.from({ length: 8 }, (_, i) =>
      rule('cron(0 * ? * * *)', { days: i + 2, window: 52_560_000 }),
    );
    const runs = new PlanRuns([
      rule('cron(30 3 ? * * *)', { days: 1, window: 60 }),
      ...shadowed,
      rule('cron(0 0 ? * * *)', { days: 35, window: 60 }),
    ]);
    // By force the first answer alone would look at 876,000 runs of each of eight rules.
    expect(kept(runs, 0, MONDAY, MONDAY + 30 * DAY)).toHaveLength(30);
    expect(kept(runs, 8, MONDAY, MONDAY + 30 * DAY)).toEqual([]);
  });
});
