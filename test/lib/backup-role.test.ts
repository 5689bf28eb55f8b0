import { BackupRole, BackupRoleProps, Plan, RestoreRole, RestoreRoleProps, SelectionResource } from '@holdfast/cdk';
import { ScanMode } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { refusal, stackOf } from './support/stacks';

const ROLE = 'AWS::IAM::Role';
const BOUNDARY = 'arn:aws:iam::111122223333:policy/boundary';
const TRUST = {
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'backup.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ],
};

/** The managed policies of the only role, without what their names have in common. */
function policies(stack: Stack): string[] {
  const [role] = Object.values(Template.fromStack(stack).findResources(ROLE));
  const arns = role?.Properties.ManagedPolicyArns as { 'Fn::Join': [string, (string | object)[]] }[];
  return arns.map((arn) => String(arn['Fn::Join'][1].at(-1)).replace(/^.*AWSBackup(ServiceRolePolicyFor)?/, ''));
}

function boundary(stack: Stack): iam.IManagedPolicy {
  return iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', BOUNDARY);
}

describe('role of backups', () => {
  // prettier-ignore
  test.each<[string, BackupRoleProps, string[]]>([
    ['every service',       {},                                          ['Backup', 'S3Backup']],
    ['tables',              { services: ['dynamodb-advanced'] },         ['Backup']],
    ['buckets',             { services: ['s3'] },                        ['Backup', 'S3Backup']],
    ['indexed volumes',     { services: ['ebs'], indexing: true },       ['Backup', 'Indexing']],
    ['scanned instances',   { services: ['ec2'], scanning: true },       ['Backup', 'Scans']],
    ['neither of the two',  { services: ['ebs'], indexing: false, scanning: false }, ['Backup']],
  ])('has the policies for %s', (_, props, expected) => {
    const stack = stackOf();
    new BackupRole(stack, 'Role', props);
    expect(policies(stack)).toEqual(expected);
  });

  test('can be assumed by AWS Backup alone, for this account, and has no boundary and no name', () => {
    const stack = stackOf();
    new BackupRole(stack, 'Role');
    Template.fromStack(stack).hasResourceProperties(ROLE, {
      AssumeRolePolicyDocument: TRUST,
      PermissionsBoundary: Match.absent(),
      RoleName: Match.absent(),
    });
  });

  test('takes a boundary and a name', () => {
    const stack = stackOf();
    new BackupRole(stack, 'Role', { permissionsBoundary: boundary(stack), roleName: 'backup' });
    Template.fromStack(stack).hasResourceProperties(ROLE, { PermissionsBoundary: BOUNDARY, RoleName: 'backup' });
  });

  test('is shared by selections', () => {
    const stack = stackOf();
    const { role } = new BackupRole(stack, 'Role');
    const plan = planOf(stack);
    for (const name of ['a', 'b']) {
      plan.addSelection(name, { selectionName: name, tags: { backup: name }, role });
    }
    const template = Template.fromStack(stack);
    template.resourceCountIs(ROLE, 1);
    template.allResourcesProperties('AWS::Backup::BackupSelection', {
      BackupSelection: { IamRoleArn: { 'Fn::GetAtt': ['Role11E5256C', 'Arn'] } },
    });
  });

  test('fails for a service that is none', () => {
    expect(refusal(() => new BackupRole(stackOf(), 'Role', { services: ['s3', 'sqs'] }))).toBe(
      [
        'S/Role: 1 value(s) that AWS Backup refuses',
        '  services[1] must be the id of a service that AWS Backup supports, got sqs [resource-service] (AWS Backup facts feature table)',
      ].join('\n'),
    );
  });

  test('keeps its ids and logical ids', () => {
    const stack = stackOf();
    const made = new BackupRole(stack, 'Role');
    expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
      'S/Role',
      'S/Role/Resource',
      'S/Role/Resource/Resource',
    ]);
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['Role11E5256C']);
  });
});

