// Templates that CloudFormation refuses: before there is a stack, for names that nothing has; by resource, for properties that its type
// does not have.
import { BackupClient, ListBackupPlansCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateSummaryCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { World } from '@holdfast/engine';
import specification from '../../../tools/data/cloudformation-backup.json';

const VAULT = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'first' } };

function here() {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  return { world, client: world.client(CloudFormationClient), backup: world.client(BackupClient) };
}

async function failureOf(client: CloudFormationClient, StackName: string): Promise<string | undefined> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.find((one) => one.ResourceStatus?.endsWith('_FAILED'))?.ResourceStatusReason;
}

test('a misspelt property fails its resource, and the stack goes back', async () => {
  const { client, backup } = here();
  const Vault = { ...VAULT, Properties: { ...VAULT.Properties, LockConfigration: { MinRetentionDays: 7 } } };
  await client.send(new CreateStackCommand({ StackName: 'a', TemplateBody: JSON.stringify({ Resources: { Vault } }) }));
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: 'a' }));
  expect(Stacks[0]?.StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await failureOf(client, 'a')).toBe(
    'Properties validation failed for resource Vault with message:\n#: extraneous key [LockConfigration] is not permitted',
  );
  expect((await backup.send(new ListBackupVaultsCommand({}))).BackupVaultList).toEqual([]);
});

test('a misspelt property of a rule fails an update, and the plan is as it was', async () => {
  const { client, backup } = here();
  const plan = (RuleName: string, more: object) => {
    const BackupPlanRule = [{ RuleName, TargetBackupVault: { Ref: 'Vault' }, ...more }];
    const Properties = { BackupPlan: { BackupPlanName: 'daily', BackupPlanRule } };
    const Resources = { Vault: VAULT, Plan: { Type: 'AWS::Backup::BackupPlan', Properties } };
    return { StackName: 'a', TemplateBody: JSON.stringify({ Resources }) };
  };
  await client.send(new CreateStackCommand(plan('daily', { Lifecycle: { DeleteAfterDays: 7 } })));
  const before = await backup.send(new ListBackupPlansCommand({}));
  await client.send(new UpdateStackCommand(plan('weekly', { Lifecycl: { DeleteAfterDays: 1 } })));
  expect(await failureOf(client, 'a')).toBe(
    'Properties validation failed for resource Plan with message:\n' +
      '#/BackupPlan/BackupPlanRule/0: extraneous key [Lifecycl] is not permitted',
  );
  expect((await backup.send(new ListBackupPlansCommand({}))).BackupPlansList).toEqual(before.BackupPlansList);
});

/** An object with every property of a type, and at each depth one that it does not have; and what is said of those. */
function everythingAndMore(paths: Readonly<Record<string, string>>): { Properties: object; refusals: string[] } {
  const refusals: string[] = [];
  const build = (leaves: readonly (readonly [string, string])[], at: string): object => {
    const found: Record<string, unknown> = { Extra: 1 };
    refusals.push(`${at}: extraneous key [Extra] is not permitted`);
    for (const head of new Set(leaves.map(([path]) => path.split('.')[0] ?? path))) {
      const isList = head.endsWith('[]');
      const key = isList ? head.slice(0, -2) : head;
      const below = leaves
        .filter(([path]) => path.startsWith(`${head}.`))
        .map(([path, kind]) => [path.slice(head.length + 1), kind] as const);
      const kind = leaves.find(([path]) => path === head)?.[1] ?? '';
      const tag = /^Tag\{(.*)\}$/
        .exec(kind)?.[1]
        ?.split(',')
        .map((name) => [name, 'String'] as const);
      const inside = below.length > 0 ? below : tag;
      const where = `${at}/${key}${isList ? '/0' : ''}`;
      const value = inside === undefined ? leafOf(kind) : build(inside, where);
      found[key] = isList ? [value] : value;
    }
    return found;
  };
  return { Properties: build(Object.entries(paths), '#'), refusals };
}

function leafOf(kind: string): unknown {
  return /^(Map|Json)/.test(kind) ? { whatever: 'x' } : 'x';
}

