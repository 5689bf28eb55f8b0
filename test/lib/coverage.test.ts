import * as fs from 'node:fs';
import * as path from 'node:path';
import { CoverageAspect, CoverageAspectProps, Plan, SelectionResource, Vault } from '@holdfast/cdk';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import Ajv from 'ajv';
import { App, Aspects, Stack, Stage, Tags } from 'aws-cdk-lib/core';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { annotations, refusal } from './support/stacks';

const ENV = { account: '111122223333', region: 'eu-central-1' };

interface Report {
  readonly schema: string;
  readonly resources: number;
  readonly protected: number;
  readonly waived: number;
  readonly unprotected: number;
  readonly coverage: {
    resource: string;
    type: string;
    declaredAt: string;
    plans: string[];
    reason?: string;
    waived?: string;
  }[];
}

function appOf(props: CoverageAspectProps = {}, context: Record<string, unknown> = {}): App {
  const app = new App({ context, outdir: temporaryFolder('coverage') });
  Aspects.of(app).add(new CoverageAspect(props));
  return app;
}

const SCHEMA = path.join(ROOT, 'docs', 'schemas', 'holdfast.coverage-1.json');
const isReport = new Ajv().compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object);

/** The report of an app, which fits its schema. */
function reportOf(app: App, file = 'holdfast-coverage.json'): Report {
  app.synth();
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, file), 'utf8')) as Report;
  isReport(report);
  expect(isReport.errors).toBeNull();
  return report;
}

/** A plan of plain aws-cdk-lib. */
function plainPlan(stack: Stack, id: string, ...resources: backup.BackupResource[]): backup.BackupPlan {
  const plan = backup.BackupPlan.daily35DayRetention(stack, id);
  plan.addSelection('Selection', { resources });
  return plan;
}

function table(stack: Stack, id: string, tableName?: string): dynamodb.TableV2 {
  return new dynamodb.TableV2(stack, id, {
    tableName,
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
}

function planOfOurs(stack: Stack, ...resources: SelectionResource[]): void {
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' }).backupVault;
  const plan = new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault }] });
  plan.addSelection('Data', { selectionName: 'data', resources });
}

test('the report has a row for each resource that holds data, with its plans or why it has none', () => {
  const app = appOf();
  const stack = new Stack(app, 'S', { env: ENV });
  const orders = table(stack, 'Orders', 'orders');
  new s3.Bucket(stack, 'Files');
  new sqs.Queue(stack, 'Queue');
  planOfOurs(stack, SelectionResource.fromConstruct(orders));
  expect(reportOf(app)).toEqual({
    schema: 'holdfast.coverage/1',
    resources: 2,
    protected: 1,
    waived: 0,
    unprotected: 1,
    coverage: [
      {
        resource: 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders',
        type: 'DynamoDB',
        declaredAt: 'S/Orders',
        plans: ['ledger'],
      },
      {
        resource: expect.stringMatching(/^arn:aws:s3:::⟨S:Files[0-9A-F]{8}\.Ref⟩$/) as string,
        type: 'S3',
        declaredAt: 'S/Files',
        plans: [],
        reason: 'no selection names its ARN or one of its tags',
      },
    ],
  });
  expect(annotations(stack, 'warning')).toEqual([
    '/S/Files/Resource: S/Files must be backed up by at least 1 plan, or waived with the reason why it need not be, got none: no selection names its ARN or one of its tags [resource-unprotected] (AWS Backup facts B3.1/3)',
  ]);
});

/** How a plan of plain aws-cdk-lib may reach a table. */
// prettier-ignore
const WAYS: [what: string, select: (orders: dynamodb.TableV2, stack: Stack) => backup.BackupResource][] = [
  ['its ARN by reference',      (orders) => backup.BackupResource.fromArn(orders.tableArn)],
  ['its ARN in full',           () => backup.BackupResource.fromArn('arn:aws:dynamodb:eu-central-1:111122223333:table/orders')],
  ['a pattern',                 () => backup.BackupResource.fromArn('arn:aws:dynamodb:*:*:table/*')],
  ['a joined ARN',              (orders, stack) => backup.BackupResource.fromArn(stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: orders.tableName }))],
  ['a tag',                     () => backup.BackupResource.fromTag('backup', 'daily')],
];

test.each(WAYS)('a plan of aws-cdk-lib protects a table that it reaches by %s', (_, select) => {
  const app = appOf({ failOnUnprotected: true });
  const stack = new Stack(app, 'S', { env: ENV });
  const orders = table(stack, 'Orders', 'orders');
  Tags.of(stack).add('backup', 'daily');
  plainPlan(stack, 'Plan', select(orders, stack));
  expect(reportOf(app).coverage.map(({ plans }) => plans)).toEqual([['Plan']]);
});

test('a plan protects a resource of another stack that it refers to', () => {
  const app = appOf({ failOnUnprotected: true });
  const data = new Stack(app, 'Data', { env: ENV });
  const orders = table(data, 'Orders');
  plainPlan(new Stack(app, 'Backup', { env: ENV }), 'Plan', backup.BackupResource.fromArn(orders.tableArn));
  expect(reportOf(app)).toMatchObject({ resources: 1, protected: 1 });
});

