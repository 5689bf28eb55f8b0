/**
 * Estates with one mistake each, of those that people made in public threads or that other tools let pass
 * (reference 18, peers 1C): every one is found, and nothing else is said.
 */
import type { CheckAnswer } from '../../../engine/src/cli/check';
import { answerOf, cli } from './run-cli';

type Members = Readonly<Record<string, unknown>>;

/** What differs from an estate that is right. */
interface Change {
  readonly rule?: Members;
  readonly rules?: readonly Members[];
  readonly vault?: Members;
  readonly plan?: Members;
  readonly selection?: Members;
  /** More resources. */
  readonly more?: Members;
}

/** The place is given, so that what is elsewhere is no guess. */
const CHECK = 'check stack.json --format json --account 123456789012 --region us-east-1'.split(' ');
const ROLE = 'arn:aws:iam::123456789012:role/backup';
const DATABASES = { Resources: ['arn:aws:rds:*:*:db:*'] };
const TAG = { ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' };

const vaultArn = (name: string, account = '123456789012', region = 'us-east-1') =>
  `arn:aws:backup:${region}:${account}:backup-vault:${name}`;
const rule = (over: Members) => ({
  RuleName: 'daily',
  TargetBackupVault: 'main',
  ScheduleExpression: 'cron(0 5 * * ? *)',
  StartWindowMinutes: 60,
  Lifecycle: { DeleteAfterDays: 35 },
  ...over,
});
const vault = (Type: string, over: Members) => ({ Type: `AWS::Backup::${Type}`, Properties: over });
const plan = (over: Members, rules: readonly Members[]) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: { BackupPlan: { BackupPlanName: 'plan', BackupPlanRule: rules.map(rule), ...over } },
});
const selection = (of: string, over: Members) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: {
    BackupPlanId: { Ref: of },
    BackupSelection: { SelectionName: 'all', IamRoleArn: ROLE, ...over },
  },
});

function template(change: Change): string {
  return JSON.stringify({
    Resources: {
      Vault: vault('BackupVault', { BackupVaultName: 'main', ...change.vault }),
      Plan: plan(change.plan ?? {}, change.rules ?? [change.rule ?? {}]),
      Selection: selection('Plan', change.selection ?? { Resources: ['arn:aws:ec2:*:*:volume/*'] }),
      ...change.more,
    },
  });
}

const far = (over: Members = {}) => ({ Far: vault('BackupVault', { BackupVaultName: 'far', ...over }) });
const gapped = (over: Members = {}) => ({
  Gapped: vault('LogicallyAirGappedBackupVault', {
    BackupVaultName: 'gapped',
    MinRetentionDays: 7,
    MaxRetentionDays: 90,
    ...over,
  }),
});
const other = (name: string, over: Members = {}) => ({
  Other: plan({ BackupPlanName: name }, [over]),
  OtherSelection: selection('Other', { Resources: ['arn:aws:ec2:*:*:volume/*'] }),
});
const copy = (to: string, Lifecycle?: Members): Members => ({
  CopyActions: [{ DestinationBackupVaultArn: to, ...(Lifecycle && { Lifecycle }) }],
});
const at = (ScheduleExpression: string, over: Members = {}): Change => ({ rule: { ScheduleExpression, ...over } });
const kept = (Lifecycle: Members, over: Members = {}): Members => ({ Lifecycle, ...over });
const lock = (LockConfiguration: Members): Members => ({ LockConfiguration });
const policy = (Action: string): Members => ({
  AccessPolicy: { Statement: [{ Effect: 'Deny', Principal: '*', Action, Resource: '*' }] },
});
const events = (SNSTopicArn: string, ...BackupVaultEvents: string[]): Members => ({
  Notifications: { SNSTopicArn, BackupVaultEvents },
});
const conditions = (Conditions: Members): Change => ({ selection: { Resources: ['arn:aws:ec2:*'], Conditions } });
const on = (key: string, ConditionValue: string) => [{ ConditionKey: key, ConditionValue }];
const resource = (Type: string, Properties: Members): Members => ({ Stateful: { Type, Properties } });
const DATABASE = resource('AWS::RDS::DBInstance', {
  DBInstanceIdentifier: 'erp',
  Engine: 'postgres',
  DBInstanceClass: 'db.t3.micro',
  AllocatedStorage: '10',
});
const TABLE = resource('AWS::DynamoDB::Table', {
  TableName: 'orders',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});
const VOLUME = resource('AWS::EC2::Volume', { AvailabilityZone: 'us-east-1a', Size: 10 });
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:backups';