const TYPES = Object.entries(specification.types as Record<string, Record<string, string>>).filter(
  // Nothing makes an access point in a stack.
  ([type]) => type !== 'AWS::Backup::BackupAccessPoint',
);

test.each(TYPES)('%s has its properties, at every depth, and no other', async (Type, paths) => {
  const { client } = here();
  const { Properties, refusals } = everythingAndMore(paths);
  const Resources = { Thing: { Type, Properties } };
  await client.send(new CreateStackCommand({ StackName: 'a', TemplateBody: JSON.stringify({ Resources }) }));
  const [head, ...lines] = (await failureOf(client, 'a'))?.split('\n') ?? [];
  expect(head).toBe('Properties validation failed for resource Thing with message:');
  expect(lines.sort()).toEqual(refusals.sort());
});

const REF = 'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template';
const OUTPUT = 'Template format error: Unresolved resource dependencies [Nope] in the Outputs block of the template';
const ATTRIBUTE = 'Template error: instance of Fn::GetAtt references undefined resource Nope';
const IN_TEXT = 'Template error: instance of Fn::Sub references invalid resource attribute Nope.Arn';
const named = (BackupVaultName: unknown) => ({ Resources: { A: { ...VAULT, Properties: { BackupVaultName } } } });
const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };

const UNRESOLVED: readonly [string, object, string][] = [
  ['DependsOn', { Resources: { A: { ...VAULT, DependsOn: ['Nope'] } } }, REF],
  ['Ref', named({ Ref: 'Nope' }), REF],
  ['a Ref of the branch not taken', { ...named({ 'Fn::If': ['Never', { Ref: 'Nope' }, 'a-b'] }), Conditions }, REF],
  ['Fn::Sub', named({ 'Fn::Sub': 'v-${Nope}' }), REF],
  ['an attribute in Fn::Sub', named({ 'Fn::Sub': 'v-${Nope.Arn}' }), IN_TEXT],
  ['Fn::GetAtt', named({ 'Fn::GetAtt': ['Nope', 'Arn'] }), ATTRIBUTE],
  ['a Ref of an output', { Resources: { A: VAULT }, Outputs: { O: { Value: { Ref: 'Nope' } } } }, OUTPUT],
  [
    'a Ref of the name of an export',
    { Resources: { A: VAULT }, Outputs: { O: { Value: 'x', Export: { Name: { Ref: 'Nope' } } } } },
    OUTPUT,
  ],
  [
    'Fn::GetAtt of an output',
    { Resources: { A: VAULT }, Outputs: { O: { Value: { 'Fn::GetAtt': 'Nope.Arn' } } } },
    ATTRIBUTE,
  ],
];

test.each(UNRESOLVED)(
  '%s that names nothing is refused by every call that takes a template',
  async (_, wrong, message) => {
    const { client } = here();
    const TemplateBody = JSON.stringify(wrong);
    const right = JSON.stringify({ Resources: { A: VAULT } });
    await client.send(new CreateStackCommand({ StackName: 'standing', TemplateBody: right }));
    const before = await client.send(new DescribeStacksCommand({}));
    const refusal = { name: 'ValidationError', message };
    for (const call of [
      () => client.send(new CreateStackCommand({ StackName: 'new', TemplateBody })),
      () => client.send(new UpdateStackCommand({ StackName: 'standing', TemplateBody })),
      () => client.send(new CreateChangeSetCommand({ StackName: 'standing', ChangeSetName: 'one', TemplateBody })),
      () => client.send(new ValidateTemplateCommand({ TemplateBody })),
      () => client.send(new GetTemplateSummaryCommand({ TemplateBody })),
    ]) {
      await expect(call()).rejects.toMatchObject(refusal);
    }
    expect((await client.send(new DescribeStacksCommand({}))).Stacks).toEqual(before.Stacks);
  },
);

