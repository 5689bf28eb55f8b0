// Run by jest in the package; `holdfast` runs it with its own tests.
import { Plan, Vault } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupPlan, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { ExampleBackups } from '../src';

function stackOfTeam(): Stack {
  const app = new App();
  ExampleBackups.applyTo(app);
  return new Stack(app, 'Team', { env: { account: '111122223333', region: 'eu-central-1' } });
}

test('a vault is locked for as long as the policy says', () => {
  const stack = stackOfTeam();
  new Vault(stack, 'Vault', { backupVaultName: 'team' });
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', {
    LockConfiguration: { MinRetentionDays: 35 },
    BackupVaultTags: { owner: 'backup-platform' },
  });
});

test('a vault of aws-cdk-lib is, too', () => {
  const stack = stackOfTeam();
  new BackupVault(stack, 'Vault');
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', {
    LockConfiguration: { MinRetentionDays: 35 },
  });
});

test('a plan runs at night, keeps for 35 days, copies to the backup account and has a bounded role', () => {
  const stack = stackOfTeam();
  const { backupVault } = new Vault(stack, 'Vault', { backupVaultName: 'team' });
  new Plan(stack, 'Plan', { backupPlanName: 'team', rules: [{ ruleName: 'daily', vault: backupVault }] }).protect(
    new Bucket(stack, 'Files', { versioned: true }),
  );
  const template = Template.fromStack(stack);
  const [plan] = Object.values(template.findResources('AWS::Backup::BackupPlan'));
  expect(plan!.Properties.BackupPlan.BackupPlanRule).toMatchObject([
    {
      ScheduleExpression: 'cron(0 3 ? * * *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      StartWindowMinutes: 120,
      Lifecycle: { DeleteAfterDays: 35 },
    },
  ]);
  expect(JSON.stringify(plan)).toContain(':backup:eu-west-1:444455556666:backup-vault:holdfast-copies');
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  expect(JSON.stringify(role!.Properties.PermissionsBoundary)).toContain(':policy/example-corp-backup-boundary');
});

test('a team cannot have a vault that goes with its stack', () => {
  const declare = () =>
    new Vault(stackOfTeam(), 'Vault', { backupVaultName: 'team', removalPolicy: RemovalPolicy.DESTROY });
  expect(declare).toThrow(
    'removalPolicy must be the mandated retain, got destroy [mandate-value] (Example Corp, backup policy 2.1)',
  );
});

test('what no injector reaches is held by the standard: rules of a plan of aws-cdk-lib', () => {
  const stack = stackOfTeam();
  const plan = BackupPlan.dailyWeeklyMonthly5YearRetention(stack, 'Plan');
  plan.addSelection('All', {
    resources: [BackupResource.fromConstruct(new Bucket(stack, 'Files', { versioned: true }))],
  });
  expect(() => Template.fromStack(stack)).toThrow('copied to another account under example-corp (2.3, required)');
});

test('a resource in no plan fails the synthesis', () => {
  const stack = stackOfTeam();
  new Bucket(stack, 'Files', { versioned: true });
  expect(() => Template.fromStack(stack)).toThrow('[resource-unprotected]');
});

test('a team may keep longer', () => {
  const stack = stackOfTeam();
  const { backupVault } = new Vault(stack, 'Vault', { backupVaultName: 'team' });
  const rules = [{ ruleName: 'daily', vault: backupVault, deleteAfter: Duration.days(90) }];
  new Plan(stack, 'Plan', { backupPlanName: 'team', rules }).protect(new Bucket(stack, 'Files', { versioned: true }));
  expect(() => Template.fromStack(stack)).not.toThrow();
});
