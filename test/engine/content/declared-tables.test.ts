import { DescribeTableCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { World } from '../../../engine/src/testing/world';

const KEYS = [
  { AttributeName: 'customer', KeyType: 'HASH' },
  { AttributeName: 'order', KeyType: 'RANGE' },
];
const INDEX = {
  IndexName: 'byDay',
  KeySchema: [{ AttributeName: 'day', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['total'] },
};

const FORMS = [
  [
    'CloudFormation',
    {
      Resources: {
        Orders: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            TableName: 'orders',
            BillingMode: 'PAY_PER_REQUEST',
            AttributeDefinitions: ['order', 'customer', 'day'].map((AttributeName) => ({
              AttributeName,
              AttributeType: 'S',
            })),
            KeySchema: KEYS,
            GlobalSecondaryIndexes: [INDEX],
            TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
          },
        },
      },
    },
  ],
  [
    'Terraform',
    {
      resource: {
        aws_dynamodb_table: {
          orders: {
            name: 'orders',
            billing_mode: 'PAY_PER_REQUEST',
            hash_key: 'customer',
            range_key: 'order',
            attribute: ['customer', 'order', 'day'].map((name) => ({ name, type: 'S' })),
            global_secondary_index: [
              { name: 'byDay', hash_key: 'day', projection_type: 'INCLUDE', non_key_attributes: ['total'] },
            ],
            ttl: [{ attribute_name: 'until', enabled: true }],
          },
        },
      },
    },
  ],
] as const;

test.each(FORMS)('a table that %s declares is the one that its clients were written for', async (...[, artifact]) => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  await world.deploy(artifact);
  const client = world.client(DynamoDBClient);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
  expect(Table).toMatchObject({ KeySchema: KEYS, GlobalSecondaryIndexes: [INDEX] });
  const item = (order: string, until: string) => ({
    customer: { S: 'c' },
    order: { S: order },
    day: { S: 'monday' },
    total: { N: '1' },
    until: { N: until },
  });
  const soon = `${Date.parse('2027-01-02T00:00:00Z') / 1000}`;
  await client.send(new PutItemCommand({ TableName: 'orders', Item: item('1', soon) }));
  await client.send(new PutItemCommand({ TableName: 'orders', Item: item('2', '9999999999') }));
  const query = new QueryCommand({
    TableName: 'orders',
    IndexName: 'byDay',
    KeyConditionExpression: '#d = :d',
    ExpressionAttributeNames: { '#d': 'day' },
    ExpressionAttributeValues: { ':d': { S: 'monday' } },
  });
  expect((await client.send(query)).Count).toBe(2);
  await world.advance({ days: 5 });
  expect((await client.send(query)).Items).toMatchObject([{ order: { S: '2' } }]);
});
