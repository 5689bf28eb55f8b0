// What other services than those of account.ts hold, read from a World by the official clients, and what no client speaks.
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { DSQLClient, GetClusterCommand, ListClustersCommand as ListDsqlCommand } from '@aws-sdk/client-dsql';
import { DescribeClusterCommand, EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import {
  ListNamespacesCommand,
  ListTagsForResourceCommand as NamespaceTagsCommand,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import {
  DescribeCachediSCSIVolumesCommand,
  ListTagsForResourceCommand as GatewayTagsCommand,
  ListVolumesCommand,
  StorageGatewayClient,
} from '@aws-sdk/client-storage-gateway';
import {
  DescribeEndpointsCommand,
  ListDatabasesCommand,
  ListTablesCommand,
  ListTagsForResourceCommand as TableTagsCommand,
  TimestreamWriteClient,
} from '@aws-sdk/client-timestream-write';
import { World } from '../../../engine/src/testing/world';
import { notesOf } from '../../../engine/src/live/inventory';
import { HOME, read, START } from './account';

const KEY = `arn:aws:kms:us-east-1:${HOME.account}:key/1b2c3d4e-0000-4000-8000-000000000001`;
const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${HOME.account}:${rest}`;
const ARNS = {
  eks: arn('eks', 'cluster/shop'),
  dsql: arn('dsql', 'cluster/abcdefghijklmnopqrstuvwxyz'),
  volume: arn('storagegateway', 'gateway/sgw-12A3456B/volume/vol-1122AABB'),
  table: arn('timestream', 'database/sensors/table/heat'),
  namespace: arn('redshift-serverless', 'namespace/11111111-2222-4333-8444-555555555555'),
  machine: arn('backup-gateway', 'vm/vm-0000000000000001'),
  hana: arn('ssm-sap', 'HANA/books/DB/PRD'),
};
const ENTRIES = Object.values(ARNS).map((one, index) => ({
  arn: one,
  sizeGiB: 10 + index,
  tags: { backup: 'daily' },
  ...(!/vm-|HANA/.test(one) && { encryptedWith: KEY }),
}));

function worldOf(): World {
  const world = new World({ start: START, account: HOME.account, region: HOME.region });
  ENTRIES.forEach((entry) => world.add(entry));
  return world;
}

test('clusters, volumes of gateways, tables of time series and namespaces come with their tags and keys', async () => {
  const { document, notRead, sent } = await read(worldOf());
  expect(notRead).toEqual([]);
  expect(document.resources.map((one) => one.arn)).toEqual(Object.values(ARNS).sort());
  for (const { arn: own, tags, encryptedWith } of ENTRIES) {
    expect(document.resources.find((one) => one.arn === own)).toMatchObject({
      tags,
      ...(encryptedWith !== undefined && { encryptedWith }),
    });
  }
  expect(document.resources.find((one) => one.arn === ARNS.volume)?.sizeGiB).toBe(12);
  expect(sent.filter((name) => !/^(Describe|List|Get)/.test(name))).toEqual([]);
});

test('what no client speaks is told with the reason and with how to give it', async () => {
  const { kept } = await read(worldOf());
  const notes = notesOf(kept);
  expect(notes).toHaveLength(3);
  expect(notes[0]).toMatch(/^not read: databases of SAP HANA that have no tag .*"arn":"arn:aws:ssm-sap:/);
  expect(notes.slice(1).sort()).toEqual(
    ['eu-central-1', 'us-east-1'].map((region) =>
      expect.stringMatching(new RegExp(`^not read: virtual machines in ${region} .*"arn":"arn:aws:backup-gateway:`)),
    ),
  );
});

