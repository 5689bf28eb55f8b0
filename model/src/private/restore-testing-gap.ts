import { Finding, IValueProbe } from '../finding';
import { BackupPlan } from '../plan';
import { RestoreTestingPlan, RestoreTestingPoints } from '../restore-testing-plan';
import { BackupRule } from '../rule';
import { Schedule } from '../schedule';
import { arnParts, vaultArn } from './arns';
import { at, found } from './found';
import { absent, days, members, readable } from './reading';
import { takesFrom } from './restore-testing-vaults';
import { RESTORE_TESTING_PLAN as RULES } from './tables/restore-testing';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_WINDOW_DAYS = 30;

/** Assumed: rules know no clock, so the longest time between two runs is looked up in these years. */
const SPAN_FROM = Date.UTC(2026, 0, 1);
const SPAN_TO = Date.UTC(2029, 1, 1);

/** What comes of a restore testing plan together with the plans that make the points. */
export function checkBackupPlans(
  plan: RestoreTestingPlan,
  backupPlans: readonly BackupPlan[],
  path: string,
  probe: IValueProbe,
): Finding[] {
  const points = plan.recoveryPointSelection;
  if (!readable(points, probe)) {
    return [];
  }
  return members([...backupPlans], probe).flatMap(([, backupPlan]) => checkBackupPlan(points, backupPlan, path, probe));
}

function checkBackupPlan(
  points: RestoreTestingPoints,
  backupPlan: BackupPlan,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const rules = members(backupPlan.rules, probe).map(([, rule]) => rule);
  const verdicts = rules.map((rule) => isTested(points, backupPlan, rule, probe));
  if (rules.length > 0 && verdicts.every((verdict) => verdict === false)) {
    const vaults = points.includeVaults.map(String).join(', ');
    return [found(RULES.untested, at(path, 'includeVaults'), `${vaults}, where plan ${nameOf(backupPlan)} has none`)];
  }
  const tested = rules.filter((_, index) => verdicts[index] === true);
  const gaps = tested.map(longestGapDays);
  const window = absent(points.selectionWindowDays) ? DEFAULT_WINDOW_DAYS : points.selectionWindowDays;
  // A rule whose times are not known may well run often enough.
  if (gaps.length === 0 || gaps.includes(undefined) || verdicts.includes(undefined) || !readable(window, probe)) {
    return [];
  }
  const gap = Math.min(...gaps.map(Number));
  const given = `${days(window)}, where plan ${nameOf(backupPlan)} backs up ${days(gap)} apart`;
  return gap > window ? [found(RULES.windowGap, at(path, 'selectionWindowDays'), given)] : [];
}

/** Whether points of a rule, or copies of them in the same account and Region, are in a vault that is tested. */
function isTested(
  points: RestoreTestingPoints,
  { env }: BackupPlan,
  rule: BackupRule,
  probe: IValueProbe,
): boolean | undefined {
  const copies = members(rule.copyActions, probe).map(([, copy]) => copy.destinationBackupVaultArn);
  const own = [rule.targetBackupVaultName].map((name) =>
    readable(name, probe) && readable(env, probe) ? vaultArn(env, name) : undefined,
  );
  const vaults = [...own, ...copies, ...[rule.targetLogicallyAirGappedBackupVaultArn].filter((arn) => !absent(arn))];
  const verdicts = vaults.map((arn) =>
    readable(arn, probe) && arnParts(String(arn)) !== undefined ? takesFrom(points, arn, probe) : undefined,
  );
  // What takes every vault takes those that are not known, too.
  const everything = absent(points.excludeVaults) && takesFrom(points, '*', probe) === true;
  return everything || verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false;
}

/** The longest time between two runs of a rule in days; undefined when it cannot be told. */
function longestGapDays(rule: BackupRule): number | undefined {
  return rule.enableContinuousBackup ? undefined : gapDaysOf(Schedule.ofRule(rule));
}

/** The longest time between two runs of a schedule in days; undefined when it cannot be told. */
export function gapDaysOf(schedule: Schedule): number | undefined {
  if (!schedule.isEvaluable()) {
    return undefined;
  }
  let longest = 0;
  let last: number | undefined;
  for (let run = schedule.nextAfter(SPAN_FROM - 1); run !== undefined && run < SPAN_TO; run = schedule.nextAfter(run)) {
    longest = Math.max(longest, run - (last ?? run));
    last = run;
  }
  // A day that daylight saving makes longer is a day all the same.
  return longest === 0 ? undefined : Math.round(longest / DAY_MS);
}

function nameOf(plan: BackupPlan): string {
  return plan.declaredAt ?? plan.backupPlanName;
}
