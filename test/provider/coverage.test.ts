import * as fs from 'node:fs';
import * as path from 'node:path';
import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { DynamodbTable, DynamodbTableConfig } from '@cdktf/provider-aws/lib/dynamodb-table';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { CoverageAspect, CoverageAspectProps, Plan, SelectionResource, Vault } from '@holdfast/cdktf';
import Ajv from 'ajv';
import { App, Aspects, IAspect, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ROOT } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { annotations, refusal, sentence } from './support/stacks';

const SCHEMA = path.join(ROOT, 'docs', 'schemas', 'holdfast.coverage-1.json');
const isReport = new Ajv().compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object);

interface Report {
  readonly resources: number;
  readonly protected: number;
  readonly waived: number;
  readonly unprotected: number;
  readonly coverage: { resource: string; declaredAt: string; plans: string[]; reason?: string; waived?: string }[];
}

function appOf(context: Record<string, unknown> = {}): App {
  return new App({ outdir: temporaryFolder('coverage'), stackTraces: false, context });
}

/** A stack that is looked at. */
function stackIn(app: App, props?: CoverageAspectProps, id = 'S', region = 'eu-central-1'): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, 'Aws', { region, allowedAccountIds: ['111122223333'] });
  if (props !== undefined) {
    Aspects.of(stack).add(new CoverageAspect(props));
  }
  return stack;
}

/** The report of a stack, which fits its schema. */
function reportOf(stack: TerraformStack, file = 'holdfast-coverage.json'): Report {
  App.of(stack).synth();
  const report = JSON.parse(
    fs.readFileSync(path.join(App.of(stack).outdir, 'stacks', stack.node.id, file), 'utf8'),
  ) as Report;
  isReport(report);
  expect(isReport.errors).toBeNull();
  return report;
}

function table(scope: Construct, id: string, over: Partial<DynamodbTableConfig> = {}): DynamodbTable {
  return new DynamodbTable(scope, id, {
    name: 'orders',
    hashKey: 'id',
    billingMode: 'PAY_PER_REQUEST',
    attribute: [{ name: 'id', type: 'S' }],
    ...over,
  });
}

/** A plan of the AWS provider alone. */
function plainPlan(stack: TerraformStack, selection: object): void {
  const { id: planId } = new BackupPlan(stack, 'Plain', {
    name: 'plain',
    rule: [{ ruleName: 'daily', targetVaultName: 'main' }],
  });
  new BackupSelection(stack, 'All', { planId, name: 'all', iamRoleArn: 'role', ...selection });
}

function planOfOurs(stack: TerraformStack, ...resources: SelectionResource[]): void {
  const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:main');
  const plan = new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault }] });
  plan.addSelection('Data', { selectionName: 'data', resources });
}

test('the report has a row for each resource that holds data, with its plans or why it has none', () => {
  const stack = stackIn(appOf(), {});
  const orders = table(stack, 'Orders');
  new S3Bucket(stack, 'Files', {});
  new SqsQueue(stack, 'Queue', {});
  new RdsClusterInstance(stack, 'Member', { clusterIdentifier: 'c', engine: 'aurora-mysql', instanceClass: 'x' });
  planOfOurs(stack, SelectionResource.fromConstruct(orders));
  expect(reportOf(stack)).toEqual({
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
        resource: 'arn:aws:s3:::⟨S:aws_s3_bucket.Files.bucket⟩',
        type: 'S3',
        declaredAt: 'S/Files',
        plans: [],
        reason: 'no selection names its ARN or one of its tags',
      },
    ],
  });
  const said = sentence('resource-unprotected', 'S/Files', 'none: no selection names its ARN or one of its tags');
  expect(annotations(stack, 'warn')).toContain(`S/Files: ${said}`);
});

// prettier-ignore
const WAYS: [what: string, select: (orders: DynamodbTable) => object][] = [
  ['its ARN by reference', (orders) => ({ resources: [orders.arn] })],
  ['its ARN in full',      () => ({ resources: ['arn:aws:dynamodb:eu-central-1:111122223333:table/orders'] })],
  ['a pattern',            () => ({ resources: ['arn:aws:dynamodb:*:*:table/*'] })],
  ['a joined ARN',         (orders) => ({ resources: [`arn:aws:dynamodb:eu-central-1:111122223333:table/${orders.name}`] })],
  ['a tag',                () => ({ selectionTag: [{ type: 'STRINGEQUALS', key: 'backup', value: 'daily' }] })],
  ['a condition',          () => ({ resources: ['*'], condition: [{ stringLike: [{ key: 'aws:ResourceTag/backup', value: 'da*' }] }] })],
];

test.each(WAYS)('a plan of the AWS provider alone protects a table that it reaches by %s', (_, select) => {
  const stack = stackIn(appOf(), { failOnUnprotected: true });
  plainPlan(stack, select(table(stack, 'Orders', { tags: { backup: 'daily' } })));
  expect(reportOf(stack).coverage.map(({ plans }) => plans)).toEqual([['plain']]);
});

test('what a selection leaves out, no plan protects', () => {
  const stack = stackIn(appOf(), {});
  const orders = table(stack, 'Orders');
  plainPlan(stack, { resources: ['*'], notResources: [orders.arn] });
  expect(reportOf(stack)).toMatchObject({
    unprotected: 1,
    coverage: [{ reason: expect.stringContaining('all of plan') }],
  });
});

test('a plan protects a resource of another stack that it refers to', () => {
  const app = appOf();
  const data = stackIn(app, { failOnUnprotected: true }, 'Data');
  const orders = table(data, 'Orders');
  planOfOurs(stackIn(app, undefined, 'Backup'), SelectionResource.fromResource(orders));
  expect(reportOf(data)).toMatchObject({ resources: 1, protected: 1 });
});

