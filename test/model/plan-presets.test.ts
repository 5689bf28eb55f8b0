import { BackupPlanRules, PlanPresets } from '@holdfast/model';
import { plan, PLAIN } from './rows';

// prettier-ignore
test.each([
  [PlanPresets.DAILY_35_DAY_RETENTION,                'Daily-35day-Retention',              [['Daily', 35]]],
  [PlanPresets.DAILY_MONTHLY_1_YEAR_RETENTION,        'Daily-Monthly-1yr-Retention',        [['Daily', 35], ['Monthly1Year', 365, 30]]],
  [PlanPresets.DAILY_WEEKLY_MONTHLY_5_YEAR_RETENTION, 'Daily-Weekly-Monthly-5yr-Retention', [['Daily', 35], ['Weekly', 90], ['Monthly5Year', 1825, 90]]],
  [PlanPresets.DAILY_WEEKLY_MONTHLY_7_YEAR_RETENTION, 'Daily-Weekly-Monthly-7yr-Retention', [['Daily', 35], ['Weekly', 90], ['Monthly7Year', 2555, 90]]],
])('a preset is what AWS offers under its name', (preset, name, rules) => {
  expect(preset.presetName).toBe(name);
  expect(preset.rules.map(({ ruleName, lifecycle: { deleteAfterDays: days, moveToColdStorageAfterDays: cold } }) =>
    cold === undefined ? [ruleName, days] : [ruleName, days, cold])).toEqual(rules);
});

test('all presets have a source and names of their own', () => {
  const all = PlanPresets.all();
  expect(all).toHaveLength(4);
  expect(new Set(all.map(({ presetName }) => presetName)).size).toBe(4);
  expect(all.filter(({ source }) => !/^AWS Backup facts/.test(source))).toEqual([]);
});

test.each(PlanPresets.all())('$presetName breaks no rule', (preset) => {
  const rules = PlanPresets.rules(preset, 'main');
  expect(BackupPlanRules.check(plan({ rules }), '', PLAIN)).toEqual([]);
});

test('the rules of a preset of your own say what it says, and defaults for the rest', () => {
  const lifecycle = { deleteAfterDays: 7 };
  const own = {
    presetName: 'own',
    source: 'ours',
    rules: [
      { ruleName: 'a', scheduleExpression: 'cron(0 1 ? * * *)', lifecycle },
      {
        ruleName: 'b',
        scheduleExpression: 'cron(0 2 ? * * *)',
        lifecycle,
        startWindowMinutes: 60,
        completionWindowMinutes: 600,
        enableContinuousBackup: true,
      },
    ],
  };
  const same = { lifecycle, targetBackupVaultName: 'main' };
  expect(PlanPresets.rules(own, 'main')).toEqual([
    {
      ...same,
      ruleName: 'a',
      scheduleExpression: 'cron(0 1 ? * * *)',
      startWindowMinutes: 480,
      completionWindowMinutes: 10080,
    },
    {
      ...same,
      ruleName: 'b',
      scheduleExpression: 'cron(0 2 ? * * *)',
      startWindowMinutes: 60,
      completionWindowMinutes: 600,
      enableContinuousBackup: true,
    },
  ]);
});
