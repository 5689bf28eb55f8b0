import { BackupRule } from './rule';
import { BackupRuleDefaults } from './rule-defaults';
import { Lifecycle } from './lifecycle';

/**
 * A rule of a preset: all that a rule says but for its vault and its copies.
 */
export interface PlanPresetRule {
  /**
   * Name of the rule.
   */
  readonly ruleName: string;

  /**
   * When the rule runs, `cron(…)` in AWS's dialect.
   */
  readonly scheduleExpression: string;

  /**
   * Lifecycle of the recovery points.
   */
  readonly lifecycle: Lifecycle;

  /**
   * Minutes after the scheduled time within which a job must start.
   *
   * @default - `BackupRuleDefaults.START_WINDOW_MINUTES`
   */
  readonly startWindowMinutes?: number;

  /**
   * Minutes within which a job must complete.
   *
   * @default - `BackupRuleDefaults.COMPLETION_WINDOW_MINUTES`
   */
  readonly completionWindowMinutes?: number;

  /**
   * Point-in-time recovery for the services that have it.
   *
   * @default false
   */
  readonly enableContinuousBackup?: boolean;
}

/**
 * A plan that is ready but for its vault.
 */
export interface PlanPreset {
  /**
   * Name of the preset, e.g. `Daily-35day-Retention`.
   */
  readonly presetName: string;

  /**
   * The rules.
   */
  readonly rules: PlanPresetRule[];

  /**
   * Where the preset comes from.
   */
  readonly source: string;
}

const TEMPLATES = 'AWS Backup facts B2.6/4, B2.6/5';

/** The rules that the presets of AWS are made of; all run at 05:00 UTC (Source B2.6/5). */
const DAILY: PlanPresetRule = {
  ruleName: 'Daily',
  scheduleExpression: 'cron(0 5 ? * * *)',
  lifecycle: { deleteAfterDays: 35 },
};
const WEEKLY: PlanPresetRule = {
  ruleName: 'Weekly',
  scheduleExpression: 'cron(0 5 ? * SAT *)',
  lifecycle: { deleteAfterDays: 90 },
};
const MONTHLY_1_YEAR = monthly('Monthly1Year', 30, 365);
const MONTHLY_5_YEARS = monthly('Monthly5Year', 90, 1825);
const MONTHLY_7_YEARS = monthly('Monthly7Year', 90, 2555);

/**
 * The plans that AWS offers ready-made: the templates of its console, which the CDK has, too.
 */
export class PlanPresets {
  /**
   * Every day, kept 35 days.
   */
  public static readonly DAILY_35_DAY_RETENTION: PlanPreset = preset('Daily-35day-Retention', DAILY);

  /**
   * Every day, kept 35 days; every month, in cold storage after 30 days, kept a year.
   */
  public static readonly DAILY_MONTHLY_1_YEAR_RETENTION: PlanPreset = preset(
    'Daily-Monthly-1yr-Retention',
    DAILY,
    MONTHLY_1_YEAR,
  );

  /**
   * Every day, kept 35 days; every Saturday, kept 90 days; every month, in cold storage after 90 days, kept 5 years.
   */
  public static readonly DAILY_WEEKLY_MONTHLY_5_YEAR_RETENTION: PlanPreset = preset(
    'Daily-Weekly-Monthly-5yr-Retention',
    DAILY,
    WEEKLY,
    MONTHLY_5_YEARS,
  );

  /**
   * Every day, kept 35 days; every Saturday, kept 90 days; every month, in cold storage after 90 days, kept 7 years.
   */
  public static readonly DAILY_WEEKLY_MONTHLY_7_YEAR_RETENTION: PlanPreset = preset(
    'Daily-Weekly-Monthly-7yr-Retention',
    DAILY,
    WEEKLY,
    MONTHLY_7_YEARS,
  );

  /**
   * All of them.
   */
  public static all(): PlanPreset[] {
    return [
      PlanPresets.DAILY_35_DAY_RETENTION,
      PlanPresets.DAILY_MONTHLY_1_YEAR_RETENTION,
      PlanPresets.DAILY_WEEKLY_MONTHLY_5_YEAR_RETENTION,
      PlanPresets.DAILY_WEEKLY_MONTHLY_7_YEAR_RETENTION,
    ];
  }

  /**
   * The rules of a preset, of these or one of your own, as rules of a plan.
   *
   * @param planPreset the preset
   * @param targetBackupVaultName name of the vault that receives the backups
   */
  public static rules(planPreset: PlanPreset, targetBackupVaultName: string): BackupRule[] {
    return planPreset.rules.map((rule) => ({
      startWindowMinutes: BackupRuleDefaults.START_WINDOW_MINUTES,
      completionWindowMinutes: BackupRuleDefaults.COMPLETION_WINDOW_MINUTES,
      ...rule,
      targetBackupVaultName,
    }));
  }

  private constructor() {}
}

function monthly(ruleName: string, moveToColdStorageAfterDays: number, deleteAfterDays: number): PlanPresetRule {
  return {
    ruleName,
    scheduleExpression: 'cron(0 5 1 * ? *)',
    lifecycle: { moveToColdStorageAfterDays, deleteAfterDays },
  };
}

function preset(presetName: string, ...rules: PlanPresetRule[]): PlanPreset {
  return { presetName, rules, source: TEMPLATES };
}
