import { AuditFramework as CdkFramework, ConfigRecorder, ReportPlan as CdkReportPlan } from '@holdfast/cdk';
import { AuditPeriod, ControlScope, Estate, FrameworkControl, ReportTemplate } from '@holdfast/model';
import { App, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { World } from '../../../engine/src/testing/world';
import { read } from './read';

const CONTROLS = [
  FrameworkControl.backupPlanMinFrequencyAndMinRetention(),
  FrameworkControl.backupResourcesProtectedByBackupPlan({ scope: ControlScope.tagged('tier', 'gold') }),
  FrameworkControl.backupLastRecoveryPointCreated({ recoveryPointAge: AuditPeriod.hours(30) }),
];

/** A plan that keeps 30 days, a table without a tag, and the constructs of lib/ for an audit and its report. */
function template(): object {
  const stack = new Stack(new App(), 'Audited', { env: { account: '123456789012', region: 'eu-central-1' } });
  const vault = new backup.BackupVault(stack, 'Vault', { backupVaultName: 'main' });
  const plan = new backup.BackupPlan(stack, 'Plan', { backupPlanName: 'daily', backupVault: vault });
  plan.addRule(backup.BackupPlanRule.daily());
  plan.addSelection('All', { resources: [backup.BackupResource.fromArn('arn:aws:dynamodb:*:*:table/*')] });
  const framework = new CdkFramework(stack, 'Framework', {
    frameworkName: 'standard',
    frameworkDescription: 'what we promise',
    controls: CONTROLS,
    configRecorder: ConfigRecorder.existing(),
    tags: { owner: 'platform' },
  });
  new CdkReportPlan(stack, 'Report', {
    reportPlanName: 'compliance',
    reportTemplate: ReportTemplate.RESOURCE_COMPLIANCE,
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'reports'),
    s3KeyPrefix: 'audit',
    frameworks: [framework],
  });
  return Template.fromStack(stack).toJSON();
}

const TERRAFORM = {
  terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } },
  provider: { aws: [{ region: 'eu-central-1' }] },
  resource: {
    aws_backup_framework: {
      a: {
        name: 'standard',
        description: 'what we promise',
        tags: { owner: 'platform' },
        control: [
          {
            name: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
            input_parameter: [
              { name: 'requiredFrequencyUnit', value: 'days' },
              { name: 'requiredFrequencyValue', value: '1' },
              { name: 'requiredRetentionDays', value: '35' },
            ],
          },
          { name: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', scope: [{ tags: { tier: 'gold' } }] },
          {
            name: 'BACKUP_LAST_RECOVERY_POINT_CREATED',
            input_parameter: [
              { name: 'recoveryPointAgeUnit', value: 'hours' },
              { name: 'recoveryPointAgeValue', value: '30' },
            ],
          },
        ],
      },
    },
    aws_backup_report_plan: {
      a: {
        name: 'compliance',
        report_delivery_channel: { s3_bucket_name: 'reports', s3_key_prefix: 'audit', formats: ['CSV'] },
        report_setting: {
          report_template: 'RESOURCE_COMPLIANCE_REPORT',
          framework_arns: ['${aws_backup_framework.a.arn}'],
        },
      },
    },
  },
};

function audits({ frameworks, reportPlans }: Estate): unknown {
  const bare = (list: readonly object[] = []) =>
    list.map((one) => JSON.parse(JSON.stringify({ ...one, declaredAt: undefined })) as unknown);
  return { frameworks: bare(frameworks), reportPlans: bare(reportPlans) };
}

test('a framework and a report plan read the same from CloudFormation and from Terraform (B10.2/1)', () => {
  const theirs = read({ 'cdk.tf.json': TERRAFORM });
  const ours = read({ 'template.json': template() });
  expect(audits(ours.estate)).toEqual(audits(theirs.estate));
  expect(ours.estate.frameworks?.[0]?.controls).toHaveLength(3);
  expect(ours.estate.reportPlans?.[0]?.frameworkArns).toEqual([
    expect.stringMatching(/^arn:aws:backup:eu-central-1:\d{12}:framework:standard-[0-9a-f-]{36}$/),
  ]);
});

test('the constructs are evaluated as deployed, with the reason in words, and the report of the day says the same (B10.1/1, B10.2/4)', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z', account: '123456789012', region: 'eu-central-1' });
  world.add({ type: 'DynamoDB', name: 'orders' });
  await world.deploy(template() as Record<string, unknown>);
  const [before] = world.compliance();
  expect(before?.controls.map(({ status }) => status)).toEqual(['COMPLIANT', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA']);
  await world.advance({ days: 2 });
  const [framework] = world.compliance();
  expect(framework?.controls.map(({ control, status }) => [control, status])).toEqual([
    ['BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', 'COMPLIANT'],
    ['BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', 'INSUFFICIENT_DATA'],
    ['BACKUP_LAST_RECOVERY_POINT_CREATED', 'COMPLIANT'],
  ]);
  expect(framework?.controls[2]?.resources[0]).toMatchObject({
    resourceType: 'AWS::DynamoDB::Table',
    resourceId: 'orders',
    status: 'COMPLIANT',
    why: expect.stringMatching(
      /^a recovery point is .* hours old, of .*; COMPLIANT by BACKUP_LAST_RECOVERY_POINT_CREATED with recoveryPointAgeUnit hours, recoveryPointAgeValue 30$/,
    ) as string,
  });
  const reports = world.reports();
  expect(reports.map(({ bucket }) => bucket)).toEqual(['reports', 'reports']);
  expect(reports[1]?.key).toMatch(/^audit\/Backup\/123456789012\/eu-central-1\/2027\/01\/02\/compliance_.*\.csv$/);
  expect(reports[1]?.text()).toContain('AWS::DynamoDB::Table/orders,AWS::DynamoDB::Table,COMPLIANT');
});
