import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Plan, Selection, SelectionOptions, SelectionResource, Vault } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { addresses, all, only, resolve, stackOf, synth, variables } from './support/stacks';

const TYPE = 'aws_backup_selection';
const ROLE = 'aws_iam_role';
const ATTACHMENT = 'aws_iam_role_policy_attachment';
const ORDERS = 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders';
const TAGGED: SelectionOptions = { selectionName: 'chosen', tags: { backup: 'daily' } };

function plan(stack: TerraformStack): Plan {
  const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault }] });
}

function stackWith(options: Partial<SelectionOptions>, stack = stackOf()): TerraformStack {
  plan(stack).addSelection('Chosen', { selectionName: 'chosen', ...options });
  return stack;
}

/** The managed policies of the role, without their ARNs' beginnings. */
function policies(options: Partial<SelectionOptions>, stack = stackOf()): string[] {
  const prefix = 'arn:aws:iam::aws:policy/';
  return all(stackWith(options, stack), ATTACHMENT).map(({ policy_arn: arn }) => String(arn).replace(prefix, ''));
}

function table(stack: TerraformStack, id: string): DynamodbTable {
  return new DynamodbTable(stack, id, {
    name: id.toLowerCase(),
    hashKey: 'id',
    billingMode: 'PAY_PER_REQUEST',
    attribute: [{ name: 'id', type: 'S' }],
  });
}

const FOR_BACKUP = 'service-role/AWSBackupServiceRolePolicyForBackup';
const FOR_S3 = 'AWSBackupServiceRolePolicyForS3Backup';

test('selects by ARN, by pattern and by resource', () => {
  const stack = stackOf();
  const resources = [
    SelectionResource.fromArn(ORDERS),
    SelectionResource.fromArn('arn:aws:ec2:*:*:volume/*'),
    SelectionResource.fromResource(new S3Bucket(stack, 'Bucket', { bucket: 'documents' })),
  ];
  expect(only(stackWith({ resources }, stack), TYPE)).toEqual({
    name: 'chosen',
    plan_id: '${aws_backup_plan.Plan_DAF4E53A.id}',
    iam_role_arn: '${aws_iam_role.Plan_Chosen_Role_1AC59C85.arn}',
    resources: [ORDERS, 'arn:aws:ec2:*:*:volume/*', '${aws_s3_bucket.Bucket.arn}'],
    depends_on: expect.any(Array),
  });
});

test('selects by tags, leaves out, and narrows by conditions', () => {
  const stack = stackOf();
  const options: SelectionOptions = {
    ...TAGGED,
    notResources: [SelectionResource.fromArn(ORDERS), SelectionResource.fromResource(table(stack, 'Scratch'))],
    conditions: {
      stringEquals: { stage: 'prod' },
      stringNotEquals: { temporary: 'yes' },
      stringLike: { owner: 'team-*' },
      stringNotLike: { name: 'test-*' },
    },
  };
  const condition = (key: string, value: string) => [{ key: `aws:ResourceTag/${key}`, value }];
  expect(only(stackWith(options, stack), TYPE)).toMatchObject({
    not_resources: [ORDERS, '${aws_dynamodb_table.Scratch.arn}'],
    selection_tag: [{ type: 'STRINGEQUALS', key: 'backup', value: 'daily' }],
    condition: [
      {
        string_equals: condition('stage', 'prod'),
        string_not_equals: condition('temporary', 'yes'),
        string_like: condition('owner', 'team-*'),
        string_not_like: condition('name', 'test-*'),
      },
    ],
  });
});

test('selects a stack of CloudFormation by its id, which is its ARN', () => {
  const stack = stackOf();
  const nested = SelectionResource.fromResource(new CloudformationStack(stack, 'Nested', { name: 'nested' }));
  expect(resolve(stack, nested.arn)).toBe('${aws_cloudformation_stack.Nested.id}');
});

test('takes a plan that is not of this app', () => {
  const stack = stackOf();
  const imported = Plan.fromBackupPlanId('11111111-2222-3333-4444-555555555555');
  const made = new Selection(stack, 'Selection', { ...TAGGED, plan: imported });
  expect(only(stack, TYPE)).toMatchObject({ plan_id: '11111111-2222-3333-4444-555555555555' });
  expect(made.backupSelection.terraformResourceType).toBe(TYPE);
});

