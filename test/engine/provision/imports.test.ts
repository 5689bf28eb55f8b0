// Resources that are there already become those of a stack, by the official client.
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateSummaryCommand,
  ResourceToImport,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateAliasCommand, CreateKeyCommand, DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { World } from '@holdfast/engine';

const StackName = 'team';
const vault = (BackupVaultName: string, more: object = { DeletionPolicy: 'Retain' }) => ({
  Type: 'AWS::Backup::BackupVault',
  Properties: { BackupVaultName },
  ...more,
});
const asked = (LogicalResourceId: string, BackupVaultName: string): ResourceToImport => ({
  ResourceType: 'AWS::Backup::BackupVault',
  LogicalResourceId,
  ResourceIdentifier: { BackupVaultName },
});

let world: World;
let client: CloudFormationClient;

beforeEach(async () => {
  world = new World({ start: '2027-01-01T00:00:00Z' });
  client = world.client(CloudFormationClient);
  await world.client(BackupClient).send(new CreateBackupVaultCommand({ BackupVaultName: 'there' }));
});

async function prepare(Resources: object, ResourcesToImport: ResourceToImport[], ChangeSetName = 'import') {
  const TemplateBody = JSON.stringify({ Resources });
  const input = { StackName, ChangeSetName, ChangeSetType: 'IMPORT' as const, TemplateBody, ResourcesToImport };
  await client.send(new CreateChangeSetCommand(input));
  return client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName }));
}

const execute = (ChangeSetName = 'import') => client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
const status = async () => (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;

test('a vault that is there becomes that of a new stack, which a second import adds to', async () => {
  const set = await prepare({ Vault: vault('there') }, [asked('Vault', 'there')]);
  expect(set.Changes?.map(({ ResourceChange: change }) => [change?.Action, change?.PhysicalResourceId])).toEqual([
    ['Import', 'there'],
  ]);
  expect(await status()).toBe('REVIEW_IN_PROGRESS');
  await execute();
  expect(await status()).toBe('IMPORT_COMPLETE');
  await world.client(SSMClient).send(new PutParameterCommand({ Name: '/team', Type: 'String', Value: 'x' }));
  const table = { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST' as const };
  const key = { AttributeName: 'id', AttributeType: 'S' as const };
  const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' as const }];
  await world.client(DynamoDBClient).send(new CreateTableCommand({ ...table, AttributeDefinitions: [key], KeySchema }));
  const DeletionPolicy = 'Retain';
  const Parameter = {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/team', Type: 'String', Value: 'x' },
    DeletionPolicy,
  };
  const Table = {
    Type: 'AWS::DynamoDB::Table',
    Properties: { ...table, AttributeDefinitions: [key], KeySchema },
    DeletionPolicy,
  };
  const more: ResourceToImport[] = [
    { ResourceType: 'AWS::SSM::Parameter', LogicalResourceId: 'Parameter', ResourceIdentifier: { Name: '/team' } },
    { ResourceType: 'AWS::DynamoDB::Table', LogicalResourceId: 'Table', ResourceIdentifier: { TableName: 'orders' } },
  ];
  await prepare({ Vault: vault('there'), Parameter, Table }, more, 'second');
  await execute('second');
  expect(await status()).toBe('IMPORT_COMPLETE');
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  expect(StackResources?.map((one) => [one.PhysicalResourceId, one.ResourceStatus])).toEqual([
    ['there', 'IMPORT_COMPLETE'],
    ['/team', 'IMPORT_COMPLETE'],
    ['orders', 'IMPORT_COMPLETE'],
  ]);
  await client.send(new DeleteStackCommand({ StackName }));
  const { BackupVaultList } = await world.client(BackupClient).send(new ListBackupVaultsCommand({}));
  expect(BackupVaultList).toHaveLength(1);
});

test('a key with its alias, a network and a database become those of a stack, which shows what they have', async () => {
  const kms = world.client(KMSClient);
  const KeyId = (await kms.send(new CreateKeyCommand({ Description: 'old' }))).KeyMetadata?.KeyId ?? '';
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/old', TargetKeyId: KeyId }));
  const ec2 = world.client(EC2Client);
  const VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId ?? '';
  const made = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24' }));
  const { SubnetId = '', AvailabilityZone } = made.Subnet ?? {};
  const group = { GroupName: 'web', Description: 'web', VpcId };
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(group));
  const DBInstanceIdentifier = 'shop';
  const database = {
    DBInstanceClass: 'db.t3.micro',
    Engine: 'mysql',
    MasterUsername: 'root',
    MasterUserPassword: 'secret-12',
  };
  await world
    .client(RDSClient)
    .send(new CreateDBInstanceCommand({ ...database, DBInstanceIdentifier, AllocatedStorage: 20 }));
  const declared = (Type: string, Properties: object) => ({ Type, Properties, DeletionPolicy: 'Retain' });
  const resources = {
    Key: declared('AWS::KMS::Key', { Description: 'old' }),
    Alias: declared('AWS::KMS::Alias', { AliasName: 'alias/old', TargetKeyId: { Ref: 'Key' } }),
    Vpc: declared('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
    Subnet: declared('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24' }),
    Group: declared('AWS::EC2::SecurityGroup', { GroupName: 'web', GroupDescription: 'web', VpcId: { Ref: 'Vpc' } }),
    Database: declared('AWS::RDS::DBInstance', { ...database, DBInstanceIdentifier, AllocatedStorage: '20' }),
  };
  const identified: [keyof typeof resources, string, string][] = [
    ['Key', 'KeyId', KeyId],
    ['Alias', 'AliasName', 'alias/old'],
    ['Vpc', 'VpcId', VpcId],
    ['Subnet', 'SubnetId', SubnetId],
    ['Group', 'Id', GroupId],
    ['Database', 'DBInstanceIdentifier', DBInstanceIdentifier],
  ];
  const imports = (as = identified) =>
    as.map(([LogicalResourceId, member, id]) => ({
      ...{ LogicalResourceId, ResourceType: resources[LogicalResourceId].Type, ResourceIdentifier: { [member]: id } },
    }));
  const missing = '00000000-0000-4000-8000-000000000000';
  await prepare({ Key: resources.Key }, imports([['Key', 'KeyId', missing]]), 'none');
  await execute('none');
  expect(await status()).toBe('IMPORT_ROLLBACK_COMPLETE');
  await client.send(new DeleteStackCommand({ StackName }));

  await prepare(resources, imports());
  await execute();
  expect(await status()).toBe('IMPORT_COMPLETE');
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  expect(StackResources?.map((one) => [one.LogicalResourceId, one.PhysicalResourceId])).toEqual(
    identified.map(([logicalId, , id]) => [logicalId, id]),
  );
  const outputs = {
    Arn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    Zone: { Value: { 'Fn::GetAtt': ['Subnet', 'AvailabilityZone'] } },
    Default: { Value: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } },
    Group: { Value: { 'Fn::GetAtt': ['Group', 'GroupId'] } },
  };
  const Key = declared('AWS::KMS::Key', { Description: 'new' });
  const TemplateBody = JSON.stringify({ Resources: { ...resources, Key }, Outputs: outputs });
  await client.send(new UpdateStackCommand({ StackName, TemplateBody }));
  const { Outputs = [] } = (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0] ?? {};
  expect(Object.fromEntries(Outputs.map((one) => [one.OutputKey, one.OutputValue]))).toEqual({
    Arn: `arn:aws:kms:us-east-1:123456789012:key/${KeyId}`,
    Zone: AvailabilityZone,
    Default: expect.stringMatching(/^sg-/) as string,
    Group: GroupId,
  });
  expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.Description).toBe('new');
});

