import { BackupLimits } from './backup-limits';
import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { BackupPlan } from './plan';
import { checkName, duplicates } from './private/names';
import { at, found } from './private/found';
import { absent, days, lengthOf, members, readable, shown, whole } from './private/reading';
import { checkBackupPlans } from './private/restore-testing-gap';
import { checkVaults, takesFrom } from './private/restore-testing-vaults';
import { RESTORE_TESTING_PLAN as RULES } from './private/tables/restore-testing';
import { RestoreTestingSelection, RestoreTestingSelectionRules } from './restore-testing-selection';
import { ScheduleRules } from './schedule';
import { TagRules } from './tags';
import { PlainValues } from './values';

/** Letters of the name of a plan or a selection. */
const NAME = /^[a-zA-Z0-9_]{1,50}$/;

/**
 * Which recovery point of a resource is tested.
 */
export enum RestoreTestingAlgorithm {
  /**
   * The newest of the selection window.
   */
  LATEST_WITHIN_WINDOW = 'LATEST_WITHIN_WINDOW',

  /**
   * Any one of the selection window, each as likely.
   */
  RANDOM_WITHIN_WINDOW = 'RANDOM_WITHIN_WINDOW',
}

/**
 * A kind of recovery point.
 */
export enum RestoreTestingPointType {
  /**
   * A snapshot.
   */
  SNAPSHOT = 'SNAPSHOT',

  /**
   * A continuous backup, restored to an instant.
   */
  CONTINUOUS = 'CONTINUOUS',
}

/**
 * Which recovery points a plan tests, in the words of `RestoreTestingRecoveryPointSelection`.
 */
export interface RestoreTestingPoints {
  /**
   * `LATEST_WITHIN_WINDOW` or `RANDOM_WITHIN_WINDOW`.
   */
  readonly algorithm: string;

  /**
   * `SNAPSHOT`, `CONTINUOUS` or both.
   */
  readonly recoveryPointTypes: string[];

  /**
   * ARNs of vaults, stars allowed, or `*`.
   */
  readonly includeVaults: string[];

  /**
   * ARNs of vaults that are left out, stars allowed.
   *
   * @default - none
   */
  readonly excludeVaults?: string[];

  /**
   * How old a point may be, in days, 1 to 365.
   *
   * @default 30
   */
  readonly selectionWindowDays?: number;
}

/**
 * A plan that restores recovery points again and again, to see whether that works.
 */
export interface RestoreTestingPlan {
  /**
   * Name of the plan, 1 to 50 letters, digits and `_`. Cannot be changed later.
   */
  readonly restoreTestingPlanName: string;

  /**
   * Where the plan lives.
   */
  readonly env: Environment;

  /**
   * Which recovery points it tests.
   */
  readonly recoveryPointSelection: RestoreTestingPoints;

  /**
   * When it runs: `cron(…)` in AWS's dialect.
   */
  readonly scheduleExpression: string;

  /**
   * IANA time zone of the schedule.
   *
   * @default 'Etc/UTC'
   */
  readonly scheduleExpressionTimezone?: string;

  /**
   * Hours after the scheduled instant within which the restores begin, at random, 1 to 168.
   *
   * @default 24
   */
  readonly startWindowHours?: number;

  /**
   * What it tests.
   *
   * @default - nothing
   */
  readonly selections?: RestoreTestingSelection[];

  /**
   * Whether something validates what was restored, so that the selections need a validation window.
   *
   * @default false
   */
  readonly validated?: boolean;

  /**
   * Tags of the plan.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - the name
   */
  readonly declaredAt?: string;
}

/**
 * What AWS takes for what a restore testing plan does not say.
 */
export class RestoreTestingDefaults {
  /**
   * Every day at 05:00; the API demands an expression all the same (Source B9.1/3).
   */
  public static readonly SCHEDULE_EXPRESSION = 'cron(0 5 ? * * *)';

  /**
   * Days that a point may be old (Source B9.1/1).
   */
  public static readonly SELECTION_WINDOW_DAYS = 30;

  /**
   * Hours within which restores begin (Source B9.1/3).
   */
  public static readonly START_WINDOW_HOURS = 24;

  private constructor() {}
}

/**
 * What AWS refuses in a restore testing plan.
 */
