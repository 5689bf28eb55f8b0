import {
  BackupVaultRules,
  VaultEncryptionRules,
  VaultEvents,
  VaultKeyChoice,
  VaultKeyType,
  VaultPurpose,
} from '@holdfast/model';
import { PLAIN, Row, testRows, vault } from './rows';

const { CUSTOMER_MANAGED, AWS_MANAGED, AWS_OWNED } = VaultKeyType;
const PURPOSES = [VaultPurpose.PRIMARY, VaultPurpose.COPY, VaultPurpose.FORENSIC];
const ENDS = ['BACKUP_JOB_COMPLETED', 'COPY_JOB_FAILED', 'RESTORE_JOB_COMPLETED'];

// prettier-ignore
test.each([
  ['primary',  VaultPurpose.PRIMARY,  7,  false, false],
  ['copy',     VaultPurpose.COPY,     7,  true,  false],
  ['forensic', VaultPurpose.FORENSIC, 90, true,  true],
])('the purpose %s is what its documentation says', (name, purpose, minRetentionDays, inFromNamed, outToNamed) => {
  expect(purpose.name).toBe(name);
  expect(purpose.vaultLock).toEqual({ minRetentionDays });
  expect(purpose.tags).toEqual({ 'holdfast:purpose': name });
  expect([purpose.copiesInFromNamedAlone, purpose.copiesOutToNamedAlone]).toEqual([inFromNamed, outToNamed]);
});

test('a vault for copies does not tell of backup jobs, one for evidence of every use', () => {
  expect(VaultPurpose.PRIMARY.notificationEvents).toEqual(VaultEvents.ofFailures());
  expect(VaultPurpose.COPY.notificationEvents).toEqual([
    'COPY_JOB_FAILED',
    'RESTORE_JOB_COMPLETED',
    'S3_RESTORE_OBJECT_FAILED',
    'EKS_RESTORE_OBJECT_FAILED',
    'EKS_RESTORE_OBJECT_SKIPPED',
    'RECOVERY_POINT_INDEXING_FAILED',
  ]);
  expect(VaultPurpose.FORENSIC.notificationEvents).toEqual([
    ...VaultEvents.ofFailures(),
    'COPY_JOB_STARTED',
    'RESTORE_JOB_STARTED',
    'RECOVERY_POINT_MODIFIED',
  ]);
});

test.each(PURPOSES)('the purpose $name is one that AWS Backup takes', ({ vaultLock, notificationEvents, tags }) => {
  const snsTopicArn = 'arn:aws:sns:eu-central-1:123456789012:backups';
  const notifications = { snsTopicArn, backupVaultEvents: notificationEvents };
  const found = BackupVaultRules.check(vault({ vaultLock, notifications, tags }), '', PLAIN);
  expect(found.map(({ rule }) => rule)).toEqual(['vault-lock-governance']);
});

test('events of failures tell of the ends of jobs and of what fails inside of them', () => {
  expect(VaultEvents.ofFailures()).toEqual(expect.arrayContaining(ENDS));
  expect(VaultEvents.ofFailures().filter((name) => name.endsWith('_STARTED'))).toEqual([]);
});

/** Whether a message passes a filter policy over attributes, as SNS says: every key, any of its conditions. */
function passes(attributes: Record<string, string>): boolean {
  const policy = VaultEvents.failureFilterPolicy() as Record<string, Record<string, unknown>[]>;
  return Object.entries(policy).every(([key, conditions]) =>
    conditions.some((condition) =>
      'exists' in condition
        ? key in attributes === condition.exists
        : key in attributes && !(condition['anything-but'] as string[]).includes(attributes[key]!),
    ),
  );
}

// prettier-ignore
test.each([
  [false, { EventType: 'BACKUP_JOB', State: 'COMPLETED' }],
  [false, { EventType: 'RESTORE_JOB', State: 'RUNNING' }],
  [false, { EventType: 'COPY_JOB', State: 'CREATED' }],
  [false, { EventType: 'RESTORE_JOB', State: 'PENDING' }],
  [false, { EventType: 'RECOVERY_POINT_INDEXING_COMPLETED', IndexStatus: 'ACTIVE' }],
  [true,  { EventType: 'BACKUP_JOB', State: 'FAILED' }],
  [true,  { EventType: 'BACKUP_JOB', State: 'EXPIRED' }],
  [true,  { EventType: 'BACKUP_JOB', State: 'ABORTED' }],
  [true,  { EventType: 'COPY_JOB', State: 'PARTIAL' }],
  [true,  { EventType: 'RECOVERY_POINT_INDEXING_FAILED', IndexStatus: 'FAILED' }],
  [true,  { eventType: 'EKS_BACKUP_OBJECT_FAILED', reason: 'quota' }],
])('the filter passes: %p for %p', (expected, attributes) => {
  expect(passes(attributes as Record<string, string>)).toBe(expected);
});

// prettier-ignore
const KEYS: Row<VaultKeyChoice>[] = [
  ['vault-encryption-aws-owned',              'fails',  { keyType: AWS_OWNED }, 'encryption', 'a key that AWS owns'],
  ['vault-encryption-aws-owned',              'passes', { keyType: AWS_OWNED, logicallyAirGapped: true }],
  ['vault-encryption-aws-managed',            'fails',  { keyType: AWS_MANAGED }, 'encryption', 'aws/backup'],
  ['vault-encryption-aws-managed',            'passes', { keyType: CUSTOMER_MANAGED }],
  ['vault-encryption-air-gapped-aws-managed', 'fails',  { keyType: AWS_MANAGED, logicallyAirGapped: true }, 'encryption', 'aws/backup'],
  ['vault-encryption-air-gapped-aws-managed', 'passes', { keyType: CUSTOMER_MANAGED, logicallyAirGapped: true }],
  ['vault-encryption-key-outside-lock',       'passes', { keyType: CUSTOMER_MANAGED }],
  ['vault-encryption-key-outside-lock',       'fails',  { keyType: CUSTOMER_MANAGED, changeableForDays: 3 }, 'encryption', 'a customer managed key under a lock'],
  ['vault-encryption-key-outside-lock',       'fails',  { keyType: CUSTOMER_MANAGED, logicallyAirGapped: true }, 'encryption', 'a customer managed key under a lock'],
  ['vault-encryption-key-outside-lock',       'passes', { keyType: AWS_MANAGED, changeableForDays: 3 }],
];

testRows((choice) => VaultEncryptionRules.check(choice, 'encryption', PLAIN), KEYS);

// prettier-ignore
testRows((path: string) => VaultEncryptionRules.checkTwice(path), [
  ['vault-encryption-twice', 'fails', 'v', 'v.encryptionKey', 'both encryption and encryptionKey'],
]);
