import { RestoreRunbook, RestoreRunbookProps, Vault } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { declareEveryRecovery } from './support/everything-recovery';
import { cfnLint, naggedApp, naggedStack, nagFindings } from './support/scans';
import { refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::SSM::Document';
const SLOW = 120_000;

function runbook(stack: Stack, props: Partial<RestoreRunbookProps> = {}): RestoreRunbook {
  return new RestoreRunbook(stack, 'Restore', { resourceType: 'EBS', ...props });
}

function templateOf(props: Partial<RestoreRunbookProps> = {}, stack: Stack = stackOf()): Template {
  runbook(stack, props);
  return Template.fromStack(stack);
}

test('is an Automation document of the model, which new versions replace', () => {
  templateOf().hasResource(TYPE, {
    Metadata: Match.absent(),
    Properties: {
      Name: Match.absent(),
      DocumentType: 'Automation',
      DocumentFormat: 'JSON',
      UpdateMethod: 'NewVersion',
      Tags: Match.absent(),
      Content: Match.objectLike({
        schemaVersion: '0.3',
        assumeRole: { 'Fn::GetAtt': ['RestoreAutomationRole577AE1E5', 'Arn'] },
        parameters: Match.objectLike({ BackupVaultName: Match.objectLike({ default: Match.absent() }) }),
        mainSteps: Match.arrayWith([
          Match.objectLike({
            name: 'StartRestore',
            inputs: Match.objectLike({ IamRoleArn: { 'Fn::GetAtt': ['RestoreRestoreRole956C5595', 'Arn'] } }),
          }),
          Match.objectLike({ name: 'WaitForEnd', timeoutSeconds: 86400 }),
        ]),
      }),
    },
  });
});

test('takes every property', () => {
  const stack = stackOf();
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  const made = runbook(stack, {
    resourceType: 'RDS',
    documentName: 'restore-rds',
    backupVault: vault.backupVault,
    metadataDefaults: { DBSubnetGroupName: 'restored' },
    timeout: Duration.hours(48),
    restoreRole: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/restore'),
    tags: { owner: 'platform' },
  });
  expect(made.restoreRole.roleArn).toBe('arn:aws:iam::111122223333:role/restore');
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    Name: 'restore-rds',
    Tags: [{ Key: 'owner', Value: 'platform' }],
    Content: Match.objectLike({
      parameters: Match.objectLike({
        BackupVaultName: Match.objectLike({ default: { 'Fn::GetAtt': ['Vault47927EF3', 'BackupVaultName'] } }),
        DBSubnetGroupName: Match.objectLike({ default: 'restored' }),
      }),
      mainSteps: Match.arrayWith([Match.objectLike({ name: 'WaitForEnd', timeoutSeconds: 172800 })]),
    }),
  });
});

test('may restore points of its type, and pass on the role for it alone', () => {
  const template = templateOf();
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: ['backup:DescribeRecoveryPoint', 'backup:GetRecoveryPointRestoreMetadata', 'backup:StartRestoreJob'],
          Resource: [
            'arn:aws:backup:eu-central-1:111122223333:recovery-point:*',
            'arn:aws:ec2:eu-central-1::snapshot/snap-*',
          ],
        },
        { Effect: 'Allow', Action: 'backup:DescribeRestoreJob', Resource: '*' },
        {
          Effect: 'Allow',
          Action: 'iam:PassRole',
          Resource: { 'Fn::GetAtt': ['RestoreRestoreRole956C5595', 'Arn'] },
          Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
        },
      ],
    },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        Match.objectLike({
          Principal: { Service: 'ssm.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        }),
      ],
    },
  });
});

test('lets its role pass on those that it is told of', () => {
  const stack = stackOf();
  const passed = iam.Role.fromRoleArn(stack, 'Instances', 'arn:aws:iam::111122223333:role/instances');
  templateOf({ resourceType: 'EC2', passedRoles: [passed] }, stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [{ Action: 'iam:PassRole', Effect: 'Allow', Resource: 'arn:aws:iam::111122223333:role/instances' }],
    },
  });
});