describe('role', () => {
  /** What the trust of the role of a stack allows. */
  function allowed(stack: TerraformStack): object[] {
    const { assume_role_policy: trust, ...role } = only(stack, ROLE);
    expect(role).toMatchObject({ description: 'AWS Backup assumes it for the selection chosen' });
    const { Version: version, Statement: statements } = JSON.parse(String(trust));
    expect(version).toBe('2012-10-17');
    return statements;
  }

  const ALLOW = { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const forAccount = (account: string) => ({
    ...ALLOW,
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  });

  function stackOfAccounts(allowedAccountIds?: string[]): TerraformStack {
    const stack = new TerraformStack(stackOf().node.root, 'P');
    new AwsProvider(stack, 'Aws', { region: 'eu-central-1', allowedAccountIds });
    return stack;
  }

  test('can be assumed by AWS Backup alone, for the account of the provider', () => {
    expect(allowed(stackWith(TAGGED, stackOfAccounts(['111122223333'])))).toEqual([forAccount('111122223333')]);
  });

  test.each([undefined, [], ['111122223333', '444455556666'], ['${var.account}']])(
    'can be assumed by AWS Backup alone, for any account where the provider allows %j',
    (accounts) => {
      expect(allowed(stackWith(TAGGED, stackOfAccounts(accounts)))).toEqual([ALLOW]);
    },
  );

  test('can be assumed for any account where only Terraform knows which', () => {
    const stack = new TerraformStack(stackOf().node.root, 'P');
    new AwsProvider(stack, 'Aws', { allowedAccountIds: variables(stack).list('accounts') });
    expect(allowed(stackWith(TAGGED, stack))).toEqual([ALLOW]);
  });

  test('can be assumed for the account of a provider that is made after it', () => {
    const stack = stackWith(TAGGED, new TerraformStack(stackOf().node.root, 'P'));
    new AwsProvider(stack, 'Aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] });
    expect(allowed(stack)).toEqual([forAccount('111122223333')]);
  });

  test('can be assumed for the account of the provider that makes it', () => {
    const stack = stackOfAccounts(['111122223333']);
    const provider = new AwsProvider(stack, 'Other', {
      alias: 'other',
      region: 'eu-central-1',
      allowedAccountIds: ['444455556666'],
    });
    expect(allowed(stackWith({ ...TAGGED, provider }, stack))).toEqual([forAccount('444455556666')]);
  });

  test('has its policies before the selection is made', () => {
    const stack = stackWith(TAGGED);
    const attachments = addresses(stack).filter((address) => address.startsWith(ATTACHMENT));
    expect(attachments).toHaveLength(2);
    expect(only(stack, TYPE).depends_on).toEqual(attachments);
  });

  // prettier-ignore
  test.each([
    ['eu-central-1',   'aws'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-east-1',  'aws-us-gov'],
  ])('has policies of the partition of %s: %s', (region, partition) => {
    const stack = new TerraformStack(stackOf().node.root, 'P');
    new AwsProvider(stack, 'Aws', { region });
    const [{ policy_arn: arn } = {}] = all(stackWith(TAGGED, stack), ATTACHMENT);
    expect(arn).toBe(`arn:${partition}:iam::aws:policy/${FOR_BACKUP}`);
    expect(synth(stack).data).toBeUndefined();
  });

  test.each(['${var.region}', 'us-iso-east-1', undefined])(
    'leaves the partition of %s to Terraform, which tells it without a call to AWS',
    (region) => {
      const stack = new TerraformStack(stackOf().node.root, 'P');
      new AwsProvider(stack, 'Aws', { region });
      const [{ policy_arn: arn } = {}] = all(stackWith(TAGGED, stack), ATTACHMENT);
      expect(arn).toBe(
        `arn:\${data.aws_partition.Plan_Chosen_Partition_C691D3EE.partition}:iam::aws:policy/${FOR_BACKUP}`,
      );
      expect(Object.keys(synth(stack).data ?? {})).toEqual(['aws_partition']);
    },
  );

  const tables = [SelectionResource.fromArn(ORDERS)];
  const buckets = [SelectionResource.fromArn('arn:aws:s3:::documents')];
  // prettier-ignore
  const ROWS: [string, Partial<SelectionOptions>, string[]][] = [
    ['of a table: none for S3',                      { resources: tables },                                                  [FOR_BACKUP]],
    ['of a bucket: that for S3',                     { resources: buckets },                                                 [FOR_BACKUP, FOR_S3]],
    ['of both: that for S3',                         { resources: [...tables, ...buckets] },                                 [FOR_BACKUP, FOR_S3]],
    ['of tags, which buckets may have: that for S3', TAGGED,                                                                 [FOR_BACKUP, FOR_S3]],
    ['of everything: that for S3',                   { resources: [SelectionResource.fromArn('*')] },                        [FOR_BACKUP, FOR_S3]],
    ['of a star for the service: that for S3',       { resources: [SelectionResource.fromArn('arn:aws:*:*:*:*')] },          [FOR_BACKUP, FOR_S3]],
    ['of all volumes: none for S3',                  { resources: [SelectionResource.fromArn('arn:aws:ec2:*:*:volume/*')] }, [FOR_BACKUP]],
  ];

  test.each(ROWS)('has the policies of a selection %s', (_, options, expected) => {
    expect(policies(options)).toEqual(expected);
  });

  test('has the policy for S3 only when a resource of the app is a bucket', () => {
    const [one, other] = [stackOf(), stackOf()];
    const bucket = SelectionResource.fromResource(new S3Bucket(one, 'Bucket', { bucket: 'documents' }));
    expect(policies({ resources: [bucket] }, one)).toEqual([FOR_BACKUP, FOR_S3]);
    expect(policies({ resources: [SelectionResource.fromResource(table(other, 'Orders'))] }, other)).toEqual([
      FOR_BACKUP,
    ]);
  });

  test('has both policies when only Terraform knows an ARN', () => {
    const stack = stackOf();
    const resources = [SelectionResource.fromArn(variables(stack).text('arn'))];
    expect(policies({ resources }, stack)).toEqual([FOR_BACKUP, FOR_S3]);
  });

  test('that was passed in is used as it is', () => {
    const stack = stackOf();
    const roleArn = 'arn:aws:iam::111122223333:role/backup';
    const made = plan(stack).addSelection('Chosen', { ...TAGGED, roleArn });
    expect([...all(stack, ROLE), ...all(stack, ATTACHMENT)]).toEqual([]);
    expect(only(stack, TYPE)).toMatchObject({ iam_role_arn: roleArn });
    expect(only(stack, TYPE)).not.toHaveProperty('depends_on');
    expect([made.role, made.roleArn]).toEqual([undefined, roleArn]);
  });
});

test('takes a cluster whose engine only Terraform knows', () => {
  const stack = stackOf();
  const cluster = new RdsCluster(stack, 'Cluster', { engine: variables(stack).text('engine') });
  expect(policies({ resources: [SelectionResource.fromResource(cluster)] }, stack)).toEqual([FOR_BACKUP]);
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text } = variables(stack);
  const options: SelectionOptions = {
    selectionName: text('name'),
    resources: [SelectionResource.fromArn(text('arn'))],
    notResources: [SelectionResource.fromArn(text('not_arn'))],
    tags: { backup: text('tag') },
    conditions: { stringEquals: { stage: text('stage') } },
    roleArn: text('role_arn'),
  };
  expect(only(stackWith(options, stack), TYPE)).toEqual({
    name: '${var.name}',
    plan_id: '${aws_backup_plan.Plan_DAF4E53A.id}',
    iam_role_arn: '${var.role_arn}',
    resources: ['${var.arn}'],
    not_resources: ['${var.not_arn}'],
    selection_tag: [{ type: 'STRINGEQUALS', key: 'backup', value: '${var.tag}' }],
    condition: [{ string_equals: [{ key: 'aws:ResourceTag/stage', value: '${var.stage}' }] }],
  });
});