test('a plan of another Region protects nothing here', () => {
  const app = appOf();
  const data = stackIn(app, {}, 'Data');
  table(data, 'Orders');
  plainPlan(stackIn(app, undefined, 'Backup', 'eu-west-1'), { resources: ['*'] });
  expect(reportOf(data).coverage[0]).toMatchObject({
    plans: [],
    reason: 'no plan is in account 111122223333, Region eu-central-1',
  });
});

test('stacks whose providers leave their place open are taken to be in one', () => {
  const app = appOf();
  const [data, backup] = ['Data', 'Backup'].map((id) => new TerraformStack(app, id)) as [
    TerraformStack,
    TerraformStack,
  ];
  for (const stack of [data, backup]) {
    new AwsProvider(stack, 'Aws');
  }
  Aspects.of(data).add(new CoverageAspect({ failOnUnprotected: true }));
  table(data, 'Orders');
  plainPlan(backup, { resources: ['arn:aws:dynamodb:*:*:table/*'] });
  expect(reportOf(data)).toMatchObject({ protected: 1, unprotected: 0 });
});

test('tags that the provider or an aspect adds count', () => {
  const tagged = { selectionTag: [{ type: 'STRINGEQUALS', key: 'backup', value: 'daily' }] };
  const app = appOf();
  const [one, other] = [stackIn(app, { failOnUnprotected: true }, 'A'), new TerraformStack(app, 'B')];
  const tagging: IAspect = {
    visit: (node: IConstruct) => {
      if (node.node.id === 'Orders') {
        Object.assign(node, { tags: { backup: 'daily' } });
      }
    },
  };
  Aspects.of(one).add(tagging);
  Aspects.of(other).add(new CoverageAspect({ failOnUnprotected: true }));
  new AwsProvider(other, 'Aws', {
    region: 'eu-central-1',
    allowedAccountIds: ['111122223333'],
    defaultTags: [{ tags: { backup: 'daily' } }],
  });
  table(one, 'Orders');
  table(other, 'Invoices', { name: 'invoices' });
  plainPlan(one, tagged);
  expect(reportOf(one)).toMatchObject({ protected: 1 });
  expect(reportOf(other)).toMatchObject({ protected: 1 });
});

test('each replica of a table is a table of its own', () => {
  const app = appOf();
  const stack = stackIn(app, {});
  const replica = [{ regionName: 'eu-west-1', propagateTags: true }, { regionName: 'eu-west-2' }];
  table(stack, 'Orders', { tags: { backup: 'daily' }, replica });
  plainPlan(stackIn(app, undefined, 'There', 'eu-west-1'), {
    selectionTag: [{ type: 'STRINGEQUALS', key: 'backup', value: 'daily' }],
  });
  expect(reportOf(stack).coverage.map(({ resource, plans, declaredAt }) => [resource, plans, declaredAt])).toEqual([
    ['arn:aws:dynamodb:eu-central-1:111122223333:table/orders', [], 'S/Orders'],
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders', ['plain'], 'S/Orders.replica[0]'],
    ['arn:aws:dynamodb:eu-west-2:111122223333:table/orders', [], 'S/Orders.replica[1]'],
  ]);
});

test('fails for a resource that no plan protects, when asked to', () => {
  const stack = stackIn(appOf(), { failOnUnprotected: true });
  new S3Bucket(stack, 'Files', { bucket: 'files' });
  expect(refusal(() => App.of(stack).synth())).toContain(
    sentence('resource-unprotected', 'S/Files', 'none: there is no plan'),
  );
});

describe('a waiver', () => {
  test('at the construct lets it go, with its reason in the report', () => {
    const stack = stackIn(appOf(), { failOnUnprotected: true });
    CoverageAspect.waive(new S3Bucket(stack, 'Cache', {}), { reason: 'made anew every night' });
    expect(reportOf(stack)).toMatchObject({ waived: 1, coverage: [{ waived: 'made anew every night' }] });
  });

  test('at a subtree lets all of it go', () => {
    const stack = stackIn(appOf(), { failOnUnprotected: true });
    new S3Bucket(stack, 'A', {});
    table(stack, 'B');
    CoverageAspect.waive(stack, { reason: 'scratch' });
    expect(reportOf(stack)).toMatchObject({ waived: 2, unprotected: 0 });
  });

  test('by the path of the construct lets it go', () => {
    const waivers = [{ rule: 'resource-unprotected', path: 'S/Cache*', reason: 'made anew' }];
    const stack = stackIn(appOf(), { failOnUnprotected: true, waivers });
    new S3Bucket(stack, 'CacheOfImages', {});
    expect(reportOf(stack)).toMatchObject({ waived: 1 });
  });

  test('that has expired lets nothing go', () => {
    const stack = stackIn(appOf({ 'holdfast:today': '2027-01-02' }), { failOnUnprotected: true });
    CoverageAspect.waive(new S3Bucket(stack, 'Cache', {}), { reason: 'for now', expires: '2027-01-01' });
    expect(refusal(() => App.of(stack).synth())).toContain('[resource-unprotected]');
  });
});

test('the report may have another name', () => {
  const stack = stackIn(appOf(), { reportFile: 'coverage.json' });
  expect(reportOf(stack, 'coverage.json')).toMatchObject({ resources: 0 });
});

test('looks at the part of the stack that it is applied to', () => {
  const stack = stackIn(appOf());
  const part = new Construct(stack, 'Part');
  Aspects.of(part).add(new CoverageAspect());
  new S3Bucket(stack, 'Outside', {});
  new S3Bucket(part, 'Inside', {});
  expect(reportOf(stack).coverage.map(({ declaredAt }) => declaredAt)).toEqual(['S/Part/Inside']);
});
