import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  RestoreRole,
  RestoreTestingPlan,
  RestoreTestingResources,
  RestoreTestingSelection,
  RestoreTestingSelectionOptions,
} from '@holdfast/cdktf';
import { RestoreTestingResourceType } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { all, comment, message, only, refusal, resolve, sentence, stackOf, variables } from './support/stacks';

const TYPE = 'aws_backup_restore_testing_selection';
const ROLE = 'arn:aws:iam::111122223333:role/restore';
const VOLUMES = RestoreTestingResources.all(RestoreTestingResourceType.EBS);

function selection(
  stack: TerraformStack,
  options: Partial<RestoreTestingSelectionOptions> = {},
): RestoreTestingSelection {
  const plan = new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests' });
  return plan.addSelection('One', { restoreTestingSelectionName: 'one', resources: VOLUMES, ...options });
}

function table(stack: TerraformStack, id: string): DynamodbTable {
  return new DynamodbTable(stack, id, { name: id.toLowerCase(), hashKey: 'id' });
}

test('writes out every default, and has a role of its own', () => {
  const stack = stackOf();
  const made = selection(stack);
  const [attachment] = all(stack, 'aws_iam_role_policy_attachment');
  expect(only(stack, TYPE)).toEqual({
    name: 'one',
    restore_testing_plan_name: '${aws_backup_restore_testing_plan.Tests_ADECCFD5.name}',
    protected_resource_type: 'EBS',
    protected_resource_arns: ['*'],
    iam_role_arn: resolve(stack, made.role!.arn),
    restore_metadata_overrides: {},
    depends_on: [expect.stringMatching(/^aws_iam_role_policy_attachment\./)],
  });
  expect(only(stack, 'aws_iam_role').description).toBe('AWS Backup assumes it to test restores for the selection one');
  expect(attachment!.policy_arn).toBe('arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores');
  expect(made.restoreTestingSelectionName).toBe('one');
});

test('takes every property', () => {
  const stack = stackOf();
  const made = selection(stack, {
    resources: RestoreTestingResources.fromTags(RestoreTestingResourceType.RDS, {
      stringEquals: { stage: 'prod' },
      stringNotEquals: { temporary: 'yes' },
    }),
    restoreMetadataOverrides: { dbSubnetGroupName: 'tests' },
    validationWindowHours: 8,
    roleArn: ROLE,
    provider: new AwsProvider(stack, 'West', { alias: 'west' }),
  });
  expect(made.role).toBeUndefined();
  expect(made.roleArn).toBe(ROLE);
  expect(only(stack, TYPE)).toEqual({
    name: 'one',
    restore_testing_plan_name: '${aws_backup_restore_testing_plan.Tests_ADECCFD5.name}',
    protected_resource_type: 'RDS',
    protected_resource_conditions: [
      {
        string_equals: [{ key: 'aws:ResourceTag/stage', value: 'prod' }],
        string_not_equals: [{ key: 'aws:ResourceTag/temporary', value: 'yes' }],
      },
    ],
    iam_role_arn: ROLE,
    restore_metadata_overrides: { dbSubnetGroupName: 'tests' },
    validation_window_hours: 8,
    provider: 'aws.west',
  });
});

test('has the policies of buckets for buckets alone', () => {
  const stack = stackOf();
  selection(stack, { resources: RestoreTestingResources.all(RestoreTestingResourceType.S3) });
  expect(all(stack, 'aws_iam_role_policy_attachment')).toHaveLength(2);
});

test('lets its role pass the roles that it is given, and waits for that', () => {
  const stack = stackOf();
  const instance = 'arn:aws:iam::111122223333:role/instance';
  selection(stack, {
    resources: RestoreTestingResources.all(RestoreTestingResourceType.EC2),
    passedRoleArns: [instance],
  });
  expect(JSON.parse(String(only(stack, 'aws_iam_policy').policy)).Statement).toEqual([
    { Effect: 'Allow', Action: ['iam:PassRole'], Resource: [instance] },
  ]);
  expect(only(stack, TYPE).depends_on).toHaveLength(2);
});

test('waits for the policies of a role of ours', () => {
  const stack = stackOf();
  selection(stack, { roleArn: new RestoreRole(stack, 'Role', { services: ['ebs'] }).roleArn });
  expect(only(stack, TYPE).depends_on).toHaveLength(1);
});

test('takes resources of the app, and finds their type', () => {
  const stack = stackOf();
  selection(stack, { resources: RestoreTestingResources.fromConstructs([table(stack, 'A'), table(stack, 'B')]) });
  expect(only(stack, TYPE)).toMatchObject({
    protected_resource_type: 'DynamoDB',
    protected_resource_arns: ['${aws_dynamodb_table.A.arn}', '${aws_dynamodb_table.B.arn}'],
  });
});

