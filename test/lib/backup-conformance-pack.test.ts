import { BackupConformancePack, BackupConformancePackProps, ConfigRecorder } from '@holdfast/cdk';
import { AuditedService, BackupConfigRule } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { declareEveryPack } from './support/everything-audit';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';

const PACK = 'AWS::Config::ConformancePack';
const SLOW = 120_000;
const rules = [
  BackupConfigRule.backupRecoveryPointEncrypted(),
  BackupConfigRule.resourcesProtectedByBackupPlan(AuditedService.EBS, { resourceTags: { stage: 'prod' } }),
];

function packOf(stack: Stack, props: Partial<BackupConformancePackProps> = {}): BackupConformancePack {
  const configRecorder = ConfigRecorder.existing();
  return new BackupConformancePack(stack, 'Pack', { conformancePackName: 'backup', rules, configRecorder, ...props });
}

test('has a template of its rules', () => {
  const stack = stackOf();
  const made = packOf(stack);
  const template = Template.fromStack(stack);
  template.hasResource(PACK, {
    Metadata: Match.absent(),
    Properties: {
      ConformancePackName: 'backup',
      DeliveryS3Bucket: Match.absent(),
      DeliveryS3KeyPrefix: Match.absent(),
      Tags: Match.absent(),
    },
  });
  const [pack] = Object.entries(template.findResources(PACK));
  const body = JSON.parse(pack?.[1].Properties.TemplateBody as string);
  expect(body.Resources.EbsResourcesProtectedByBackupPlan).toEqual({
    Type: 'AWS::Config::ConfigRule',
    Properties: {
      ConfigRuleName: 'ebs-resources-protected-by-backup-plan',
      InputParameters: { resourceTags: '{"stage":"prod"}' },
      Source: { Owner: 'AWS', SourceIdentifier: 'EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN' },
    },
  });
  expect(Object.keys(body.Resources)).toHaveLength(2);
  expect(stack.resolve(made.conformancePackName)).toEqual({ Ref: pack?.[0] });
  expect(stack.resolve(made.conformancePackArn)).toEqual({ 'Fn::GetAtt': [pack?.[0], 'ConformancePackArn'] });
});

test('takes a bucket, a prefix and tags, and carries waivers in its metadata', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'config-recorder-none', path: '*', reason: 'a rehearsal' }];
  const deliveryBucket = s3.Bucket.fromBucketName(stack, 'Packs', 'awsconfigconforms-packs');
  packOf(stack, { deliveryBucket, deliveryS3KeyPrefix: 'packs', tags: { owner: 'platform' }, waivers });
  Template.fromStack(stack).hasResource(PACK, {
    Metadata: { Holdfast: { waivers } },
    Properties: {
      DeliveryS3Bucket: 'awsconfigconforms-packs',
      DeliveryS3KeyPrefix: 'packs',
      Tags: [{ Key: 'owner', Value: 'platform' }],
    },
  });
});

test('fails for what AWS Config refuses', () => {
  expect(refusal(() => packOf(stackOf(), { conformancePackName: 'my_pack', rules: [] }))).toBe(
    [
      'S/Pack: 2 value(s) that AWS Backup refuses',
      '  conformancePackName must be 1 to 256 letters, digits and -, the first of them a letter, got my_pack [conformance-pack-name] (https://docs.aws.amazon.com/config/latest/APIReference/API_PutConformancePack.html)',
      '  rules must be at least 1 rule, got 0 [config-rule-none] (AWS Backup facts B10.1/6)',
    ].join('\n'),
  );
});

test('misses a recorder', () => {
  const stack = stackOf();
  packOf(stack, { configRecorder: undefined });
  expect(annotations(stack, 'warning')).toEqual([expect.stringContaining('[config-recorder-none]')]);
});

test('takes tokens', () => {
  const stack = stackOf();
  const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
  const rules = [BackupConfigRule.backupRecoveryPointMinimumRetention(days)];
  packOf(stack, { conformancePackName: new CfnParameter(stack, 'Name').valueAsString, rules });
  Template.fromStack(stack).hasResourceProperties(PACK, {
    ConformancePackName: { Ref: 'Name' },
    TemplateBody: {
      'Fn::Join': ['', [Match.stringLikeRegexp('requiredRetentionDays":"$'), { Ref: 'Days' }, Match.anyValue()]],
    },
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  packOf(stack);
  expect(stack.node.findAll().map(({ node }) => node.path)).toEqual(['S', 'S/Pack', 'S/Pack/Resource']);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['PackD3D51A0C']);
});

test(
  'a conformance pack with every property is clean under cdk-nag and, but for its tags, under cfn-lint',
  () => {
    const stack = naggedStack();
    declareEveryPack(stack);
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    const lines = cfnLint(app, 'a conformance pack').split('\n');
    expect(lines.filter((line) => /^[EW]\d/.test(line) && !line.includes("('Tags' was unexpected)"))).toEqual([]);
  },
  SLOW,
);
