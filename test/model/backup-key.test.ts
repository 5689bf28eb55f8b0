import { BackupKey, BackupKeyRules } from '@holdfast/model';
import { ENV, PLAIN, Row, testRows } from './rows';

const key = (over: Partial<BackupKey>): BackupKey => ({ env: ENV, ...over });
const primary = (over: Partial<typeof ENV & { id: string }> = {}) => {
  const { partition, region, account, id } = {
    ...ENV,
    region: 'eu-west-1',
    id: 'mrk-1234abcd12ab34cd56ef1234567890ab',
    ...over,
  };
  return `arn:${partition}:kms:${region}:${account}:key/${id}`;
};

// prettier-ignore
const ROWS: Row<BackupKey>[] = [
  ['key-alias',                   'passes', key({ aliasName: 'alias/backup' })],
  ['key-alias',                   'passes', key({ aliasName: `alias/${'a'.repeat(250)}` })],
  ['key-alias',                   'fails',  key({ aliasName: 'backup' }), 'aliasName', 'backup'],
  ['key-alias',                   'fails',  key({ aliasName: 'alias/' }), 'aliasName', 'alias/'],
  ['key-alias',                   'fails',  key({ aliasName: 'alias/aws/backup' }), 'aliasName', 'alias/aws/backup'],
  ['key-alias',                   'fails',  key({ aliasName: `alias/${'a'.repeat(251)}` }), 'aliasName', `257 characters: alias/${'a'.repeat(251)}`],
  ['key-rotation-period',         'fails',  key({ rotationPeriodInDays: 89 }), 'rotationPeriodInDays', '89 days'],
  ['key-rotation-period',         'passes', key({ rotationPeriodInDays: 90 })],
  ['key-rotation-period',         'passes', key({ rotationPeriodInDays: 2560 })],
  ['key-rotation-period',         'fails',  key({ rotationPeriodInDays: 2561 }), 'rotationPeriodInDays', '2561 days'],
  ['key-rotation-period',         'fails',  key({ rotationPeriodInDays: 90.5 }), 'rotationPeriodInDays', '90.5 days'],
  ['key-pending-window',          'fails',  key({ pendingWindowInDays: 6 }), 'pendingWindowInDays', '6 days'],
  ['key-pending-window',          'passes', key({ pendingWindowInDays: 7 })],
  ['key-pending-window',          'passes', key({ pendingWindowInDays: 30 })],
  ['key-pending-window',          'fails',  key({ pendingWindowInDays: 31 }), 'pendingWindowInDays', '31 days'],
  ['key-replica-primary',         'passes', key({ primaryKeyArn: primary() })],
  ['key-replica-primary',         'fails',  key({ primaryKeyArn: primary({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' }) }), 'primaryKeyArn', primary({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' })],
  ['key-replica-region',          'passes', key({ primaryKeyArn: primary() })],
  ['key-replica-region',          'fails',  key({ primaryKeyArn: primary({ region: ENV.region }) }), 'primaryKeyArn', 'eu-central-1, where the replica is too'],
  ['key-replica-account',         'passes', key({ primaryKeyArn: primary() })],
  ['key-replica-account',         'fails',  key({ primaryKeyArn: primary({ account: '210987654321' }) }), 'primaryKeyArn', 'account 210987654321, where the replica is in 123456789012'],
  ['key-replica-partition',       'passes', key({ primaryKeyArn: primary() })],
  ['key-replica-partition',       'fails',  key({ primaryKeyArn: primary({ partition: 'aws-cn' }) }), 'primaryKeyArn', 'aws-cn, where the replica is in aws'],
  ['key-destination-account',     'passes', key({ destinationAccounts: ['210987654321'] })],
  ['key-destination-account',     'fails',  key({ destinationAccounts: ['210987654321', '21098765432'] }), 'destinationAccounts[1]', '21098765432'],
  ['key-destination-own-account', 'passes', key({ destinationAccounts: ['210987654321'] })],
  ['key-destination-own-account', 'fails',  key({ destinationAccounts: [ENV.account] }), 'destinationAccounts[0]', ENV.account],
];

testRows((declared: BackupKey) => BackupKeyRules.check(declared, '', PLAIN), ROWS);

test('a key of which nothing is said has no findings', () => {
  expect(BackupKeyRules.check(key({}), '', PLAIN)).toEqual([]);
});
