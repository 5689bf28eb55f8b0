import { AuditFramework, ReportPlan, ReportPlanProps } from '@holdfast/cdktf';
import { ReportFormat, ReportTemplate } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { addresses, comment, message, only, refusal, resolve, sentence, stackOf, variables } from './support/stacks';

const TYPE = 'aws_backup_report_plan';
const FRAMEWORK = 'arn:aws:backup:eu-central-1:111122223333:framework:daily-0000';

function plan(stack: TerraformStack, props: Partial<ReportPlanProps> = {}): ReportPlan {
  const reportTemplate = ReportTemplate.BACKUP_JOB;
  return new ReportPlan(stack, 'Report', { reportPlanName: 'jobs', reportTemplate, bucketName: 'reports', ...props });
}

test('writes CSV of its own account and Region into a bucket of elsewhere, with nothing else', () => {
  const stack = stackOf();
  plan(stack);
  expect(only(stack, TYPE)).toEqual({
    name: 'jobs',
    report_setting: { report_template: 'BACKUP_JOB_REPORT' },
    report_delivery_channel: { s3_bucket_name: 'reports', formats: ['CSV'] },
  });
  expect(comment(stack, TYPE)).toBeUndefined();
});

test('takes all that a report can cover, and counts the frameworks', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'report-plan-organization', path: '*', reason: 'in the management account' }];
  plan(stack, {
    reportTemplate: ReportTemplate.CONTROL_COMPLIANCE,
    reportPlanDescription: 'What complies',
    frameworks: [AuditFramework.fromFrameworkArn(FRAMEWORK)],
    s3KeyPrefix: 'compliance',
    formats: [ReportFormat.CSV],
    accounts: ['111122223333', '444455556666'],
    organizationUnits: ['ou-abcd-1234wxyz'],
    regions: ['eu-central-1', 'eu-west-1'],
    tags: { owner: 'platform' },
    waivers,
  });
  expect(only(stack, TYPE)).toEqual({
    name: 'jobs',
    description: 'What complies',
    report_setting: {
      report_template: 'CONTROL_COMPLIANCE_REPORT',
      framework_arns: [FRAMEWORK],
      number_of_frameworks: 1,
      accounts: ['111122223333', '444455556666'],
      organization_units: ['ou-abcd-1234wxyz'],
      regions: ['eu-central-1', 'eu-west-1'],
    },
    report_delivery_channel: { s3_bucket_name: 'reports', s3_key_prefix: 'compliance', formats: ['CSV'] },
    tags: { owner: 'platform' },
  });
  expect(comment(stack, TYPE)).toEqual({ waivers });
});

test('fails for what AWS Backup refuses, all of it at once', () => {
  const props = { reportPlanName: 'my-jobs', accounts: ['mine'] };
  expect(refusal(() => plan(stackOf(), props))).toBe(
    message('S/Report', [
      sentence('report-plan-name', 'reportPlanName', 'my-jobs'),
      sentence('report-plan-accounts', 'accounts[0]', 'mine'),
    ]),
  );
});

test('fails for a report of compliance without a framework', () => {
  const reportTemplate = ReportTemplate.RESOURCE_COMPLIANCE;
  expect(refusal(() => plan(stackOf(), { reportTemplate }))).toContain('[report-plan-frameworks]');
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, list } = variables(stack);
  plan(stack, {
    reportPlanName: text('name'),
    reportPlanDescription: text('description'),
    reportTemplate: ReportTemplate.RESOURCE_COMPLIANCE,
    frameworks: [AuditFramework.fromFrameworkArn(text('framework'))],
    bucketName: text('bucket'),
    s3KeyPrefix: text('prefix'),
    accounts: list('accounts'),
    organizationUnits: list('units'),
    regions: list('regions'),
    tags: { owner: text('owner') },
  });
  expect(only(stack, TYPE)).toMatchObject({
    name: '${var.name}',
    description: '${var.description}',
    report_setting: {
      framework_arns: ['${var.framework}'],
      accounts: '${var.accounts}',
      organization_units: '${var.units}',
      regions: '${var.regions}',
    },
    report_delivery_channel: { s3_bucket_name: '${var.bucket}', s3_key_prefix: '${var.prefix}' },
    tags: { owner: '${var.owner}' },
  });
});

test('keeps its address', () => {
  const stack = stackOf();
  const made = plan(stack);
  expect(addresses(stack)).toEqual(['aws_backup_report_plan.Report_C847FC22']);
  expect(resolve(stack, made.reportPlanArn)).toBe('${aws_backup_report_plan.Report_C847FC22.arn}');
});