test('parameters, pseudo parameters and variables of a text are names, too', async () => {
  const { client } = here();
  const Name = { 'Fn::Sub': ['${Prefix}-${mine}-${AWS::Region}', { mine: { Ref: 'Prefix' } }] };
  const template = {
    Parameters: { Prefix: { Type: 'String', Default: 'v' } },
    Resources: {
      A: { ...VAULT, Properties: { BackupVaultName: Name } },
      B: { Type: 'AWS::SNS::Topic', DependsOn: 'A' },
    },
    Outputs: { O: { Value: { 'Fn::Sub': '${A} ${A.BackupVaultArn} ${!Nope}' } } },
  };
  await client.send(new CreateStackCommand({ StackName: 'a', TemplateBody: JSON.stringify(template) }));
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: 'a' }));
  expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE');
  expect(Stacks[0]?.Outputs?.[0]?.OutputValue).toMatch(/^v-v-us-east-1 arn:.*:backup-vault:v-v-us-east-1 \$\{Nope\}$/);
});

/** Every type that a stack brings about by a schema, with a property that it does not have. */
test.each([
  ['AWS::S3::Bucket', { VersioningConfiguraton: { Status: 'Enabled' } }, '#: extraneous key [VersioningConfiguraton]'],
  [
    'AWS::S3::Bucket',
    { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDay: 1 }] } },
    '#/LifecycleConfiguration/Rules/0: extraneous key [ExpirationInDay]',
  ],
  ['AWS::SNS::Topic', { Tags: [{ Key: 'a', Valu: 'b' }] }, '#/Tags/0: extraneous key [Valu]'],
  ['AWS::EC2::VPC', { CidrBlocks: '10.0.0.0/16' }, '#: extraneous key [CidrBlocks]'],
  [
    'AWS::DynamoDB::Table',
    { PointInTimeRecoverySpecification: { Enabled: true } },
    '#/PointInTimeRecoverySpecification: extraneous key [Enabled]',
  ],
  ['AWS::IAM::Role', { AssumeRolePolicy: {} }, '#: extraneous key [AssumeRolePolicy]'],
])('a property that %s does not have fails its resource: %j', async (Type, Properties, refusal) => {
  const { client } = here();
  const TemplateBody = JSON.stringify({ Resources: { Thing: { Type, Properties } } });
  await client.send(new CreateStackCommand({ StackName: 'a', TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  expect(await failureOf(client, 'a')).toBe(
    `Properties validation failed for resource Thing with message:\n${refusal} is not permitted`,
  );
});

test('maps have keys of their author, and policies are documents', async () => {
  const { client } = here();
  const statement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sqs:*', Resource: '*' };
  const Resources = {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: 'q', RedriveAllowPolicy: { redrivePermission: 'denyAll' } },
    },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
    },
    Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x', Tags: { whatever: 'y' } } },
  };
  await client.send(new CreateStackCommand({ StackName: 'a', TemplateBody: JSON.stringify({ Resources }) }));
  expect(await failureOf(client, 'a')).toBeUndefined();
});

const off = { ...VAULT, Condition: 'Never' };
const other = (more: object) => ({ Resources: { Off: off, B: { Type: 'AWS::SNS::Topic', ...more } }, Conditions });
const absent = (block: string) =>
  `Template format error: Unresolved resource dependencies [Off] in the ${block} block of the template`;

test.each<[string, object, string]>([
  ['Ref', other({ Properties: { TopicName: { Ref: 'Off' } } }), 'Resources'],
  ['Fn::GetAtt', other({ Properties: { TopicName: { 'Fn::GetAtt': ['Off', 'BackupVaultName'] } } }), 'Resources'],
  ['Fn::Sub', other({ Properties: { TopicName: { 'Fn::Sub': 'v-${Off}' } } }), 'Resources'],
  ['DependsOn', other({ DependsOn: 'Off' }), 'Resources'],
  [
    'Fn::GetAtt of an output',
    { ...other({}), Outputs: { O: { Value: { 'Fn::GetAtt': 'Off.BackupVaultArn' } } } },
    'Outputs',
  ],
])('%s of a resource whose condition is false is refused before there is a stack', async (_, wrong, block) => {
  const { client } = here();
  const TemplateBody = JSON.stringify(wrong);
  const right = JSON.stringify({ Resources: { A: VAULT } });
  await client.send(new CreateStackCommand({ StackName: 'standing', TemplateBody: right }));
  const before = await client.send(new DescribeStacksCommand({}));
  const refusal = { name: 'ValidationError', message: absent(block) };
  for (const call of [
    () => client.send(new CreateStackCommand({ StackName: 'new', TemplateBody })),
    () => client.send(new UpdateStackCommand({ StackName: 'standing', TemplateBody })),
    () => client.send(new CreateChangeSetCommand({ StackName: 'standing', ChangeSetName: 'one', TemplateBody })),
  ]) {
    await expect(call()).rejects.toMatchObject(refusal);
  }
  // What conditions say is not known without parameters.
  await expect(client.send(new ValidateTemplateCommand({ TemplateBody }))).resolves.toBeDefined();
  expect((await client.send(new DescribeStacksCommand({}))).Stacks).toEqual(before.Stacks);
});