test('lets somebody start it, and pass its role to Systems Manager', () => {
  const stack = stackOf();
  const operator = new iam.Role(stack, 'Operator', { assumedBy: new iam.AccountRootPrincipal() });
  runbook(stack).grantStart(operator);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'ssm:StartAutomationExecution',
          Resource: {
            'Fn::Join': [
              '',
              [
                'arn:',
                { Ref: 'AWS::Partition' },
                ':ssm:eu-central-1:111122223333:automation-definition/',
                { Ref: 'Restore1151E6A7' },
                ':*',
              ],
            ],
          },
        },
        {
          Effect: 'Allow',
          Action: 'iam:PassRole',
          Resource: { 'Fn::GetAtt': ['RestoreAutomationRole577AE1E5', 'Arn'] },
          Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
        },
      ],
    },
  });
});

test('fails for all that cannot work, at once', () => {
  const props = {
    resourceType: 'RDS',
    documentName: 'AWS-Restore',
    metadataDefaults: { subnetGroup: 'x' },
    timeout: Duration.minutes(30),
  };
  expect(refusal(() => runbook(stackOf(), props))).toBe(
    [
      'S/Restore: 3 value(s) that AWS Backup refuses',
      '  documentName must be 3 to 128 letters, digits, dots, - and _, not beginning with aws, amazon or amzn, got AWS-Restore [restore-runbook-document-name] (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html)',
      '  metadataDefaults.subnetGroup must be a metadata key of a restore of the resource type, got subnetGroup for RDS [restore-runbook-metadata-key] (AWS Backup facts B8/7)',
      '  timeoutHours must be a whole number of hours from 1 to 168, got 0.5 [restore-runbook-timeout] (Assumed; AWS Backup facts B8/6)',
    ].join('\n'),
  );
});

test('keeps a waiver in the template', () => {
  const waivers = [{ rule: 'restore-runbook-metadata-key', path: '*', reason: 'newer than this library' }];
  templateOf({ metadataDefaults: { newKey: 'x' }, waivers }).hasResource(TYPE, { Metadata: { Holdfast: { waivers } } });
});

test('takes a token for every value but the type', () => {
  const stack = new Stack(new App(), 'S');
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  templateOf(
    {
      documentName: text('Name'),
      backupVault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', text('VaultName')),
      metadataDefaults: { kmsKeyId: text('Key') },
      timeout: Duration.seconds(Token.asNumber({ Ref: 'Seconds' })),
      tags: { owner: text('Owner') },
    },
    stack,
  ).hasResourceProperties(TYPE, {
    Name: { Ref: 'Name' },
    Content: Match.objectLike({
      parameters: Match.objectLike({
        BackupVaultName: Match.objectLike({ default: { Ref: 'VaultName' } }),
        KmsKeyId: Match.objectLike({ default: { Ref: 'Key' } }),
      }),
      mainSteps: Match.arrayWith([Match.objectLike({ name: 'WaitForEnd', timeoutSeconds: { Ref: 'Seconds' } })]),
    }),
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  expect(runbook(stack).node.children.map(({ node }) => node.id)).toEqual([
    'RestoreRole',
    'AutomationRole',
    'AutomationPolicy',
    'Resource',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([
    'RestoreRestoreRole956C5595',
    'RestoreAutomationRole577AE1E5',
    'RestoreAutomationPolicy9217D132',
    'Restore1151E6A7',
  ]);
});

test(
  'is clean under cdk-nag where account and Region are open, too',
  () => {
    const app = naggedApp();
    runbook(new Stack(app, 'S'));
    expect(nagFindings(app)).toEqual([]);
  },
  SLOW,
);

test(
  'is clean under cdk-nag and cfn-lint, for every resource type, and so is the way back',
  () => {
    const stack = naggedStack();
    declareEveryRecovery(stack);
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'runbooks and copy-back')).toBe('');
  },
  SLOW,
);
