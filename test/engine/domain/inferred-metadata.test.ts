// What AWS Backup infers for the restores of tests (B9.3/8).
import { inferredMetadata, Inferred, withOverrides } from '../../../engine/src/domain/inferred-metadata';
import { parseInstant } from '../../../engine/src/kernel/instant';

const SUFFIX = '0123456789abcdef';
const FRESH = `awsbackup-restore-test-${SUFFIX}`;

function inferred(resourceType: string, more: Partial<Inferred> = {}): Readonly<Record<string, string>> {
  const about = { service: 'any', name: 'n', region: 'eu-west-1', suffix: SUFFIX, restorableAt: undefined, draw: 7 };
  return inferredMetadata({ resourceType, ...about, ...more });
}

const AT = { restorableAt: parseInstant('2027-01-02T03:04:05.678Z') };

// prettier-ignore
test.each<[string, string, Partial<Inferred>, Record<string, string | undefined>]>([
  ['a bucket',                      'S3',         {},                          { DestinationBucketName: FRESH, RestoreTime: undefined }],
  ['a bucket, to a second',         'S3',         AT,                          { DestinationBucketName: FRESH, RestoreTime: '2027-01-02T03:04:05Z' }],
  ['a database',                    'RDS',        {},                          { DBInstanceIdentifier: FRESH, MultiAZ: 'false', UseLatestRestorableTime: undefined }],
  ['a database, at its latest',     'RDS',        AT,                          { DBInstanceIdentifier: FRESH, UseLatestRestorableTime: 'true' }],
  ['a cluster of Aurora',           'Aurora',     {},                          { dbClusterIdentifier: FRESH, engine: undefined, useLatestRestorableTime: undefined }],
  ['a cluster, at its latest',      'Aurora',     AT,                          { dbClusterIdentifier: FRESH, useLatestRestorableTime: 'true' }],
  ['a cluster of DocumentDB',       'DocumentDB', {},                          { dbClusterIdentifier: FRESH, engine: 'docdb' }],
  ['a cluster of Neptune',          'Neptune',    {},                          { dbClusterIdentifier: FRESH, engine: 'neptune' }],
  ['a volume of ONTAP',             'FSx',        { service: 'fsx-ontap' },    { Name: `awsbackup_restore_test_${SUFFIX}`, OpenZFSConfiguration: undefined }],
  ['a file system of Lustre',       'FSx',        { service: 'fsx-lustre' },   { LustreConfiguration: '{"automaticBackupRetentionDays":0}', WindowsConfiguration: undefined }],
  ['a file system of Windows',      'FSx',        { service: 'fsx-windows' },  { WindowsConfiguration: '{"automaticBackupRetentionDays":0}', OpenZFSConfiguration: undefined }],
  ['a file system of OpenZFS',      'FSx',        { service: 'fsx-openzfs' },  { OpenZFSConfiguration: '{"automaticBackupRetentionDays":0}', Name: undefined }],
  ['an instance',                   'EC2',        {},                          { RequireIMDSv2: 'true', DisableApiTermination: 'false' }],
  ['a file system',                 'EFS',        {},                          { 'file-system-id': 'n', newFileSystem: 'true', Encrypted: 'true' }],
  ['a table',                       'DynamoDB',   {},                          { targetTableName: FRESH, encryptionType: 'Default' }],
])('%s is restored with what follows from its point (B9.3/8)', (_, type, more, expected) => {
  const made = inferred(type, more);
  expect(Object.fromEntries(Object.keys(expected).map((key) => [key, made[key]]))).toEqual(expected);
});

test('the zones are those of the Region, in any of their orders, and a volume is in any of them (B9.3/8)', () => {
  const draws = Array.from({ length: 200 }, (_, n) => n * 21_474_837);
  const orders = draws.map((draw) => inferred('Aurora', { draw })['availabilityZones'] ?? '');
  for (const order of orders) {
    expect((JSON.parse(order) as string[]).sort()).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  }
  expect(new Set(orders).size).toBe(6);
  const zones = draws.map((draw) => inferred('EBS', { draw })['availabilityZone']);
  expect(new Set(zones)).toEqual(new Set(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']));
  expect(inferred('Aurora')).toEqual(inferred('Aurora'));
});

test('a selection replaces what AWS lets it replace, however it writes the key (B9.3/8)', () => {
  const base = inferred('S3');
  const merged = withOverrides('S3', base, { encryptiontype: 'SSE-KMS', DestinationBucketName: 'mine' });
  expect(merged).toMatchObject({ encryptiontype: 'SSE-KMS', CreationToken: FRESH });
  expect(merged).not.toHaveProperty('EncryptionType');
  expect(Object.keys(withOverrides('S3', base, {}))).toEqual(Object.keys(base));
});
