import { BackupTagMixin, CoverageAspect, PlanSet } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, Aspects, CfnParameter, Duration, Mixin, Mixins, Stack, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { annotations, stackOf } from './support/stacks';

function tagsOf(stack: Stack, type: string): unknown[] {
  return Object.values(Template.fromStack(stack).findResources(type)).map(
    ({ Properties }) => Properties?.Tags as unknown,
  );
}

const GOLD = [{ Key: 'backup', Value: 'gold' }];

test('tags what AWS Backup backs up, and nothing else', () => {
  const stack = stackOf();
  new s3.Bucket(stack, 'Files');
  new sqs.Queue(stack, 'Queue');
  const { report } = Mixins.of(stack).apply(new BackupTagMixin('backup', 'gold'));
  expect(report.map(({ construct }) => construct.node.path)).toEqual(['S/Files/Resource']);
  expect(tagsOf(stack, 'AWS::S3::Bucket')).toEqual([GOLD]);
  expect(tagsOf(stack, 'AWS::SQS::Queue')).toEqual([undefined]);
});

test('tags each replica of a global table, whose L1 has no tags of its own', () => {
  const stack = stackOf();
  new dynamodb.TableV2(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    replicas: [{ region: 'eu-west-1' }],
  }).with(new BackupTagMixin('backup', 'gold'));
  const [table] = Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::GlobalTable'));
  expect(table!.Properties.Replicas).toMatchObject([{ Tags: GOLD }, { Tags: GOLD }]);
});

test('wins over a tag of Tags.of, and the last of two mixins wins', () => {
  const stack = stackOf();
  Tags.of(stack).add('backup', 'bronze');
  const data = new Construct(stack, 'Data');
  new s3.Bucket(data, 'Files');
  Mixins.of(stack).apply(new BackupTagMixin('backup', 'silver'));
  Mixins.of(data).apply(new BackupTagMixin('backup', 'gold'));
  expect(tagsOf(stack, 'AWS::S3::Bucket')).toEqual([GOLD]);
});

test('takes values that only the deployment knows', () => {
  const stack = stackOf();
  const tier = new CfnParameter(stack, 'Tier');
  new s3.Bucket(stack, 'Files').with(new BackupTagMixin('backup', tier.valueAsString));
  expect(tagsOf(stack, 'AWS::S3::Bucket')).toEqual([[{ Key: 'backup', Value: { Ref: 'Tier' } }]]);
});

test('has a plan set back up what it tags', () => {
  const app = new App();
  const stack = new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-central-1' } });
  Aspects.of(app).add(new CoverageAspect());
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary');
  new PlanSet(stack, 'Plans', {
    planSetName: 'set',
    tagKey: 'backup',
    tiers: [{ tierName: 'gold', rules: [{ ruleName: 'daily', vault, deleteAfter: Duration.days(35) }] }],
  });
  new s3.Bucket(stack, 'Files', { versioned: true }).with(new BackupTagMixin('backup', 'gold'));
  new s3.Bucket(stack, 'Other', { versioned: true });
  app.synth();
  expect(annotations(stack, 'warning').filter((text) => text.includes('[resource-unprotected]'))).toEqual([
    expect.stringContaining('S/Other must be backed up'),
  ]);
});

test('is a mixin of the CDK', () => {
  expect(Mixin.isMixin(new BackupTagMixin('backup', 'gold'))).toBe(true);
});
