// Items of tables by the official client and its document client: writes, reads, expressions, capacity.
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  IdempotentParameterMismatchException,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  ScanCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand as DocumentQuery } from '@aws-sdk/lib-dynamodb';
import { World } from '@holdfast/engine';

const TableName = 'Orders';
const ORDERS: CreateTableCommandInput = {
  TableName,
  AttributeDefinitions: [
    { AttributeName: 'customer', AttributeType: 'S' },
    { AttributeName: 'number', AttributeType: 'N' },
    { AttributeName: 'state', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'customer', KeyType: 'HASH' },
    { AttributeName: 'number', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-state',
      KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'by-customer-and-state',
      KeySchema: [
        { AttributeName: 'customer', KeyType: 'HASH' },
        { AttributeName: 'state', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['total'] },
    },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

async function begin(table = ORDERS): Promise<{ world: World; client: DynamoDBClient }> {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  const client = world.client(DynamoDBClient);
  await client.send(new CreateTableCommand(table));
  return { world, client };
}

function order(customer: string, number: number, rest: Record<string, { S: string } | { N: string }> = {}) {
  return { customer: { S: customer }, number: { N: String(number) }, ...rest };
}

test('an item is put, read, replaced and deleted, with what was there before', async () => {
  const { client } = await begin();
  const Item = {
    ...order('a', 1),
    text: { S: 'é' },
    bytes: { B: new Uint8Array([0, 255]) },
    exact: { N: '12345678901234567890123456789012345678' },
    small: { N: '1.50e-3' },
    yes: { BOOL: true },
    nothing: { NULL: true },
    words: { SS: ['x', 'y'] },
    numbers: { NS: ['1', '2.0'] },
    blobs: { BS: [new Uint8Array([1])] },
    list: { L: [{ S: 'in' }, { M: { deep: { L: [] } } }] },
  };
  expect(await client.send(new PutItemCommand({ TableName, Item, ReturnValues: 'ALL_OLD' }))).not.toHaveProperty(
    'Attributes',
  );
  const { Item: read } = await client.send(new GetItemCommand({ TableName, Key: order('a', 1), ConsistentRead: true }));
  expect(read).toEqual({ ...Item, small: { N: '0.0015' }, numbers: { NS: ['1', '2'] } });
  const again = new PutItemCommand({ TableName, Item: order('a', 1), ReturnValues: 'ALL_OLD' });
  expect((await client.send(again)).Attributes).toEqual(read);
  // One number, however it is written.
  const Key = { customer: { S: 'a' }, number: { N: '10e-1' } };
  const gone = await client.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
  expect(gone.Attributes).toEqual(order('a', 1));
  expect(await client.send(new GetItemCommand({ TableName, Key }))).not.toHaveProperty('Item');
  const missing = client.send(new GetItemCommand({ TableName: 'None', Key }));
  await expect(missing).rejects.toBeInstanceOf(ResourceNotFoundException);
});

test('a condition that does not hold keeps an item as it is, and tells of it', async () => {
  const { client } = await begin();
  const put = new PutItemCommand({
    TableName,
    Item: order('a', 1, { state: { S: 'new' } }),
    ConditionExpression: 'attribute_not_exists(customer)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  await client.send(put);
  const failed = await client.send(put).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(ConditionalCheckFailedException);
  expect(failed).toMatchObject({
    message: 'The conditional request failed',
    Item: order('a', 1, { state: { S: 'new' } }),
  });
  const expected = { TableName, Key: order('a', 1), Expected: { state: { Value: { S: 'old' } } } };
  await expect(client.send(new DeleteItemCommand(expected))).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  await client.send(new DeleteItemCommand({ ...expected, Expected: { state: { Value: { S: 'new' } } } }));
});

test('queries go through a partition in order, either way, page by page, by table and by index', async () => {
  const { client } = await begin();
  for (const number of [10, -1, 9, 100, 0.5]) {
    await client.send(
      new PutItemCommand({
        TableName,
        Item: order('a', number, { state: { S: number > 5 ? 'new' : 'old' }, total: { N: '7' }, note: { S: 'n' } }),
      }),
    );
  }
  await client.send(new PutItemCommand({ TableName, Item: order('b', 1) }));
  const ask = { TableName, KeyConditionExpression: 'customer = :c', ExpressionAttributeValues: { ':c': { S: 'a' } } };
  const numbers = ({ Items = [] }: { Items?: Record<string, { N?: string }>[] }) =>
    Items.map(({ number }) => number?.N);
  expect(numbers(await client.send(new QueryCommand(ask)))).toEqual(['-1', '0.5', '9', '10', '100']);
  const first = await client.send(new QueryCommand({ ...ask, Limit: 2, ScanIndexForward: false }));
  expect([numbers(first), first.LastEvaluatedKey]).toEqual([['100', '10'], order('a', 10)]);
  const second = await client.send(
    new QueryCommand({ ...ask, ScanIndexForward: false, ExclusiveStartKey: first.LastEvaluatedKey }),
  );
  expect([numbers(second), second.LastEvaluatedKey]).toEqual([['9', '0.5', '-1'], undefined]);
  const between = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#c = :c AND #n BETWEEN :low AND :high',
      FilterExpression: '#t = :t',
      ExpressionAttributeNames: { '#c': 'customer', '#n': 'number', '#t': 'total' },
      ExpressionAttributeValues: { ':c': { S: 'a' }, ':low': { N: '0' }, ':high': { N: '10' }, ':t': { N: '7.0' } },
      Select: 'COUNT',
    }),
  );
  expect(between).toMatchObject({ Count: 3, ScannedCount: 3 });
  expect(between).not.toHaveProperty('Items');
  const byState = {
    TableName,
    IndexName: 'by-state',
    KeyConditionExpression: '#s = :s',
    ExpressionAttributeNames: { '#s': 'state' },
    ExpressionAttributeValues: { ':s': { S: 'new' } },
  };
  const global = await client.send(new QueryCommand({ ...byState, Limit: 1 }));
  expect(global.Items).toEqual([order('a', 9, { state: { S: 'new' } })]);
  expect(global.LastEvaluatedKey).toEqual(order('a', 9, { state: { S: 'new' } }));
  const rest = await client.send(new QueryCommand({ ...byState, ExclusiveStartKey: global.LastEvaluatedKey }));
  expect(numbers(rest)).toEqual(['10', '100']);
  const local = { ...byState, IndexName: 'by-customer-and-state', KeyConditionExpression: 'customer = :c AND #s = :s' };
  const values = { ':s': { S: 'old' }, ':c': { S: 'a' } };
  const entries = await client.send(new QueryCommand({ ...local, ExpressionAttributeValues: values }));
  expect(entries.Items?.map((item) => Object.keys(item).sort())).toEqual([
    ['customer', 'number', 'state', 'total'],
    ['customer', 'number', 'state', 'total'],
  ]);
  const whole = await client.send(
    new QueryCommand({ ...local, ExpressionAttributeValues: values, Select: 'ALL_ATTRIBUTES' }),
  );
  expect(whole.Items?.[0]).toHaveProperty('note');
});

test('scans see each item once, in pages of 1 MB, and segments share them', async () => {
  const { client } = await begin();
  const filler = 'x'.repeat(100_000);
  for (let number = 0; number < 25; number++) {
    await client.send(new PutItemCommand({ TableName, Item: order(`c${number}`, number, { filler: { S: filler } }) }));
  }
  const names = async (input: object) => {
    const pages: string[][] = [];
    let ExclusiveStartKey: Record<string, never> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ...input, ExclusiveStartKey }));
      pages.push((page.Items ?? []).map(({ customer }) => customer?.S ?? ''));
      ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
    } while (ExclusiveStartKey !== undefined);
    return pages;
  };
  const all = Array.from({ length: 25 }, (_, number) => `c${number}`).sort();
  const pages = await names({});
  // The item that reaches 1 MB is the last of its page.
  expect(pages.map(({ length }) => length)).toEqual([11, 11, 3]);
  expect(pages.flat().sort()).toEqual(all);
  const shares = await Promise.all([0, 1, 2].map((Segment) => names({ Segment, TotalSegments: 3, Limit: 2 })));
  expect(shares.flat(2).sort()).toEqual(all);
  const filtered = await client.send(
    new ScanCommand({
      TableName,
      FilterExpression: 'begins_with(customer, :c)',
      ProjectionExpression: '#n',
      ExpressionAttributeNames: { '#n': 'number' },
      ExpressionAttributeValues: { ':c': { S: 'c1' } },
    }),
  );
  expect(filtered.Items?.every((item) => Object.keys(item).join() === 'number')).toBe(true);
});

