import type { NextAnswer } from '../../../engine/src/cli/next';
import { answerOf, cli, NOW } from './run-cli';

/** A plan from rules, as a template. */
function planOf(...rules: Record<string, unknown>[]): Record<string, string> {
  const template = {
    Resources: {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanName: 'p',
            BackupPlanRule: rules.map((rule) => ({ TargetBackupVault: 'main', ...rule })),
          },
        },
      },
    },
  };
  return { 't.json': JSON.stringify(template) };
}

const DAILY = { RuleName: 'daily', ScheduleExpression: 'cron(0 5 ? * * *)', Lifecycle: { DeleteAfterDays: 35 } };
const WEEKLY = { RuleName: 'weekly', ScheduleExpression: 'cron(0 5 ? * SUN *)', Lifecycle: { DeleteAfterDays: 90 } };

async function next(argv: string, files: Record<string, string>) {
  const result = await cli(['next', 't.json', ...argv.split(' '), '--format', 'json'], files);
  return { result, answer: answerOf<NextAnswer>(result) };
}

test('the run at --from counts; five runs are listed unless --count says otherwise', async () => {
  const { answer } = await next('--from 2027-01-01T05:00:00Z', planOf(DAILY));
  expect(answer.from).toBe('2027-01-01T05:00:00Z');
  expect(answer.rules).toHaveLength(1);
  expect(answer.rules[0]?.runs.map((run) => run.at)).toEqual([1, 2, 3, 4, 5].map((day) => `2027-01-0${day}T05:00:00Z`));
  const two = await next('--from 2027-01-01T05:00:01Z --count 2', planOf(DAILY));
  expect(two.answer.rules[0]?.runs.map((run) => run.at)).toEqual(['2027-01-02T05:00:00Z', '2027-01-03T05:00:00Z']);
});

test('without --from, runs are listed from now on', async () => {
  const { answer } = await next('--count 1', planOf(DAILY));
  expect(answer.from).toBe('2026-11-23T04:30:00Z');
  expect(NOW).toBe(Date.parse(answer.from));
  expect(answer.rules[0]?.runs[0]?.at).toBe('2026-11-23T05:00:00Z');
});

test("a rule without a schedule runs at AWS's default", async () => {
  const { answer } = await next('--from 2027-01-04T10:00:00Z --count 1', planOf({ RuleName: 'bare' }));
  expect(answer.rules[0]).toMatchObject({
    scheduleExpression: 'cron(0 5 ? * * *)',
    scheduleExpressionTimezone: 'Etc/UTC',
    runs: [{ at: '2027-01-05T05:00:00Z', local: '2027-01-05T05:00:00+00:00' }],
  });
});

test('runs are in UTC and in the time zone of the rule, across the change of its clocks', async () => {
  const rule = { ...DAILY, ScheduleExpressionTimezone: 'America/New_York' };
  const { answer } = await next('--from 2027-03-13 --count 2', planOf(rule));
  expect(answer.rules[0]?.runs).toEqual([
    { at: '2027-03-13T10:00:00Z', local: '2027-03-13T05:00:00-05:00' },
    { at: '2027-03-14T09:00:00Z', local: '2027-03-14T05:00:00-04:00' },
  ]);
  expect(answer.rules[0]?.remarks).toEqual([]);
});

test('a time that daylight saving skips has no run, and a remark says so (vector 23)', async () => {
  const rule = { ...DAILY, ScheduleExpression: 'cron(30 2 * * ? *)', ScheduleExpressionTimezone: 'America/New_York' };
  const { answer } = await next('--from 2027-03-13 --count 3', planOf(rule));
  expect(answer.rules[0]?.runs.map((run) => run.local.slice(0, 10))).toEqual([
    '2027-03-13',
    '2027-03-15',
    '2027-03-16',
  ]);
  expect(answer.rules[0]?.remarks).toEqual([
    { at: '2027-03-14T07:00:00Z', kind: 'skipped', localTime: '2027-03-14T02:30' },
  ]);
});

test('a time that daylight saving repeats has one run, and a remark says so', async () => {
  const rule = { ...DAILY, ScheduleExpression: 'cron(30 1 * * ? *)', ScheduleExpressionTimezone: 'America/New_York' };
  const { answer } = await next('--from 2027-11-06 --count 3', planOf(rule));
  const days = answer.rules[0]?.runs.map((run) => run.local);
  expect(days).toEqual(['2027-11-06T01:30:00-04:00', '2027-11-07T01:30:00-04:00', '2027-11-08T01:30:00-05:00']);
  expect(answer.rules[0]?.remarks).toMatchObject([{ kind: 'repeated', localTime: '2027-11-07T01:30' }]);
});

test('of two rules at the same time only the one that keeps longer runs (B3.4/3)', async () => {
  const { answer } = await next('--from 2027-01-02 --count 3', planOf(DAILY, WEEKLY));
  const [daily, weekly] = answer.rules;
  expect(daily?.runs.map((run) => [run.at.slice(0, 10), run.suppressedBy])).toEqual([
    ['2027-01-02', undefined],
    ['2027-01-03', [{ rule: 'weekly', for: 'every resource' }]],
    ['2027-01-04', undefined],
  ]);
  expect(weekly?.runs.every((run) => run.suppressedBy === undefined)).toBe(true);
});

test('a continuous rule gives way only for resources without PITR (B3.4/5)', async () => {
  const continuous = { ...DAILY, RuleName: 'pitr', EnableContinuousBackup: true };
  const { answer } = await next('--from 2027-01-03 --count 1', planOf(continuous, WEEKLY));
  expect(answer.rules[0]?.runs[0]?.suppressedBy).toEqual([{ rule: 'weekly', for: 'resources without PITR' }]);
});

test('a rule whose schedule AWS refuses never runs; the finding gives exit 1', async () => {
  const { result, answer } = await next(
    '--from 2027-01-01',
    planOf({ ...DAILY, ScheduleExpression: 'cron(0 5 * * * *)' }),
  );
  expect(answer.rules[0]?.runs).toEqual([]);
  expect(answer.findings.some((finding) => finding.path.endsWith('rules[0].scheduleExpression'))).toBe(true);
  expect(result.code).toBe(1);
});

test('text shows runs, takeovers and daylight saving', async () => {
  const rule = { ...DAILY, ScheduleExpressionTimezone: 'Europe/Berlin', ScheduleExpression: 'cron(30 2 ? * * *)' };
  const files = planOf(rule, { ...WEEKLY, ScheduleExpressionTimezone: 'Europe/Berlin' });
  const { stdout } = await cli(['next', 't.json', '--from', '2027-03-26', '--count', '3'], files);
  expect(stdout.split('\n').slice(0, 9)).toEqual([
    'runs from 2027-03-26T00:00:00Z',
    '',
    'plan p, rule daily: cron(30 2 ? * * *) in Europe/Berlin',
    '  UTC                   LOCAL',
    '  2027-03-26T01:30:00Z  2027-03-26T02:30:00+01:00',
    '  2027-03-27T01:30:00Z  2027-03-27T02:30:00+01:00',
    '  2027-03-29T00:30:00Z  2027-03-29T02:30:00+02:00',
    '  daylight saving skips 2027-03-28T02:30: no run',
    '',
  ]);
});

test('an estate without plans says so', async () => {
  const vault = { Resources: { V: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } } } };
  const { code, stdout } = await cli(['next', 't.json'], { 't.json': JSON.stringify(vault) });
  expect(code).toBe(0);
  expect(stdout).toContain('no plan was declared');
});
