import type { DeclaredTable } from '../../engine/src/ingest/declared-table';
import {
  BackupPlan,
  BackupRule,
  BackupSelection,
  BackupVault,
  Environment,
  Estate,
  StatefulResource,
} from '@holdfast/model';

/** One row: a declaration, every name explicit, that all roads must give back unchanged. */
export interface Row {
  readonly title: string;
  readonly estate: Estate;
  /** Principals that the vaults' policies exempt. */
  readonly breakGlass?: string[];
  /** The estate as it is read back, where the libraries add a default of their own. */
  readonly readBack?: Estate;
}

export const HERE: Environment = { partition: 'aws', account: '111122223333', region: 'us-east-1' };
export const THERE: Environment = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY_THERE = 'arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321';
const ROLE = 'arn:aws:iam::111122223333:role/backup';
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:backup-events';

function vault(over: Partial<BackupVault> = {}): BackupVault {
  return { backupVaultName: 'primary', env: HERE, encryptionKeyArn: KEY, ...over };
}

function rule(over: Partial<BackupRule> = {}): BackupRule {
  return {
    ruleName: 'daily',
    targetBackupVaultName: 'primary',
    scheduleExpression: 'cron(0 5 ? * * *)',
    scheduleExpressionTimezone: 'Etc/UTC',
    startWindowMinutes: 480,
    completionWindowMinutes: 10080,
    lifecycle: { deleteAfterDays: 35 },
    ...over,
  };
}

function selection(over: Partial<BackupSelection> = {}): BackupSelection {
  return {
    selectionName: 'everything',
    iamRoleArn: ROLE,
    listOfTags: [{ conditionKey: 'backup', conditionValue: 'daily' }],
    ...over,
  };
}

function plan(over: Partial<BackupPlan> = {}): BackupPlan {
  return { backupPlanName: 'plan', env: HERE, rules: [rule()], selections: [selection()], ...over };
}

const ORDERS: DeclaredTable = {
  arn: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders',
  service: 'dynamodb-advanced',
  resourceType: 'DynamoDB',
  name: 'orders',
  env: HERE,
  tags: { backup: 'daily', stage: 'prod' },
  table: {
    attributes: [{ AttributeName: 'id', AttributeType: 'S' }],
    keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  },
};
const FILES: StatefulResource = {
  arn: 'arn:aws:s3:::files-111122223333',
  service: 's3',
  versioning: true,
  resourceType: 'S3',
  name: 'files-111122223333',
  env: HERE,
  tags: { backup: 'daily' },
};
const RESOURCES = [ORDERS, FILES];

