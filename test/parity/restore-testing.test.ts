// What lib and provider render of restore testing is read back as one declaration, and runs in a World.
import {
  BackupClient,
  ListRestoreJobsCommand,
  PutRestoreValidationResultCommand,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import {
  RestoreTestingAlgorithm,
  RestoreTestingPlan,
  RestoreTestingResourceType,
  RestoreValidations,
  Schedule,
} from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration, Tags } from 'aws-cdk-lib/core';
import { World } from '../../engine/src/testing/world';
import type { TemplateObject } from '../../engine/src/testing/world-props';
import { stackOf as cdkStack } from '../lib/support/stacks';
import { stackOf as cdktfStack, synth } from '../provider/support/stacks';

const COMMON = {
  restoreTestingPlanName: 'drill',
  schedule: Schedule.daily({ hour: 12, timeZone: 'Europe/Berlin' }),
  algorithm: RestoreTestingAlgorithm.RANDOM_WITHIN_WINDOW,
  tags: { team: 'a' },
};
const TABLES = { restoreTestingSelectionName: 'tables', restoreMetadataOverrides: { encryptionType: 'KMS' } };
const GOLD = { stringEquals: { tier: 'gold' } };
const DAILY = { ruleName: 'daily', schedule: Schedule.daily({ hour: 5 }) };
const { DYNAMODB } = RestoreTestingResourceType;

function withLib(): TemplateObject {
  const stack = cdkStack();
  const vault = new cdk.Vault(stack, 'Vault', { backupVaultName: 'main' }).backupVault;
  const tables = ['orders', 'carts'].map((tableName) => {
    const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
    const table = new dynamodb.Table(stack, tableName, { tableName, partitionKey });
    Tags.of(table).add('tier', tableName === 'orders' ? 'gold' : 'tin');
    return cdk.SelectionResource.fromConstruct(table);
  });
  new cdk.Plan(stack, 'Plan', {
    backupPlanName: 'p',
    rules: [{ ...DAILY, vault, deleteAfter: Duration.days(35) }],
  }).addSelection('All', { selectionName: 'all', resources: tables });
  const tests = new cdk.RestoreTestingPlan(stack, 'Tests', {
    ...COMMON,
    startWindow: Duration.hours(2),
    includeVaults: [cdk.RestoreTestingVault.fromVault(vault)],
  });
  tests.addSelection('Tables', {
    ...TABLES,
    resources: cdk.RestoreTestingResources.fromTags(DYNAMODB, GOLD),
    validationWindow: Duration.hours(3),
  });
  const pattern = RestoreValidations.eventPattern(tests.restoreTestingPlanArn) as Record<string, unknown>;
  const { source, detail } = pattern as { source: string[]; detail: Record<string, unknown> };
  const eventPattern = { source, detailType: ['Restore Job State Change'], detail };
  const rule = new events.Rule(stack, 'Done', { ruleName: 'done', eventPattern });
  rule.addTarget(new targets.SqsQueue(new sqs.Queue(stack, 'Queue', { queueName: 'done' })));
  return Template.fromStack(stack).toJSON() as TemplateObject;
}

function withProvider(): TemplateObject {
  const stack = cdktfStack();
  const vault = new cdktf.Vault(stack, 'Vault', { backupVaultName: 'main' });
  const tables = ['orders', 'carts'].map((name) => {
    const tags = { tier: name === 'orders' ? 'gold' : 'tin' };
    const attribute = [{ name: 'id', type: 'S' }];
    const table = new DynamodbTable(stack, name, {
      name,
      hashKey: 'id',
      attribute,
      billingMode: 'PAY_PER_REQUEST',
      tags,
    });
    return cdktf.SelectionResource.fromResource(table);
  });
  new cdktf.Plan(stack, 'Plan', {
    backupPlanName: 'p',
    rules: [{ ...DAILY, vault, deleteAfterDays: 35 }],
  }).addSelection('All', { selectionName: 'all', resources: tables });
  const tests = new cdktf.RestoreTestingPlan(stack, 'Tests', {
    ...COMMON,
    startWindowHours: 2,
    includeVaults: [cdktf.RestoreTestingVault.fromVault(vault)],
  });
  tests.addSelection('Tables', {
    ...TABLES,
    resources: cdktf.RestoreTestingResources.fromTags(DYNAMODB, GOLD),
    validationWindowHours: 3,
  });
  const queue = new SqsQueue(stack, 'Queue', { name: 'done' });
  const policy = {
    Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:*', Resource: '*' }],
  };
  new SqsQueuePolicy(stack, 'QueuePolicy', { queueUrl: queue.id, policy: JSON.stringify(policy) });
  const eventPattern = JSON.stringify(RestoreValidations.eventPattern(tests.restoreTestingPlanArn));
  const rule = new CloudwatchEventRule(stack, 'Done', { name: 'done', eventPattern });
  new CloudwatchEventTarget(stack, 'Target', { rule: rule.name, arn: queue.arn });
  return synth(stack) as TemplateObject;
}

