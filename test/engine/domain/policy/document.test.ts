import { documentOf } from '../../../../engine/src/domain/policy/document';
import type { PolicyType } from '../../../../engine/src/domain/policy/policies';

const RIGHT = { Effect: 'Allow', Action: 'backup:*', Resource: '*' };

// prettier-ignore
test.each<[place: string, statement: unknown, type?: PolicyType]>([
  ['Statement[0]',                       'Allow'],
  ['Statement[0].Effect',                { ...RIGHT, Effect: 'allow' }],
  ['Statement[0].Effects',               { ...RIGHT, Effects: 'Allow' }],
  ['Statement[0].Sid',                   { ...RIGHT, Sid: 1 }],
  ['Statement[0].Action',                { ...RIGHT, Action: 'DeleteRecoveryPoint' }],
  ['Statement[0].Action',                { ...RIGHT, NotAction: 's3:*' }],
  ['Statement[0].Action',                { Effect: 'Allow', Resource: '*' }],
  ['Statement[0].Resource',              { ...RIGHT, Resource: ['*', 'vault'] }],
  ['Statement[0].Resource',              { ...RIGHT, NotResource: '*' }],
  ['Statement[0].Resource',              { Effect: 'Allow', Action: '*' }],
  ['Statement[0].Resource',              { ...RIGHT, Principal: '*' }, 'trust'],
  ['Statement[0].Principal',             { ...RIGHT, Principal: '*' }],
  ['Statement[0].NotPrincipal',          { ...RIGHT, NotPrincipal: '*' }, 'service-control'],
  ['Statement[0].Principal',             RIGHT, 'resource'],
  ['Statement[0].Principal.AWS',         { ...RIGHT, Principal: { AWS: 'Operator' } }, 'resource'],
  ['Statement[0].Principal.Role',        { ...RIGHT, Principal: { Role: 'Operator' } }, 'key'],
  ['Statement[0].Condition',             { ...RIGHT, Condition: 'Bool' }],
  ['Statement[0].Condition.StringIs',    { ...RIGHT, Condition: { StringIs: { 'aws:userid': 'a' } } }],
  ['Statement[0].Condition.NullIfExists', { ...RIGHT, Condition: { NullIfExists: { 'aws:userid': 'true' } } }],
  ['Statement[0].Condition.Bool.aws:userid', { ...RIGHT, Condition: { Bool: { 'aws:userid': { a: 1 } } } }],
])('fails at %s', (place, statement, type = 'identity') => {
  const { faults } = documentOf({ name: 'p', document: { Version: '2012-10-17', Statement: [statement] } }, type);
  expect(faults.map((fault) => fault.place)).toEqual([place]);
});

test.each([
  ['', '{"Statement": ['],
  ['', []],
  ['', null],
  ['Version', { Version: '2012-10-18', Statement: [] }],
  ['Statement', { Version: '2012-10-17' }],
  ['Statements', { Statement: [], Statements: [] }],
])('fails at the place %s of a document', (place, document) => {
  expect(documentOf({ name: 'p', document }, 'identity').faults.map((fault) => fault.place)).toEqual([place]);
});

test('a document that is right has no faults, as text and as an object, with one statement or many', () => {
  for (const document of [{ Statement: RIGHT }, { Version: '2008-10-17', Id: 'x', Statement: [RIGHT, RIGHT] }]) {
    for (const form of [document, JSON.stringify(document)]) {
      expect(documentOf({ name: 'p', document: form }, 'identity').faults).toEqual([]);
    }
  }
});

