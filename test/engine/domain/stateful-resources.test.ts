// What readers of artifacts make of a resource that holds data: its name, its ARN, its declaration.
import {
  arnOf,
  distinctSeeds,
  generatedName,
  isIdGenerated,
  physicalName,
  seedText,
  statefulResource,
} from '../../../engine/src/domain/stateful-resources';
import { CMK, ENV } from '../scenarios/stage';

test('seeds that read alike are numbered from the second on', () => {
  expect(distinctSeeds(['a', 'b', 'a', 'a', 'b'])).toEqual(['a', 'b', 'a#2', 'a#3', 'b#2']);
});

// prettier-ignore
test.each([
  [{ name: 'n', nameTag: 't', address: 'a' },              'n'],
  [{ name: undefined, nameTag: 't', address: 'a' },        't'],
  [{ name: undefined, nameTag: undefined, address: 'a' },  'a'],
])('an id is keyed by %j: %s', (seed, text) => {
  expect(seedText(seed)).toBe(text);
});

// prettier-ignore
test.each([
  ['Orders',                'orders'],
  ['my  big__table',        'my-big-table'],
  ['12-orders',             'orders'],
  ['orders--',              'orders'],
  ['a--b',                  'a-b'],
  ['...',                   'r'],
  ['',                      'r'],
  [`${'x'.repeat(45)}`,     'x'.repeat(40)],
])('a name that is made of %j begins with %s', (seed, legible) => {
  expect(generatedName('dynamodb', ENV, seed)).toMatch(new RegExp(`^${legible}-[0-9a-f]{12}$`));
});

describe('services that share a space of names', () => {
  test.each([
    ['fsx-lustre', 'fsx-windows'],
    ['fsx-windows', 'fsx-openzfs'],
    ['aurora', 'rds-multi-az-cluster'],
    ['documentdb', 'neptune'],
    ['dynamodb', 'dynamodb-advanced'],
  ])('%s and %s make one name of one seed', (one, other) => {
    expect(physicalName(one, ENV, undefined, 'seed')).toBe(physicalName(other, ENV, undefined, 'seed'));
  });

  test.each([
    ['ebs', 'ec2'],
    ['rds', 'aurora'],
    ['fsx-lustre', 'efs'],
    ['s3', 'dynamodb'],
  ])('%s and %s do not', (one, other) => {
    const digits = (service: string) => physicalName(service, ENV, undefined, 'seed').slice(-8);
    expect(digits(one)).not.toBe(digits(other));
  });

  test("the name is the author's where the service makes none", () => {
    expect(physicalName('dynamodb', ENV, 'Orders', 'seed')).toBe('Orders');
    expect(physicalName('ebs', ENV, 'Orders', 'seed')).toMatch(/^vol-[0-9a-f]{17}$/);
    expect([isIdGenerated('ebs'), isIdGenerated('dynamodb')]).toEqual([true, false]);
  });
});

// prettier-ignore
test.each<[Parameters<typeof arnOf>, RegExp]>([
  [['cloudformation', ENV, 'shop'],         /^arn:aws:cloudformation:eu-central-1:111122223333:stack\/shop\/[0-9a-f-]{36}$/],
  [['dynamodb', ENV, 'orders'],             /^arn:aws:dynamodb:eu-central-1:111122223333:table\/orders$/],
  [['fsx-ontap', ENV, 'fsvol-1', 'fs-1'],   /fs-1\/fsvol-1$/],
])('the ARN of %j is like %p', (given, expected) => {
  expect(arnOf(...given)).toMatch(expected);
});

describe('a declaration', () => {
  const facts = { service: 'efs', env: ENV, name: 'fs-1', declaredAt: 'here' };
  const bare = {
    arn: arnOf('efs', ENV, 'fs-1'),
    service: 'efs',
    resourceType: 'EFS',
    name: 'fs-1',
    env: ENV,
    declaredAt: 'here',
  };

  // prettier-ignore
  test.each([
    [{},                             {}],
    [{ tags: {} },                   {}],
    [{ tags: { a: 'b' } },           { tags: { a: 'b' } }],
    [{ sizeGiB: 0 },                 { sizeGiB: 0 }],
    [{ dailyChangePercent: 0 },      { dailyChangePercent: 0 }],
    [{ state: 'stopped' },           { state: 'stopped' }],
    [{ encryptionKey: CMK },         { encryptedWith: CMK }],
    [{ encryptionKey: 'alias/own' }, { encryptedWith: 'arn:aws:kms:eu-central-1:111122223333:alias/own' }],
    [{ windows: { automatedBackupDays: 7 } }, { automatedBackupDays: 7 }],
  ])('of %j has %j and nothing that is not known', (more, declared) => {
    expect(statefulResource({ ...facts, ...more })).toStrictEqual({ ...bare, ...declared });
  });
});
