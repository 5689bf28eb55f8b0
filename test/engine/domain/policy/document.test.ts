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