// prettier-ignore
const ESTATES: readonly [mistake: string, change: Change, ...found: string[]][] = [
  // The probes of other tools.
  ['cold storage less than 90 days before deletion',  { rule: kept({ MoveToColdStorageAfterDays: 30, DeleteAfterDays: 60 }) }, 'error lifecycle-cold-gap'],
  ['the same in a copy',             { rule: copy(vaultArn('far'), { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 60 }), more: far() }, 'error lifecycle-cold-gap'],
  ['35 days into a lock of 100',     { vault: lock({ MinRetentionDays: 100, ChangeableForDays: 3 }) }, 'error rule-retention-in-lock'],
  ['for ever into a lock of 365',    { vault: lock({ MinRetentionDays: 1, MaxRetentionDays: 365, ChangeableForDays: 3 }), rule: kept({}) }, 'error rule-retention-in-lock'],
  ['a lock that grows fixed in 1 day', { vault: lock({ MinRetentionDays: 1, ChangeableForDays: 1 }) }, 'error vault-lock-grace-time'],
  ['a lock from 50 to 40 days',      { vault: lock({ MinRetentionDays: 50, MaxRetentionDays: 40, ChangeableForDays: 3 }) }, 'error vault-lock-bounds'],
  ['a start window of 30 minutes',   { rule: { StartWindowMinutes: 30 } }, 'error rule-start-window'],
  ['completion before start',        { rule: { StartWindowMinutes: 480, CompletionWindowMinutes: 120 } }, 'warning rule-completion-after-start'],
  ['two rules of one name',          { rules: [{}, { ScheduleExpression: 'cron(0 12 * * ? *)' }] }, 'warning plan-rule-names'],
  ['a selection of nothing',         { selection: { Resources: [] } }, 'error selection-empty'],
  ['a copy into its own vault',      { rule: copy(vaultArn('main')) }, 'warning copy-action-own-vault'],
  ['stars in both day fields',       at('cron(0 5 * * * *)'), 'error schedule-day-fields'],
  ['an index of no service',         { rule: { IndexActions: [{ ResourceTypes: [] }] } }, 'note rule-index-none'],
  ['a copy of a continuous backup',  { rule: { EnableContinuousBackup: true, ...copy(vaultArn('far')) }, selection: DATABASES, more: { ...far(), ...DATABASE } }, 'note copy-action-of-continuous'],
  ['point-in-time recovery of a table', { rule: { EnableContinuousBackup: true }, selection: { Resources: ['arn:aws:dynamodb:*'] }, more: TABLE }, 'warning rule-continuous-unsupported'],
  ['a vault name of 60 letters',     { more: far({ BackupVaultName: 'v'.repeat(60) }) }, 'error vault-name'],
  // Public threads.
  ['ARN and tag as if both were asked', { selection: { Resources: ['arn:aws:ec2:*:*:volume/*'], ListOfTags: [TAG] } }, 'warning selection-resources-or-tags'],
  ['two tags as if both were asked', { selection: { ListOfTags: [TAG, { ...TAG, ConditionKey: 'stage' }] } }, 'warning selection-tags-or'],
  ['conditions alone',               { selection: { Conditions: { StringEquals: on('aws:ResourceTag/a', 'b') } } }, 'error selection-empty'],
  ['continuous for 36 days',         { rule: kept({ DeleteAfterDays: 36 }, { EnableContinuousBackup: true }) }, 'error rule-continuous-retention'],
  ['continuous for ever',            { rule: kept({}, { EnableContinuousBackup: true }) }, 'error rule-continuous-retention'],
  ['continuous into cold storage',   { rule: kept({ MoveToColdStorageAfterDays: 8 }, { EnableContinuousBackup: true }) }, 'error rule-continuous-cold', 'error rule-continuous-retention'],
  ['a rate',                         at('rate(1 day)'), 'error schedule-cron-form'],
  ['five fields',                    at('cron(0 5 * * *)'), 'error schedule-cron-form'],
  ['every half hour',                at('cron(0/30 * * * ? *)'), 'error schedule-hourly-finest'],
  ['a day that never comes',         at('cron(0 5 30 2 ? *)'), 'error schedule-never-fires'],
  ['a year that is over',            at('cron(0 5 * * ? 2020)'), 'warning schedule-over'],
  ['twelve hours from 12:30',        at('cron(30 12/12 * * ? *)'), 'warning schedule-stops-at-midnight'],
  ['an hour that a Sunday skips',    at('cron(30 2 * * ? *)', { ScheduleExpressionTimezone: 'America/New_York' }), 'warning schedule-daylight-saving'],
  ['a zone that is none',            { rule: { ScheduleExpressionTimezone: 'Europe/Berln' } }, 'error schedule-time-zone'],
  ['hourly with the default window', at('cron(0 * * * ? *)', { StartWindowMinutes: undefined }), 'warning rule-start-window-gap'],
  ['the same document twice',        { more: other('plan') }, 'error plan-document-unique'],
  ['the same plan name twice',       { more: other('plan', { StartWindowMinutes: 61 }) }, 'warning plan-name-unique'],
  ['a copy into Default of another account', { rule: copy(vaultArn('Default', '210987654321')) }, 'error copy-action-cross-account-default-vault', 'note copy-action-vault-declared'],
  ['a copy below the lock of its vault', { rule: copy(vaultArn('far')), more: far(lock({ MinRetentionDays: 60, ChangeableForDays: 3 })) }, 'error copy-action-retention-in-lock'],
  ['a copy that is to stay for ever', { rule: copy(vaultArn('far'), { DeleteAfterDays: -1 }), more: far() }, 'warning copy-action-keep-for-ever'],
  ['for ever under a lock that nobody lifts', { rule: kept({}), vault: lock({ MinRetentionDays: 1, ChangeableForDays: 3 }) }, 'warning rule-for-ever-in-compliance'],
  ['a vault under another case',     { rule: { TargetBackupVault: 'Main' } }, 'warning rule-vault-case'],
  ['an alias for a key',             { vault: { EncryptionKeyArn: 'arn:aws:kms:us-east-1:123456789012:alias/backup' } }, 'error vault-encryption-key-arn'],
  ['a wildcard in a vault policy',   { vault: policy('backup:Delete*') }, 'error vault-access-policy-wildcard'],
  ['a FIFO topic',                   { vault: events(`${TOPIC}.fifo`, 'BACKUP_JOB_COMPLETED') }, 'error vault-notification-topic-fifo'],
  ['events that are no longer sent', { vault: events(TOPIC, 'BACKUP_JOB_FAILED', 'BACKUP_JOB_EXPIRED') }, 'warning vault-notification-event-deprecated'],
  ['the prefix of conditions in a tag', { selection: { ListOfTags: [{ ...TAG, ConditionKey: 'aws:ResourceTag/backup' }] } }, 'warning selection-tag-key'],
  ['a star in a tag',                { selection: { ListOfTags: [{ ...TAG, ConditionValue: 'd*' }] } }, 'warning selection-tag-star'],
  ['a star in an exact condition',   conditions({ StringEquals: on('aws:ResourceTag/stage', 'prod*') }), 'warning selection-condition-star'],
  ['a condition on a bare key',      conditions({ StringEquals: on('stage', 'prod') }), 'error selection-condition-key'],
  ['the sample that matches nothing', conditions({ StringEquals: on('aws:ResourceTag/path', 'prod'), StringLike: on('aws:ResourceTag/path', 'prod/*') }), 'error selection-contradiction'],
  ['buckets by the end of their name', { selection: { Resources: ['arn:aws:s3:::*-logs'] } }, 'warning selection-resource-star'],
  ['a bucket by its name',           { selection: { Resources: ['my-bucket'] } }, 'error selection-resource-arn'],
  ['an ARN of another Region',       { selection: { Resources: ['arn:aws:ec2:eu-west-1:123456789012:volume/vol-1'] } }, 'error selection-resource-place'],
  ['a function',                     { selection: { Resources: ['arn:aws:lambda:*:*:function:*'] } }, 'error selection-resource-service'],
  ['all that is selected left out',  { selection: { Resources: ['arn:aws:ec2:*:*:volume/*'], NotResources: ['arn:aws:ec2:*'] } }, 'error selection-excludes-all'],
  ['cold storage of a database',     { rule: kept({ MoveToColdStorageAfterDays: 30 }), selection: DATABASES, more: DATABASE }, 'warning rule-cold-unsupported'],
  ['cold volumes without opting in', { rule: kept({ MoveToColdStorageAfterDays: 30 }), more: VOLUME }, 'warning rule-cold-archive-opt-in'],
  ['an archive fed daily',           { rule: kept({ MoveToColdStorageAfterDays: 30, OptInToArchiveForSupportedResources: true }), more: VOLUME }, 'warning rule-archive-frequency'],
  ['an air-gapped vault of 6 days',  { more: gapped({ MinRetentionDays: 6 }) }, 'error logically-air-gapped-vault-min-retention'],
  ['an air-gapped vault as the standard one', { rule: { TargetBackupVault: 'gapped' }, more: gapped() }, 'error rule-vault-kind'],
  ['a database into an air-gapped vault', { rule: copy(vaultArn('gapped')), selection: DATABASES, more: { ...gapped(), ...DATABASE } }, 'error copy-action-air-gapped'],
  ['a role of another account',      { selection: { Resources: ['arn:aws:ec2:*'], IamRoleArn: ROLE.replace('1234', '9999') } }, 'warning selection-role-account'],
  ['a weekly copy that takes the place of none', { rules: [{ ...copy(vaultArn('far')) }, { RuleName: 'weekly', ScheduleExpression: 'cron(0 5 ? * SUN *)', Lifecycle: { DeleteAfterDays: 90 } }], more: far() }, 'warning rule-suppressed-loss'],
];

test.each(ESTATES)('%s is found', async (_mistake, change, ...rules) => {
  const result = await cli(CHECK, { 'stack.json': template(change) });
  const { findings } = answerOf<CheckAnswer>(result);
  expect(findings.map((one) => `${one.severity} ${one.rule}`).sort()).toEqual(rules);
  expect(result.code).toBe(rules.some((one) => one.startsWith('error')) ? 1 : 0);
});

test('the estate that they all differ from is right', async () => {
  const result = await cli(CHECK, { 'stack.json': template({}) });
  expect(answerOf<CheckAnswer>(result).findings).toEqual([]);
});
