// Expressions of DynamoDB: what they ask, what they change, and what they are refused for.
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { World } from '@holdfast/engine';

const TableName = 'Things';
const Key = { id: { S: 'a' } };
const ITEM: Record<string, AttributeValue> = {
  ...Key,
  n: { N: '10' },
  s: { S: 'hällo' },
  b: { B: new Uint8Array([1, 2, 3]) },
  ss: { SS: ['x', 'y'] },
  ns: { NS: ['1', '2'] },
  l: { L: [{ S: 'zero' }, { N: '1' }, { M: { deep: { S: 'd' } } }] },
  m: { M: { k: { S: 'v' }, 'odd.name': { N: '5' } } },
  t: { BOOL: true },
  nil: { NULL: true },
};
const VALUES: Record<string, AttributeValue> = {
  ':10': { N: '1e1' },
  ':9': { N: '9' },
  ':11': { N: '11' },
  ':x': { S: 'x' },
  ':two': { N: '2.0' },
  ':head': { S: 'hä' },
  ':bytes': { B: new Uint8Array([1, 2]) },
  ':tail': { B: new Uint8Array([2, 3]) },
  ':S': { S: 'S' },
  ':M': { S: 'M' },
  ':true': { BOOL: true },
  ':set': { SS: ['y', 'x'] },
  ':map': { M: { deep: { S: 'd' } } },
  ':6': { N: '6' },
  ':list': { L: [{ S: 'end' }] },
  ':low': { S: 'a' },
};
const NAMES = { '#odd': 'odd.name', '#size': 'size', '#0': 's' };

let client: DynamoDBClient;

beforeEach(async () => {
  client = new World({ start: '2027-01-01T00:00:00Z', seed: 1 }).client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await client.send(new PutItemCommand({ TableName, Item: ITEM }));
});

/** Names and values that an expression uses, as others are refused. */
function used(expression: string, values = VALUES) {
  const of = <T>(all: Record<string, T>) => {
    const found = Object.entries(all).filter(([key]) => new RegExp(`${key}(?![\\w])`).test(expression));
    return found.length === 0 ? undefined : Object.fromEntries(found);
  };
  return { ExpressionAttributeNames: of(NAMES), ExpressionAttributeValues: of(values) };
}

// prettier-ignore
test.each([
  ['n = :10',                                           true],
  ['n <> :10',                                          false],
  ['absent <> :10',                                    true],
  ['absent = :10',                                     false],
  ['n > :9 AND n < :11',                                true],
  ['n > :11 OR n >= :10 AND NOT n <= :9',               true],
  ['(n > :11 OR n >= :10) AND n <= :9',                 false],
  ['not (n = :9 or n = :11)',                           true],
  ['n BETWEEN :9 AND :11',                              true],
  [':10 between n and n',                               true],
  ['n IN (:9, :11)',                                    false],
  ['n in (:9, :10, :11)',                               true],
  ['s > n',                                             false],
  ['attribute_exists(m.k)',                             true],
  ['attribute_exists(m.k.k)',                           false],
  ['attribute_exists(l[2].deep)',                       true],
  ['attribute_not_exists(l[3])',                        true],
  ['attribute_not_exists(toString)',                 true],
  ['attribute_type(s, :S)',                             true],
  ['attribute_type(s, :M)',                             false],
  ['begins_with(#0, :head)',                              true],
  ['begins_with(b, :bytes)',                            true],
  ['begins_with(b, :tail)',                             false],
  ['contains(b, :tail)',                                true],
  ['contains(ss, :x)',                                  true],
  ['contains(ns, :two)',                                true],
  ['contains(l, :map)',                                 true],
  ['contains(s, :x)',                                   false],
  ['size(s) = :6',                                      true],
  ['size(l) < size(s)',                                 true],
  ['size(n) > :9',                                      false],
  ['t = :true',                                         true],
  ['ss = :set',                                         true],
  ['m.#odd < :6',                                       true],
  ['((((((((((((((((n = :10 OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9) OR n = :9)', true],
])('%s is %s of the item', async (FilterExpression, holds) => {
  const { Count } = await client.send(new ScanCommand({ TableName, FilterExpression, ...used(FilterExpression) }));
  expect(Count === 1).toBe(holds);
});