describe('role of a selection', () => {
  const volume = (stack: Stack) => new ec2.CfnVolume(stack, 'Volume', { availabilityZone: 'eu-central-1a' });
  const table = () => SelectionResource.fromArn('arn:aws:dynamodb:eu-central-1:111122223333:table/orders');

  test('has the policy to index when a rule of the plan indexes what it selects', () => {
    const stack = stackOf();
    planOf(stack, { indexActions: ['EBS'] }).protect(volume(stack));
    expect(policies(stack)).toEqual(['Backup', 'Indexing']);
  });

  test('has the policy to scan when a rule of the plan scans what it selects', () => {
    const stack = stackOf();
    const scannerRole = iam.Role.fromRoleArn(stack, 'Scanner', 'arn:aws:iam::111122223333:role/scanner');
    planOf(stack, { scanAction: ScanMode.FULL_SCAN }, { scanSettings: { scannerRole } }).protect(volume(stack));
    expect(policies(stack)).toEqual(['Backup', 'Scans']);
  });

  test('has neither where the plan does both, and the selection takes nothing of the kind', () => {
    const stack = stackOf();
    const scannerRole = iam.Role.fromRoleArn(stack, 'Scanner', 'arn:aws:iam::111122223333:role/scanner');
    const rule = { indexActions: ['EBS'], scanAction: ScanMode.FULL_SCAN };
    const plan = planOf(stack, rule, { scanSettings: { scannerRole } });
    plan.addSelection('Table', { selectionName: 'table', resources: [table()] });
    expect(policies(stack)).toEqual(['Backup']);
  });

  test('takes a boundary', () => {
    const stack = stackOf();
    const permissionsBoundary = boundary(stack);
    planOf(stack).addSelection('Table', { selectionName: 'table', resources: [table()], permissionsBoundary });
    Template.fromStack(stack).hasResourceProperties(ROLE, { PermissionsBoundary: BOUNDARY });
  });
});

describe('role of restores', () => {
  // prettier-ignore
  test.each<[string, RestoreRoleProps, string[]]>([
    ['every service',   {},                                        ['Restores', 'S3Restore', 'RestoreAccessForSAPHANA']],
    ['tables',          { services: ['dynamodb'] },                ['Restores']],
    ['buckets',         { services: ['s3'] },                      ['Restores', 'S3Restore']],
    ['SAP HANA',        { services: ['sap-hana'] },                ['Restores', 'RestoreAccessForSAPHANA']],
    ['single files',    { services: ['ebs'], itemRestores: true }, ['Restores', 'ItemRestores']],
  ])('has the policies for %s', (_, props, expected) => {
    const stack = stackOf();
    new RestoreRole(stack, 'Role', props);
    expect(policies(stack)).toEqual(expected);
  });

  test('can be assumed by AWS Backup alone, for this account, and may pass no role', () => {
    const stack = stackOf();
    new RestoreRole(stack, 'Role');
    const template = Template.fromStack(stack);
    template.hasResourceProperties(ROLE, { AssumeRolePolicyDocument: TRUST, PermissionsBoundary: Match.absent() });
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  test('may pass the roles of instance profiles to instances, and to nothing else', () => {
    const stack = stackOf();
    const arn = new CfnParameter(stack, 'RoleArn').valueAsString;
    new RestoreRole(stack, 'Role', { instanceRoles: [iam.Role.fromRoleArn(stack, 'Instance', arn)] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: { Ref: 'RoleArn' },
            Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
          },
        ],
      },
      Roles: [{ Ref: 'Role11E5256C' }],
    });
  });

  test('takes a boundary and a name', () => {
    const stack = stackOf();
    new RestoreRole(stack, 'Role', { permissionsBoundary: boundary(stack), roleName: 'restore' });
    Template.fromStack(stack).hasResourceProperties(ROLE, { PermissionsBoundary: BOUNDARY, RoleName: 'restore' });
  });

  test('fails for a service that is none', () => {
    expect(refusal(() => new RestoreRole(stackOf(), 'Role', { services: ['sqs'] }))).toContain(
      'services[0] must be the id of a service that AWS Backup supports, got sqs [resource-service]',
    );
  });

  test('keeps its ids and logical ids', () => {
    const stack = stackOf();
    const role = iam.Role.fromRoleArn(stack, 'Instance', 'arn:aws:iam::111122223333:role/instance');
    const made = new RestoreRole(stack, 'Role', { instanceRoles: [role] });
    expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
      'S/Role',
      'S/Role/Resource',
      'S/Role/Resource/Resource',
      'S/Role/PassRole',
      'S/Role/PassRole/Resource',
    ]);
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['Role11E5256C', 'RolePassRoleD0BD9D15']);
  });
});

function planOf(stack: Stack, rule: object = {}, over: object = {}): Plan {
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary');
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault, ...rule }], ...over });
}
