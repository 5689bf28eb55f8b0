// Tables by the official client: their control plane, which plans see.
import { BackupClient, UpdateRegionSettingsCommand } from '@aws-sdk/client-backup';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  BackupNotFoundException,
  CreateTableCommand,
  DeleteBackupCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListBackupsCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  TableNotFoundException,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { World } from '@holdfast/engine';
import { planOfTag, restore } from '../../support/daily-plan';

const ORDERS = {
  TableName: 'Orders',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  BillingMode: 'PAY_PER_REQUEST' as const,
};
const ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/Orders';

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

test('a table is made, backed up by its tag, restored under another name, and deleted', async () => {
  const here = world();
  await planOfTag(here);
  const client = here.client(DynamoDBClient);
  const { TableDescription: made } = await client.send(
    new CreateTableCommand({
      ...ORDERS,
      Tags: [{ Key: 'backup', Value: 'daily' }],
      SSESpecification: { Enabled: true },
    }),
  );
  expect(made).toMatchObject({
    TableArn: ARN,
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    SSEDescription: { KMSMasterKeyArn: 'arn:aws:kms:us-east-1:123456789012:alias/aws/dynamodb' },
  });
  await expect(client.send(new CreateTableCommand(ORDERS))).rejects.toBeInstanceOf(ResourceInUseException);
  await here.advance({ days: 1 });
  const [point] = here.pointsOf('Orders');
  // Source: with AWS Backup's advanced features, points are AWS Backup's alone.
  expect(point?.recoveryPointArn).toContain(':recovery-point:');
  expect((await client.send(new ListBackupsCommand({}))).BackupSummaries).toEqual([]);
  await client.send(new UntagResourceCommand({ ResourceArn: ARN, TagKeys: ['backup'] }));
  await here.advance({ days: 1 });
  expect(here.pointsOf('Orders')).toHaveLength(1);
  await restore(here, point?.recoveryPointArn ?? '', { targetTableName: 'Orders-2' });
  const { Table: restored } = await client.send(new DescribeTableCommand({ TableName: 'Orders-2' }));
  expect(restored).toMatchObject({ KeySchema: ORDERS.KeySchema, TableSizeBytes: point?.sizeBytes });
  await client.send(new UpdateTableCommand({ TableName: 'Orders', DeletionProtectionEnabled: true }));
  await expect(client.send(new DeleteTableCommand({ TableName: 'Orders' }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await client.send(new UpdateTableCommand({ TableName: 'Orders', DeletionProtectionEnabled: false }));
  await client.send(new DeleteTableCommand({ TableName: 'Orders' }));
  const gone = client.send(new DescribeTableCommand({ TableName: 'Orders' }));
  await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
  expect((await client.send(new ListTablesCommand({ Limit: 1 }))).TableNames).toEqual(['Orders-2']);
});

test('without the advanced features, backups are shown in DynamoDB, and deleted in AWS Backup alone', async () => {
  const here = world();
  await planOfTag(here);
  await here
    .client(BackupClient)
    .send(new UpdateRegionSettingsCommand({ ResourceTypeManagementPreference: { DynamoDB: false } }));
  const client = here.client(DynamoDBClient);
  await client.send(new CreateTableCommand(ORDERS));
  await client.send(new TagResourceCommand({ ResourceArn: ARN, Tags: [{ Key: 'backup', Value: 'daily' }] }));
  await here.advance({ days: 1 });
  const { BackupSummaries } = await client.send(new ListBackupsCommand({ TableName: 'Orders' }));
  const BackupArn = here.pointsOf('Orders')[0]?.recoveryPointArn ?? '';
  expect(BackupSummaries).toMatchObject([{ BackupArn, BackupType: 'AWS_BACKUP', TableName: 'Orders' }]);
  const { BackupDescription } = await client.send(new DescribeBackupCommand({ BackupArn }));
  expect(BackupDescription?.SourceTableDetails).toMatchObject({ TableArn: ARN, KeySchema: ORDERS.KeySchema });
  await expect(client.send(new DeleteBackupCommand({ BackupArn }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  const unknown = client.send(new DescribeBackupCommand({ BackupArn: `${ARN}/backup/01` }));
  await expect(unknown).rejects.toBeInstanceOf(BackupNotFoundException);
});

test('point-in-time recovery, time to live, indexes, streams and capacity are kept', async () => {
  const here = world();
  const client = here.client(DynamoDBClient);
  await client.send(new CreateTableCommand(ORDERS));
  const table = { TableName: 'Orders' };
  const recovery = async () =>
    (await client.send(new DescribeContinuousBackupsCommand(table))).ContinuousBackupsDescription
      ?.PointInTimeRecoveryDescription;
  expect(await recovery()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
  const enable = (RecoveryPeriodInDays: number) =>
    client.send(
      new UpdateContinuousBackupsCommand({
        ...table,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays },
      }),
    );
  await expect(enable(0)).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(enable(36)).rejects.toMatchObject({ name: 'ValidationException' });
  await enable(1);
  await here.advance({ days: 3 });
  expect(await recovery()).toMatchObject({
    PointInTimeRecoveryStatus: 'ENABLED',
    EarliestRestorableDateTime: new Date('2027-01-03T00:00:00Z'),
    LatestRestorableDateTime: new Date('2027-01-03T23:55:00Z'),
  });
  await enable(35);
  expect(await recovery()).toMatchObject({ EarliestRestorableDateTime: new Date('2027-01-01T00:00:00Z') });
  const none = client.send(new DescribeContinuousBackupsCommand({ TableName: 'None' }));
  await expect(none).rejects.toBeInstanceOf(TableNotFoundException);
  const expiry = { ...table, TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } };
  await client.send(new UpdateTimeToLiveCommand(expiry));
  await expect(client.send(new UpdateTimeToLiveCommand(expiry))).rejects.toMatchObject({ name: 'ValidationException' });
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand(table));
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  const index = {
    IndexName: 'by-customer',
    KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' as const }],
    Projection: { ProjectionType: 'ALL' as const },
  };
  await client.send(
    new UpdateTableCommand({
      ...table,
      AttributeDefinitions: [...ORDERS.AttributeDefinitions, { AttributeName: 'customer', AttributeType: 'S' }],
      GlobalSecondaryIndexUpdates: [{ Create: index }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    }),
  );
  const { Table } = await client.send(new DescribeTableCommand(table));
  expect(Table).toMatchObject({
    GlobalSecondaryIndexes: [{ IndexName: 'by-customer', IndexStatus: 'ACTIVE' }],
    LatestStreamArn: `${ARN}/stream/2027-01-04T00:00:00.000`,
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
  });
  expect(Table?.BillingModeSummary).toBeUndefined();
  expect((await client.send(new ListTagsOfResourceCommand({ ResourceArn: ARN }))).Tags).toEqual([]);
});

// prettier-ignore
test.each([
  ['a name of two characters',            { ...ORDERS, TableName: 'ab' }],
  ['a name of 256 characters',            { ...ORDERS, TableName: 'a'.repeat(256) }],
  ['no key to hash',                      { ...ORDERS, KeySchema: [{ AttributeName: 'id', KeyType: 'RANGE' as const }] }],
  ['a key that is not defined',           { ...ORDERS, KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' as const }] }],
  ['no capacity where it is provisioned', { ...ORDERS, BillingMode: 'PROVISIONED' as const }],
  ['capacity where it is paid by request', { ...ORDERS, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }],
])('fails for a table that has %s', async (_what, input) => {
  const client = world().client(DynamoDBClient);
  await expect(client.send(new CreateTableCommand(input))).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a table of a stack has the keys, indexes and settings of its template', async () => {
  const here = world();
  const Properties = {
    TableName: 'Orders',
    AttributeDefinitions: [
      { AttributeName: 'customer', AttributeType: 'S' },
      { AttributeName: 'number', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'customer', KeyType: 'HASH' },
      { AttributeName: 'number', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-number',
        KeySchema: [{ AttributeName: 'number', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
  };
  const TemplateBody = JSON.stringify({
    Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties } },
  });
  await here.client(CloudFormationClient).send(new CreateStackCommand({ StackName: 'orders', TemplateBody }));
  const client = here.client(DynamoDBClient);
  await client.send(new PutItemCommand({ TableName: 'Orders', Item: { customer: { S: 'a' }, number: { N: '7' } } }));
  const { Count } = await client.send(
    new QueryCommand({
      TableName: 'Orders',
      IndexName: 'by-number',
      KeyConditionExpression: '#n = :n',
      ExpressionAttributeNames: { '#n': 'number' },
      ExpressionAttributeValues: { ':n': { N: '7' } },
    }),
  );
  expect(Count).toBe(1);
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: 'Orders' }));
  expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'ttl' });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Orders' }));
  expect(Table).toMatchObject({ StreamSpecification: { StreamViewType: 'KEYS_ONLY' }, ItemCount: 1 });
});

test('PartiQL is not emulated, and says so', async () => {
  const client = world().client(DynamoDBClient);
  await client.send(new CreateTableCommand({ ...ORDERS, TableName: 'a'.repeat(255) }));
  const get = client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM Orders' }));
  await expect(get).rejects.toMatchObject({ name: 'NotEmulated', $metadata: { httpStatusCode: 400 } });
});