export class RestoreTestingPlanRules {
  /**
   * What the rules find in a plan and its selections. Never throws.
   *
   * @param plan the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(plan: RestoreTestingPlan, path: string, probe: IValueProbe): Finding[] {
    if (!readable(plan, probe)) {
      return [];
    }
    const { restoreTestingPlanName: name, startWindowHours: hours } = plan;
    const findings = checkName(RULES.name, name, NAME, at(path, 'restoreTestingPlanName'), probe);
    findings.push(...checkPoints(plan, at(path, 'recoveryPointSelection'), probe));
    findings.push(...ScheduleRules.check(path, probe, plan.scheduleExpression, plan.scheduleExpressionTimezone));
    if (readable(hours, probe) && !whole(hours, 1, 168)) {
      findings.push(found(RULES.startWindow, at(path, 'startWindowHours'), shown(hours)));
    }
    findings.push(...checkSelections(plan, at(path, 'selections'), probe));
    findings.push(...TagRules.check(plan.tags ?? {}, at(path, 'tags'), probe));
    return findings;
  }

  /**
   * What the rules find because of a change of a plan. Paths lose that of what makes the change, which heads the message
   * anyway. Never throws.
   *
   * @param before the plan as it was, which was checked then
   * @param after the plan as it is now
   * @param changedAt where what makes the change is declared
   * @param probe tells which values are known now
   */
  public static checkChange(
    before: RestoreTestingPlan,
    after: RestoreTestingPlan,
    changedAt: string,
    probe: IValueProbe,
  ): Finding[] {
    const identity = ({ rule, path, message }: Finding) => JSON.stringify([rule, path, message]);
    const findings = (plan: RestoreTestingPlan) => RestoreTestingPlanRules.check(plan, plan.declaredAt ?? '', probe);
    const said = new Set(findings(before).map(identity));
    const prefix = `${changedAt}.`;
    return findings(after)
      .filter((finding) => !said.has(identity(finding)))
      .map((finding) =>
        finding.path.startsWith(prefix) ? { ...finding, path: finding.path.slice(prefix.length) } : finding,
      );
  }

  /**
   * What the rules find between a restore testing plan and the backup plans whose points it is to test: a selection
   * window that is shorter than the time between two backups, vaults that it leaves out. Never throws.
   *
   * @param plan the restore testing plan
   * @param backupPlans the backup plans
   * @param path where the restore testing plan is, empty for none
   * @param probe tells which values are known now
   */
  public static checkBackupPlans(
    plan: RestoreTestingPlan,
    backupPlans: BackupPlan[],
    path: string,
    probe: IValueProbe,
  ): Finding[] {
    return checkBackupPlans(plan, backupPlans, at(path, 'recoveryPointSelection'), probe);
  }

  /**
   * Whether a plan tests recovery points of a vault: one that it includes and does not exclude (Source B9.1/2).
   *
   * @param points which recovery points the plan tests; its values must be known
   * @param backupVaultArn ARN of the vault
   */
  public static takesFrom(points: RestoreTestingPoints, backupVaultArn: string): boolean {
    return takesFrom(points, backupVaultArn, new PlainValues()) === true;
  }

  private constructor() {}
}

function checkPoints(plan: RestoreTestingPlan, path: string, probe: IValueProbe): Finding[] {
  const points = plan.recoveryPointSelection;
  if (!readable(points, probe)) {
    return [];
  }
  const findings: Finding[] = [];
  const { algorithm, recoveryPointTypes: types, selectionWindowDays: window } = points;
  if (absent(algorithm) || (probe.known(algorithm) && !has(RestoreTestingAlgorithm, algorithm))) {
    findings.push(found(RULES.algorithm, at(path, 'algorithm'), shown(algorithm)));
  }
  if (absent(types) || lengthOf(types, probe) === 0) {
    findings.push(found(RULES.pointTypes, at(path, 'recoveryPointTypes'), 'none'));
  }
  for (const [index, type] of members(types, probe)) {
    if (!has(RestoreTestingPointType, type)) {
      findings.push(found(RULES.pointTypes, at(at(path, 'recoveryPointTypes'), index), shown(type)));
    }
  }
  findings.push(...checkVaults(points, plan.env, path, probe));
  if (readable(window, probe) && !whole(window, 1, 365)) {
    findings.push(found(RULES.selectionWindow, at(path, 'selectionWindowDays'), days(window)));
  }
  return findings;
}

function checkSelections(plan: RestoreTestingPlan, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const count = absent(plan.selections) ? 0 : lengthOf(plan.selections, probe);
  if (count === 0) {
    findings.push(found(RULES.noSelection, path, '0'));
  } else if (count !== undefined && count > BackupLimits.RESTORE_TESTING_SELECTIONS) {
    findings.push(found(RULES.selections, path, String(count)));
  }
  const all = members(plan.selections, probe);
  const named = all.filter(([, selection]) => readable(selection.restoreTestingSelectionName, probe));
  for (const [, [index, selection]] of duplicates(named, ([, it]) => it.restoreTestingSelectionName)) {
    const where = at(selection.declaredAt ?? at(path, index), 'restoreTestingSelectionName');
    findings.push(found(RULES.selectionNames, where, selection.restoreTestingSelectionName));
  }
  for (const [index, selection] of all) {
    const where = selection.declaredAt ?? at(path, index);
    findings.push(...RestoreTestingSelectionRules.check(selection, where, probe));
    if (plan.validated === true) {
      findings.push(...RestoreTestingSelectionRules.checkValidated(selection, where, probe));
    }
  }
  return findings;
}

function has(values: object, value: unknown): boolean {
  return Object.values(values).includes(value);
}
