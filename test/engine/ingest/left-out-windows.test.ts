import { BackupClient, DescribeBackupJobCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import { BackupRuleDefaults } from '@holdfast/model';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { BackupPlan, BackupPlanRule, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Template } from 'aws-cdk-lib/assertions';
import { World } from '../../../engine/src';
import { readConfiguration } from './terraform/artifact-files';

test('what a rule leaves out: 60 and 180 minutes of Terraform, 480 and 10,080 of the service, nothing of the CDK (B2.1/2)', async () => {
  const { estate } = readConfiguration({
    resource: {
      aws_backup_plan: { p: { name: 'p', rule: { rule_name: 'r', target_vault_name: 'v', schedule: 'rate(1 day)' } } },
    },
  });
  const [byTerraform] = estate.plans?.[0]?.rules ?? [];
  expect([byTerraform?.startWindowMinutes, byTerraform?.completionWindowMinutes]).toEqual([60, 180]);

  const stack = new Stack(new App(), 'S', { env: { account: '123456789012', region: 'us-east-1' } });
  new BackupPlan(stack, 'P', {
    backupVault: new BackupVault(stack, 'V', { backupVaultName: 'main' }),
    backupPlanRules: [
      new BackupPlanRule({ ruleName: 'daily', deleteAfter: Duration.days(7) }),
      new BackupPlanRule({ ruleName: 'continuous', enableContinuousBackup: true }),
    ],
  });
  const template = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
  const [made] = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Backup::BackupPlan');
  const { BackupPlanRule: rules } = (made as unknown as { Properties: { BackupPlan: { BackupPlanRule: object[] } } })
    .Properties.BackupPlan;
  expect(rules.every((rule) => !('StartWindowMinutes' in rule) && !('CompletionWindowMinutes' in rule))).toBe(true);
  expect(rules).toContainEqual(expect.objectContaining({ RuleName: 'continuous', Lifecycle: { DeleteAfterDays: 35 } }));

  expect([BackupRuleDefaults.START_WINDOW_MINUTES, BackupRuleDefaults.COMPLETION_WINDOW_MINUTES]).toEqual([
    480, 10_080,
  ]);
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  await world.deploy(template);
  const volume = world.add({ type: 'EBS', name: 'vol-0123456789abcdef0' });
  const client = world.client(BackupClient);
  const { BackupJobId } = await client.send(
    new StartBackupJobCommand({
      BackupVaultName: 'main',
      ResourceArn: volume.arn,
      IamRoleArn: 'arn:aws:iam::123456789012:role/backup',
    }),
  );
  const { CreationDate, StartBy } = await client.send(new DescribeBackupJobCommand({ BackupJobId }));
  expect(Number(StartBy) - Number(CreationDate)).toBe(480 * 60_000);
});
