// Items of tables go where backups go, and come back.
import { BackupClient, StartBackupJobCommand, StartRestoreJobCommand } from '@aws-sdk/client-backup';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { World } from '@holdfast/engine';
import type { ContentEntry } from '../../../engine/src/host/content/content';
import { planOfTag, restore } from '../../support/daily-plan';

const TableName = 'Orders';
const ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/Orders';

async function begin(): Promise<{ world: World; client: DynamoDBClient }> {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  await planOfTag(world);
  const client = world.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
        { AttributeName: 'kind', AttributeType: 'B' },
      ],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-kind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      DeletionProtectionEnabled: false,
      Tags: [{ Key: 'backup', Value: 'daily' }],
    }),
  );
  await client.send(
    new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }),
  );
  return { world, client };
}

/** Attributes that read like the members of an attribute, and bytes at every depth. */
function item(id: string, at: number) {
  const bytes = new Uint8Array([0, 128, 255, at % 256]);
  return {
    id: { S: id },
    at: { N: String(at) },
    kind: { B: bytes },
    B: { S: 'no bytes' },
    BS: { L: [{ BS: [bytes] }, { M: { B: { B: bytes }, S: { N: '1' } } }] },
    __proto__x: { NULL: true },
    text: { S: 'zwölf 🦆\nlines' },
  };
}

async function all(client: DynamoDBClient, name = TableName): Promise<unknown[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  return Items.map((one) => JSON.stringify(one)).sort();
}

test('a table that was deleted comes back with its items, indexes and keys, and without stream and time to live', async () => {
  const { world, client } = await begin();
  for (let at = 0; at < 300; at++) {
    await client.send(new PutItemCommand({ TableName, Item: item(`i${at % 40}`, at) }));
  }
  const before = await all(client);
  await world.advance({ days: 1 });
  await client.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'i0' }, at: { N: '0' } } }));
  await client.send(new DeleteTableCommand({ TableName }));
  const [point] = world.pointsOf(TableName);
  await restore(world, point?.recoveryPointArn ?? '', { targetTableName: 'Back' });
  expect(world.contentFaults()).toEqual([]);
  expect(await all(client, 'Back')).toEqual(before);
  const { Count } = await client.send(
    new QueryCommand({
      TableName: 'Back',
      IndexName: 'by-kind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { B: new Uint8Array([0, 128, 255, 7]) } },
    }),
  );
  // 7 and 263 have the same last byte.
  expect(Count).toBe(2);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Back' }));
  expect(Table).toMatchObject({ ItemCount: 300, BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } });
  expect(Table).not.toHaveProperty('StreamSpecification');
});

test('a point has the table as it was when its backup began, whatever the key of a table of the name is now', async () => {
  const { world, client } = await begin();
  await client.send(new PutItemCommand({ TableName, Item: item('a', 1) }));
  const before = await all(client);
  await world.client(BackupClient).send(
    new StartBackupJobCommand({
      BackupVaultName: 'main',
      ResourceArn: ARN,
      IamRoleArn: 'arn:aws:iam::123456789012:role/backup',
    }),
  );
  // At the same instant, and after the call.
  await client.send(new PutItemCommand({ TableName, Item: item('b', 2) }));
  await world.advance({ hours: 1 });
  await client.send(new DeleteTableCommand({ TableName }));
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const [point] = world.pointsOf(TableName);
  await world.client(BackupClient).send(
    new StartRestoreJobCommand({
      RecoveryPointArn: point?.recoveryPointArn,
      IamRoleArn: 'arn:aws:iam::123456789012:role/backup',
      Metadata: { targetTableName: 'Back' },
    }),
  );
  await world.advance({ hours: 2 });
  expect(await all(client, 'Back')).toEqual(before);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Back' }));
  expect(Table?.KeySchema?.map(({ AttributeName }) => AttributeName)).toEqual(['id', 'at']);
});

test('a capture is of the instant at which it is asked for, and a write touches one entry', async () => {
  const { world, client } = await begin();
  for (let at = 0; at < 60; at++) {
    await client.send(new PutItemCommand({ TableName, Item: item(`i${at}`, at) }));
  }
  const content = world.content(ARN);
  const version = await content.version();
  const capture = content.capture();
  await client.send(new PutItemCommand({ TableName, Item: item('i7', 8) }));
  const first = await entriesOf(capture);
  expect(first.map(({ lines }) => lines).reduce((sum, lines) => sum + lines, 0)).toBe(60);
  expect(await content.version()).not.toBe(version);
  const second = await entriesOf(content.capture());
  expect(second.length).toBe(first.length);
  const changed = second.filter((one, index) => one.version !== first[index]?.version);
  expect(changed.map(({ lines }) => lines)).toEqual([expect.any(Number)]);
  const sizes = second.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  expect([sizes, second.every(({ sizeBytes, read }) => sizeBytes === read)]).toEqual([await content.sizeBytes(), true]);
});

async function entriesOf(capture: AsyncIterable<ContentEntry>) {
  const entries = [];
  for await (const { name, version, sizeBytes, bytes } of capture) {
    const parts: Uint8Array[] = [];
    for await (const part of bytes()) {
      parts.push(part);
    }
    const text = Buffer.concat(parts);
    entries.push({ name, version, sizeBytes, read: text.length, lines: text.toString().split('\n').length - 1 });
  }
  expect(entries.map(({ name }) => name)).toEqual(entries.map(({ name }) => name).sort());
  return entries;
}