export const ROWS: Row[] = [
  { title: 'a vault with nothing but its key', estate: { vaults: [vault()] } },
  { title: 'a vault with tags', estate: { vaults: [vault({ tags: { owner: 'platform', stage: 'prod' } })] } },
  {
    title: 'a vault locked in governance mode',
    estate: { vaults: [vault({ vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 } })] },
  },
  {
    title: 'a vault locked in compliance mode',
    estate: { vaults: [vault({ vaultLock: { minRetentionDays: 7, maxRetentionDays: 400, changeableForDays: 14 } })] },
  },
  { title: 'a vault with a lower bound alone', estate: { vaults: [vault({ vaultLock: { minRetentionDays: 1 } })] } },
  {
    title: 'a vault with an upper bound alone, below which AWS Backup has a day',
    estate: { vaults: [vault({ vaultLock: { maxRetentionDays: 400 } })] },
    readBack: { vaults: [vault({ vaultLock: { minRetentionDays: 1, maxRetentionDays: 400 } })] },
  },
  {
    title: 'a vault with notifications',
    estate: {
      vaults: [
        vault({
          notifications: { snsTopicArn: TOPIC, backupVaultEvents: ['BACKUP_JOB_COMPLETED', 'COPY_JOB_FAILED'] },
        }),
      ],
    },
  },
  {
    title: 'a vault with break-glass roles',
    estate: { vaults: [vault()] },
    breakGlass: ['arn:aws:iam::111122223333:role/break-glass'],
  },
  {
    title: 'a plan of one rule, selected by tag',
    estate: { vaults: [vault()], plans: [plan()], resources: RESOURCES },
  },
  {
    title: 'a plan whose rules differ in everything that a rule can say',
    estate: {
      vaults: [vault()],
      plans: [
        plan({
          tags: { owner: 'platform' },
          rules: [
            rule({
              scheduleExpression: 'cron(15 3 ? * 2-6 *)',
              scheduleExpressionTimezone: 'Europe/Berlin',
              startWindowMinutes: 60,
              completionWindowMinutes: 600,
            }),
            rule({
              ruleName: 'monthly',
              scheduleExpression: 'cron(0 17 L * ? *)',
              lifecycle: {
                moveToColdStorageAfterDays: 30,
                deleteAfterDays: 365,
                optInToArchiveForSupportedResources: true,
              },
            }),
            rule({
              ruleName: 'for-ever',
              scheduleExpression: 'cron(0 21 1 1 ? *)',
              lifecycle: undefined,
              recoveryPointTags: { kept: 'for ever', reason: 'law' },
            }),
          ],
        }),
      ],
      resources: RESOURCES,
    },
  },
  {
    title: 'a continuous rule beside a daily one',
    estate: {
      vaults: [vault()],
      plans: [
        plan({
          rules: [
            rule({ ruleName: 'continuous', enableContinuousBackup: true, lifecycle: { deleteAfterDays: 14 } }),
            rule({ scheduleExpression: 'cron(0 13 ? * * *)' }),
          ],
          selections: [selection({ listOfTags: undefined, resources: [FILES.arn] })],
        }),
      ],
      resources: RESOURCES,
    },
  },
  {
    title: 'rules that overlap',
    estate: {
      vaults: [vault()],
      plans: [
        plan({
          rules: [
            rule(),
            rule({ ruleName: 'weekly', scheduleExpression: 'cron(0 5 ? * SUN *)', lifecycle: { deleteAfterDays: 90 } }),
          ],
        }),
      ],
      resources: RESOURCES,
    },
  },
  {
    title: 'copies to another Region, with and without a lifecycle of their own',
    estate: {
      vaults: [vault(), vault({ backupVaultName: 'there', env: THERE, encryptionKeyArn: KEY_THERE })],
      plans: [
        plan({
          rules: [
            rule({
              copyActions: [
                {
                  destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:there',
                  lifecycle: { deleteAfterDays: 60 },
                },
              ],
            }),
            rule({
              ruleName: 'weekly',
              scheduleExpression: 'cron(0 17 ? * SUN *)',
              copyActions: [{ destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:there' }],
            }),
          ],
        }),
      ],
      resources: RESOURCES,
    },
  },
  {
    title: 'selections of every kind',
    estate: {
      vaults: [vault()],
      plans: [
        plan({
          selections: [
            selection({ selectionName: 'arns', listOfTags: undefined, resources: [ORDERS.arn, FILES.arn] }),
            selection({
              selectionName: 'wildcards',
              listOfTags: undefined,
              resources: ['arn:aws:dynamodb:*:*:table/*'],
              notResources: ['arn:aws:dynamodb:us-east-1:111122223333:table/scratch-*'],
            }),
            selection({
              selectionName: 'tags',
              listOfTags: [
                { conditionKey: 'backup', conditionValue: 'daily' },
                { conditionKey: 'stage', conditionValue: 'prod' },
              ],
            }),
            selection({
              selectionName: 'conditions',
              conditions: {
                stringEquals: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'prod' }],
                stringLike: [{ conditionKey: 'aws:ResourceTag/backup', conditionValue: 'da*' }],
                stringNotEquals: [{ conditionKey: 'aws:ResourceTag/temporary', conditionValue: 'yes' }],
                stringNotLike: [{ conditionKey: 'aws:ResourceTag/owner', conditionValue: 'test-*' }],
              },
            }),
          ],
        }),
      ],
      resources: RESOURCES,
    },
  },
  {
    title: 'Windows VSS',
    estate: {
      vaults: [vault()],
      plans: [plan({ advancedBackupSettings: [{ resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } }] })],
      resources: RESOURCES,
    },
  },
  {
    title: 'scans for malware after one of two rules',
    estate: {
      vaults: [vault()],
      plans: [
        plan({
          rules: [
            rule({ scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: 'INCREMENTAL_SCAN' }] }),
            rule({ ruleName: 'plain', scheduleExpression: 'cron(0 17 ? * * *)' }),
          ],
          scanSettings: [{ malwareScanner: 'GUARDDUTY', resourceTypes: ['EBS', 'S3'], scannerRoleArn: ROLE }],
        }),
      ],
    },
  },
  {
    title: 'options for buckets',
    estate: {
      vaults: [vault()],
      plans: [
        plan({
          advancedBackupSettings: [
            { resourceType: 'S3', backupOptions: { BackupACLs: 'disabled', BackupObjectTags: 'enabled' } },
          ],
        }),
      ],
    },
  },
  {
    title: 'two plans over one resource',
    estate: {
      vaults: [vault()],
      plans: [
        plan(),
        plan({
          backupPlanName: 'second',
          rules: [rule({ scheduleExpression: 'cron(0 5 ? * * *)', lifecycle: { deleteAfterDays: 90 } })],
        }),
      ],
      resources: RESOURCES,
    },
  },
  {
    title: 'retention at the very bound of the vault lock',
    estate: {
      vaults: [vault({ vaultLock: { minRetentionDays: 7 } })],
      plans: [plan({ rules: [rule({ lifecycle: { deleteAfterDays: 7 } })] })],
      resources: RESOURCES,
    },
  },
];
