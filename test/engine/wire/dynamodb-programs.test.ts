// The real AWS CLI and boto3 write and read items of a served World.
import { exercised, testWith } from '../../support/programs';
import { servedPrograms } from '../../support/served-programs';

const output = servedPrograms();

const SCRIPT = `
import boto3, json
from decimal import Decimal
from boto3.dynamodb.conditions import Attr, Key
resource = boto3.resource('dynamodb')
table = resource.create_table(TableName='Orders', BillingMode='PAY_PER_REQUEST',
    KeySchema=[{'AttributeName': 'id', 'KeyType': 'HASH'}, {'AttributeName': 'at', 'KeyType': 'RANGE'}],
    AttributeDefinitions=[{'AttributeName': 'id', 'AttributeType': 'S'}, {'AttributeName': 'at', 'AttributeType': 'N'}])
table.wait_until_exists()
with table.batch_writer() as batch:
    for at in range(60):
        batch.put_item(Item={'id': 'a', 'at': at, 'price': Decimal('1.10'), 'raw': b'\\x00\\xff', 'tags': {'x', 'y'}})
found = table.query(KeyConditionExpression=Key('id').eq('a') & Key('at').between(10, 19), FilterExpression=Attr('tags').contains('x'))
total = sum(item['price'] for item in found['Items'])
try:
    table.put_item(Item={'id': 'a', 'at': 1}, ConditionExpression=Attr('id').not_exists(), ReturnValuesOnConditionCheckFailure='ALL_OLD')
except resource.meta.client.exceptions.ConditionalCheckFailedException as error:
    held = error.response['Item']['price']
try:
    resource.meta.client.transact_write_items(TransactItems=[{'Delete': {'TableName': 'Orders', 'Key': {'id': 'a', 'at': 1}, 'ConditionExpression': 'price > :p', 'ExpressionAttributeValues': {':p': 5}}}])
except resource.meta.client.exceptions.TransactionCanceledException as error:
    reasons = [reason['Code'] for reason in error.response['CancellationReasons']]
print(json.dumps([found['Count'], str(total), found['Items'][0]['raw'].value.hex(), held, reasons, table.scan(Select='COUNT')['Count']], default=str))
`;

testWith('boto3', 'python3', ['-c', 'import boto3'])(
  'boto3 fills a table in batches, queries it, and reads what exceptions carry',
  async () => {
    exercised('boto3', 'items of dynamodb over a socket');
    expect(await output('python3', '-c', SCRIPT)).toEqual([
      10,
      '11.0',
      '00ff',
      { N: '1.1' },
      ['ConditionalCheckFailed'],
      60,
    ]);
  },
  120_000,
);

testWith('aws', 'aws')(
  'the AWS CLI pages through the items of a table',
  async () => {
    exercised('aws', 'items of dynamodb over a socket');
    const table = ['--table-name', 'Orders'];
    const keys = ['--key-schema', 'AttributeName=id,KeyType=HASH', '--billing-mode', 'PAY_PER_REQUEST'];
    const attributes = ['--attribute-definitions', 'AttributeName=id,AttributeType=S'];
    await output('aws', 'dynamodb', 'create-table', ...table, ...keys, ...attributes);
    const puts = ['a', 'b', 'c'].map((id) => ({ PutRequest: { Item: { id: { S: id }, n: { N: '1.0' } } } }));
    await output('aws', 'dynamodb', 'batch-write-item', '--request-items', JSON.stringify({ Orders: puts }));
    const scanned = await output('aws', 'dynamodb', 'scan', ...table, '--page-size', '1', '--consistent-read');
    expect(scanned).toMatchObject({ Count: 3, Items: [{ n: { N: '1' } }, {}, {}] });
  },
  120_000,
);
