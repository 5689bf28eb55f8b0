// Databases and their secrets by templates: what stands is what RDS and Secrets Manager show, and what stays behind.
import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { DescribeSnapshotsCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as rds from '@aws-sdk/client-rds';
import { DescribeClusterSnapshotsCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { att, BASE, GROUP, OneStack, ref, StackName } from '../../support/one-stack';

let stack: OneStack;

beforeEach(() => {
  stack = new OneStack();
});

const SECRET = {
  Type: 'AWS::SecretsManager::Secret',
  Properties: {
    GenerateSecretString: {
      SecretStringTemplate: '{"username":"postgres"}',
      GenerateStringKey: 'password',
      PasswordLength: 30,
      ExcludeCharacters: '"@/\\',
    },
  },
};
const resolved = (key: string) => ({
  'Fn::Join': ['', ['{{resolve:secretsmanager:', ref('Secret'), `:SecretString:${key}::}}`]],
});
const GROUP_OF_SUBNETS = {
  Type: 'AWS::RDS::DBSubnetGroup',
  Properties: { DBSubnetGroupDescription: 'isolated', SubnetIds: [ref('A'), ref('B')] },
};
const DATABASE = {
  Type: 'AWS::RDS::DBInstance',
  DeletionPolicy: 'Snapshot',
  Properties: {
    DBInstanceIdentifier: 'orders',
    Engine: 'postgres',
    DBInstanceClass: 'db.m5.large',
    AllocatedStorage: '100',
    DBSubnetGroupName: ref('Subnets'),
    MasterUsername: resolved('username'),
    MasterUserPassword: resolved('password'),
    VPCSecurityGroups: [att('Group', 'GroupId')],
  },
};

test('a database takes its password from a secret, which learns where the database is, and leaves a snapshot', async () => {
  const Attached = {
    Type: 'AWS::SecretsManager::SecretTargetAttachment',
    Properties: { SecretId: ref('Secret'), TargetId: ref('Database'), TargetType: 'AWS::RDS::DBInstance' },
  };
  const resources = { ...BASE, Group: GROUP, Secret: SECRET, Subnets: GROUP_OF_SUBNETS, Database: DATABASE, Attached };
  const ids = await stack.deploy(resources);
  const client = stack.world.client(rds.RDSClient);
  const { DBInstances } = await client.send(new rds.DescribeDBInstancesCommand({}));
  expect(DBInstances).toMatchObject([
    {
      DBInstanceIdentifier: 'orders',
      MasterUsername: 'postgres',
      AllocatedStorage: 100,
      DBInstanceClass: 'db.m5.large',
      DBSubnetGroup: { DBSubnetGroupName: ids['Subnets'], VpcId: ids['Vpc'] },
      VpcSecurityGroups: [{ VpcSecurityGroupId: ids['Group'] }],
    },
  ]);
  const secrets = stack.world.client(SecretsManagerClient);
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: ids['Secret'] }));
  const value = JSON.parse(SecretString) as Record<string, string>;
  expect(value).toMatchObject({
    username: 'postgres',
    engine: 'postgres',
    host: DBInstances?.[0]?.Endpoint?.Address,
    port: 5432,
    dbInstanceIdentifier: 'orders',
  });
  expect(value['password']).toMatch(/^[^"@/\\]{30}$/);
  const { StackEvents } = await stack.world
    .client(CloudFormationClient)
    .send(new DescribeStackEventsCommand({ StackName }));
  expect(JSON.stringify(StackEvents)).not.toContain(value['password']);
  const { Attached: _attached, ...without } = resources;
  await stack.update(without);
  const left = await secrets.send(new GetSecretValueCommand({ SecretId: ids['Secret'] }));
  expect(JSON.parse(String(left.SecretString))).toEqual({ username: 'postgres', password: value['password'] });
  await stack.destroy();
  const { DBSnapshots } = await client.send(new rds.DescribeDBSnapshotsCommand({}));
  expect(DBSnapshots).toMatchObject([{ DBInstanceIdentifier: 'orders', AllocatedStorage: 100 }]);
  expect(DBSnapshots?.[0]?.DBSnapshotIdentifier).toMatch(/^team-snapshot-database-[0-9a-f]{12}$/);
  expect((await secrets.send(new ListSecretsCommand({ IncludePlannedDeletion: true }))).SecretList).toEqual([]);
});

test('a cluster has the members of its stack, and is backed up as a whole', async () => {
  const Cluster = {
    Type: 'AWS::RDS::DBCluster',
    DeletionPolicy: 'Snapshot',
    Properties: {
      Engine: 'aurora-postgresql',
      EngineVersion: '16.8',
      Port: '5433',
      DBSubnetGroupName: ref('Subnets'),
      VpcSecurityGroupIds: [ref('Group')],
      MasterUsername: 'postgres',
      MasterUserPassword: 'secret-password',
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 2 },
    },
  };
  const writer = (PromotionTier: number) => ({
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      DBClusterIdentifier: ref('Cluster'),
      DBInstanceClass: 'db.serverless',
      Engine: 'aurora-postgresql',
      PromotionTier,
    },
  });
  const base = { ...BASE, Group: GROUP, Subnets: GROUP_OF_SUBNETS, Cluster };
  const ids = await stack.deploy({ ...base, Writer: writer(0) });
  const client = stack.world.client(rds.RDSClient);
  const { DBClusters } = await client.send(new rds.DescribeDBClustersCommand({}));
  expect(DBClusters).toMatchObject([
    {
      DBClusterIdentifier: ids['Cluster'],
      EngineVersion: '16.8',
      Port: 5433,
      ServerlessV2ScalingConfiguration: { MaxCapacity: 2 },
      DBClusterMembers: [{ DBInstanceIdentifier: ids['Writer'], IsClusterWriter: true }],
    },
  ]);
  expect(await stack.update({ ...base, Writer: writer(1) })).toEqual(ids);
  const { DBInstances } = await client.send(new rds.DescribeDBInstancesCommand({}));
  expect(DBInstances).toMatchObject([{ PromotionTier: 1, DBClusterIdentifier: ids['Cluster'] }]);
  await stack.destroy();
  const { DBClusterSnapshots } = await client.send(new rds.DescribeDBClusterSnapshotsCommand({}));
  expect(DBClusterSnapshots).toMatchObject([{ DBClusterIdentifier: ids['Cluster'] }]);
});

