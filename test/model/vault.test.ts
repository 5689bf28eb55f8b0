import { BackupVault, BackupVaultRules, LogicallyAirGappedVault, LogicallyAirGappedVaultRules } from '@holdfast/model';
import { airGapped, ENV, PLAIN, Row, testRows, vault } from './rows';

const key = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-1111-2222-333344445555';
const topic = 'arn:aws:sns:eu-central-1:123456789012:backups';
const deny = { Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' };

function policy(statement: object): Partial<BackupVault> {
  return { accessPolicy: { Version: '2012-10-17', Statement: [{ ...deny, ...statement }] } };
}
function events(...backupVaultEvents: string[]): Partial<BackupVault> {
  return { notifications: { snsTopicArn: topic, backupVaultEvents } };
}
function to(snsTopicArn: string): Partial<BackupVault> {
  return { notifications: { snsTopicArn, backupVaultEvents: ['BACKUP_JOB_COMPLETED'] } };
}

// prettier-ignore
const ROWS: Row<Partial<BackupVault>>[] = [
  ['vault-name', 'fails',  { backupVaultName: 'a' },             'v.backupVaultName', 'a'],
  ['vault-name', 'passes', { backupVaultName: 'ab' }],
  ['vault-name', 'passes', { backupVaultName: 'a'.repeat(50) }],
  ['vault-name', 'fails',  { backupVaultName: 'a'.repeat(51) },  'v.backupVaultName', `51 characters: ${'a'.repeat(51)}`],
  ['vault-name', 'passes', { backupVaultName: 'A-z_0' }],
  ['vault-name', 'fails',  { backupVaultName: 'my vault' },      'v.backupVaultName', 'my vault'],
  ['vault-name', 'fails',  { backupVaultName: 'my.vault' },      'v.backupVaultName', 'my.vault'],
  ['vault-name', 'fails',  { backupVaultName: '' },              'v.backupVaultName', 'an empty name'],

  ['vault-encryption-key-arn',    'passes', { encryptionKeyArn: key }],
  ['vault-encryption-key-arn',    'passes', { encryptionKeyArn: key.replace('key/', 'key/mrk-') }],
  ['vault-encryption-key-arn',    'fails',  { encryptionKeyArn: 'arn:aws:kms:eu-central-1:123456789012:alias/backup' }, 'v.encryptionKeyArn', 'arn:aws:kms:eu-central-1:123456789012:alias/backup'],
  ['vault-encryption-key-arn',    'fails',  { encryptionKeyArn: 'alias/backup' }, 'v.encryptionKeyArn', 'alias/backup'],
  ['vault-encryption-key-region', 'passes', { encryptionKeyArn: key }],
  ['vault-encryption-key-region', 'fails',  { encryptionKeyArn: key.replace('eu-central-1', 'eu-west-1') }, 'v.encryptionKeyArn', 'eu-west-1, where the vault is in eu-central-1'],

  ['vault-access-policy-json',      'passes', policy({})],
  ['vault-access-policy-json',      'passes', { accessPolicy: JSON.stringify({ Statement: deny }) }],
  ['vault-access-policy-json',      'fails',  { accessPolicy: '{"Statement": [' },      'v.accessPolicy', 'text of 15 characters that is none'],
  ['vault-access-policy-json',      'fails',  { accessPolicy: { Version: '2012-10-17' } }, 'v.accessPolicy', 'an object without Statement'],
  ['vault-access-policy-statement', 'passes', policy({ Effect: 'Allow' })],
  ['vault-access-policy-statement', 'fails',  policy({ Effect: 'deny' }),               'v.accessPolicy.Statement[0].Effect', 'deny'],
  ['vault-access-policy-statement', 'fails',  policy({ Principal: undefined }),         'v.accessPolicy.Statement[0]', 'none for Principal'],
  ['vault-access-policy-statement', 'fails',  policy({ Effect: undefined, Action: undefined }), 'v.accessPolicy.Statement[0]', 'none for Effect, Action'],
  ['vault-access-policy-wildcard',  'passes', policy({ Action: ['backup:DeleteRecoveryPoint', 'backup:DeleteBackupVault'] })],
  ['vault-access-policy-wildcard',  'fails',  policy({ Action: ['backup:DeleteRecoveryPoint', 'backup:Delete*'] }), 'v.accessPolicy.Statement[0].Action', 'backup:Delete*'],
  ['vault-access-policy-wildcard',  'fails',  policy({ Action: 'backup:DeleteBackupVaul?' }), 'v.accessPolicy.Statement[0].Action', 'backup:DeleteBackupVaul?'],
  ['vault-access-policy-wildcard',  'fails',  { accessPolicy: JSON.stringify({ Statement: { ...deny, Action: '*' } }) }, 'v.accessPolicy.Statement[0].Action', '*'],
  ['vault-access-policy-service',   'passes', policy({ Action: 'backup:CopyIntoBackupVault' })],
  ['vault-access-policy-service',   'fails',  policy({ Action: 'ec2:DeleteSnapshot' }), 'v.accessPolicy.Statement[0].Action', 'ec2:DeleteSnapshot'],

  ['vault-notification-event',            'passes', events('BACKUP_JOB_COMPLETED', 'EKS_RESTORE_OBJECT_SKIPPED')],
  ['vault-notification-event',            'passes', events('BACKUP_JOB_FAILED')],
  ['vault-notification-event',            'fails',  events('BACKUP_JOB_DONE'),   'v.notifications.backupVaultEvents[0]', 'BACKUP_JOB_DONE'],
  ['vault-notification-event-deprecated', 'fails',  events('COPY_JOB_FAILED', 'BACKUP_JOB_FAILED', 'BACKUP_PLAN_CREATED'), 'v.notifications.backupVaultEvents[1]', 'BACKUP_JOB_FAILED, BACKUP_PLAN_CREATED'],
  ['vault-notification-event-deprecated', 'passes', events('COPY_JOB_FAILED')],
  ['vault-notification-event-deprecated', 'fails',  events('COPY_JOB_FAILED', 'BACKUP_JOB_FAILED'), 'v.notifications.backupVaultEvents[1]', 'BACKUP_JOB_FAILED'],
  ['vault-notification-events',           'fails',  events(),                    'v.notifications.backupVaultEvents', '0'],
  ['vault-notification-events',           'passes', events('COPY_JOB_FAILED')],
  ['vault-notification-topic-arn',        'passes', to(topic)],
  ['vault-notification-topic-arn',        'fails',  to('backups'),               'v.notifications.snsTopicArn', 'backups'],
  ['vault-notification-topic-fifo',       'passes', to(topic)],
  ['vault-notification-topic-fifo',       'fails',  to(`${topic}.fifo`),         'v.notifications.snsTopicArn', `${topic}.fifo`],
  ['vault-notification-topic-account',    'passes', to(topic)],
  ['vault-notification-topic-account',    'fails',  to(topic.replace('123456789012', '210987654321')), 'v.notifications.snsTopicArn', '210987654321, where the vault is in 123456789012'],

  ['vault-lock-min-retention', 'fails', { vaultLock: { minRetentionDays: 0 } }, 'v.vaultLock.minRetentionDays', '0 days'],
];

testRows((over) => BackupVaultRules.check(vault(over), 'v', PLAIN), ROWS);

// prettier-ignore
const AIR_GAPPED: Row<Partial<LogicallyAirGappedVault>>[] = [
  ['logically-air-gapped-vault-name', 'fails',  { backupVaultName: 'a' },            'v.backupVaultName', 'a'],
  ['logically-air-gapped-vault-name', 'passes', { backupVaultName: 'ab' }],
  ['logically-air-gapped-vault-name', 'passes', { backupVaultName: 'a'.repeat(50) }],
  ['logically-air-gapped-vault-name', 'fails',  { backupVaultName: 'a'.repeat(51) }, 'v.backupVaultName', `51 characters: ${'a'.repeat(51)}`],
  // Vector 10 of the reference.
  ['logically-air-gapped-vault-min-retention', 'fails',  { minRetentionDays: 6 },  'v.minRetentionDays', '6 days'],
  ['logically-air-gapped-vault-min-retention', 'passes', { minRetentionDays: 7 }],
  ['logically-air-gapped-vault-min-retention', 'passes', { minRetentionDays: 36500 }],
  ['logically-air-gapped-vault-min-retention', 'fails',  { minRetentionDays: 36501 }, 'v.minRetentionDays', '36501 days'],
  ['logically-air-gapped-vault-min-retention', 'fails',  { minRetentionDays: undefined }, 'v.minRetentionDays', 'none'],
  ['logically-air-gapped-vault-max-retention', 'fails',  { maxRetentionDays: 6 },  'v.maxRetentionDays', '6 days'],
  ['logically-air-gapped-vault-max-retention', 'passes', { maxRetentionDays: 7 }],
  ['logically-air-gapped-vault-max-retention', 'passes', { maxRetentionDays: 36500 }],
  ['logically-air-gapped-vault-max-retention', 'fails',  { maxRetentionDays: 36501 }, 'v.maxRetentionDays', '36501 days'],
  ['logically-air-gapped-vault-max-retention', 'fails',  { maxRetentionDays: undefined }, 'v.maxRetentionDays', 'none'],
  ['logically-air-gapped-vault-bounds',        'passes', { minRetentionDays: 30, maxRetentionDays: 30 }],
  ['logically-air-gapped-vault-bounds',        'fails',  { minRetentionDays: 30, maxRetentionDays: 29 }, 'v.maxRetentionDays', '29 days'],
  ['logically-air-gapped-vault-region',        'passes', { env: { ...ENV, region: 'us-east-1' } }],
  ['logically-air-gapped-vault-region',        'fails',  { env: { ...ENV, region: 'ca-west-1' } },     'v.env.region', 'ca-west-1'],
  ['logically-air-gapped-vault-region',        'fails',  { env: { ...ENV, region: 'cn-north-1' } },    'v.env.region', 'cn-north-1'],
  ['logically-air-gapped-vault-region',        'fails',  { env: { ...ENV, region: 'us-gov-west-1' } }, 'v.env.region', 'us-gov-west-1'],
  ['vault-encryption-key-arn',                 'fails',  { encryptionKeyArn: 'alias/x' }, 'v.encryptionKeyArn', 'alias/x'],
  ['vault-access-policy-wildcard',             'fails',  policy({ Action: '*' }),         'v.accessPolicy.Statement[0].Action', '*'],
  ['vault-notification-event',                 'fails',  events('X'),                     'v.notifications.backupVaultEvents[0]', 'X'],
];

testRows(
  (over) => LogicallyAirGappedVaultRules.check(airGapped(over) as LogicallyAirGappedVault, 'v', PLAIN),
  AIR_GAPPED,
);

test('a plain vault with a key, a deny policy and notifications has no finding', () => {
  const over = { encryptionKeyArn: key, ...policy({}), ...events('BACKUP_JOB_COMPLETED') };
  expect(BackupVaultRules.check(vault(over), '', PLAIN)).toEqual([]);
});
