import {
  RestoreTestingPlan,
  RestoreTestingResources,
  RestoreTestingSelection,
  RestoreTestingSelectionOptions,
} from '@holdfast/cdk';
import { RestoreTestingResourceType as Tested } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::RestoreTestingSelection';
const TABLE = 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders';

function selection(stack: Stack, props: Partial<RestoreTestingSelectionOptions> = {}): RestoreTestingSelection {
  const plan = new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests' });
  const resources = RestoreTestingResources.all(Tested.DYNAMODB);
  return plan.addSelection('Sel', { restoreTestingSelectionName: 'sel', resources, ...props });
}

function templateOf(props: Partial<RestoreTestingSelectionOptions> = {}, stack: Stack = stackOf()): Template {
  selection(stack, props);
  return Template.fromStack(stack);
}

function table(scope: Construct, id: string): dynamodb.Table {
  return new dynamodb.Table(scope, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
}

test('tests all resources of a type, and cleans up at once, by a role for that alone', () => {
  const template = templateOf();
  template.hasResource(TYPE, {
    Metadata: Match.absent(),
    Properties: {
      RestoreTestingPlanName: { Ref: 'TestsADECCFD5' },
      RestoreTestingSelectionName: 'sel',
      ProtectedResourceType: 'DynamoDB',
      ProtectedResourceArns: ['*'],
      ProtectedResourceConditions: Match.absent(),
      IamRoleArn: { 'Fn::GetAtt': ['TestsSelRole84BAA5B2', 'Arn'] },
      RestoreMetadataOverrides: Match.absent(),
      ValidationWindowHours: Match.absent(),
    },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'backup.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
      ],
    },
    ManagedPolicyArns: [
      {
        'Fn::Join': [
          '',
          ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores'],
        ],
      },
    ],
  });
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});

test('adds the policy for buckets where it restores buckets', () => {
  const resources = RestoreTestingResources.all(Tested.S3);
  templateOf({ resources }).hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: [
      Match.anyValue(),
      { 'Fn::Join': ['', Match.arrayWith([':iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore'])] },
    ],
  });
});

test('lets its role pass those roles on that it is told of, and no others', () => {
  const stack = stackOf();
  const passed = iam.Role.fromRoleArn(stack, 'Instances', 'arn:aws:iam::111122223333:role/instances');
  const resources = RestoreTestingResources.all(Tested.EC2);
  const template = templateOf({ resources, passedRoles: [passed] }, stack);
  template.hasResource(TYPE, { DependsOn: [Match.stringLikeRegexp('^TestsSelRolePolicy')] });
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [{ Action: 'iam:PassRole', Effect: 'Allow', Resource: 'arn:aws:iam::111122223333:role/instances' }],
    },
  });
});

test('takes a role as it is', () => {
  const stack = stackOf();
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/restore');
  const made = selection(stack, { role });
  expect(made.role).toBe(role);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.hasResourceProperties(TYPE, { IamRoleArn: 'arn:aws:iam::111122223333:role/restore' });
});

test('takes ARNs, overrides and a window', () => {
  templateOf({
    resources: RestoreTestingResources.fromArns(Tested.DYNAMODB, [TABLE]),
    restoreMetadataOverrides: { encryptionType: 'KMS' },
    validationWindow: Duration.hours(8),
  }).hasResourceProperties(TYPE, {
    ProtectedResourceArns: [TABLE],
    RestoreMetadataOverrides: { encryptionType: 'KMS' },
    ValidationWindowHours: 8,
  });
});

test('narrows by the tags of recovery points', () => {
  templateOf({
    resources: RestoreTestingResources.fromTags(Tested.RDS, {
      stringEquals: { stage: 'prod' },
      stringNotEquals: { owner: 'lab' },
    }),
  }).hasResourceProperties(TYPE, {
    ProtectedResourceType: 'RDS',
    ProtectedResourceArns: ['*'],
    ProtectedResourceConditions: {
      StringEquals: [{ Key: 'aws:ResourceTag/stage', Value: 'prod' }],
      StringNotEquals: [{ Key: 'aws:ResourceTag/owner', Value: 'lab' }],
    },
  });
});

