/**
 * `holdfast next`: the next runs of each rule, what daylight saving does to them, and which ones another rule takes over.
 *
 * Pure: prints through the host.
 * Source   design.md section 2, `next`; B3.4/2 to B3.4/5: which of two overlapping rules runs.
 */
import { BackupPlan, BackupRule, Finding, PlanRuns, Schedule } from '@holdfast/model';
import type { Command } from 'commander';
import type { CommandHost } from '../host/terminal';
import type { NotRead } from '../ingest/artifact';
import { Instant, shortInstant } from '../kernel/instant';
import { NAMELESS } from '../report/nameless';
import { factsText } from './facts-text';
import { countsText, findingsText, notReadText } from './finding-text';
import { fails } from './findings';
import { load } from './load';
import { localInstant } from './local-time';
import { addCommonFlags, CommonFlags, count, instant } from './options';
import { print } from './print';
import { indent, table } from './tables';

/** Which resources of a plan a takeover concerns. */
export type Concerned = 'every resource' | 'resources with PITR' | 'resources without PITR';

/** One scheduled time of a rule. */
export interface NextRun {
  /** In UTC. */
  readonly at: string;
  /** In the rule's time zone. */
  readonly local: string;
  /** The rules that run instead, when there are any: the overlapping rule with the longer retention. */
  readonly suppressedBy?: readonly { readonly rule: string; readonly for: Concerned }[];
}

/** A scheduled time that daylight saving skips or repeats. */
export interface NextRemark {
  readonly at: string;
  readonly kind: 'skipped' | 'repeated';
  readonly localTime: string;
}

/** The next runs of one rule. */
export interface NextRule {
  readonly plan: string;
  readonly rule: string;
  readonly scheduleExpression: string;
  readonly scheduleExpressionTimezone: string;
  readonly runs: readonly NextRun[];
  readonly remarks: readonly NextRemark[];
}

/** What `next --format json` prints. */
export interface NextAnswer {
  readonly schema: 'holdfast.next/1';
  readonly from: string;
  readonly rules: readonly NextRule[];
  readonly findings: readonly Finding[];
  readonly notRead: readonly NotRead[];
}

interface NextFlags extends CommonFlags {
  readonly count: number;
  readonly from?: Instant;
}

const DEFAULT_COUNT = 5;

export function addNext(program: Command, host: CommandHost, exit: (code: number) => void): void {
  addCommonFlags(program.command('next'))
    .description('list the next runs of each rule, in its time zone and in UTC')
    .option('--count <n>', 'how many runs of each rule', (given) => count('--count', given), DEFAULT_COUNT)
    .option('--from <ISO>', 'list runs from here on (default: now)', (given) => instant('--from', given))
    .action((artifacts: string[], flags: NextFlags) => exit(next(artifacts, flags, host)));
}

function next(artifacts: readonly string[], flags: NextFlags, host: CommandHost): number {
  const { estate, findings, notRead } = load(artifacts, flags, host);
  const from = flags.from ?? host.now();
  const rules = (estate.plans ?? []).flatMap((plan) => nextOfPlan(plan, from, flags.count));
  const answer: NextAnswer = { schema: 'holdfast.next/1', from: shortInstant(from), rules, findings, notRead };
  print(flags.format, answer, nextText, host);
  return fails(findings, flags.failOn) ? 1 : 0;
}

function nextOfPlan(plan: BackupPlan, from: Instant, most: number): NextRule[] {
  const runs = new PlanRuns(plan.rules);
  return plan.rules.map((rule, index) => {
    const schedule = Schedule.ofRule(rule);
    const times = timesFrom(runs, index, from, most);
    const last = times.at(-1);
    return {
      plan: plan.backupPlanName ?? NAMELESS,
      rule: rule.ruleName ?? NAMELESS,
      scheduleExpression: schedule.scheduleExpression,
      scheduleExpressionTimezone: schedule.timeZone,
      runs: times.map((at) => runAt(at, schedule.timeZone, takeovers(runs, plan.rules, index, at))),
      remarks: last === undefined ? [] : remarksUntil(schedule, from, last),
    };
  });
}

/** A schedule that AWS would refuse has no runs; the findings say why. */
function timesFrom(runs: PlanRuns, index: number, from: Instant, most: number): Instant[] {
  const times: Instant[] = [];
  // One millisecond earlier, as the run at `from` counts and nextAfter is strict.
  let at = runs.nextAfter(index, from - 1);
  while (at !== undefined && times.length < most) {
    times.push(at);
    at = runs.nextAfter(index, at);
  }
  return times;
}

function remarksUntil(schedule: Schedule, from: Instant, last: Instant): NextRemark[] {
  return schedule
    .remarks(from, last + 1)
    .map(({ atMs, kind, localTime }) => ({ at: shortInstant(atMs), kind, localTime }));
}

function runAt(at: Instant, timeZone: string, suppressedBy: NonNullable<NextRun['suppressedBy']>): NextRun {
  const run = { at: shortInstant(at), local: localInstant(at, timeZone) };
  return suppressedBy.length === 0 ? run : { ...run, suppressedBy };
}

function takeovers(
  runs: PlanRuns,
  rules: readonly BackupRule[],
  index: number,
  at: Instant,
): NonNullable<NextRun['suppressedBy']> {
  const nameOf = (other: number): string | undefined => {
    const rule = rules[other];
    return rule === undefined ? undefined : (rule.ruleName ?? NAMELESS);
  };
  const withPitr = nameOf(runs.suppressedBy(index, at, true));
  const without = nameOf(runs.suppressedBy(index, at, false));
  if (withPitr !== undefined && withPitr === without) {
    return [{ rule: withPitr, for: 'every resource' }];
  }
  return [
    ...(withPitr === undefined ? [] : [{ rule: withPitr, for: 'resources with PITR' as const }]),
    ...(without === undefined ? [] : [{ rule: without, for: 'resources without PITR' as const }]),
  ];
}

function nextText(answer: NextAnswer): string[] {
  return [
    `runs from ${answer.from}`,
    ...(answer.rules.length === 0 ? ['no plan was declared'] : answer.rules.map(ruleText)),
    ...findingsText(answer.findings),
    ...notReadText(answer.notRead),
    ...factsText(answer.findings),
    countsText(answer.findings),
  ];
}

function ruleText(rule: NextRule): string {
  const title = `plan ${rule.plan}, rule ${rule.rule}: ${rule.scheduleExpression} in ${rule.scheduleExpressionTimezone}`;
  if (rule.runs.length === 0) {
    return `${title}\n  never runs`;
  }
  const rows = rule.runs.map((run) => [run.at, run.local, (run.suppressedBy ?? []).map(takeoverText).join('; ')]);
  const remarks = rule.remarks.map(remarkText);
  return [title, table(['UTC', 'local', ''], rows), ...remarks.map(indent)].join('\n');
}

function takeoverText(takeover: { readonly rule: string; readonly for: Concerned }): string {
  return `does not run: rule ${takeover.rule} overlaps and keeps longer (${takeover.for})`;
}

function remarkText(remark: NextRemark): string {
  return remark.kind === 'skipped'
    ? `daylight saving skips ${remark.localTime}: no run`
    : `daylight saving repeats ${remark.localTime}: one run, at ${remark.at}`;
}