// prettier-ignore
test.each([
  ['SET n = n + :11',                         { n: { N: '21' } }],
  ['SET n = :9 - n, s = s',                   { n: { N: '-1' } }],
  ['SET x = if_not_exists(x, :9) + :11',      { x: { N: '20' } }],
  ['SET x = n, n = :9',                       { x: { N: '10' }, n: { N: '9' } }],
  ['SET l = list_append(l, :list)',           { l: { L: [...(ITEM['l']?.L ?? []), { S: 'end' }] } }],
  ['SET l[1] = :x, l[9] = :9',                { l: { L: [{ S: 'zero' }, { S: 'x' }, ITEM['l']?.L?.[2] as AttributeValue, { N: '9' }] } }],
  ['SET m.#odd = :x',                         { m: { M: { k: { S: 'v' }, 'odd.name': { S: 'x' } } } }],
  ['SET l[2].more = :x',                      { l: { L: [{ S: 'zero' }, { N: '1' }, { M: { deep: { S: 'd' }, more: { S: 'x' } } }] } }],
  ['REMOVE l[0], l[1]',                       { l: { L: [{ M: { deep: { S: 'd' } } }] } }],
  ['REMOVE t, absent, m.k',                  { t: undefined, m: { M: { 'odd.name': { N: '5' } } } }],
  ['ADD n :9, x :9',                          { n: { N: '19' }, x: { N: '9' } }],
  ['ADD ss :set DELETE ns :nine',             { ss: { SS: ['x', 'y'] } }],
  ['DELETE ss :set',                          { ss: undefined }],
  ['set x = :9 remove n add y :9 delete ss :some', { x: { N: '9' }, n: undefined, y: { N: '9' }, ss: { SS: ['y'] } }],
])('%s', async (UpdateExpression, changed) => {
  const values = { ...VALUES, ':nine': { NS: ['9'] }, ':some': { SS: ['x'] } };
  const { Attributes } = await client.send(
    new UpdateItemCommand({ TableName, Key, UpdateExpression, ReturnValues: 'ALL_NEW', ...used(UpdateExpression, values) }),
  );
  const expected = Object.fromEntries(Object.entries({ ...ITEM, ...changed }).filter(([, value]) => value !== undefined));
  expect(Attributes).toEqual(expected);
  expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(expected);
});

test('what an update returns is what it touched, before or after', async () => {
  const update = (ReturnValues: 'UPDATED_OLD' | 'UPDATED_NEW') =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET m.k = :x, fresh = :x',
        ExpressionAttributeValues: { ':x': { S: 'x' } },
        ReturnValues,
      }),
    );
  expect((await update('UPDATED_OLD')).Attributes).toEqual({ m: { M: { k: { S: 'v' } } } });
  expect((await update('UPDATED_NEW')).Attributes).toEqual({ m: { M: { k: { S: 'x' } } }, fresh: { S: 'x' } });
});

// prettier-ignore
test.each([
  ['n = ',                     'Invalid FilterExpression: Syntax error; token: "<EOF>", near: "="'],
  ['n = = :10',                'Invalid FilterExpression: Syntax error; token: "=", near: "= = :10"'],
  ['n ! :10',                  'Invalid FilterExpression: Syntax error; token: "!", near: "n!"'],
  ['',                         'Invalid FilterExpression: The expression can not be empty;'],
  ['size = :10',               'Invalid FilterExpression: Attribute name is a reserved keyword; reserved keyword: size'],
  ['(n) = :10',                'Invalid FilterExpression: The expression has redundant parentheses;'],
  ['((n = :10))',              'Invalid FilterExpression: The expression has redundant parentheses;'],
  ['unknown(n)',               'Invalid FilterExpression: Invalid function name; function: unknown'],
  ['size(n)',                  'Invalid FilterExpression: The function is not allowed to be used this way in an expression; function: size'],
  ['contains(n) ',             'Invalid FilterExpression: Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1'],
  ['begins_with(s, :10)',      'Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N'],
  ['n < :true',                'Invalid FilterExpression: Incorrect operand type for operator or function; operator: <, operand type: BOOL'],
  ['attribute_exists(:10)',    'Invalid FilterExpression: Operator or function requires a document path; operator or function: attribute_exists'],
  ['n = n',                    'Invalid FilterExpression: The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]'],
  ['n BETWEEN :11 AND :9',     'Invalid FilterExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:11}, upper bound operand: AttributeValue: {N:9}'],
  ['n = :none',                'Invalid FilterExpression: An expression attribute value used in expression is not defined; attribute value: :none'],
  ['#none = :10',              'Invalid FilterExpression: An expression attribute name used in the document path is not defined; attribute name: #none'],
  ['id.x = :10',               "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: id"],
])('fails for the filter %s', async (FilterExpression, message) => {
  const scan = client.send(new ScanCommand({ TableName, FilterExpression, ...used(FilterExpression) }));
  await expect(scan).rejects.toMatchObject({ name: 'ValidationException', message });
});

