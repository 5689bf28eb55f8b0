import { PlanPreset, PlanPresetRule, PlanPresets, Schedule } from '@holdfast/model';
import { PlanCopyActionProps } from './copy-action';
import { PlanRuleProps } from './plan-rule';
import { IVault } from './vault';

/**
 * What the rules of a preset leave open.
 */
export interface PlanRulesOptions {
  /**
   * Vault that receives the backups; same account and Region as the plan.
   */
  readonly vault: IVault;

  /**
   * IANA time zone of the schedules.
   *
   * @default - UTC
   */
  readonly timeZone?: string;

  /**
   * Copies that follow each backup of each rule, at most 5.
   *
   * @default - none
   */
  readonly copyActions?: PlanCopyActionProps[];

  /**
   * Tags that the rules add to their recovery points.
   *
   * @default - none
   */
  readonly recoveryPointTags?: { [key: string]: string };

  /**
   * ARN of a logically air-gapped vault that is the primary target of each rule.
   *
   * @default - none
   */
  readonly targetLogicallyAirGappedBackupVaultArn?: string;

  /**
   * Opt in to the archive tier of services that need it said (EBS), for the rules that move to cold storage.
   *
   * @default - not said, which is no
   */
  readonly optInToArchiveForSupportedResources?: boolean;
}

/**
 * Rules of plans that are ready but for their vault.
 */
export class PlanRules {
  /**
   * The rules of a preset: one of `PlanPresets`, or one of your own.
   *
   * @param preset the preset
   * @param options what it leaves open
   */
  public static fromPreset(preset: PlanPreset, options: PlanRulesOptions): PlanRuleProps[] {
    return preset.rules.map((rule) => ruleOf(rule, options));
  }

  /**
   * Every day at 05:00, kept 35 days.
   *
   * @param options what is left open
   */
  public static daily35DayRetention(options: PlanRulesOptions): PlanRuleProps[] {
    return PlanRules.fromPreset(PlanPresets.DAILY_35_DAY_RETENTION, options);
  }

  /**
   * Every day, kept 35 days; every month, in cold storage after 30 days, kept a year.
   *
   * @param options what is left open
   */
  public static dailyMonthly1YearRetention(options: PlanRulesOptions): PlanRuleProps[] {
    return PlanRules.fromPreset(PlanPresets.DAILY_MONTHLY_1_YEAR_RETENTION, options);
  }

  /**
   * Every day, kept 35 days; every Saturday, kept 90 days; every month, in cold storage after 90 days, kept 5 years.
   *
   * @param options what is left open
   */
  public static dailyWeeklyMonthly5YearRetention(options: PlanRulesOptions): PlanRuleProps[] {
    return PlanRules.fromPreset(PlanPresets.DAILY_WEEKLY_MONTHLY_5_YEAR_RETENTION, options);
  }

  /**
   * Every day, kept 35 days; every Saturday, kept 90 days; every month, in cold storage after 90 days, kept 7 years.
   *
   * @param options what is left open
   */
  public static dailyWeeklyMonthly7YearRetention(options: PlanRulesOptions): PlanRuleProps[] {
    return PlanRules.fromPreset(PlanPresets.DAILY_WEEKLY_MONTHLY_7_YEAR_RETENTION, options);
  }

  private constructor() {}
}

function ruleOf(rule: PlanPresetRule, options: PlanRulesOptions): PlanRuleProps {
  const { timeZone, optInToArchiveForSupportedResources, ...others } = options;
  const { lifecycle, scheduleExpression, ...said } = rule;
  const moves = lifecycle.moveToColdStorageAfterDays !== undefined;
  return {
    ...others,
    ruleName: said.ruleName,
    schedule: Schedule.expression(scheduleExpression, timeZone),
    startWindowMinutes: said.startWindowMinutes,
    completionWindowMinutes: said.completionWindowMinutes,
    moveToColdStorageAfterDays: lifecycle.moveToColdStorageAfterDays,
    deleteAfterDays: lifecycle.deleteAfterDays,
    optInToArchiveForSupportedResources: moves
      ? (optInToArchiveForSupportedResources ?? lifecycle.optInToArchiveForSupportedResources)
      : undefined,
    enableContinuousBackup: said.enableContinuousBackup,
  };
}
