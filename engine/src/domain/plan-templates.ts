/**
 * Templates that AWS offers for plans.
 *
 * Pure: data.
 * Source   B2.6/4; the days of the longer ones from the AWS CDK, BackupPlan.dailyMonthly1YearRetention and its likes.
 * Spec     plan-templates.md
 */

export interface PlanTemplate {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly TemplateRule[];
}

export interface TemplateRule {
  readonly ruleName: string;
  readonly scheduleExpression: string;
  readonly moveToColdStorageAfterDays?: number;
  readonly deleteAfterDays: number;
}

/** Of every rule: Source B2.6/4 for the first template. */
export const TEMPLATE_START_WINDOW_MINUTES = 480;

const DAILY = { ruleName: 'DailyBackups', scheduleExpression: 'cron(0 5 ? * * *)', deleteAfterDays: 35 };
const WEEKLY = { ruleName: 'WeeklyBackups', scheduleExpression: 'cron(0 5 ? * 7 *)', deleteAfterDays: 90 };

function monthly(moveToColdStorageAfterDays: number, deleteAfterDays: number): TemplateRule {
  const scheduleExpression = 'cron(0 5 1 * ? *)';
  return { ruleName: 'MonthlyBackups', scheduleExpression, moveToColdStorageAfterDays, deleteAfterDays };
}

/** In the order in which the console has them. Assumed: all ids but the first. */
export const PLAN_TEMPLATES: readonly PlanTemplate[] = [
  { id: '87c0c1ef-254d-4180-8fef-2e76a2c38aaa', name: 'Daily-35day-Retention', rules: [DAILY] },
  {
    id: '87c0c1ef-254d-4180-8fef-2e76a2c38aab',
    name: 'Daily-Monthly-1yr-Retention',
    rules: [DAILY, monthly(30, 365)],
  },
  {
    id: '87c0c1ef-254d-4180-8fef-2e76a2c38aac',
    name: 'Daily-Weekly-Monthly-5yr-Retention',
    rules: [DAILY, WEEKLY, monthly(90, 5 * 365)],
  },
  {
    id: '87c0c1ef-254d-4180-8fef-2e76a2c38aad',
    name: 'Daily-Weekly-Monthly-7yr-Retention',
    rules: [DAILY, WEEKLY, monthly(90, 7 * 365)],
  },
];