// prettier-ignore
test.each<[message: string, statement: object, type?: PolicyType]>([
  ['must be one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition', { ...RIGHT, Effects: 1 }],
  ['must be an account, an ARN or *, got "Operator"',            { ...RIGHT, Principal: { AWS: ['*', 'Operator'] } }, 'resource'],
  ['must be an account, an ARN or *, got 111122223333',          { ...RIGHT, Principal: { AWS: 111122223333 } }, 'resource'],
  ['must be a text, got ""',                                     { ...RIGHT, Principal: { Service: '' } }, 'resource'],
  [`must be an account, an ARN or *, got "${'x'.repeat(79)}`,      { ...RIGHT, Principal: { AWS: ['x'.repeat(99)] } }, 'resource'],
  ['must be * or an object, got ["*"]',                          { ...RIGHT, Principal: ['*'] }, 'resource'],
  ['must be an ARN or *, got null',                              { ...RIGHT, Resource: [null] }],
  ['must be service:action, got ["*"]',                          { ...RIGHT, Action: [['*']] }],
  ['must be an operator such as StringEquals, StringNotEquals, StringEqualsIgnoreCase', { ...RIGHT, Condition: { StringIs: {} } }],
  ['must be an object of keys and values, got "true"',           { ...RIGHT, Condition: { Bool: 'true' } }],
  ['must be texts, numbers or booleans, got null',               { ...RIGHT, Condition: { Bool: { k: [true, null] } } }],
  ['must be there, or NotResource, and not both',                { ...RIGHT, Principal: '*', Resource: undefined }, 'resource-control'],
  ['must not be there: a trust policy is about its role',        { Effect: 'Allow', Action: '*', Principal: '*', NotResource: '*' }, 'trust'],
])('says: %s', (message, statement, type = 'identity') => {
  const { faults } = documentOf({ name: 'p', document: { Statement: statement } }, type);
  expect(faults.map((fault) => fault.message)).toEqual([message]);
});

const circle: unknown[] = [];
circle.push(circle);

test.each<[message: string, document: unknown]>([
  ['must be an object, got undefined', undefined],
  ['must be an object, got object', circle],
  [`must be an object, got "${'x'.repeat(79)}`, JSON.stringify('x'.repeat(200))],
  ['must be JSON: ', '{'],
])('a document of which it says %p has no statements', (message, document) => {
  const { statements, faults } = documentOf({ name: 'p', document }, 'identity');
  expect(statements).toEqual([]);
  expect(faults.map((fault) => fault.message)).toEqual([expect.stringMatching(new RegExp(`^${message}`))]);
});

test('statements are read with their labels, whom they mean, and values as texts', () => {
  const Condition = { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { k: [5, '6'] } };
  const document = {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'One', ...RIGHT, Principal: { Service: 'backup.amazonaws.com', AWS: ['111122223333'], Federated: 'x' } },
      { Sid: '', Effect: 'Deny', NotAction: ['s3:*'], NotPrincipal: '*', Condition },
    ],
  };
  const read = documentOf({ name: 'p', document }, 'resource');
  expect([read.variables, read.faults]).toEqual([true, []]);
  expect(read.statements).toMatchObject([
    {
      label: 'One',
      effect: 'Allow',
      principal: { not: false, named: { AWS: ['111122223333'], Service: ['backup.amazonaws.com'] } },
      action: { not: false, values: ['backup:*'] },
    },
    {
      label: 'Statement[1]',
      effect: 'Deny',
      principal: { not: true, named: { AWS: ['*'], Service: [] } },
      action: { not: true, values: ['s3:*'] },
      resource: undefined,
      conditions: [
        { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
        { operator: 'NumericLessThan', key: 'k', values: ['5', '6'] },
      ],
    },
  ]);
});

// prettier-ignore
test.each<[statement: object, AWS: string[]]>([
  [{ ...RIGHT },                         []],
  [{ ...RIGHT, Principal: 5 },           []],
  [{ ...RIGHT, Principal: { AWS: 'x' } }, []],
  [{ ...RIGHT, Principal: {} },          []],
  [{ ...RIGHT, Principal: '*' },         ['*']],
])('%j means whom it names, and nobody where it cannot be read', (statement, AWS) => {
  const [read] = documentOf({ name: 'p', document: { Statement: statement } }, 'resource').statements;
  expect(read?.principal).toMatchObject({ not: false, named: { AWS, Service: [] } });
  expect(read?.label).toBe('Statement[0]');
});

test('a Sid that is no text is no label', () => {
  const [read] = documentOf({ name: 'p', document: { Statement: { ...RIGHT, Sid: 5 } } }, 'identity').statements;
  expect(read?.label).toBe('Statement[0]');
});
