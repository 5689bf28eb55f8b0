import { BackupRole, BackupRoleProps, Plan, Vault } from '@holdfast/cdktf';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { addresses, all, message, only, refusal, resolve, sentence, stackOf, synth, variables } from './support/stacks';

const ROLE = 'aws_iam_role';
const ATTACHMENT = 'aws_iam_role_policy_attachment';
const SELECTION = 'aws_backup_selection';

/** The managed policies of the roles of a stack, without what their names have in common. */
function policies(stack: TerraformStack): string[] {
  const arns = all(stack, ATTACHMENT).map(({ policy_arn: arn }) => String(arn));
  return arns.map((arn) => arn.replace(/^.*AWSBackup(ServiceRolePolicyFor)?/, '')).sort();
}

// prettier-ignore
test.each<[string, BackupRoleProps, string[]]>([
  ['every service',      {},                                                      ['Backup', 'S3Backup']],
  ['tables',             { services: ['dynamodb-advanced'] },                     ['Backup']],
  ['buckets',            { services: ['s3'] },                                    ['Backup', 'S3Backup']],
  ['indexed volumes',    { services: ['ebs'], indexing: true },                   ['Backup', 'Indexing']],
  ['scanned instances',  { services: ['ec2'], scanning: true },                   ['Backup', 'Scans']],
  ['neither of the two', { services: ['ebs'], indexing: false, scanning: false }, ['Backup']],
])('has the policies for %s', (_, props, expected) => {
  const stack = stackOf();
  new BackupRole(stack, 'Role', props);
  expect(policies(stack)).toEqual(expected);
});

test('can be assumed by AWS Backup alone, for the account of the provider, and has no boundary, name or tags', () => {
  const stack = stackOf();
  new BackupRole(stack, 'Role');
  const { assume_role_policy: trust, ...others } = only(stack, ROLE);
  expect(others).toEqual({ description: 'AWS Backup assumes it for backups' });
  expect(JSON.parse(String(trust)).Statement).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'backup.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ]);
});

test('takes a boundary, a name and tags', () => {
  const stack = stackOf();
  const permissionsBoundaryArn = 'arn:aws:iam::111122223333:policy/boundary';
  new BackupRole(stack, 'Role', { permissionsBoundaryArn, roleName: 'backup', tags: { owner: 'platform' } });
  expect(only(stack, ROLE)).toMatchObject({
    permissions_boundary: permissionsBoundaryArn,
    name: 'backup',
    tags: { owner: 'platform' },
  });
});

test('is made by the provider that it names, with policies of its partition', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'China', { alias: 'china', region: 'cn-north-1' });
  new BackupRole(stack, 'Role', { provider, services: ['ebs'] });
  expect(only(stack, ROLE)).toMatchObject({ provider: 'aws.china' });
  expect(only(stack, ATTACHMENT)).toEqual({
    role: '${aws_iam_role.Role_1ABCC5F0.name}',
    policy_arn: 'arn:aws-cn:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
    provider: 'aws.china',
  });
});

test('leaves a partition that nobody knows to Terraform', () => {
  const stack = new TerraformStack(App.of(stackOf()), 'P');
  new BackupRole(stack, 'Role', { services: ['ebs'] });
  expect(only(stack, ATTACHMENT).policy_arn).toMatch(/^arn:\$\{data\.aws_partition\.\w+\.partition\}:iam::aws:policy/);
});

describe('where only Terraform knows the services', () => {
  test.each(['a list', 'a member'])('has the policies for every service: %s', (which) => {
    const stack = stackOf();
    const { list, text } = variables(stack);
    new BackupRole(stack, 'Role', { services: which === 'a list' ? list('services') : ['ebs', text('service')] });
    expect(policies(stack)).toEqual(['Backup', 'S3Backup']);
  });
});

test('takes a token for every text', () => {
  const stack = stackOf();
  const { text } = variables(stack);
  new BackupRole(stack, 'Role', {
    permissionsBoundaryArn: text('boundary'),
    roleName: text('name'),
    tags: { a: text('tag') },
  });
  expect(only(stack, ROLE)).toMatchObject({
    permissions_boundary: '${var.boundary}',
    name: '${var.name}',
    tags: { a: '${var.tag}' },
  });
});

describe('selections that share it', () => {
  function share(stack: TerraformStack, there = stack): BackupRole {
    const role = new BackupRole(stack, 'Role');
    const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');
    const plan = new Plan(there, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault }] });
    for (const name of ['a', 'b']) {
      plan.addSelection(name, { selectionName: name, tags: { backup: name }, roleArn: role.roleArn });
    }
    return role;
  }

  test('have its ARN, and are made after its policies', () => {
    const stack = stackOf();
    const made = share(stack);
    expect(all(stack, ROLE)).toHaveLength(1);
    expect(resolve(stack, made.roleArn)).toBe('${aws_iam_role.Role_1ABCC5F0.arn}');
    for (const selection of all(stack, SELECTION)) {
      expect(selection).toMatchObject({
        iam_role_arn: '${aws_iam_role.Role_1ABCC5F0.arn}',
        depends_on: addresses(stack).filter((address) => address.startsWith(ATTACHMENT)),
      });
    }
    expect(made.policies).toHaveLength(2);
  });

  test('wait for nothing in another stack, which Terraform deploys by itself', () => {
    const stack = stackOf();
    const there = new TerraformStack(App.of(stack), 'There');
    new AwsProvider(there, 'Aws', { region: 'eu-central-1' });
    share(stack, there);
    expect(all(there, SELECTION).flatMap((selection) => selection.depends_on ?? [])).toEqual([]);
  });
});

test('fails for a service that is none, unless that is waived', () => {
  const said = sentence('resource-service', 'services[1]', 'sqs');
  expect(refusal(() => new BackupRole(stackOf(), 'Role', { services: ['s3', 'sqs'] }))).toBe(message('S/Role', [said]));
  const waivers = [{ rule: 'resource-service', path: '*', reason: 'new with AWS Backup' }];
  expect(() => new BackupRole(stackOf(), 'Role', { services: ['s3', 'sqs'], waivers })).not.toThrow();
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = new BackupRole(stack, 'Role', { indexing: true, scanning: true });
  expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
    'S/Role',
    'S/Role/Resource',
    'S/Role/AWSBackupServiceRolePolicyForBackup',
    'S/Role/AWSBackupServiceRolePolicyForS3Backup',
    'S/Role/AWSBackupServiceRolePolicyForIndexing',
    'S/Role/AWSBackupServiceRolePolicyForScans',
  ]);
  expect(addresses(stack)).toEqual([
    'aws_iam_role.Role_1ABCC5F0',
    'aws_iam_role_policy_attachment.Role_AWSBackupServiceRolePolicyForBackup_24271F84',
    'aws_iam_role_policy_attachment.Role_AWSBackupServiceRolePolicyForIndexing_E31F2DB3',
    'aws_iam_role_policy_attachment.Role_AWSBackupServiceRolePolicyForS3Backup_44E89DB0',
    'aws_iam_role_policy_attachment.Role_AWSBackupServiceRolePolicyForScans_9FD6135B',
  ]);
  expect(Object.keys(synth(stack).data ?? {})).toEqual([]);
});
