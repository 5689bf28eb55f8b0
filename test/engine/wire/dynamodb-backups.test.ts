// Backups of DynamoDB's own, points in time, and items that expire, by the official client.
import {
  BackupNotFoundException,
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  DescribeTableCommand,
  DynamoDBClient,
  InvalidRestoreTimeException,
  ListBackupsCommand,
  PointInTimeRecoveryUnavailableException,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  TableAlreadyExistsException,
  TableNotFoundException,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { World } from '@holdfast/engine';

const TableName = 'Orders';
const INDEX = {
  IndexName: 'by-kind',
  KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' as const },
};

async function begin(): Promise<{ world: World; client: DynamoDBClient }> {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  const client = world.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'kind', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [INDEX],
      BillingMode: 'PAY_PER_REQUEST',
      Tags: [{ Key: 'a', Value: 'b' }],
    }),
  );
  return { world, client };
}

function put(client: DynamoDBClient, id: string, rest: Record<string, { S: string } | { N: string }> = {}) {
  return client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, kind: { S: 'x' }, ...rest } }));
}

async function ids(client: DynamoDBClient, name = TableName, index?: string): Promise<string> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name, IndexName: index }));
  return Items.map(({ id }) => id?.S ?? '')
    .sort()
    .join(' ');
}

test('a backup on demand keeps the items of its instant, outlives its table, and makes tables', async () => {
  const { world, client } = await begin();
  await put(client, 'a');
  const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName: 'before' }));
  const BackupArn = BackupDetails?.BackupArn ?? '';
  expect(BackupArn).toMatch(/:table\/Orders\/backup\/\d{14}-[0-9a-f]{8}$/);
  await put(client, 'b');
  await world.advance({ hours: 1 });
  await client.send(new CreateBackupCommand({ TableName, BackupName: 'after' }));
  await client.send(new DeleteTableCommand({ TableName }));
  const { BackupSummaries } = await client.send(new ListBackupsCommand({ BackupType: 'USER' }));
  expect(BackupSummaries?.map(({ BackupName }) => BackupName)).toEqual(['before', 'after']);
  const { BackupDescription } = await client.send(new DescribeBackupCommand({ BackupArn }));
  expect(BackupDescription?.SourceTableDetails).toMatchObject({ TableName, ItemCount: 1 });
  const restored = { BackupArn, TargetTableName: 'Back' };
  await client.send(new RestoreTableFromBackupCommand(restored));
  expect([await ids(client, 'Back'), await ids(client, 'Back', 'by-kind')]).toEqual(['a', 'a']);
  await expect(client.send(new RestoreTableFromBackupCommand(restored))).rejects.toBeInstanceOf(
    TableAlreadyExistsException,
  );
  const bare = { BackupArn, TargetTableName: 'Bare', GlobalSecondaryIndexOverride: [] };
  const { TableDescription } = await client.send(new RestoreTableFromBackupCommand(bare));
  expect(TableDescription).not.toHaveProperty('GlobalSecondaryIndexes');
  const unknown = { ...bare, TargetTableName: 'New', GlobalSecondaryIndexOverride: [{ ...INDEX, IndexName: 'other' }] };
  await expect(client.send(new RestoreTableFromBackupCommand(unknown))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await client.send(new DeleteBackupCommand({ BackupArn }));
  await expect(client.send(new DescribeBackupCommand({ BackupArn }))).rejects.toBeInstanceOf(BackupNotFoundException);
  await expect(client.send(new CreateBackupCommand({ TableName, BackupName: 'late' }))).rejects.toBeInstanceOf(
    TableNotFoundException,
  );
});

test('recovery brings a table back as it was at any second of its time, and at no other', async () => {
  const { world, client } = await begin();
  await put(client, 'old');
  const restore = (TargetTableName: string, RestoreDateTime?: Date) =>
    client.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: TableName,
        TargetTableName,
        RestoreDateTime,
        UseLatestRestorableTime: RestoreDateTime === undefined,
      }),
    );
  await expect(restore('None')).rejects.toBeInstanceOf(PointInTimeRecoveryUnavailableException);
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  await world.advance({ hours: 1 });
  await put(client, 'new');
  await put(client, 'old', { changed: { S: 'yes' } });
  await world.advance({ minutes: 4 });
  await expect(restore('Soon', new Date('2027-01-01T01:00:00Z'))).rejects.toBeInstanceOf(InvalidRestoreTimeException);
  await world.advance({ minutes: 1 });
  await restore('Then', new Date('2027-01-01T01:00:00Z'));
  await restore('Before', new Date('2027-01-01T00:59:59Z'));
  await restore('Latest');
  expect([await ids(client, 'Then'), await ids(client, 'Before'), await ids(client, 'Latest')]).toEqual([
    'new old',
    'old',
    'new old',
  ]);
  const { Items } = await client.send(new ScanCommand({ TableName: 'Before' }));
  expect(Items?.[0]).not.toHaveProperty('changed');
  expect(await ids(client, 'Before', 'by-kind')).toBe('old');
  await expect(restore('Early', new Date('2026-12-31T23:59:59Z'))).rejects.toBeInstanceOf(InvalidRestoreTimeException);
});

test('an item that has expired is there for a day at least and two at most, and its table shrinks with it', async () => {
  const { world, client } = await begin();
  await client.send(
    new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }),
  );
  const at = (text: string) => ({ ttl: { N: String(Date.parse(text) / 1000) } });
  await put(client, 'first', at('2027-01-02T00:00:00Z'));
  await put(client, 'second', at('2027-01-02T00:00:01Z'));
  await put(client, 'ancient', at('2021-01-01T00:00:00Z'));
  await put(client, 'text', { ttl: { S: '1' } });
  await put(client, 'never');
  await world.advance({ hours: 47, minutes: 59 });
  expect(await ids(client)).toBe('ancient first never second text');
  await world.advance({ hours: 1 });
  expect(await ids(client)).toBe('ancient never second text');
  expect(await ids(client, TableName, 'by-kind')).toBe('ancient never second text');
  const before = (await client.send(new DescribeTableCommand({ TableName }))).Table;
  await world.advance({ days: 1 });
  expect(await ids(client)).toBe('ancient never text');
  const after = (await client.send(new DescribeTableCommand({ TableName }))).Table;
  expect([before?.ItemCount, after?.ItemCount]).toEqual([4, 3]);
  expect(Number(before?.TableSizeBytes)).toBeGreaterThan(Number(after?.TableSizeBytes));
});