test('each service answers its own client, page by page, and says what is not there', async () => {
  const world = worldOf();
  world.add({ arn: arn('eks', 'cluster/blog') });
  const eks = world.client(EKSClient);
  const first = await eks.send(new ListClustersCommand({ maxResults: 1 }));
  expect(first.clusters).toEqual(['blog']);
  const { clusters, nextToken } = await eks.send(new ListClustersCommand({ nextToken: first.nextToken }));
  expect([clusters, nextToken]).toEqual([['shop'], undefined]);
  const { cluster } = await eks.send(new DescribeClusterCommand({ name: 'shop' }));
  expect(cluster).toMatchObject({ arn: ARNS.eks, status: 'ACTIVE', tags: { backup: 'daily' } });
  await expect(eks.send(new DescribeClusterCommand({ name: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'No cluster found for name: none.',
  });
  const dsql = world.client(DSQLClient);
  expect((await dsql.send(new ListDsqlCommand({}))).clusters).toHaveLength(1);
  await expect(dsql.send(new GetClusterCommand({ identifier: 'zyxwvutsrqponmlkjihgfedcba' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const gateways = world.client(StorageGatewayClient);
  const { VolumeInfos } = await gateways.send(new ListVolumesCommand({ GatewayARN: ARNS.volume.split('/volume')[0] }));
  expect(VolumeInfos).toMatchObject([{ VolumeARN: ARNS.volume, GatewayId: 'sgw-12A3456B' }]);
  const VolumeARNs = [ARNS.volume];
  const described = await gateways.send(new DescribeCachediSCSIVolumesCommand({ VolumeARNs }));
  expect(described.CachediSCSIVolumes).toMatchObject([{ KMSKey: KEY, VolumeStatus: 'AVAILABLE' }]);
  const lost = new GatewayTagsCommand({ ResourceARN: `${ARNS.volume}0` });
  await expect(gateways.send(lost)).rejects.toMatchObject({ name: 'InvalidGatewayRequestException' });
});

test('Timestream and Redshift Serverless answer their own clients', async () => {
  const world = worldOf();
  const series = world.client(TimestreamWriteClient);
  const { Endpoints } = await series.send(new DescribeEndpointsCommand({}));
  expect(Endpoints).toHaveLength(1);
  const { Databases } = await series.send(new ListDatabasesCommand({}));
  expect(Databases).toMatchObject([{ DatabaseName: 'sensors', TableCount: 1, KmsKeyId: KEY }]);
  const { Tables } = await series.send(new ListTablesCommand({ DatabaseName: 'sensors' }));
  expect(Tables).toMatchObject([{ TableName: 'heat', Arn: ARNS.table }]);
  await expect(series.send(new ListTablesCommand({ DatabaseName: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const { Tags } = await series.send(new TableTagsCommand({ ResourceARN: ARNS.table }));
  expect(Tags).toEqual([{ Key: 'backup', Value: 'daily' }]);
  const serverless = world.client(RedshiftServerlessClient);
  const { namespaces } = await serverless.send(new ListNamespacesCommand({}));
  expect(namespaces).toMatchObject([{ namespaceArn: ARNS.namespace, kmsKeyId: KEY, status: 'AVAILABLE' }]);
  const { tags } = await serverless.send(new NamespaceTagsCommand({ resourceArn: ARNS.namespace }));
  expect(tags).toEqual([{ key: 'backup', value: 'daily' }]);
  const lost = new NamespaceTagsCommand({ resourceArn: `${ARNS.namespace}0` });
  await expect(serverless.send(lost)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'orders',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  },
};

test('a stack that a plan names by a tag comes with its members, and another stack is left out', async () => {
  const world = worldOf();
  const stacks = world.client(CloudFormationClient);
  const TemplateBody = JSON.stringify({ Resources: { Orders: TABLE } });
  const tagged = { StackName: 'shop', TemplateBody, Tags: [{ Key: 'backup', Value: 'daily' }] };
  await stacks.send(new CreateStackCommand(tagged));
  const other = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  await stacks.send(new CreateStackCommand({ StackName: 'blog', TemplateBody: other }));
  await world.advance({ minutes: 5 });
  await world.deploy({
    vaults: [{ backupVaultName: 'main', env: HOME }],
    plans: [
      {
        backupPlanName: 'tagged',
        env: HOME,
        rules: [{ ruleName: 'daily', targetBackupVaultName: 'main', scheduleExpression: 'cron(0 5 ? * * *)' }],
        selections: [
          {
            selectionName: 'tagged',
            iamRoleArn: `arn:aws:iam::${HOME.account}:role/backup`,
            listOfTags: [{ conditionKey: 'backup', conditionValue: 'daily' }],
          },
        ],
      },
    ],
  });
  const { document } = await read(world);
  const found = document.resources.filter((one) => one.arn.includes(':cloudformation:'));
  expect(found).toMatchObject([{ tags: { backup: 'daily' }, members: { Orders: arn('dynamodb', 'table/orders') } }]);
  expect(found[0]?.arn).toContain(':stack/shop/');
});

test('volumes that a driver made for a cluster are its members', async () => {
  const world = worldOf();
  const volume = (id: string) => arn('ec2', `volume/vol-${id.padStart(17, '0')}`);
  const owned = { 'kubernetes.io/cluster/shop': 'owned' };
  world.add({ arn: volume('a'), tags: { ...owned, CSIVolumeName: 'pvc-1' } });
  world.add({ arn: volume('b'), tags: owned });
  world.add({ arn: volume('c'), tags: { 'kubernetes.io/cluster/blog': 'owned', CSIVolumeName: 'pvc-2' } });
  const { document } = await read(world);
  expect(document.resources.find((one) => one.arn === ARNS.eks)?.members).toEqual({ 'pvc-1': volume('a') });
});