// prettier-ignore
test.each([
  ['{{resolve:secretsmanager:made}}',                              '{"a":"b"}'],
  ['{{resolve:secretsmanager:made:SecretString}}',                 '{"a":"b"}'],
  ['{{resolve:secretsmanager:made:SecretString:a}}',               'b'],
  ['<{{resolve:secretsmanager:made:SecretString:a:AWSCURRENT:}}>', '<b>'],
  ['{{resolve:secretsmanager:made:SecretString:c}}',               undefined],
  ['{{resolve:secretsmanager:made:SecretString:a:AWSOTHER}}',      undefined],
  ['{{resolve:secretsmanager:none}}',                              undefined],
])('the reference %s leads to %s', async (Value, expected) => {
  const secrets = stack.world.client(SecretsManagerClient);
  await secrets.send(new CreateSecretCommand({ Name: 'made', SecretString: '{"a":"b"}' }));
  const Parameter = { Type: 'AWS::SSM::Parameter', Properties: { Name: '/value', Type: 'String', Value } };
  const made = stack.deploy({ Parameter });
  if (expected === undefined) {
    await expect(made).rejects.toThrow();
    return;
  }
  await made;
  const read = await stack.world.client(SSMClient).send(new GetParameterCommand({ Name: '/value' }));
  expect(read.Parameter?.Value).toBe(expected);
  // An update to the same reference is none, whatever the secret is by now.
  await secrets.send(new PutSecretValueCommand({ SecretId: 'made', SecretString: '{"a":"changed"}' }));
  await expect(stack.update({ Parameter })).rejects.toThrow('No updates are to be performed.');
});

// prettier-ignore
test.each<[string, object, () => Promise<number | undefined>]>([
  ['AWS::EC2::Volume',       { AvailabilityZone: 'us-east-1a', Size: 10 },
    async () => (await stack.world.client(EC2Client).send(new DescribeSnapshotsCommand({}))).Snapshots?.length],
  ['AWS::Redshift::Cluster', { ClusterType: 'single-node', DBName: 'db', MasterUsername: 'admin', MasterUserPassword: 'Secret-1', NodeType: 'ra3.large' },
    async () => (await stack.world.client(RedshiftClient).send(new DescribeClusterSnapshotsCommand({}))).Snapshots?.length],
  ['AWS::DocDB::DBCluster',  { MasterUsername: 'admin', MasterUserPassword: 'secret-password' },
    async () => (await stack.world.client(rds.RDSClient).send(new rds.DescribeDBClusterSnapshotsCommand({}))).DBClusterSnapshots?.length],
])('an %s whose policy is Snapshot leaves one', async (Type, Properties, count) => {
  await stack.deploy({ Data: { Type, DeletionPolicy: 'Snapshot', Properties } });
  expect(await count()).toBe(0);
  await stack.destroy();
  expect(await count()).toBe(1);
});

test('what RDS would refuse is not made, and nothing is left of it', async () => {
  const Properties = { ...DATABASE.Properties, Engine: 'none', DBSubnetGroupName: undefined, VPCSecurityGroups: [] };
  const Database = { ...DATABASE, Properties: { ...Properties, MasterUsername: 'a', MasterUserPassword: 'b' } };
  await expect(stack.deploy({ Database })).rejects.toThrow('Invalid DB engine: none');
  const { DBInstances } = await stack.world.client(rds.RDSClient).send(new rds.DescribeDBInstancesCommand({}));
  expect(DBInstances).toEqual([]);
});
