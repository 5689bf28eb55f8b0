import { Plan, Selection, SelectionOptions, SelectionResource } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::BackupSelection';
const ROLE = 'AWS::IAM::Role';
const ORDERS = 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders';
const TAGGED: SelectionOptions = { selectionName: 'chosen', tags: { backup: 'daily' } };

function plan(stack: Stack): Plan {
  return new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [{ ruleName: 'daily', vault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary') }],
  });
}

function templateOf(options: Partial<SelectionOptions>, stack = stackOf()): Template {
  plan(stack).addSelection('Chosen', { selectionName: 'chosen', ...options });
  return Template.fromStack(stack);
}

/** The selection as the template has it. */
function rendered(options: Partial<SelectionOptions>, stack = stackOf()): unknown {
  const [resource] = Object.values(templateOf(options, stack).findResources(TYPE));
  return resource?.Properties.BackupSelection;
}

/** The managed policies of the role, without their ARNs' beginnings. */
function policies(options: Partial<SelectionOptions>, stack = stackOf()): string[] {
  const [role] = Object.values(templateOf(options, stack).findResources(ROLE));
  const arns = role?.Properties.ManagedPolicyArns as { 'Fn::Join': [string, (string | object)[]] }[];
  return arns.map((arn) => String(arn['Fn::Join'][1].at(-1)).replace(':iam::aws:policy/', ''));
}

const FOR_BACKUP = 'service-role/AWSBackupServiceRolePolicyForBackup';
const FOR_S3 = 'AWSBackupServiceRolePolicyForS3Backup';

test('selects by ARN, by pattern and by construct', () => {
  const stack = stackOf();
  const bucket = new s3.Bucket(stack, 'Bucket');
  const resources = [
    SelectionResource.fromArn(ORDERS),
    SelectionResource.fromArn('arn:aws:ec2:*:*:volume/*'),
    SelectionResource.fromConstruct(bucket),
  ];
  expect(rendered({ resources }, stack)).toEqual({
    SelectionName: 'chosen',
    IamRoleArn: { 'Fn::GetAtt': ['PlanChosenRoleA1AC5AE6', 'Arn'] },
    Resources: [ORDERS, 'arn:aws:ec2:*:*:volume/*', { 'Fn::GetAtt': ['Bucket83908E77', 'Arn'] }],
  });
});