test('the document client speaks to it as to any table', async () => {
  const { client } = await begin();
  const documents = DynamoDBDocumentClient.from(client);
  const Item = { customer: 'a', number: 1, nested: { list: [1, 'two', { three: null }] }, words: new Set(['x']) };
  await documents.send(new PutCommand({ TableName, Item }));
  const { Item: read } = await documents.send(new GetCommand({ TableName, Key: { customer: 'a', number: 1 } }));
  expect(read).toEqual(Item);
  const { Items } = await documents.send(
    new DocumentQuery({
      TableName,
      KeyConditionExpression: 'customer = :c',
      ExpressionAttributeValues: { ':c': 'a' },
      ProjectionExpression: 'nested.#l[2].three, nested.#l[0]',
      ExpressionAttributeNames: { '#l': 'list' },
    }),
  );
  expect(Items).toEqual([{ nested: { list: [1, { three: null }] } }]);
});

test('batches put, delete and get, and refuse what is too much or twice', async () => {
  const { client } = await begin();
  const put = (number: number) => ({ PutRequest: { Item: order('a', number) } });
  const write = (requests: object[]) =>
    client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests as never } }));
  const all = Array.from({ length: 25 }, (_, number) => put(number));
  expect((await write(all)).UnprocessedItems).toEqual({});
  await expect(write([...all, put(25)])).rejects.toMatchObject({
    message: 'Too many items requested for the BatchWriteItem call',
  });
  await expect(write([put(1), put(1)])).rejects.toMatchObject({
    message: 'Provided list of item keys contains duplicates',
  });
  await write([{ DeleteRequest: { Key: order('a', 3) } }, put(30)]);
  const get = (count: number) => {
    const Keys = Array.from({ length: count }, (_, number) => order('a', number));
    return client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } }));
  };
  const { Responses, UnprocessedKeys } = await get(100);
  expect([Responses?.[TableName]?.length, UnprocessedKeys]).toEqual([25, {}]);
  await expect(get(101)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a batch of more than 16 MB leaves keys unprocessed', async () => {
  const { client } = await begin();
  const filler = { S: 'x'.repeat(399_000) };
  const Keys = Array.from({ length: 50 }, (_, number) => order('a', number));
  for (const Key of Keys) {
    await client.send(new PutItemCommand({ TableName, Item: { ...Key, filler } }));
  }
  const { Responses, UnprocessedKeys } = await client.send(
    new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } }),
  );
  const left = UnprocessedKeys?.[TableName]?.Keys ?? [];
  expect(Responses?.[TableName]).toHaveLength(42);
  expect(left).toEqual(Keys.slice(42));
});