test('what is not there, or is that of another stack, is not imported, and nothing is left of the attempt', async () => {
  const resources = { Vault: vault('there'), Other: vault('missing') };
  await prepare(resources, [asked('Vault', 'there'), asked('Other', 'missing')]);
  await execute();
  expect(await status()).toBe('IMPORT_ROLLBACK_COMPLETE');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'IMPORT_FAILED');
  expect(failed?.ResourceStatusReason).toContain("'missing' was not found");
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  expect(StackResources).toEqual([]);
});

// prettier-ignore
test.each<[string, object, ResourceToImport[], RegExp]>([
  ['nothing is named',               { Vault: vault('there') },       [],                           /at least one/],
  ['it has no DeletionPolicy',       { Vault: vault('there', {}) },   [asked('Vault', 'there')],    /DeletionPolicy/],
  ['it is not in the template',      { Vault: vault('there') },       [asked('Other', 'there')],    /not in the template/],
  ['something else is added',        { Vault: vault('there'), Other: vault('new') }, [asked('Vault', 'there')], /cannot modify or add/],
  ['the identifier is another one',  { Vault: vault('there') },       [{ ...asked('Vault', ''), ResourceIdentifier: { Name: 'there' } }], /must have the member BackupVaultName/],
  ['the type has no imports',        { Queue: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', Properties: {} } }, [{ ResourceType: 'AWS::SQS::Queue', LogicalResourceId: 'Queue', ResourceIdentifier: { QueueUrl: 'x' } }], /not supported for Import/],
])('an import is refused where %s', async (_what, resources, imports, why) => {
  await expect(prepare(resources, imports)).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringMatching(why) as string,
  });
});

test('a template says how what is in it is identified', async () => {
  const TemplateBody = JSON.stringify({ Resources: { Vault: vault('there') } });
  const summary = await client.send(new GetTemplateSummaryCommand({ TemplateBody }));
  expect(summary.ResourceIdentifierSummaries).toEqual([
    {
      ResourceType: 'AWS::Backup::BackupVault',
      LogicalResourceIds: ['Vault'],
      ResourceIdentifiers: ['BackupVaultName'],
    },
  ]);
});
