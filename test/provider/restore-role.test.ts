import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RestoreRole, RestoreRoleProps } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { addresses, all, message, only, refusal, resolve, sentence, stackOf, variables } from './support/stacks';

const ROLE = 'aws_iam_role';
const POLICY = 'aws_iam_policy';
const ATTACHMENT = 'aws_iam_role_policy_attachment';
const INSTANCE = 'arn:aws:iam::111122223333:role/instance';

/** The policies of the role of a stack, without what their names have in common. */
function policies(stack: TerraformStack): string[] {
  const arns = all(stack, ATTACHMENT).map(({ policy_arn: arn }) => String(arn));
  return arns.map((arn) => arn.replace(/^.*AWSBackup(ServiceRolePolicyFor)?/, '')).sort();
}

// prettier-ignore
test.each<[string, RestoreRoleProps, string[]]>([
  ['every service', {},                                        ['RestoreAccessForSAPHANA', 'Restores', 'S3Restore']],
  ['tables',        { services: ['dynamodb'] },                ['Restores']],
  ['buckets',       { services: ['s3'] },                      ['Restores', 'S3Restore']],
  ['SAP HANA',      { services: ['sap-hana'] },                ['RestoreAccessForSAPHANA', 'Restores']],
  ['single files',  { services: ['ebs'], itemRestores: true }, ['ItemRestores', 'Restores']],
])('has the policies for %s', (_, props, expected) => {
  const stack = stackOf();
  new RestoreRole(stack, 'Role', props);
  expect(policies(stack)).toEqual(expected);
});

test('can be assumed by AWS Backup alone, for the account of the provider, and may pass no role', () => {
  const stack = stackOf();
  const made = new RestoreRole(stack, 'Role');
  const { assume_role_policy: trust, ...others } = only(stack, ROLE);
  expect(others).toEqual({ description: 'AWS Backup assumes it for restores' });
  expect(JSON.parse(String(trust)).Statement).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'backup.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ]);
  expect(all(stack, POLICY)).toEqual([]);
  expect(made.passRolePolicy).toBeUndefined();
  expect(resolve(stack, made.roleArn)).toBe('${aws_iam_role.Role_1ABCC5F0.arn}');
});

test('may pass the roles of instance profiles to instances, and to nothing else', () => {
  const stack = stackOf();
  const made = new RestoreRole(stack, 'Role', { instanceRoleArns: [INSTANCE, variables(stack).text('role')] });
  expect(JSON.parse(String(only(stack, POLICY).policy))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: [INSTANCE, '${var.role}'],
        Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      },
    ],
  });
  expect(all(stack, ATTACHMENT).at(-1)).toEqual({
    role: '${aws_iam_role.Role_1ABCC5F0.name}',
    policy_arn: '${aws_iam_policy.Role_PassRole_6F24CA77.arn}',
  });
  expect(made.passRolePolicy?.terraformResourceType).toBe(POLICY);
  expect(made.policies).toHaveLength(4);
});

test('may pass roles that only Terraform lists', () => {
  const stack = stackOf();
  new RestoreRole(stack, 'Role', { instanceRoleArns: variables(stack).list('roles') });
  expect(only(stack, POLICY).policy).toMatch(/^\$\{jsonencode\(.*"Resource" = var\.roles/);
});

test('takes a boundary, a name and tags', () => {
  const stack = stackOf();
  const permissionsBoundaryArn = 'arn:aws:iam::111122223333:policy/boundary';
  const tags = { owner: 'platform' };
  const instanceRoleArns = [INSTANCE];
  new RestoreRole(stack, 'Role', { permissionsBoundaryArn, roleName: 'restore', tags, instanceRoleArns });
  expect(only(stack, ROLE)).toMatchObject({ permissions_boundary: permissionsBoundaryArn, name: 'restore', tags });
  expect(only(stack, POLICY)).toMatchObject({ tags });
});

test('is made by the provider that it names', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'West', { alias: 'west', region: 'eu-west-1' });
  new RestoreRole(stack, 'Role', { provider, services: ['ebs'], instanceRoleArns: [INSTANCE] });
  expect([ROLE, POLICY, ATTACHMENT].flatMap((type) => all(stack, type)).map((it) => it.provider)).toEqual(
    Array(4).fill('aws.west'),
  );
});

test('fails for a service that is none, unless that is waived', () => {
  const said = sentence('resource-service', 'services[0]', 'sqs');
  expect(refusal(() => new RestoreRole(stackOf(), 'Role', { services: ['sqs'] }))).toBe(message('S/Role', [said]));
  const waivers = [{ rule: 'resource-service', path: '*', reason: 'new with AWS Backup' }];
  expect(() => new RestoreRole(stackOf(), 'Role', { services: ['sqs'], waivers })).not.toThrow();
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = new RestoreRole(stack, 'Role', { instanceRoleArns: [INSTANCE], itemRestores: true });
  expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
    'S/Role',
    'S/Role/Resource',
    'S/Role/AWSBackupServiceRolePolicyForRestores',
    'S/Role/AWSBackupServiceRolePolicyForS3Restore',
    'S/Role/AWSBackupRestoreAccessForSAPHANA',
    'S/Role/AWSBackupServiceRolePolicyForItemRestores',
    'S/Role/PassRole',
    'S/Role/PassRoleAttachment',
  ]);
  expect(addresses(stack)).toEqual([
    'aws_iam_policy.Role_PassRole_6F24CA77',
    'aws_iam_role.Role_1ABCC5F0',
    'aws_iam_role_policy_attachment.Role_AWSBackupRestoreAccessForSAPHANA_2B0E1C85',
    'aws_iam_role_policy_attachment.Role_AWSBackupServiceRolePolicyForItemRestores_DE337B82',
    'aws_iam_role_policy_attachment.Role_AWSBackupServiceRolePolicyForRestores_513D8F13',
    'aws_iam_role_policy_attachment.Role_AWSBackupServiceRolePolicyForS3Restore_A160E43F',
    'aws_iam_role_policy_attachment.Role_PassRoleAttachment_9FB2122D',
  ]);
});
