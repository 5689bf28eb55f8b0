// Who may touch which items and attributes of a table, over a socket, with the real SDK: principals x operations x keys of conditions.
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';

const [ACCOUNT, REGION] = ['111111111111', 'eu-central-1'];
const TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/Orders`;

let front: HttpFront;
const clients: Record<string, DynamoDBClient> = {};

const ROOT = { accessKeyId: ACCOUNT, secretAccessKey: 'holdfast' };
const configOf = (credentials: { accessKeyId: string; secretAccessKey: string }) => ({
  region: REGION,
  endpoint: front.url,
  maxAttempts: 1,
  credentials,
});

const ITEM_ACTIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'ConditionCheckItem',
];
const allow = (Condition: object, more: object = {}) => ({
  Effect: 'Allow',
  Action: ITEM_ACTIONS.map((name) => `dynamodb:${name}`),
  Resource: [TABLE, `${TABLE}/index/*`],
  Condition,
  ...more,
});
const LIST = 'ForAllValues:StringEquals';

/** What each may do, by the pages of AWS on fine-grained access control. */
const STATEMENTS: Readonly<Record<string, object[]>> = {
  anybody: [allow({})],
  owner: [allow({ [LIST]: { 'dynamodb:LeadingKeys': ['${aws:username}'] } })],
  'owner of some': [
    allow({ [LIST]: { 'dynamodb:LeadingKeys': ['owner of some'] }, Null: { 'dynamodb:LeadingKeys': 'false' } }),
  ],
  columns: [
    allow({
      [LIST]: { 'dynamodb:Attributes': ['customer', 'number', 'state'] },
      StringEqualsIfExists: {
        'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
        'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'],
      },
    }),
  ],
  counter: [allow({ StringEquals: { 'dynamodb:Select': 'COUNT' } }, { Action: 'dynamodb:Query' })],
  together: [allow({ StringEquals: { 'dynamodb:EnclosingOperation': ['TransactWriteItems', 'TransactGetItems'] } })],
  apart: [
    allow({}),
    { ...allow({ StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } }), Effect: 'Deny' },
  ],
  'table alone': [allow({}, { Resource: TABLE })],
  'index alone': [allow({}, { Resource: `${TABLE}/index/by-state` })],
  unmetered: [
    allow({}),
    { ...allow({ StringEquals: { 'dynamodb:ReturnConsumedCapacity': 'INDEXES' } }), Effect: 'Deny' },
  ],
};

beforeAll(async () => {
  const env = { partition: 'aws', account: ACCOUNT, region: REGION };
  const served = new ServedWorld({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0', enforceIam: true });
  front = await HttpFront.open(served);
  const iam = new IAMClient(configOf(ROOT));
  for (const [name, Statement] of Object.entries(STATEMENTS)) {
    const UserName = name.replaceAll(' ', '-');
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement }).replaceAll(
      `"${name}"`,
      `"${UserName}"`,
    );
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
    clients[name] = new DynamoDBClient(configOf({ accessKeyId, secretAccessKey }));
  }
  clients['root'] = new DynamoDBClient(configOf(ROOT));
  await clients['root'].send(
    new CreateTableCommand({
      TableName: 'Orders',
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
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  iam.destroy();
});

afterAll(async () => {
  Object.values(clients).forEach((client) => client.destroy());
  await front.close();
});

const TableName = 'Orders';
const keyOf = (customer: string) => ({ customer: { S: customer }, number: { N: '1' } });
const itemOf = (customer: string, more: object = {}) => ({ ...keyOf(customer), state: { S: 'new' }, ...more });
const ofCustomer = (customer: string) => ({
  TableName,
  KeyConditionExpression: 'customer = :c',
  ExpressionAttributeValues: { ':c': { S: customer } },
});
const NAMED = { ProjectionExpression: 'customer, #s', ExpressionAttributeNames: { '#s': 'state' } };
const SECRET = { card: { S: '4111' } };
const set = (name: string, more: object = {}) => ({
  TableName,
  Key: keyOf('owner'),
  UpdateExpression: 'SET #n = :v',
  ExpressionAttributeNames: { '#n': name },
  ExpressionAttributeValues: { ':v': { S: 'x' } },
  ...more,
});
const ofState = {
  TableName,
  IndexName: 'by-state',
  KeyConditionExpression: '#s = :s',
  ExpressionAttributeNames: { '#s': 'state' },
  ExpressionAttributeValues: { ':s': { S: 'owner' } },
};
const check = (customer: string) => ({
  ConditionCheck: { TableName, Key: keyOf(customer), ConditionExpression: 'attribute_not_exists(gone)' },
});

type Command = Parameters<DynamoDBClient['send']>[0];
const CALLS: Readonly<Record<string, () => object>> = {
  'get own': () => new GetItemCommand({ TableName, Key: keyOf('owner') }),
  'get other': () => new GetItemCommand({ TableName, Key: keyOf('other') }),
  'get some attributes': () => new GetItemCommand({ TableName, Key: keyOf('owner'), ...NAMED }),
  'get a secret attribute': () =>
    new GetItemCommand({ TableName, Key: keyOf('owner'), ProjectionExpression: 'card.digits' }),
  'get in the old way': () => new GetItemCommand({ TableName, Key: keyOf('owner'), AttributesToGet: ['card'] }),
  'get both': () => new BatchGetItemCommand({ RequestItems: { Orders: { Keys: [keyOf('owner'), keyOf('other')] } } }),
  'get own in a batch': () => new BatchGetItemCommand({ RequestItems: { Orders: { Keys: [keyOf('owner')] } } }),
  'query own': () => new QueryCommand(ofCustomer('owner')),
  'query other': () => new QueryCommand(ofCustomer('other')),
  'query in the old way': () =>
    new QueryCommand({
      TableName,
      KeyConditions: { customer: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'other' }] } },
    }),
  'query some attributes': () => new QueryCommand({ ...ofCustomer('owner'), ...NAMED }),
  'query by a secret': () =>
    new QueryCommand({ ...ofCustomer('owner'), ...NAMED, FilterExpression: 'attribute_exists(card)' }),
  count: () => new QueryCommand({ ...ofCustomer('owner'), Select: 'COUNT' }),
  'query the index': () => new QueryCommand(ofState),
  scan: () => new ScanCommand({ TableName }),
  'scan the index': () => new ScanCommand({ TableName, IndexName: 'by-state' }),
  'put own': () => new PutItemCommand({ TableName, Item: itemOf('owner') }),
  'put other': () => new PutItemCommand({ TableName, Item: itemOf('other') }),
  'put a secret': () => new PutItemCommand({ TableName, Item: itemOf('owner', SECRET) }),
  'put and see the old': () => new PutItemCommand({ TableName, Item: itemOf('owner'), ReturnValues: 'ALL_OLD' }),
  'put if no secret': () =>
    new PutItemCommand({
      TableName,
      Item: itemOf('owner'),
      ConditionExpression: 'attribute_not_exists(card) OR attribute_exists(card)',
    }),
  'put measured': () => new PutItemCommand({ TableName, Item: itemOf('owner'), ReturnConsumedCapacity: 'INDEXES' }),
  'update the state': () => new UpdateItemCommand(set('state')),
  'update and see it': () => new UpdateItemCommand(set('state', { ReturnValues: 'UPDATED_NEW' })),
  'update and see all': () => new UpdateItemCommand(set('state', { ReturnValues: 'ALL_NEW' })),
  'update a secret': () => new UpdateItemCommand(set('card')),
  'update in the old way': () =>
    new UpdateItemCommand({ TableName, Key: keyOf('owner'), AttributeUpdates: { card: { Value: { S: 'x' } } } }),
  'delete own': () => new DeleteItemCommand({ TableName, Key: keyOf('owner') }),
  'delete other': () => new DeleteItemCommand({ TableName, Key: keyOf('other') }),
  'write own in a batch': () =>
    new BatchWriteItemCommand({ RequestItems: { Orders: [{ PutRequest: { Item: itemOf('owner') } }] } }),
  'write both': () =>
    new BatchWriteItemCommand({
      RequestItems: { Orders: [{ PutRequest: { Item: itemOf('owner') } }, { DeleteRequest: { Key: keyOf('other') } }] },
    }),
  'transact own': () =>
    new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: itemOf('owner') } }] }),
  'transact with other': () =>
    new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: itemOf('owner') } }, check('other')] }),
  'get in a transaction': () =>
    new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: keyOf('owner') } }] }),
};