// prettier-ignore
test.each([
  ['SET id = :x',                      'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key'],
  ['SET n = :9 SET s = :x',            'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;'],
  ['SET n = :9, n = :11',              'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], path two: [n]'],
  ['SET m.k = :9, m[0] = :9',          'Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [m, k], path two: [m, [0]]'],
  ['SET n = absent',                  'The provided expression refers to an attribute that does not exist in the item'],
  ['SET n = s + :9',                   'An operand in the update expression has an incorrect data type'],
  ['SET absent.k = :9',               'The document path provided in the update expression is invalid for update'],
  ['SET n = n + :x',                   'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S'],
  ['ADD n :x',                         'Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING'],
  ['ADD s :9',                         'An operand in the update expression has an incorrect data type'],
  ['REMOVE',                           'Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "REMOVE"'],
])('fails for the update %s, and changes nothing', async (UpdateExpression, message) => {
  const update = new UpdateItemCommand({ TableName, Key, UpdateExpression, ...used(UpdateExpression) });
  await expect(client.send(update)).rejects.toMatchObject({ name: 'ValidationException', message });
  expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(ITEM);
});

// prettier-ignore
test.each([
  ['id > :x',                    'Query key condition not supported'],
  ['n = :x',                     'Query condition missed key schema element: id'],
  ['id = :10',                   'One or more parameter values were invalid: Condition parameter type does not match schema type'],
  ['id <> :x',                   'Invalid operator used in KeyConditionExpression: <>'],
  ['id = :x OR id = :S',         'Invalid operator used in KeyConditionExpression: OR'],
  ['contains(id, :x)',           'Invalid operator used in KeyConditionExpression: contains'],
  ['size(id) = :10',             'KeyConditionExpressions cannot contain nested operations'],
  ['id = :x AND id = :S',        'KeyConditionExpressions must only contain one condition per key'],
])('fails for the key condition %s', async (KeyConditionExpression, message) => {
  const query = new QueryCommand({ TableName, KeyConditionExpression, ...used(KeyConditionExpression) });
  await expect(client.send(query)).rejects.toMatchObject({ name: 'ValidationException', message });
});

/** A list within a list, so many deep. */
function nested(depth: number): AttributeValue {
  return depth === 0 ? { S: 'x' } : { L: [nested(depth - 1)] };
}