test('a plan of another Region protects nothing here', () => {
  const app = appOf();
  table(new Stack(app, 'Data', { env: ENV }), 'Orders');
  const there = new Stack(app, 'Backup', { env: { ...ENV, region: 'eu-west-1' } });
  plainPlan(there, 'Plan', backup.BackupResource.fromArn('*'));
  expect(reportOf(app).coverage[0]).toMatchObject({
    plans: [],
    reason: 'no plan is in account 111122223333, Region eu-central-1',
  });
});

test('stacks that leave their environment open are taken to deploy to the same one', () => {
  const app = appOf({ failOnUnprotected: true });
  table(new Stack(app, 'Data'), 'Orders');
  plainPlan(new Stack(app, 'Backup'), 'Plan', backup.BackupResource.fromArn('arn:aws:dynamodb:*:*:table/*'));
  expect(reportOf(app)).toMatchObject({ protected: 1, unprotected: 0 });
});

test('tags that an aspect adds count', () => {
  const app = appOf({ failOnUnprotected: true });
  const stack = new Stack(app, 'S', { env: ENV });
  const volume = new ec2.CfnVolume(stack, 'Volume', { availabilityZone: 'eu-central-1a', size: 8 });
  plainPlan(stack, 'Plan', backup.BackupResource.fromTag('backup', 'daily'));
  Tags.of(volume).add('backup', 'daily');
  expect(reportOf(app)).toMatchObject({ protected: 1 });
});

test('each replica of a global table is a table of its own', () => {
  const app = appOf();
  const stack = new Stack(app, 'S', { env: ENV });
  new dynamodb.TableV2(stack, 'Orders', {
    tableName: 'orders',
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    replicas: [{ region: 'eu-west-1', tags: [{ key: 'backup', value: 'daily' }] }],
  });
  plainPlan(
    new Stack(app, 'There', { env: { ...ENV, region: 'eu-west-1' } }),
    'Plan',
    backup.BackupResource.fromTag('backup', 'daily'),
  );
  expect(reportOf(app).coverage.map(({ resource, plans }) => [resource, plans])).toEqual([
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders', ['Plan']],
    ['arn:aws:dynamodb:eu-central-1:111122223333:table/orders', []],
  ]);
});

test('members of a cluster and what holds no data are in no row', () => {
  const app = appOf();
  const stack = new Stack(app, 'S', { env: ENV });
  new events.Rule(stack, 'Rule', { eventPattern: { source: ['x'] } });
  new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  expect(reportOf(app)).toMatchObject({ resources: 0, coverage: [] });
});

test('fails for a resource that no plan protects, when asked to', () => {
  const app = appOf({ failOnUnprotected: true });
  new s3.Bucket(new Stack(app, 'S', { env: ENV }), 'Files', { bucketName: 'files' });
  expect(refusal(() => app.synth())).toContain(
    'S/Files must be backed up by at least 1 plan, or waived with the reason why it need not be, got none: there is no plan [resource-unprotected] (AWS Backup facts B3.1/3)',
  );
});

describe('a waiver', () => {
  test('at the construct lets it go, with its reason in the report', () => {
    const app = appOf({ failOnUnprotected: true });
    const bucket = new s3.Bucket(new Stack(app, 'S', { env: ENV }), 'Cache');
    CoverageAspect.waive(bucket, { reason: 'made anew every night' });
    expect(reportOf(app)).toMatchObject({ waived: 1, coverage: [{ waived: 'made anew every night' }] });
  });

  test('at a subtree lets all of it go', () => {
    const app = appOf({ failOnUnprotected: true });
    const stack = new Stack(app, 'Scratch', { env: ENV });
    new s3.Bucket(stack, 'A');
    table(stack, 'B');
    CoverageAspect.waive(stack, { reason: 'scratch' });
    expect(reportOf(app)).toMatchObject({ waived: 2, unprotected: 0 });
  });

  test('by the path of the construct lets it go', () => {
    const waivers = [{ rule: 'resource-unprotected', path: 'S/Cache*', reason: 'made anew' }];
    const app = appOf({ failOnUnprotected: true, waivers });
    new s3.Bucket(new Stack(app, 'S', { env: ENV }), 'CacheOfImages');
    expect(reportOf(app)).toMatchObject({ waived: 1 });
  });

  test('that has expired lets nothing go', () => {
    const app = appOf({ failOnUnprotected: true }, { 'holdfast:today': '2027-01-02' });
    const bucket = new s3.Bucket(new Stack(app, 'S', { env: ENV }), 'Cache');
    CoverageAspect.waive(bucket, { reason: 'for now', expires: '2027-01-01' });
    expect(refusal(() => app.synth())).toContain('[resource-unprotected]');
  });
});

test('the report may have another name', () => {
  const app = appOf({ reportFile: 'coverage.json' });
  new Stack(app, 'S', { env: ENV });
  expect(reportOf(app, 'coverage.json')).toMatchObject({ resources: 0 });
});

test('looks at the part of the app that it is applied to', () => {
  const app = new App({ outdir: temporaryFolder('coverage') });
  const stage = new Stage(app, 'Prod', { env: ENV });
  Aspects.of(stage).add(new CoverageAspect());
  new s3.Bucket(new Stack(app, 'Elsewhere'), 'Files');
  new s3.Bucket(new Stack(stage, 'S'), 'Files', { bucketName: 'files' });
  app.synth();
  const report = JSON.parse(fs.readFileSync(path.join(stage.outdir, 'holdfast-coverage.json'), 'utf8')) as Report;
  expect(report.coverage.map(({ declaredAt }) => declaredAt)).toEqual(['Prod/S/Files']);
});