// prettier-ignore
const VERDICTS: readonly (readonly [who: string, allowed: readonly string[]])[] = [
  ['root',          Object.keys(CALLS)],
  ['anybody',       Object.keys(CALLS)],
  // ForAllValues holds where there is no key at all: that a scan passes is what the pages of AWS warn of.
  ['owner',         ['get own', 'get some attributes', 'get a secret attribute', 'get in the old way', 'get own in a batch', 'query own', 'query some attributes',
                     'query by a secret', 'count', 'query the index', 'scan', 'scan the index', 'put own', 'put a secret', 'put and see the old', 'put if no secret',
                     'put measured', 'update the state', 'update and see it', 'update and see all', 'update a secret', 'update in the old way', 'delete own',
                     'write own in a batch', 'transact own', 'get in a transaction']],
  ['owner of some', []],
  ['columns',       ['get some attributes', 'query some attributes', 'put own', 'put measured', 'put other', 'update the state', 'update and see it', 'delete own', 'delete other',
                     'write own in a batch', 'write both', 'transact own']],
  ['counter',       ['count']],
  // A check alone does not carry the transaction that it is in.
  ['together',      ['transact own', 'get in a transaction']],
  ['apart',         Object.keys(CALLS).filter((call) => !call.startsWith('transact'))],
  ['table alone',   Object.keys(CALLS).filter((call) => !call.endsWith('the index'))],
  ['index alone',   ['query the index', 'scan the index']],
  ['unmetered',     Object.keys(CALLS).filter((call) => call !== 'put measured')],
];

const TABLE_OF_VERDICTS = VERDICTS.flatMap(([who, allowed]) =>
  Object.keys(CALLS).map((call) => [who, call, allowed.includes(call) ? 'allowed' : 'AccessDeniedException'] as const),
);

test.each(TABLE_OF_VERDICTS)('%s may %s: %s', async (who, call, expected) => {
  const client = clients[who] as DynamoDBClient;
  const said = await client.send(CALLS[call]?.() as Command).then(
    () => 'allowed',
    (error: Error) => error.name,
  );
  expect(said).toBe(expected);
});

test('a denial of a transaction names the action of the item, and nothing of it is done', async () => {
  const { root, owner } = clients as Record<string, DynamoDBClient>;
  await root?.send(new DeleteItemCommand({ TableName, Key: keyOf('owner') }));
  const call = owner?.send(CALLS['transact with other']?.() as Command);
  await expect(call).rejects.toThrow(
    `User: arn:aws:iam::${ACCOUNT}:user/owner is not authorized to perform: dynamodb:ConditionCheckItem on resource: ${TABLE}`,
  );
  const { Item } = (await root?.send(new GetItemCommand({ TableName, Key: keyOf('owner') }))) ?? {};
  expect(Item).toBeUndefined();
});