// prettier-ignore
test.each<[string, Record<string, AttributeValue>, string | undefined]>([
  ['a number of 38 digits',       { v: { N: '1'.repeat(38) } },      undefined],
  ['a number of 39 digits',       { v: { N: '1'.repeat(39) } },      'Attempting to store more than 38 significant digits in a Number'],
  ['a number of 1E125',           { v: { N: '9E125' } },             undefined],
  ['a number of 1E126',           { v: { N: '1E126' } },             'Number overflow. Attempting to store a number with magnitude larger than supported range'],
  ['a number of 1E-130',          { v: { N: '1E-130' } },            undefined],
  ['a number of 1E-131',          { v: { N: '1E-131' } },            'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
  ['a number that is none',       { v: { N: 'one' } },               'The parameter cannot be converted to a numeric value: one'],
  ['an empty text',               { v: { S: '' } },                  undefined],
  ['an empty key',                { id: { S: '' } },                 'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id'],
  ['a key of 2,048 bytes',        { id: { S: 'ä'.repeat(1024) } },   undefined],
  ['a key of 2,049 bytes',        { id: { S: `${'ä'.repeat(1024)}x` } }, 'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes'],
  ['a key of another type',       { id: { N: '1' } },                'One or more parameter values were invalid: Type mismatch for key id expected: S actual: N'],
  ['no key',                      { id: undefined as never },        'One or more parameter values were invalid: Missing the key id in the item'],
  ['an empty set',                { v: { SS: [] } },                 'One or more parameter values were invalid: An string set  may not be empty'],
  ['one number twice',            { v: { NS: ['1', '1.0'] } },       'Input collection contains duplicates'],
  ['null that is false',          { v: { NULL: false } },            'One or more parameter values were invalid: Null attribute value types must have the value of true'],
  ['409,600 bytes',               { v: { S: 'x'.repeat(409_600 - 4) } }, undefined],
  ['409,601 bytes',               { v: { S: 'x'.repeat(409_600 - 3) } }, 'Item size has exceeded the maximum allowed size'],
  ['a depth of 32',               { v: nested(31) },                 undefined],
  ['a depth of 33',               { v: nested(32) },                 'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit'],
])('an item with %s', async (_what, attributes, message) => {
  const put = client.send(new PutItemCommand({ TableName, Item: { ...Key, ...attributes } }));
  await (message === undefined ? put : expect(put).rejects.toMatchObject({ name: 'ValidationException', message }));
});

test('fails for names and values that no expression uses, and for members that are missing', async () => {
  const scan = new ScanCommand({
    TableName,
    FilterExpression: 'n = :a',
    ExpressionAttributeValues: { ':a': { N: '1' }, ':b': { N: '1' } },
  });
  await expect(client.send(scan)).rejects.toMatchObject({
    message: 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}',
  });
  const mixed = new ScanCommand({ TableName, FilterExpression: 'n = :a', AttributesToGet: ['n'] });
  await expect(client.send(mixed)).rejects.toMatchObject({
    message:
      'Can not use both expression and non-expression parameters in the same request: ' +
      'Non-expression parameters: {AttributesToGet} Expression parameters: {FilterExpression}',
  });
  await expect(client.send(new GetItemCommand({ TableName, Key: undefined }))).rejects.toMatchObject({
    message: "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null",
  });
});

test('conditions and updates in the form from before expressions do what they did', async () => {
  const condition = { ComparisonOperator: 'BETWEEN' as const, AttributeValueList: [{ N: '9' }, { N: '10' }] };
  const scan = async (ScanFilter: Record<string, object>, ConditionalOperator?: 'OR') =>
    (await client.send(new ScanCommand({ TableName, ScanFilter: ScanFilter as never, ConditionalOperator }))).Count;
  expect(await scan({ n: condition })).toBe(1);
  expect(await scan({ n: { ComparisonOperator: 'LT', AttributeValueList: [{ N: '10' }] } })).toBe(0);
  const missing = { ComparisonOperator: 'NULL' };
  expect([await scan({ n: condition, s: missing }), await scan({ n: condition, s: missing }, 'OR')]).toEqual([0, 1]);
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'a' }] } },
      AttributesToGet: ['n'],
    }),
  );
  expect(Items).toEqual([{ n: { N: '10' } }]);
  const { Attributes } = await client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      AttributeUpdates: {
        n: { Action: 'ADD', Value: { N: '5' } },
        ss: { Action: 'DELETE', Value: { SS: ['x'] } },
        s: { Action: 'DELETE' },
        l: { Action: 'ADD', Value: { L: [{ S: 'end' }] } },
      },
      ReturnValues: 'ALL_NEW',
    }),
  );
  expect(Attributes).toMatchObject({ n: { N: '15' }, ss: { SS: ['y'] } });
  expect([Attributes?.['s'], Attributes?.['l']?.L?.length]).toEqual([undefined, 4]);
});