test('what does not come about may name what does not, and so may a branch that is not taken', async () => {
  const { client } = here();
  const Name = { 'Fn::If': ['Never', { Ref: 'Off' }, 'topic'] };
  const template = {
    Conditions,
    Resources: {
      Off: off,
      Too: { Type: 'AWS::SNS::Topic', Condition: 'Never', DependsOn: 'Off', Properties: { TopicName: { Ref: 'Off' } } },
      On: { Type: 'AWS::SNS::Topic', Properties: { TopicName: Name } },
    },
    Outputs: { O: { Condition: 'Never', Value: { Ref: 'Off' } } },
  };
  await client.send(new CreateStackCommand({ StackName: 'a', TemplateBody: JSON.stringify(template) }));
  expect((await client.send(new DescribeStacksCommand({}))).Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
});

const NOT_THERE = 'Requested attribute Arn does not exist in schema for AWS::Backup::BackupVault';

test.each<[string, unknown, string]>([
  ['Fn::GetAtt', { 'Fn::GetAtt': ['A', 'Arn'] }, NOT_THERE],
  ['Fn::Sub', { 'Fn::Sub': 'x-${A.Arn}' }, NOT_THERE],
  [
    'Fn::GetAtt of a property',
    { 'Fn::GetAtt': ['Bucket', 'BucketName'] },
    'Requested attribute BucketName must be a readonly property in schema for AWS::S3::Bucket',
  ],
  [
    'Fn::GetAtt of an attribute that nothing here knows',
    { 'Fn::GetAtt': ['Bucket', 'MetadataConfiguration.Destination'] },
    'NotEmulated: attribute MetadataConfiguration.Destination of an AWS::S3::Bucket is not emulated',
  ],
])('%s that the type does not have fails what needs it', async (_, TopicName, reason) => {
  const { client } = here();
  const Bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket-of-a-stack' } };
  const Topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName } };
  const TemplateBody = JSON.stringify({ Resources: { A: VAULT, Bucket, Topic } });
  await client.send(new CreateStackCommand({ StackName: 'a', TemplateBody }));
  expect((await client.send(new DescribeStacksCommand({}))).Stacks?.[0]?.StackStatus).toBe('ROLLBACK_COMPLETE');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'a' }));
  const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  expect(failed.map((one) => [one.LogicalResourceId, one.ResourceStatusReason])).toEqual([['Topic', reason]]);
});

test('properties of a vault are attributes of it, too', async () => {
  const { client } = here();
  const Outputs = { O: { Value: { 'Fn::GetAtt': ['A', 'LockConfiguration.MinRetentionDays'] } } };
  const A = { ...VAULT, Properties: { ...VAULT.Properties, LockConfiguration: { MinRetentionDays: 7 } } };
  await client.send(
    new CreateStackCommand({ StackName: 'a', TemplateBody: JSON.stringify({ Resources: { A }, Outputs }) }),
  );
  expect((await client.send(new DescribeStacksCommand({}))).Stacks?.[0]?.Outputs?.[0]?.OutputValue).toBe('7');
});

const SECURE = '{{resolve:ssm-secure:/team/secret:1}}';
const lambda = (Variables: object) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { ZipFile: 'x' }, Role: 'arn:aws:iam::123456789012:role/r', Environment: { Variables } },
});
const database = (more: object) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: {
    DBInstanceClass: 'db.t3.micro',
    Engine: 'postgres',
    AllocatedStorage: '20',
    MasterUsername: 'me',
    ...more,
  },
});