test('a transaction happens whole or not at all, and once for a token', async () => {
  const { world, client } = await begin();
  await client.send(new PutItemCommand({ TableName, Item: order('a', 1, { stock: { N: '1' } }) }));
  const buy = (ClientRequestToken: string, number: number) =>
    new TransactWriteItemsCommand({
      ClientRequestToken,
      TransactItems: [
        { Put: { TableName, Item: order('b', number) } },
        {
          Update: {
            TableName,
            Key: order('a', 1),
            UpdateExpression: 'SET stock = stock - :one',
            ConditionExpression: 'stock >= :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    });
  await client.send(buy('first', 1));
  await client.send(buy('first', 1));
  await expect(client.send(buy('first', 2))).rejects.toBeInstanceOf(IdempotentParameterMismatchException);
  const failed = await client.send(buy('second', 2)).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(TransactionCanceledException);
  expect(failed).toMatchObject({
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
    CancellationReasons: [
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: order('a', 1, { stock: { N: '0' } }),
      },
    ],
  });
  const read = async () => {
    const gets = [order('a', 1), order('b', 1), order('b', 2)];
    const { Responses } = await client.send(
      new TransactGetItemsCommand({ TransactItems: gets.map((Key) => ({ Get: { TableName, Key } })) }),
    );
    return Responses?.map(({ Item }) => Item !== undefined);
  };
  expect(await read()).toEqual([true, true, false]);
  await world.advance({ minutes: 10 });
  // The token is forgotten: the call happens again, and there is nothing in stock.
  await expect(client.send(buy('first', 1))).rejects.toBeInstanceOf(TransactionCanceledException);
  const twice = [{ Delete: { TableName, Key: order('a', 1) } }, { Put: { TableName, Item: order('a', 1) } }];
  await expect(client.send(new TransactWriteItemsCommand({ TransactItems: twice }))).rejects.toMatchObject({
    message: 'Transaction request cannot include multiple operations on one item',
  });
});

test('capacity is told as AWS counts it: by size, consistency, index and transaction', async () => {
  const { client } = await begin();
  const asked = { TableName, ReturnConsumedCapacity: 'INDEXES' as const };
  const Item = order('a', 1, { state: { S: 'new' }, filler: { S: 'x'.repeat(5000) } });
  expect((await client.send(new PutItemCommand({ ...asked, Item }))).ConsumedCapacity).toEqual({
    TableName,
    CapacityUnits: 7,
    Table: { CapacityUnits: 5 },
    GlobalSecondaryIndexes: { 'by-state': { CapacityUnits: 1 } },
    LocalSecondaryIndexes: { 'by-customer-and-state': { CapacityUnits: 1 } },
  });
  const get = async (ConsistentRead: boolean) =>
    (await client.send(new GetItemCommand({ ...asked, Key: order('a', 1), ConsistentRead }))).ConsumedCapacity;
  expect([await get(false), await get(true)]).toMatchObject([{ CapacityUnits: 1 }, { CapacityUnits: 2 }]);
  const update = new UpdateItemCommand({
    ...asked,
    Key: order('a', 1),
    UpdateExpression: 'SET #s = :s',
    ExpressionAttributeNames: { '#s': 'state' },
    ExpressionAttributeValues: { ':s': { S: 'old' } },
  });
  // An entry of an index that moves is a deletion and a put.
  expect((await client.send(update)).ConsumedCapacity).toMatchObject({
    Table: { CapacityUnits: 5 },
    GlobalSecondaryIndexes: { 'by-state': { CapacityUnits: 2 } },
  });
  const transaction = await client.send(
    new TransactGetItemsCommand({
      ReturnConsumedCapacity: 'TOTAL',
      TransactItems: [{ Get: { TableName, Key: order('a', 1) } }],
    }),
  );
  expect(transaction.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 4, ReadCapacityUnits: 4 }]);
});

test('an index that is added later has the items that stand, and the table tells their number and size', async () => {
  const { client } = await begin();
  for (const number of [1, 2, 3]) {
    const Item = number === 3 ? order('a', number) : order('a', number, { kind: { S: 'x' } });
    await client.send(new PutItemCommand({ TableName, Item }));
  }
  await client.send(
    new UpdateTableCommand({
      TableName,
      AttributeDefinitions: [...(ORDERS.AttributeDefinitions ?? []), { AttributeName: 'kind', AttributeType: 'S' }],
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'by-kind',
            KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        },
      ],
    }),
  );
  const { Count } = await client.send(new ScanCommand({ TableName, IndexName: 'by-kind' }));
  expect(Count).toBe(2);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  // customer + a, number + a number of 2 bytes; twice kind + x.
  const bytes = 3 * (8 + 1 + 6 + 2) + 2 * (4 + 1);
  expect(Table).toMatchObject({ ItemCount: 3, TableSizeBytes: bytes });
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName, ItemCount }) => [IndexName, ItemCount])).toEqual([
    ['by-state', 0],
    ['by-kind', 2],
  ]);
});
