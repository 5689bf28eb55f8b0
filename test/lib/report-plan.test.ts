import { AuditFramework, ReportPlan, ReportPlanProps } from '@holdfast/cdk';
import { ReportFormat, ReportTemplate } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::ReportPlan';

function reportPlan(stack: Stack, props: Partial<ReportPlanProps> = {}): ReportPlan {
  return new ReportPlan(stack, 'Jobs', {
    reportPlanName: 'jobs',
    reportTemplate: ReportTemplate.BACKUP_JOB,
    bucket: props.bucket ?? s3.Bucket.fromBucketName(stack, 'Bucket', 'reports'),
    ...props,
  });
}

function planTemplate(props: Partial<ReportPlanProps> = {}): Template {
  const stack = stackOf();
  reportPlan(stack, props);
  return Template.fromStack(stack);
}

test('is written as CSV, about its own account and Region, unless asked otherwise', () => {
  planTemplate().hasResource(TYPE, {
    Metadata: Match.absent(),
    Properties: {
      ReportPlanName: 'jobs',
      ReportPlanDescription: Match.absent(),
      ReportPlanTags: Match.absent(),
      ReportDeliveryChannel: { S3BucketName: 'reports', S3KeyPrefix: Match.absent(), Formats: ['CSV'] },
      ReportSetting: {
        ReportTemplate: 'BACKUP_JOB_REPORT',
        FrameworkArns: Match.absent(),
        Accounts: Match.absent(),
        OrganizationUnits: Match.absent(),
        Regions: Match.absent(),
      },
    },
  });
});

test('covers frameworks of the stack, and those that are there', () => {
  const stack = stackOf();
  const arn = 'arn:aws:backup:eu-central-1:111122223333:framework:old-0000';
  const frameworks = [AuditFramework.fromFrameworkArn(stack, 'Old', arn)];
  reportPlan(stack, { reportTemplate: ReportTemplate.CONTROL_COMPLIANCE, frameworks });
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    ReportSetting: { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT', FrameworkArns: [arn] },
  });
});

test('takes a prefix, both formats, a description and tags', () => {
  const formats = [ReportFormat.CSV, ReportFormat.JSON];
  const props = { s3KeyPrefix: 'audit', formats, reportPlanDescription: 'all jobs', tags: { owner: 'platform' } };
  planTemplate(props).hasResourceProperties(TYPE, {
    ReportPlanDescription: 'all jobs',
    ReportDeliveryChannel: { S3KeyPrefix: 'audit', Formats: ['CSV', 'JSON'] },
    ReportPlanTags: [{ Key: 'owner', Value: 'platform' }],
  });
});

test('covers accounts, organizational units and Regions, and says who may deploy it', () => {
  const stack = stackOf();
  const props = { accounts: ['444455556666'], organizationUnits: ['ou-abcd-1234wxyz'], regions: ['*'] };
  reportPlan(stack, props);
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    ReportSetting: { Accounts: props.accounts, OrganizationUnits: props.organizationUnits, Regions: ['*'] },
  });
  expect(annotations(stack, 'info')).toEqual([expect.stringContaining('[report-plan-organization]')]);
});

test('fails for what AWS Backup refuses, all of it at once', () => {
  const props = { formats: [ReportFormat.JSON], reportTemplate: ReportTemplate.RESOURCE_COMPLIANCE, regions: ['*'] };
  expect(refusal(() => reportPlan(stackOf(), props))).toBe(
    [
      'S/Jobs: 2 value(s) that AWS Backup refuses',
      '  frameworkArns must be 1 to 1000 ARNs of frameworks where the template reports compliance, got 0 [report-plan-frameworks] (AWS Backup facts B10.2/2)',
      '  formats must be CSV alone where the report covers several accounts or Regions, got JSON for other Regions [report-plan-formats] (AWS Backup facts B10.2/3)',
    ].join('\n'),
  );
});

test('carries its waivers in its metadata', () => {
  const waivers = [{ rule: 'report-plan-organization', path: '*', reason: 'is deployed in the right account' }];
  planTemplate({ accounts: ['ROOT'], waivers }).hasResource(TYPE, { Metadata: { Holdfast: { waivers } } });
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const list = (id: string) => new CfnParameter(stack, id, { type: 'CommaDelimitedList' }).valueAsList;
  reportPlan(stack, {
    reportPlanName: text('Name'),
    reportPlanDescription: text('Description'),
    bucket: s3.Bucket.fromBucketName(stack, 'Given', text('Bucket')),
    s3KeyPrefix: text('Prefix'),
    accounts: list('Accounts'),
    organizationUnits: list('Units'),
    regions: [text('Region')],
  });
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    ReportPlanName: { Ref: 'Name' },
    ReportPlanDescription: { Ref: 'Description' },
    ReportDeliveryChannel: { S3BucketName: { Ref: 'Bucket' }, S3KeyPrefix: { Ref: 'Prefix' } },
    ReportSetting: {
      Accounts: { Ref: 'Accounts' },
      OrganizationUnits: { Ref: 'Units' },
      Regions: [{ Ref: 'Region' }],
    },
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = reportPlan(stack);
  expect(made.node.findAll().map(({ node }) => node.path)).toEqual(['S/Jobs', 'S/Jobs/Resource']);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['JobsDF1CC2D4']);
  expect(stack.resolve(made.reportPlanArn)).toEqual({ 'Fn::GetAtt': ['JobsDF1CC2D4', 'ReportPlanArn'] });
});
