import { AuditFramework, HoldfastChecks } from '@holdfast/cdk';
import { FrameworkControl } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { temporaryFolder } from '../support/synth';
import { refusal } from './support/stacks';

const ENV = { account: '111122223333', region: 'eu-central-1' };

function checked(): Stack {
  const app = new App({ outdir: temporaryFolder('checks') });
  Validations.of(app).addPlugins(new HoldfastChecks());
  return new Stack(app, 'S', { env: ENV });
}

const encrypted = { ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' };

test('a framework of aws-cdk-lib is held against the rules of ours', () => {
  const stack = checked();
  new backup.CfnFramework(stack, 'Framework', {
    frameworkName: 'my-framework',
    frameworkControls: [
      {
        controlName: 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
        controlInputParameters: [{ parameterName: 'requiredRetentionDays', parameterValue: '0' }],
        controlScope: { Tags: [{ Key: 'stage', Value: 'prod' }] },
      },
    ],
  });
  const message = refusal(() => (stack.node.root as App).synth());
  expect(message).toContain('framework-name');
  expect(message).toContain('audit-parameter-days');
  expect(message).not.toContain('framework-control-scope');
});

test('a report plan of aws-cdk-lib is held against the rules of ours', () => {
  const stack = checked();
  new backup.CfnReportPlan(stack, 'Plan', {
    reportSetting: { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT' },
    reportDeliveryChannel: { S3BucketName: 'reports', Formats: ['PDF'] },
  });
  const message = refusal(() => (stack.node.root as App).synth());
  expect(message).toContain('report-plan-frameworks');
  expect(message).toContain('report-plan-format');
  expect(message).not.toContain('report-plan-name');
});

test('names that CloudFormation chooses collide with none', () => {
  const stack = checked();
  for (const id of ['A', 'B']) {
    new backup.CfnFramework(stack, id, {
      frameworkControls: [{ controlName: encrypted.ControlName }],
      frameworkTags: [{ key: 'owner', value: 'platform' }],
    });
  }
  expect(() => (stack.node.root as App).synth()).not.toThrow();
});

test('a framework of another stack of the place judges all plans of the app', () => {
  const app = new App();
  const [audits, plans] = [new Stack(app, 'Audits', { env: ENV }), new Stack(app, 'Plans', { env: ENV })];
  const controls = [FrameworkControl.backupRecoveryPointMinimumRetention()];
  const framework = new AuditFramework(audits, 'Framework', { frameworkName: 'daily', controls });
  new backup.BackupPlan(plans, 'Plan', {
    backupPlanRules: [new backup.BackupPlanRule({ ruleName: 'daily', deleteAfter: Duration.days(7) })],
  });
  app.synth();
  const said = framework.node.metadata.map(({ data }) => String(data)).join('\n');
  expect(said).toContain('Plans/Plan.rules[0].lifecycle.deleteAfterDays must be at least 35 days');
});

test('fails at synthesis for a second framework of the same name', () => {
  const app = new App();
  const stack = new Stack(app, 'S', { env: ENV });
  for (const id of ['A', 'B']) {
    const controls = [FrameworkControl.backupRecoveryPointEncrypted()];
    new AuditFramework(stack, id, { frameworkName: 'daily', controls });
  }
  expect(refusal(() => app.synth())).toBe(
    [
      'S/B: 1 value(s) that AWS Backup refuses',
      '  frameworkName must be unique in account and Region, got daily again, as in S/A [framework-name-unique] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateFramework.html)',
    ].join('\n'),
  );
});
