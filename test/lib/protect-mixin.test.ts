import { HoldfastChecks, Plan, ProtectMixin } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  App,
  Aspects,
  CfnParameter,
  ConstructSelector,
  Mixin,
  Mixins,
  NestedStack,
  Shims,
  Stack,
  Tags,
  Validations,
} from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { annotations, refusal, stackOf } from './support/stacks';

function planOf(stack: Stack, id = 'Plan'): Plan {
  const vault = backup.BackupVault.fromBackupVaultName(stack, `${id}Vault`, 'primary');
  return new Plan(stack, id, { backupPlanName: id, rules: [{ ruleName: 'daily', vault }] });
}

interface Rendered {
  readonly SelectionName: string;
  readonly Resources: unknown[];
}

function rendered(stack: Stack): Rendered[] {
  const found = Template.fromStack(stack).findResources('AWS::Backup::BackupSelection');
  return Object.values(found).map((it) => it.Properties.BackupSelection as Rendered);
}

function bucket(scope: Construct, id: string): s3.Bucket {
  return new s3.Bucket(scope, id, { versioned: true });
}

function table(scope: Construct, id: string): dynamodb.TableV2 {
  return new dynamodb.TableV2(scope, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
}

function arnOf(stack: Stack, construct: Construct): unknown {
  return { 'Fn::GetAtt': [stack.getLogicalId(construct.node.defaultChild as s3.CfnBucket), 'Arn'] };
}

test('has each resource backed up once, though it reaches the L2 and its L1', () => {
  const stack = stackOf();
  const plan = planOf(stack);
  const files = bucket(stack, 'Files');
  const { report } = Mixins.of(files).requireAny().apply(new ProtectMixin(plan));
  expect(report.map(({ construct }) => construct.node.path)).toEqual(['S/Files/Resource']);
  expect(rendered(stack)).toMatchObject([{ SelectionName: 'protected-by-mixin', Resources: [arnOf(stack, files)] }]);
  expect(annotations(stack, 'warning')).toEqual([]);
});

test('takes a subtree, and passes over what is not backed up by itself', () => {
  const stack = stackOf();
  const plan = planOf(stack);
  const data = new Construct(stack, 'Data');
  const [files, orders] = [bucket(new Construct(data, 'Inner'), 'Files'), table(data, 'Orders')];
  new sqs.Queue(data, 'Queue');
  bucket(stack, 'Elsewhere');
  Mixins.of(data).apply(new ProtectMixin(plan));
  expect(rendered(stack)).toMatchObject([{ Resources: [arnOf(stack, files), arnOf(stack, orders)] }]);
});

test('takes what a selector selects', () => {
  const stack = stackOf();
  const plan = planOf(stack);
  bucket(stack, 'Files');
  const orders = table(stack, 'Orders');
  const selector = ConstructSelector.resourcesOfType('AWS::DynamoDB::GlobalTable');
  Mixins.of(stack, selector).apply(new ProtectMixin(plan));
  expect(rendered(stack)).toMatchObject([{ Resources: [arnOf(stack, orders)] }]);
});

test('makes one selection of all applications, of one mixin and of several, and has each resource in it once', () => {
  const stack = stackOf();
  const plan = planOf(stack);
  const mixin = new ProtectMixin(plan);
  const data = new Construct(stack, 'Data');
  const [files, orders] = [bucket(data, 'Files'), table(stack, 'Orders')];
  files.with(mixin);
  Mixins.of(data).apply(mixin);
  orders.with(new ProtectMixin(plan));
  expect(rendered(stack)).toMatchObject([{ Resources: [arnOf(stack, files), arnOf(stack, orders)] }]);
  expect(plan.node.tryFindChild('ProtectedByMixin')).toBeDefined();
});

test('makes a selection in each of two plans, beside those that were made by hand', () => {
  const stack = stackOf();
  const [daily, monthly] = [planOf(stack, 'Daily'), planOf(stack, 'Monthly')];
  const files = bucket(stack, 'Files');
  daily.protect(table(stack, 'Orders'));
  files.with(new ProtectMixin(daily), new ProtectMixin(monthly));
  expect(rendered(stack).map(({ SelectionName }) => SelectionName)).toEqual([
    'protected',
    'protected-by-mixin',
    'protected-by-mixin',
  ]);
});

test('takes nested stacks by their resources, which would be backed up twice otherwise', () => {
  const stack = stackOf();
  const plan = planOf(stack);
  const nested = new NestedStack(stack, 'Nested');
  const files = bucket(nested, 'Files');
  const { report } = Mixins.of(stack).apply(new ProtectMixin(plan));
  expect(report.map(({ construct }) => construct.node.path)).toEqual([`${files.node.path}/Resource`]);
  expect(rendered(stack).map(({ Resources }) => Resources.length)).toEqual([1]);
});

test('the role of the selection gets the policies of what is selected, and the tags of the app', () => {
  const stack = stackOf();
  const plan = planOf(stack);
  Tags.of(stack).add('owner', 'platform');
  bucket(stack, 'Files').with(new ProtectMixin(plan));
  const [role] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  expect(role!.Properties).toMatchObject({ Tags: [{ Key: 'owner', Value: 'platform' }] });
  expect(JSON.stringify(role!.Properties)).toContain('AWSBackupServiceRolePolicyForS3Backup');
});

test('what is selected counts for the checks of the whole app', () => {
  const app = new App();
  const stack = new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-central-1' } });
  Validations.of(app).addPlugins(new HoldfastChecks({ coverage: true }));
  const plan = planOf(stack);
  bucket(stack, 'Files').with(new ProtectMixin(plan));
  expect(annotations(stack, 'warning')).toEqual([]);
});

test('a later synthesis selects what was added since, and nothing again', () => {
  const stack = stackOf();
  const plan = planOf(stack);
  bucket(stack, 'Files').with(new ProtectMixin(plan));
  const app = stack.node.root as App;
  app.synth();
  const more = bucket(stack, 'More');
  Mixins.of(stack).apply(new ProtectMixin(plan));
  app.synth({ force: true });
  const second = plan.node.findChild('ProtectedByMixin2').node.findChild('Resource') as backup.CfnBackupSelection;
  expect(stack.resolve(second.backupSelection)).toMatchObject({
    selectionName: 'protected-by-mixin-2',
    resources: [arnOf(stack, more)],
  });
});

test('takes a resource whose name only the deployment knows', () => {
  const stack = stackOf();
  const plan = planOf(stack);
  const bucketName = new CfnParameter(stack, 'Name').valueAsString;
  const files = new s3.Bucket(stack, 'Files', { versioned: true, bucketName });
  files.with(new ProtectMixin(plan));
  expect(rendered(stack)).toMatchObject([{ Resources: [arnOf(stack, files)] }]);
});

test('fails for a resource that AWS Backup cannot select from where the plan is', () => {
  const app = new App();
  const stack = new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-central-1' } });
  const other = new Stack(app, 'Other', { env: { account: '111122223333', region: 'eu-west-1' } });
  const plan = planOf(stack);
  new s3.Bucket(other, 'Files', { versioned: true, bucketName: 'files' }).with(new ProtectMixin(plan));
  expect(refusal(() => app.synth())).toMatch(
    /^S\/Plan\/ProtectedByMixin: 1 value\(s\) that AWS Backup refuses\n {2}resources\[0\] must be .*, got Other\/Files\/Resource in 111122223333 eu-west-1, where the plan is in 111122223333 eu-central-1 \[selection-resource-place\]/,
  );
});

test('fails for a mixin that reaches a resource only after the plan was complete', () => {
  const stack = stackOf();
  const plan = planOf(stack);
  bucket(stack, 'Files');
  Aspects.of(stack).add(Shims.asAspect(new ProtectMixin(plan)));
  expect(refusal(() => Template.fromStack(stack))).toContain(
    '[S/Plan] must get mixins before the synthesis, got one for S/Files/Resource during it: apply it by Mixins.of',
  );
});

test('is a mixin of the CDK', () => {
  expect(Mixin.isMixin(new ProtectMixin(planOf(stackOf())))).toBe(true);
});
