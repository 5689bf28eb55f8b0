import { Plan, PlanRuleProps, PlanRules, PlanRulesOptions, Vault } from '@holdfast/cdktf';
import { PlanPreset, PlanPresets } from '@holdfast/model';
import { only, stackOf, variables } from './support/stacks';

const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');

/** The rules of a plan of a preset, as Terraform gets them. */
function rendered(preset: (options: PlanRulesOptions) => PlanRuleProps[], over: Partial<PlanRulesOptions> = {}) {
  const stack = stackOf();
  new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: preset({ vault, ...over }) });
  return only(stack, 'aws_backup_plan').rule as Record<string, unknown>[];
}

// prettier-ignore
const READY: [PlanPreset, (options: PlanRulesOptions) => PlanRuleProps[]][] = [
  [PlanPresets.DAILY_35_DAY_RETENTION,                 PlanRules.daily35DayRetention],
  [PlanPresets.DAILY_MONTHLY_1_YEAR_RETENTION,         PlanRules.dailyMonthly1YearRetention],
  [PlanPresets.DAILY_WEEKLY_MONTHLY_5_YEAR_RETENTION,  PlanRules.dailyWeeklyMonthly5YearRetention],
  [PlanPresets.DAILY_WEEKLY_MONTHLY_7_YEAR_RETENTION,  PlanRules.dailyWeeklyMonthly7YearRetention],
];

test.each(READY)('has the rules of the preset $presetName', (preset, rules) => {
  expect(rendered(rules)).toEqual(
    preset.rules.map((rule) => {
      const { deleteAfterDays, moveToColdStorageAfterDays: cold } = rule.lifecycle;
      return {
        rule_name: rule.ruleName,
        target_vault_name: 'primary',
        schedule: rule.scheduleExpression,
        schedule_expression_timezone: 'Etc/UTC',
        start_window: rule.startWindowMinutes ?? 480,
        completion_window: rule.completionWindowMinutes ?? 10080,
        lifecycle: { delete_after: deleteAfterDays, ...(cold === undefined ? {} : { cold_storage_after: cold }) },
      };
    }),
  );
});

test('the presets of the model are those of the constructs', () => {
  expect(READY.map(([preset]) => preset)).toEqual(PlanPresets.all());
});

test('the rules take what the preset leaves open', () => {
  const destination = Vault.fromBackupVaultArn('arn:aws:backup:eu-west-1:111122223333:backup-vault:copies');
  const rules = PlanRules.dailyMonthly1YearRetention({
    vault,
    timeZone: 'Europe/Berlin',
    copyActions: [{ destination }],
    recoveryPointTags: { kept: 'long' },
    targetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:air',
    optInToArchiveForSupportedResources: true,
  });
  expect(rules).toMatchObject([
    { recoveryPointTags: { kept: 'long' }, schedule: { timeZone: 'Europe/Berlin' } },
    { moveToColdStorageAfterDays: 30, optInToArchiveForSupportedResources: true, copyActions: [{ destination }] },
  ]);
  // Only what moves to cold storage can be archived.
  expect(rules[0]).toMatchObject({
    optInToArchiveForSupportedResources: undefined,
    moveToColdStorageAfterDays: undefined,
  });
  expect(rules.map((rule) => rule.targetLogicallyAirGappedBackupVaultArn)).toEqual(
    Array(2).fill('arn:aws:backup:eu-central-1:111122223333:backup-vault:air'),
  );
});

test('takes a preset of your own, windows and continuous backups included', () => {
  const preset: PlanPreset = {
    presetName: 'house',
    source: 'OPS-4711',
    rules: [
      {
        ruleName: 'nightly',
        scheduleExpression: 'cron(0 1 ? * * *)',
        lifecycle: { deleteAfterDays: 30 },
        startWindowMinutes: 120,
        completionWindowMinutes: 600,
        enableContinuousBackup: true,
      },
    ],
  };
  expect(rendered((options) => PlanRules.fromPreset(preset, options))).toMatchObject([
    { rule_name: 'nightly', start_window: 120, completion_window: 600, enable_continuous_backup: true },
  ]);
});

test('takes a time zone that only Terraform knows', () => {
  const stack = stackOf();
  const rules = PlanRules.daily35DayRetention({ vault, timeZone: variables(stack).text('zone') });
  new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
  expect(only(stack, 'aws_backup_plan').rule).toMatchObject([{ schedule_expression_timezone: '${var.zone}' }]);
});