test.each<[object, string]>([
  [lambda({ A: SECURE }), 'AWS::Lambda::Function/Properties/Environment/Variables/A'],
  [
    lambda({ A: SECURE, B: { 'Fn::Sub': `x-${SECURE}` } }),
    'AWS::Lambda::Function/Properties/Environment/Variables/A,AWS::Lambda::Function/Properties/Environment/Variables/B',
  ],
  [{ Type: 'AWS::SNS::Topic', Properties: { Tags: [{ Key: 'a', Value: SECURE }] } }, 'AWS::SNS::Topic/Properties/Tags'],
  [database({ MasterUsername: SECURE }), 'AWS::RDS::DBInstance/Properties/MasterUsername'],
  [{ Type: 'Custom::Thing', Properties: { ServiceToken: 'x', Secret: SECURE } }, 'Custom::Thing/Properties/Secret'],
])('a secure string is refused where none may stand: %j', async (Thing, places) => {
  const { client } = here();
  const TemplateBody = JSON.stringify({ Resources: { Thing } });
  const refusal = { name: 'ValidationError', message: `SSM Secure reference is not supported in: [${places}]` };
  const asked = { StackName: 'new', TemplateBody };
  await expect(client.send(new CreateStackCommand(asked))).rejects.toMatchObject(refusal);
  const changeSet = new CreateChangeSetCommand({ ...asked, ChangeSetName: 'one', ChangeSetType: 'CREATE' });
  await expect(client.send(changeSet)).rejects.toMatchObject(refusal);
  expect((await client.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
});

test.each(['{{resolve:ssm:/team/name:}}', '{{resolve:ssm-secure:/team/secret:last}}', '{{resolve:ssm:}}'])(
  'a reference to a parameter that is none is refused: %s',
  async (reference) => {
    const { client } = here();
    const TemplateBody = JSON.stringify(named(`a-${reference}`));
    const message = `Incorrect format is used in the following SSM reference: [${reference}]`;
    const call = client.send(new CreateStackCommand({ StackName: 'new', TemplateBody }));
    await expect(call).rejects.toMatchObject({ name: 'ValidationError', message });
  },
);

test('a reference to a parameter may have a version, and variables of a text', async () => {
  const { world, client } = here();
  const ssm = world.client(SSMClient);
  await ssm.send(new PutParameterCommand({ Name: '/team/us-east-1', Type: 'String', Value: 'mine' }));
  for (const [StackName, reference] of [
    ['a', 'a-{{resolve:ssm:/team/us-east-1}}'],
    ['b', 'b-{{resolve:ssm:/team/us-east-1:1}}'],
    ['c', { 'Fn::Sub': 'c-{{resolve:ssm:/team/${AWS::Region}:1}}' }],
    ['d', { 'Fn::Join': ['', ['d-{{resolve:ssm:/team/', { Ref: 'AWS::Region' }, '}}']] }],
  ] as const) {
    await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(named(reference)) }));
    expect(await failureOf(client, StackName)).toBeUndefined();
  }
  const { BackupVaultList = [] } = await world.client(BackupClient).send(new ListBackupVaultsCommand({}));
  expect(BackupVaultList.map((one) => one.BackupVaultName)).toEqual(['a-mine', 'b-mine', 'c-mine', 'd-mine']);
});

test('a database takes a secure string for its password, and the stack never shows it', async () => {
  const { world, client } = here();
  const ssm = world.client(SSMClient);
  await ssm.send(new PutParameterCommand({ Name: '/team/secret', Type: 'SecureString', Value: 'very-secret-1' }));
  const Resources = { Database: database({ MasterUserPassword: SECURE }) };
  await client.send(new CreateStackCommand({ StackName: 'a', TemplateBody: JSON.stringify({ Resources }) }));
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'a' }));
  expect(StackEvents[0]?.ResourceStatus).toBe('CREATE_COMPLETE');
  expect(JSON.stringify(StackEvents)).not.toContain('very-secret-1');
});