/** Without places, the roles, which each framework names in its way, and `*`, which goes without saying (B9.2/2). */
function bare(plans: readonly RestoreTestingPlan[] | undefined): unknown {
  const gone = (key: string, value: unknown) =>
    ['declaredAt', 'iamRoleArn'].includes(key) || (key === 'protectedResourceArns' && String(value) === '*');
  return JSON.parse(JSON.stringify(plans), (key, value: unknown) => (gone(key, value) ? undefined : value));
}

async function jobsAfter(world: World, days: number): Promise<RestoreJobsListMember[]> {
  await world.advance({ days });
  const answer = await world.client(BackupClient).send(new ListRestoreJobsCommand({}));
  return [...(answer.RestoreJobs ?? [])].reverse();
}

test('both forms of a restore testing plan are one declaration', async () => {
  const worlds = [withLib(), withProvider()].map(async (artifact) => {
    const world = new World({ start: '2027-01-01T00:00:00Z', account: '111122223333', region: 'eu-central-1' });
    return world.deploy(artifact);
  });
  const [ours, theirs] = await Promise.all(worlds);
  const listed = [ours, theirs].flatMap((read) => read?.notRead ?? []);
  expect(listed.filter(({ type }) => /restore.?testing/i.test(type))).toEqual([]);
  const plans = bare(ours?.estate.restoreTestingPlans);
  expect(bare(theirs?.estate.restoreTestingPlans)).toEqual(plans);
  expect(plans).toMatchObject([
    {
      restoreTestingPlanName: 'drill',
      scheduleExpression: 'cron(0 12 ? * * *)',
      scheduleExpressionTimezone: 'Europe/Berlin',
      startWindowHours: 2,
      recoveryPointSelection: {
        algorithm: 'RANDOM_WITHIN_WINDOW',
        includeVaults: ['arn:aws:backup:eu-central-1:111122223333:backup-vault:main'],
        selectionWindowDays: 30,
      },
      selections: [
        {
          restoreTestingSelectionName: 'tables',
          protectedResourceConditions: { stringEquals: [{ key: 'aws:ResourceTag/tier', value: 'gold' }] },
          restoreMetadataOverrides: { encryptionType: 'KMS' },
          validationWindowHours: 3,
        },
      ],
      tags: { team: 'a' },
    },
  ]);
});

test.each([
  ['lib', withLib],
  ['provider', withProvider],
])('what %s declares is tested for 40 days: restored, validated or timed out, and cleaned up', async (_, artifact) => {
  const world = new World({ start: '2027-01-01T00:00:00Z', account: '111122223333', region: 'eu-central-1' });
  await world.deploy(artifact());
  await world.advance({ hours: 14 });
  const [first] = await jobsAfter(world, 0);
  expect(first).toMatchObject({ Status: 'COMPLETED', ValidationStatus: 'VALIDATING' });
  // The rule hears of the plan by the ARN that the artifact has for it.
  expect(world.messages('done')).toHaveLength(1);
  const { RestoreJobId } = first ?? {};
  const result = new PutRestoreValidationResultCommand({ RestoreJobId, ValidationStatus: 'SUCCESSFUL' });
  await world.client(BackupClient).send(result);
  const jobs = await jobsAfter(world, 40);
  expect(jobs).toHaveLength(41);
  expect(new Set(jobs.map(({ SourceResourceArn }) => SourceResourceArn?.split('/').at(-1)))).toEqual(
    new Set(['orders']),
  );
  const ends = jobs.map(
    ({ Status, ValidationStatus, DeletionStatus }) => `${Status} ${ValidationStatus} ${DeletionStatus}`,
  );
  expect(ends[0]).toBe('COMPLETED SUCCESSFUL SUCCESSFUL');
  expect(new Set(ends.slice(1, 40))).toEqual(new Set(['COMPLETED TIMED_OUT SUCCESSFUL']));
  expect(world.deliveries().filter(({ to, delivered }) => delivered && to.endsWith(':done'))).toHaveLength(41);
  expect(world.restoreJobs('orders').map(({ validationStatus }) => validationStatus)).toEqual(
    jobs.map(({ ValidationStatus }) => ValidationStatus),
  );
  expect(world.restoreJobs('carts')).toEqual([]);
  expect(world.summary().restoreJobs).toEqual({ COMPLETED: 41 });
});