describe('of constructs', () => {
  test('finds their type and ARNs', () => {
    const stack = stackOf();
    const group = new Construct(stack, 'Group');
    const tables = [table(group, 'Orders'), table(group, 'Parts')];
    const resources = RestoreTestingResources.fromConstructs([group, tables[0]!]);
    templateOf({ resources }, stack).hasResourceProperties(TYPE, {
      ProtectedResourceType: 'DynamoDB',
      ProtectedResourceArns: tables.map(({ tableArn }) => stack.resolve(tableArn)),
    });
  });

  test('fails where nothing can be restored', () => {
    const stack = stackOf();
    const group = new Construct(stack, 'Group');
    expect(refusal(() => selection(stack, { resources: RestoreTestingResources.fromConstructs([group]) }))).toBe(
      [
        'S/Tests/Sel: 1 value(s) that AWS Backup refuses',
        '  resources.constructs[0] must be a construct with a resource whose restore can be tested, got S/Group with no resource [restore-testing-selection-construct-not-supported] (AWS Backup facts feature table, B9.2/1)',
      ].join('\n'),
    );
  });

  test('fails for two types in one selection', () => {
    const stack = stackOf();
    const constructs = [table(stack, 'Orders'), new s3.Bucket(stack, 'Bucket')];
    expect(
      refusal(() => selection(stack, { resources: RestoreTestingResources.fromConstructs(constructs) })),
    ).toContain(
      'must be of one resource type: make a selection for each, got DynamoDB (S/Orders/Resource), S3 (S/Bucket/Resource) [restore-testing-selection-one-type]',
    );
  });

  test('knows which FSx it restores, and what that needs', () => {
    const stack = stackOf();
    const windows = new fsx.CfnFileSystem(stack, 'Windows', { fileSystemType: 'WINDOWS', subnetIds: ['subnet-1'] });
    selection(stack, {
      resources: RestoreTestingResources.fromConstructs([windows]),
      restoreMetadataOverrides: { subnetIds: '["subnet-1"]' },
    });
    expect(annotations(stack, 'warning')).toEqual([
      expect.stringContaining('got none of activeDirectoryId for fsx-windows'),
    ]);
  });
});

test('fails for all that AWS Backup refuses, at once', () => {
  const props = {
    restoreTestingSelectionName: 'my-sel',
    resources: RestoreTestingResources.fromArns(Tested.S3, [TABLE]),
    validationWindow: Duration.hours(169),
  };
  expect(refusal(() => selection(stackOf(), props))).toBe(
    [
      'S/Tests/Sel: 3 value(s) that AWS Backup refuses',
      '  restoreTestingSelectionName must be 1 to 50 letters, digits and _, got my-sel [restore-testing-selection-name] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html)',
      `  protectedResourceArns[0] must be of the resource type of the selection, got ${TABLE} in a selection of S3 [restore-testing-selection-arn-type] (AWS Backup facts B9.2/1, B9.3/1)`,
      '  validationWindowHours must be a whole number of hours from 0 to 168, got 169 [restore-testing-selection-validation-window] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html)',
    ].join('\n'),
  );
});

test('fails for a name that another selection of the plan has', () => {
  const plan = new RestoreTestingPlan(stackOf(), 'Tests', { restoreTestingPlanName: 'tests' });
  const options = { restoreTestingSelectionName: 'sel', resources: RestoreTestingResources.all(Tested.EBS) };
  plan.addSelection('One', options);
  expect(refusal(() => plan.addSelection('Two', options))).toContain(
    'restoreTestingSelectionName must be unique in the plan, got sel',
  );
});

test('goes with a plan of elsewhere, by its name', () => {
  const stack = stackOf();
  const restoreTestingPlan = RestoreTestingPlan.fromRestoreTestingPlanAttributes(stack, 'Tests', {
    restoreTestingPlanName: 'central',
    restoreTestingPlanArn: 'arn:aws:backup:eu-central-1:111122223333:restore-testing-plan:central-1234',
  });
  const props = { restoreTestingPlan, resources: RestoreTestingResources.all(Tested.EBS) };
  new RestoreTestingSelection(stack, 'Sel', { ...props, restoreTestingSelectionName: 'sel' });
  Template.fromStack(stack).hasResourceProperties(TYPE, { RestoreTestingPlanName: 'central' });
  expect(
    refusal(() => new RestoreTestingSelection(stack, 'Bad', { ...props, restoreTestingSelectionName: 'my-sel' })),
  ).toContain('[restore-testing-selection-name]');
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  templateOf(
    {
      restoreTestingSelectionName: text('Name'),
      resources: RestoreTestingResources.fromArns(text('ResourceType') as Tested, [text('Arn')]),
      restoreMetadataOverrides: { encryptionType: text('Encryption') },
      validationWindow: Duration.hours(Token.asNumber({ Ref: 'Window' })),
      role: iam.Role.fromRoleArn(stack, 'Role', text('RoleArn')),
    },
    stack,
  ).hasResourceProperties(TYPE, {
    RestoreTestingSelectionName: { Ref: 'Name' },
    ProtectedResourceType: { Ref: 'ResourceType' },
    ProtectedResourceArns: [{ Ref: 'Arn' }],
    RestoreMetadataOverrides: { encryptionType: { Ref: 'Encryption' } },
    ValidationWindowHours: { Ref: 'Window' },
    IamRoleArn: { Ref: 'RoleArn' },
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  selection(stack);
  expect(stack.node.findAll().map(({ node }) => node.path)).toEqual([
    'S',
    'S/Tests',
    'S/Tests/Resource',
    'S/Tests/Sel',
    'S/Tests/Sel/Role',
    'S/Tests/Sel/Role/Resource',
    'S/Tests/Sel/Resource',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([
    'TestsADECCFD5',
    'TestsSelRole84BAA5B2',
    'TestsSel4BFF70A6',
  ]);
});
