// What a restore is told, and what it makes of it.
import { RestoreMetadata } from '@holdfast/model';
import { keyFault, metadataFault, storedMetadata, targetOf, timeFault } from '../../../engine/src/domain/restore-job';
import { DAY, parseInstant } from '../../../engine/src/kernel/instant';
import { ENV, resource } from '../scenarios/stage';

const KEY = { kind: 'restored', names: ['a'], at: 0 };
const IRELAND = { account: '444455556666', region: 'eu-west-1' };

function target(service: string, name: string, metadata: Record<string, string>, place = IRELAND) {
  return targetOf(resource(service, name), place, metadata, 1, KEY);
}

describe('what a restore makes', () => {
  // prettier-ignore
  test.each<[string, string, string, Record<string, string>, string, boolean]>([
    ['a table of that name, in that place',      'dynamodb', 'orders',        { targetTableName: 'again' },                           'arn:aws:dynamodb:eu-west-1:444455556666:table/again', false],
    ['a bucket, whose ARN names no place',       's3',       'docs',          { DestinationBucketName: 'other' },                     'arn:aws:s3:::other',                                  true],
    ['the file system that was backed up',       'efs',      'fs-0123',       { newFileSystem: 'FALSE', 'file-system-id': 'fs-0123' }, 'arn:aws:elasticfilesystem:eu-west-1:444455556666:file-system/fs-0123', true],
    ['a cluster that may be there',              'eks',      'prod',          { clusterName: 'again' },                               'arn:aws:eks:eu-west-1:444455556666:cluster/again',    true],
    ['a database of that name',                  'rds',      'db',            { DBInstanceIdentifier: 'new', newFileSystem: 'false' }, 'arn:aws:rds:eu-west-1:444455556666:db:new',           false],
  ])('is %s (B8/3)', (_, service, name, metadata, arn, inPlace) => {
    expect(target(service, name, metadata)).toEqual({ arn, name: arn.split(/[:/]/).at(-1), inPlace });
  });

  test('gets an id of its own kind where none is given, another for each restore (B8/3)', () => {
    const volume = target('ebs', 'vol-0123456789abcdef0', {});
    expect(volume.arn).toMatch(/^arn:aws:ec2:eu-west-1:444455556666:volume\/vol-[0-9a-f]{17}$/);
    expect(volume.inPlace).toBe(false);
    expect(target('efs', 'fs-0123', { newFileSystem: 'true' }).name).toMatch(/^fs-[0-9a-f]{17}$/);
    expect(target('efs', 'fs-0123', {}).name).toMatch(/^fs-[0-9a-f]{17}$/);
    const other = targetOf(resource('ebs', 'vol-0123456789abcdef0'), IRELAND, {}, 1, { ...KEY, names: ['b'] });
    expect(other.name).not.toBe(volume.name);
  });
});

describe('what a point holds to begin with (B8/2)', () => {
  // prettier-ignore
  test.each<[string, Record<string, string>]>([
    ['EFS',        { 'file-system-id': 'one', Encrypted: 'true' }],
    ['EBS',        { encrypted: 'true' }],
    ['RDS',        { DBInstanceIdentifier: 'one' }],
    ['Aurora',     { dbClusterIdentifier: 'one' }],
    ['DocumentDB', { dbClusterIdentifier: 'one' }],
    ['Neptune',    { dbClusterIdentifier: 'one' }],
    ['S3',         {}],
  ])('of %s is %j', (type, expected) => {
    expect(storedMetadata(type, 'one', true)).toEqual(expected);
  });

  test('says whether it is encrypted', () => {
    expect(['EFS', 'EBS'].map((type) => Object.values(storedMetadata(type, 'one', false)).includes('false'))).toEqual([
      true,
      true,
    ]);
  });
});

describe('metadata', () => {
  // prettier-ignore
  test.each<[string, string, Record<string, string>, string | undefined]>([
    ['that are right',                      'DynamoDB', { targetTableName: 'a' },                         undefined],
    ['however their keys are written',      'DynamoDB', { TARGETTABLENAME: 'a' },                         undefined],
    ['with a key of AWS',                   'DynamoDB', { targetTableName: 'a', 'aws:backup:request-id': 'x' }, undefined],
    ['with a key that only ends like one',  'DynamoDB', { targetTableName: 'a', 'my-aws:': 'x' },         'Metadata key my-aws: is not supported for resource type DynamoDB.'],
    ['with a key twice',                    'DynamoDB', { targetTableName: 'a', targettablename: 'b' },   'Metadata key targettablename is given twice.'],
    ['without what is needed',              'DynamoDB', {},                                               'Metadata key targetTableName is required for DynamoDB.'],
    ['of a type whose keys nobody lists',   'Unheard',  { anything: 'goes' },                             undefined],
  ])('%s: %s %j (B8/2, B8/7)', (_, type, metadata, expected) => {
    expect(metadataFault(type, metadata)).toBe(expected);
    expect(RestoreMetadata.keysOf('Unheard')).toEqual([]);
  });

  test('are looked at key by key without what is absent', () => {
    expect(keyFault('DynamoDB', {})).toBeUndefined();
  });
});

describe('a time', () => {
  const now = parseInstant('2027-02-01');
  const point = { continuous: true, createdAt: now - 20 * DAY, retentionDays: 10, restorableAt: now - 1000 };
  const OUTSIDE = 'is outside the restorable window';
  const at = (instant: number) => new Date(instant).toISOString();

  // prettier-ignore
  test.each<[string, string | undefined, object, string | undefined]>([
    ['none',                                undefined,              {},                        undefined],
    ['the oldest that is kept',             at(now - 10 * DAY),     {},                        undefined],
    ['a second before',                     at(now - 10 * DAY - 1), {},                        OUTSIDE],
    ['the newest',                          at(now - 1000),         {},                        undefined],
    ['a moment later',                      at(now - 999),          {},                        OUTSIDE],
    ['the creation of a young point',       at(now - 5 * DAY),      { createdAt: now - 5 * DAY }, undefined],
    ['before a young point',                at(now - 5 * DAY - 1),  { createdAt: now - 5 * DAY }, OUTSIDE],
    ['no time at all',                      'yesterday',            {},                        OUTSIDE],
    ['of a snapshot',                       at(now - DAY),          { continuous: false },     'needs a continuous recovery point'],
  ])('to restore to: %s (B5.3/1)', (_, RestoreTime, more, expected) => {
    for (const key of ['RestoreTime', 'restoreToTime']) {
      const fault = timeFault(RestoreTime === undefined ? {} : { [key]: RestoreTime }, { ...point, ...more }, now);
      expect(fault === undefined ? fault : expected !== undefined && fault.includes(expected)).toBe(expected === undefined ? undefined : true);
    }
  });
});

test('an ARN without a place stays without one, whoever restores', () => {
  expect(targetOf(resource('s3', 'docs', { env: ENV }), IRELAND, {}, 1, KEY).arn).toMatch(/^arn:aws:s3:::[0-9a-f]+$/);
});
