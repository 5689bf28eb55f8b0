import { CopyDestination, Plan, PlanRuleProps, PlanRules, PlanRulesOptions } from '@holdfast/cdk';
import { PlanPreset, PlanPresets } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { stackOf } from './support/stacks';

interface RenderedRule {
  readonly RuleName: string;
  readonly ScheduleExpression: string;
  readonly Lifecycle: object;
}

const vaultOf = (stack: Stack) => backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary');

function rulesOf(stack: Stack): RenderedRule[] {
  const [made] = Object.values(Template.fromStack(stack).findResources('AWS::Backup::BackupPlan'));
  return (made?.Properties as { BackupPlan: { BackupPlanRule: RenderedRule[] } }).BackupPlan.BackupPlanRule;
}

function rendered(preset: (options: PlanRulesOptions) => PlanRuleProps[], over: Partial<PlanRulesOptions> = {}) {
  const stack = stackOf();
  new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: preset({ vault: vaultOf(stack), ...over }) });
  return rulesOf(stack);
}

type Ready = (scope: Stack, id: string, vault: backup.IBackupVault) => backup.BackupPlan;

// prettier-ignore
const PRESETS: [string, (options: PlanRulesOptions) => PlanRuleProps[], Ready][] = [
  ['Daily-35day-Retention',              PlanRules.daily35DayRetention,             (...args) => backup.BackupPlan.daily35DayRetention(...args)],
  ['Daily-Monthly-1yr-Retention',        PlanRules.dailyMonthly1YearRetention,      (...args) => backup.BackupPlan.dailyMonthly1YearRetention(...args)],
  ['Daily-Weekly-Monthly-5yr-Retention', PlanRules.dailyWeeklyMonthly5YearRetention, (...args) => backup.BackupPlan.dailyWeeklyMonthly5YearRetention(...args)],
  ['Daily-Weekly-Monthly-7yr-Retention', PlanRules.dailyWeeklyMonthly7YearRetention, (...args) => backup.BackupPlan.dailyWeeklyMonthly7YearRetention(...args)],
];

/** Day of month or week of a cron that runs on one: `*` and `?` there mean the same. */
const told = ({ RuleName, ScheduleExpression, Lifecycle }: RenderedRule) => ({
  RuleName,
  Lifecycle,
  runs: ScheduleExpression.replace(/\?/g, '*'),
});

test.each(PRESETS)('%s is what the CDK makes of it', (_, preset, ready) => {
  const stack = stackOf();
  ready(stack, 'Plan', vaultOf(stack));
  expect(rendered(preset).map(told)).toEqual(rulesOf(stack).map(told));
});

test('the presets of the model are those of the constructs', () => {
  const vault = vaultOf(stackOf());
  expect(PRESETS.map(([, preset]) => preset({ vault }).map(({ ruleName }) => ruleName))).toEqual(
    PlanPresets.all().map(({ rules }) => rules.map(({ ruleName }) => ruleName)),
  );
});

test('the rules take what the preset leaves open', () => {
  const stack = stackOf();
  const destination = CopyDestination.vault(backup.BackupVault.fromBackupVaultName(stack, 'Copies', 'copies'));
  const rules = PlanRules.dailyMonthly1YearRetention({
    vault: vaultOf(stack),
    timeZone: 'Europe/Berlin',
    copyActions: [{ destination }],
    recoveryPointTags: { kept: 'by preset' },
    targetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:air-gapped',
    optInToArchiveForSupportedResources: true,
  });
  new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
  const common = {
    ScheduleExpressionTimezone: 'Europe/Berlin',
    CopyActions: [{}],
    RecoveryPointTags: { kept: 'by preset' },
    TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:air-gapped',
  };
  expect(rulesOf(stack)).toMatchObject([
    { ...common, Lifecycle: { DeleteAfterDays: 35 } },
    {
      ...common,
      Lifecycle: { DeleteAfterDays: 365, MoveToColdStorageAfterDays: 30, OptInToArchiveForSupportedResources: true },
    },
  ]);
  expect(rules[0]?.optInToArchiveForSupportedResources).toBeUndefined();
});

test('a preset of your own says all that a preset can', () => {
  const own: PlanPreset = {
    presetName: 'own',
    source: 'ours',
    rules: [
      {
        ruleName: 'hourly',
        scheduleExpression: 'cron(0 * ? * * *)',
        lifecycle: { deleteAfterDays: 14 },
        startWindowMinutes: 60,
        completionWindowMinutes: 120,
        enableContinuousBackup: true,
      },
    ],
  };
  expect(rendered((options) => PlanRules.fromPreset(own, options))).toMatchObject([
    {
      RuleName: 'hourly',
      ScheduleExpression: 'cron(0 * ? * * *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      StartWindowMinutes: 60,
      CompletionWindowMinutes: 120,
      EnableContinuousBackup: true,
      Lifecycle: { DeleteAfterDays: 14 },
    },
  ]);
});

test('takes a token for what it leaves open', () => {
  const stack = stackOf();
  const timeZone = new CfnParameter(stack, 'TimeZone').valueAsString;
  const rules = PlanRules.daily35DayRetention({ vault: vaultOf(stack), timeZone });
  new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
  expect(rulesOf(stack)).toMatchObject([{ ScheduleExpressionTimezone: { Ref: 'TimeZone' } }]);
});