test('takes the resources below a construct', () => {
  const stack = stackOf();
  const shop = new Construct(stack, 'Shop');
  new DynamodbTable(shop, 'Orders', { name: 'orders', hashKey: 'id' });
  new SqsQueue(shop, 'Queue', {});
  selection(stack, { resources: RestoreTestingResources.fromConstructs([shop]) });
  expect(only(stack, TYPE)).toMatchObject({
    protected_resource_type: 'DynamoDB',
    protected_resource_arns: [expect.stringMatching(/^\$\{aws_dynamodb_table\.Shop_Orders_\w+\.arn\}$/)],
  });
});

test('leaves to Terraform what it alone knows', () => {
  const stack = stackOf();
  const { number, list, text } = variables(stack);
  selection(stack, {
    restoreTestingSelectionName: text('name'),
    validationWindowHours: number('hours'),
    resources: RestoreTestingResources.fromArns(RestoreTestingResourceType.EBS, list('volumes')),
  });
  expect(only(stack, TYPE)).toMatchObject({
    name: '${var.name}',
    validation_window_hours: '${var.hours}',
    protected_resource_arns: '${var.volumes}',
  });
});

test('is made for a plan that is not of this app, too', () => {
  const stack = stackOf();
  const restoreTestingPlan = RestoreTestingPlan.fromRestoreTestingPlanAttributes({
    restoreTestingPlanName: 'theirs',
    restoreTestingPlanArn: 'arn:aws:backup:eu-central-1:111122223333:restore-testing-plan:theirs-1',
  });
  const common = { restoreTestingPlan, resources: VOLUMES };
  new RestoreTestingSelection(stack, 'One', { ...common, restoreTestingSelectionName: 'one' });
  expect(only(stack, TYPE).restore_testing_plan_name).toBe('theirs');
  const declare = () => new RestoreTestingSelection(stack, 'Two', { ...common, restoreTestingSelectionName: 'two-' });
  expect(refusal(declare)).toBe(
    message('S/Two', [sentence('restore-testing-selection-name', 'restoreTestingSelectionName', 'two-')]),
  );
});

test('fails for what AWS Backup refuses, and for a name that the plan has already', () => {
  const declare = () => selection(stackOf(), { validationWindowHours: 169, roleArn: 'restore' });
  expect(refusal(declare)).toBe(
    message('S/Tests/One', [
      sentence('restore-testing-selection-role-arn', 'iamRoleArn', 'restore'),
      sentence('restore-testing-selection-validation-window', 'validationWindowHours', '169'),
    ]),
  );
  const plan = new RestoreTestingPlan(stackOf(), 'Tests', { restoreTestingPlanName: 'tests' });
  const options = { restoreTestingSelectionName: 'one', resources: VOLUMES };
  plan.addSelection('One', options);
  expect(refusal(() => plan.addSelection('Two', options))).toContain('[restore-testing-plan-selection-names]');
});

test('fails for resources that are not backed up, of several types, or of a type that only Terraform knows', () => {
  const stack = stackOf();
  const plan = new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests' });
  const of = (id: string, ...resources: Parameters<typeof RestoreTestingResources.fromConstructs>[0]) =>
    refusal(() =>
      plan.addSelection(id, {
        restoreTestingSelectionName: id,
        resources: RestoreTestingResources.fromConstructs(resources),
      }),
    );
  const queue = new SqsQueue(stack, 'Queue', {});
  expect(of('one', queue)).toBe(
    message('S/Tests/one', [
      sentence(
        'restore-testing-selection-construct-not-supported',
        'resources.constructs[0]',
        'S/Queue with aws_sqs_queue',
      ),
    ]),
  );
  const database = new DbInstance(stack, 'Reports', { instanceClass: 'db.m5.large', engine: 'postgres' });
  expect(of('two', table(stack, 'Orders'), database)).toBe(
    message('S/Tests/two', [
      sentence('restore-testing-selection-one-type', 'resources.constructs', 'DynamoDB (S/Orders), RDS (S/Reports)'),
    ]),
  );
  const cluster = new RdsCluster(stack, 'Cluster', { engine: variables(stack).text('engine') });
  expect(of('three', cluster)).toContain('[restore-testing-selection-one-type]');
});

test('writes waivers into the comment', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'restore-testing-selection-validation-window', path: '*', reason: 'it works' }];
  selection(stack, { waivers, validationWindowHours: 169 });
  expect(comment(stack, TYPE)).toEqual({ waivers });
});