test('selects by tags, leaves out, and narrows by conditions', () => {
  const stack = stackOf();
  const table = new dynamodb.TableV2(stack, 'Scratch', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  const options: SelectionOptions = {
    ...TAGGED,
    notResources: [SelectionResource.fromArn(ORDERS), SelectionResource.fromConstruct(table)],
    conditions: {
      stringEquals: { stage: 'prod' },
      stringNotEquals: { temporary: 'yes' },
      stringLike: { owner: 'team-*' },
      stringNotLike: { name: 'test-*' },
    },
  };
  const condition = (key: string, value: string) => [{ ConditionKey: `aws:ResourceTag/${key}`, ConditionValue: value }];
  expect(rendered(options, stack)).toMatchObject({
    NotResources: [ORDERS, { 'Fn::GetAtt': ['ScratchF72D2ED6', 'Arn'] }],
    ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' }],
    Conditions: {
      StringEquals: condition('stage', 'prod'),
      StringNotEquals: condition('temporary', 'yes'),
      StringLike: condition('owner', 'team-*'),
      StringNotLike: condition('name', 'test-*'),
    },
  });
});

test('belongs to its plan', () => {
  templateOf(TAGGED).hasResourceProperties(TYPE, { BackupPlanId: { 'Fn::GetAtt': ['PlanDAF4E53A', 'BackupPlanId'] } });
});

test('takes a plan that is not of ours', () => {
  const stack = stackOf();
  const imported = backup.BackupPlan.fromBackupPlanId(stack, 'Plan', '11111111-2222-3333-4444-555555555555');
  const made = new Selection(stack, 'Selection', { ...TAGGED, plan: imported });
  Template.fromStack(stack).hasResourceProperties(TYPE, { BackupPlanId: '11111111-2222-3333-4444-555555555555' });
  expect(stack.resolve(made.selectionId)).toEqual({ 'Fn::GetAtt': ['Selection0965D78F', 'SelectionId'] });
});

describe('role', () => {
  test('can be assumed by AWS Backup alone, for this account', () => {
    templateOf(TAGGED).hasResourceProperties(ROLE, {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'backup.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      },
      Policies: Match.absent(),
    });
  });

  const table = [SelectionResource.fromArn(ORDERS)];
  const bucket = [SelectionResource.fromArn('arn:aws:s3:::documents')];
  // prettier-ignore
  const ROWS: [string, Partial<SelectionOptions>, string[]][] = [
    ['of a table: none for S3',                     { resources: table },                                                   [FOR_BACKUP]],
    ['of a bucket: that for S3',                    { resources: bucket },                                                  [FOR_BACKUP, FOR_S3]],
    ['of both: that for S3',                        { resources: [...table, ...bucket] },                                   [FOR_BACKUP, FOR_S3]],
    ['of tags, which buckets may have: that for S3', TAGGED,                                                                [FOR_BACKUP, FOR_S3]],
    ['of everything: that for S3',                  { resources: [SelectionResource.fromArn('*')] },                        [FOR_BACKUP, FOR_S3]],
    ['of a star for the service: that for S3',      { resources: [SelectionResource.fromArn('arn:aws:*:*:*:*')] },          [FOR_BACKUP, FOR_S3]],
    ['of all volumes: none for S3',                 { resources: [SelectionResource.fromArn('arn:aws:ec2:*:*:volume/*')] }, [FOR_BACKUP]],
  ];

  test.each(ROWS)('has the policies of a selection %s', (_, options, expected) => {
    expect(policies(options)).toEqual(expected);
  });

  test('has the policy for S3 when a construct holds a bucket', () => {
    const stack = stackOf();
    const resources = [SelectionResource.fromConstruct(new s3.Bucket(stack, 'Bucket'))];
    expect(policies({ resources }, stack)).toEqual([FOR_BACKUP, FOR_S3]);
  });

  test('has both policies when an ARN is known only at deployment', () => {
    const stack = stackOf();
    const resources = [SelectionResource.fromArn(new CfnParameter(stack, 'Arn').valueAsString)];
    expect(policies({ resources }, stack)).toEqual([FOR_BACKUP, FOR_S3]);
  });

  test('that was passed in is used as it is', () => {
    const stack = stackOf();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
    const template = templateOf({ ...TAGGED, role }, stack);
    template.resourceCountIs(ROLE, 1);
    template.hasResourceProperties(ROLE, { ManagedPolicyArns: Match.absent(), Policies: Match.absent() });
    template.hasResourceProperties(TYPE, {
      BackupSelection: { IamRoleArn: { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] } },
    });
  });
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const options: SelectionOptions = {
    selectionName: text('Name'),
    resources: [SelectionResource.fromArn(text('Arn'))],
    notResources: [SelectionResource.fromArn(text('NotArn'))],
    tags: { backup: text('Tag') },
    conditions: { stringEquals: { stage: text('Stage') } },
    role: iam.Role.fromRoleArn(stack, 'Role', text('RoleArn')),
  };
  expect(rendered(options, stack)).toEqual({
    SelectionName: { Ref: 'Name' },
    IamRoleArn: { Ref: 'RoleArn' },
    Resources: [{ Ref: 'Arn' }],
    NotResources: [{ Ref: 'NotArn' }],
    ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: { Ref: 'Tag' } }],
    Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: { Ref: 'Stage' } }] },
  });
});

test.each(['resources', 'notResources'] as const)(
  'fails at synthesis when a construct of %s gets another resource later',
  (property) => {
    const stack = stackOf();
    const group = new Construct(stack, 'Group');
    new s3.Bucket(group, 'First');
    plan(stack).addSelection('Chosen', { ...TAGGED, [property]: [SelectionResource.fromConstruct(group)] });
    new s3.Bucket(group, 'Second');
    expect(refusal(() => Template.fromStack(stack))).toContain(
      '[S/Plan/Chosen] must be made after all that it selects, got S/Group/Second/Resource later: move the selection down',
    );
  },
);

test.each([
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
])('in %s selects ARNs of the partition %s', (region, partition) => {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region } });
  const made = plan(stack);
  const select = (id: string, it: string) =>
    made.addSelection(id, {
      selectionName: 'chosen',
      resources: [SelectionResource.fromArn(`arn:${it}:dynamodb:${region}:111122223333:table/orders`)],
    });
  expect(() => select('Right', partition)).not.toThrow();
  expect(refusal(() => select('Wrong', 'aws-other'))).toContain('[selection-resource-place]');
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const selection = plan(stack).addSelection('Chosen', TAGGED);
  expect(selection.node.findAll().map((construct) => construct.node.path)).toEqual([
    'S/Plan/Chosen',
    'S/Plan/Chosen/Role',
    'S/Plan/Chosen/Role/Resource',
    'S/Plan/Chosen/Resource',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([
    'PlanDAF4E53A',
    'PlanChosenRoleA1AC5AE6',
    'PlanChosen63B19BD8',
  ]);
});
