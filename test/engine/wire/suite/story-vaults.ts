// Vaults, their policies, locks and tags, and the settings of account and Region.
import type { Step } from './step';
import { OWNER, RECOVERY, REGION } from './stage';
import { MAIN, vaultArn, POLICY } from './story-inputs';

/** More than a resource may have. */
const MANY_TAGS = Object.fromEntries(Array.from({ length: 51 }, (_, number) => [`tag${number}`, 'x']));

export const VAULTS: readonly Step[] = [
  {
    operation: 'CreateBackupVault',
    input: { ...MAIN, BackupVaultTags: { team: 'é + ops @ home' }, CreatorRequestId: 'c1' },
    fails: [
      { error: 'AlreadyExistsException', input: { ...MAIN, CreatorRequestId: 'c9' } },
      { error: 'InvalidParameterValueException', input: { BackupVaultName: 'x' } },
    ],
    then: { operation: 'DescribeBackupVault', input: MAIN, shows: { ...MAIN, NumberOfRecoveryPoints: 0 } },
  },
  { operation: 'CreateBackupVault', input: { BackupVaultName: 'other', CreatorRequestId: 'c2' } },
  {
    operation: 'CreateLogicallyAirGappedBackupVault',
    input: { BackupVaultName: 'gap', MinRetentionDays: 7, MaxRetentionDays: 60, CreatorRequestId: 'c3' },
    fails: [
      {
        error: 'AlreadyExistsException',
        input: { BackupVaultName: 'gap', MinRetentionDays: 7, MaxRetentionDays: 60, CreatorRequestId: 'c9' },
      },
      {
        error: 'InvalidParameterValueException',
        input: { BackupVaultName: 'gap2', MinRetentionDays: 6, MaxRetentionDays: 60 },
      },
    ],
    minutes: 5,
    then: {
      operation: 'DescribeBackupVault',
      input: { BackupVaultName: 'gap' },
      shows: { VaultState: 'AVAILABLE', VaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' },
    },
  },
  { operation: 'DescribeBackupVault', input: MAIN },
  {
    operation: 'UpdateGlobalSettings',
    input: { GlobalSettings: { isCrossAccountBackupEnabled: 'true', isMpaEnabled: 'true' } },
    fails: [
      { error: 'InvalidParameterValueException', input: { GlobalSettings: { unknown: 'true' } } },
      { error: 'InvalidRequestException', input: { GlobalSettings: { isMpaEnabled: 'true' } }, by: RECOVERY },
    ],
    then: { operation: 'DescribeGlobalSettings', input: {}, shows: { GlobalSettings: { isMpaEnabled: 'true' } } },
  },
  { operation: 'DescribeGlobalSettings', input: {} },
  {
    operation: 'UpdateRegionSettings',
    input: { ResourceTypeOptInPreference: { EFS: true } },
    fails: [{ error: 'InvalidParameterValueException', input: { ResourceTypeOptInPreference: { Unknown: true } } }],
    then: { operation: 'DescribeRegionSettings', input: {}, shows: { ResourceTypeOptInPreference: { EFS: true } } },
  },
  { operation: 'DescribeRegionSettings', input: {} },
  { operation: 'GetSupportedResourceTypes', input: {} },
  {
    operation: 'PutBackupVaultAccessPolicy',
    input: { BackupVaultName: 'other', Policy: POLICY },
    fails: [{ error: 'InvalidParameterValueException', input: { BackupVaultName: 'other', Policy: '{' } }],
    then: {
      operation: 'GetBackupVaultAccessPolicy',
      input: { BackupVaultName: 'other' },
      shows: { Policy: POLICY },
    },
  },
  { operation: 'GetBackupVaultAccessPolicy', input: { BackupVaultName: 'other' } },
  { operation: 'DeleteBackupVaultAccessPolicy', input: { BackupVaultName: 'other' } },
  {
    operation: 'PutBackupVaultLockConfiguration',
    input: { BackupVaultName: 'other', MinRetentionDays: 1, MaxRetentionDays: 400 },
    fails: [{ error: 'InvalidParameterValueException', input: { BackupVaultName: 'other', MinRetentionDays: 0 } }],
    then: {
      operation: 'DescribeBackupVault',
      input: { BackupVaultName: 'other' },
      shows: { Locked: true, MinRetentionDays: 1, MaxRetentionDays: 400 },
    },
  },
  { operation: 'CreateBackupVault', input: { BackupVaultName: 'sealed', CreatorRequestId: 'c5' } },
  {
    operation: 'PutBackupVaultLockConfiguration',
    input: { BackupVaultName: 'sealed', MinRetentionDays: 1, ChangeableForDays: 3 },
  },
  {
    operation: 'DeleteBackupVaultLockConfiguration',
    input: { BackupVaultName: 'other' },
    then: { operation: 'DescribeBackupVault', input: { BackupVaultName: 'other' }, shows: { Locked: false } },
  },
  {
    operation: 'PutBackupVaultNotifications',
    input: {
      ...MAIN,
      SNSTopicArn: `arn:aws:sns:${REGION}:${OWNER}:alerts`,
      BackupVaultEvents: ['BACKUP_JOB_COMPLETED'],
    },
    fails: [
      {
        error: 'InvalidParameterValueException',
        input: { ...MAIN, SNSTopicArn: `arn:aws:sns:${REGION}:${OWNER}:alerts`, BackupVaultEvents: ['UNKNOWN'] },
      },
    ],
    then: {
      operation: 'GetBackupVaultNotifications',
      input: MAIN,
      shows: { BackupVaultEvents: ['BACKUP_JOB_COMPLETED'] },
    },
  },
  { operation: 'GetBackupVaultNotifications', input: MAIN },
  { operation: 'DeleteBackupVaultNotifications', input: MAIN },
  {
    operation: 'TagResource',
    input: { ResourceArn: vaultArn('main'), Tags: { stage: 'test' } },
    fails: [
      { error: 'InvalidParameterValueException', input: { ResourceArn: vaultArn('main'), Tags: { 'aws:own': '1' } } },
      { error: 'LimitExceededException', input: { ResourceArn: vaultArn('main'), Tags: MANY_TAGS } },
    ],
    then: { operation: 'ListTags', input: { ResourceArn: vaultArn('main') }, shows: { Tags: { stage: 'test' } } },
  },
  { operation: 'ListTags', input: { ResourceArn: vaultArn('main') } },
  {
    operation: 'UntagResource',
    input: { ResourceArn: vaultArn('main'), TagKeyList: ['stage'] },
    fails: [
      { error: 'InvalidParameterValueException', input: { ResourceArn: vaultArn('main'), TagKeyList: ['aws:own'] } },
    ],
    then: {
      operation: 'ListTags',
      input: { ResourceArn: vaultArn('main') },
      shows: { Tags: { team: 'é + ops @ home' } },
    },
  },
  { operation: 'ListBackupVaults', input: {} },
];
