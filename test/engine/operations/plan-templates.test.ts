import { getBackupPlanFromTemplate } from '../../../engine/src/operations/backup/get-backup-plan-from-template';
import { listBackupPlanTemplates } from '../../../engine/src/operations/backup/list-backup-plan-templates';
import { BackupPlan } from 'aws-cdk-lib/aws-backup';
import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { ENV, world } from '../scenarios/stage';

interface Rule {
  readonly Lifecycle: object;
}

const offered = () => listBackupPlanTemplates(world('2027-01-01', {}), ENV, {}).BackupPlanTemplatesList ?? [];

function rulesOf(BackupPlanTemplateId: string | undefined) {
  const input = { BackupPlanTemplateId };
  return getBackupPlanFromTemplate(world('2027-01-01', {}), ENV, input).BackupPlanDocument?.Rules ?? [];
}

test('four templates are offered, and the first is the one that AWS shows (B2.6/4)', () => {
  expect(offered().map((one) => one.BackupPlanTemplateName)).toEqual([
    'Daily-35day-Retention',
    'Daily-Monthly-1yr-Retention',
    'Daily-Weekly-Monthly-5yr-Retention',
    'Daily-Weekly-Monthly-7yr-Retention',
  ]);
  expect(rulesOf('87c0c1ef-254d-4180-8fef-2e76a2c38aaa')).toEqual([
    {
      RuleName: 'DailyBackups',
      ScheduleExpression: 'cron(0 5 ? * * *)',
      StartWindowMinutes: 480,
      Lifecycle: { DeleteAfterDays: 35 },
    },
  ]);
});

test('templates keep points as long as the plans of the AWS CDK that are named after them', () => {
  const stack = new Stack(new App(), 'S');
  const made = [
    BackupPlan.daily35DayRetention(stack, 'A'),
    BackupPlan.dailyMonthly1YearRetention(stack, 'B'),
    BackupPlan.dailyWeeklyMonthly5YearRetention(stack, 'C'),
    BackupPlan.dailyWeeklyMonthly7YearRetention(stack, 'D'),
  ];
  const plans = Template.fromStack(stack).findResources('AWS::Backup::BackupPlan') as Record<
    string,
    { readonly Properties: { readonly BackupPlan: { readonly BackupPlanRule: Rule[] } } }
  >;
  const lifecycles = Object.values(plans).map(({ Properties }) =>
    Properties.BackupPlan.BackupPlanRule.map(({ Lifecycle }) => Lifecycle),
  );
  expect(lifecycles).toHaveLength(made.length);
  const ours = offered().map((one) => rulesOf(one.BackupPlanTemplateId).map(({ Lifecycle }) => Lifecycle));
  expect(ours).toEqual(lifecycles);
});

test('fails for a template that is not there, and for none', () => {
  expect(() => rulesOf('00000000-0000-4000-8000-000000000000')).toThrow(
    'Cannot find Backup plan template with ID 0000',
  );
  expect(() => rulesOf(undefined)).toThrow('BackupPlanTemplateId is required');
});
