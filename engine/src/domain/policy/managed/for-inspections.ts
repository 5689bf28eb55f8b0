/**
 * Policies that AWS manages for roles that index points and scan them, and for the role of the scanner.
 *
 * Pure: a table.
 * Source   AWS's published policies, as zoph-io/MAMIP on GitHub keeps them, in the versions named.
 * Spec     ../evaluation.md
 */
import { allow, ManagedPolicyText, of, TAGGED_BY_BACKUP, via } from './statement';

const SNAPSHOTS = 'arn:aws:ec2:*::snapshot/*';
const KEYS = 'arn:aws:kms:*:*:key/*';
const MADE_BY_BACKUP = {
  ...TAGGED_BY_BACKUP,
  StringLike: { 'aws:ResourceTag/aws:backup:source-resource': '*' },
};
const FOR_SCANNER_KEYS = via('guardduty', 'backup');

/** AWSBackupServiceRolePolicyForIndexing. */
export const FOR_INDEXING: ManagedPolicyText = {
  version: 'v2 of 2026-02-11',
  statements: [
    allow('EBSReadOnlyPermissions', 'ec2:DescribeSnapshots'),
    allow('KMSReadOnlyPermissions', 'kms:DescribeKey', KEYS),
    allow('EBSDirectReadAPIPermissions', of('ebs', 'ListSnapshotBlocks', 'GetSnapshotBlock'), SNAPSHOTS),
    allow('KMSDataKeyForEC2Permissions', 'kms:Decrypt', KEYS, via('ec2')),
  ],
};

/** AWSBackupServiceRolePolicyForScans. */
export const FOR_SCANS: ManagedPolicyText = {
  version: 'v1 of 2025-11-20',
  statements: [
    allow('GuardDutyMalwareScanPermissions', of('guardduty', 'StartMalwareScan', 'GetMalwareScan')),
    allow('IAMPassPermissions', 'iam:PassRole', '*', {
      StringEquals: { 'iam:PassedToService': 'malware-protection.guardduty.amazonaws.com' },
    }),
    allow('EC2ReadAPIPermissions', of('ec2', 'DescribeImages', 'DescribeSnapshots')),
  ],
};

/** AWSBackupGuardDutyRolePolicyForScans. */
export const FOR_SCANNER: ManagedPolicyText = {
  version: 'v2 of 2026-02-11',
  statements: [
    allow(
      'EBSDirectReadAPIPermissions',
      of('ebs', 'ListSnapshotBlocks', 'ListChangedBlocks', 'GetSnapshotBlock'),
      SNAPSHOTS,
      MADE_BY_BACKUP,
    ),
    allow('CreateGrantForEncryptedVolumeCreation', 'kms:CreateGrant', KEYS, {
      Null: { 'kms:GrantOperations': 'false' },
      StringLike: { 'kms:EncryptionContext:aws:guardduty:id': 'snap-*', ...FOR_SCANNER_KEYS.StringLike },
      'ForAllValues:StringEquals': {
        'kms:GrantOperations': [
          'Decrypt',
          'CreateGrant',
          'GenerateDataKeyWithoutPlaintext',
          'ReEncryptFrom',
          'ReEncryptTo',
          'RetireGrant',
          'DescribeKey',
        ],
      },
    }),
    allow('CreateGrantForReEncryptAndEBSDirect', 'kms:CreateGrant', KEYS, {
      Null: { 'kms:GrantOperations': 'false' },
      StringLike: { ...FOR_SCANNER_KEYS.StringLike, 'kms:EncryptionContext:aws:ebs:id': 'snap-*' },
      'ForAllValues:StringEquals': {
        'kms:GrantOperations': ['Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'RetireGrant', 'DescribeKey'],
      },
    }),
    allow('DescribeKeyPermissions', 'kms:DescribeKey', KEYS),
    allow('EC2ReadAPIPermissions', of('ec2', 'DescribeImages', 'DescribeSnapshots')),
    allow('ShareSnapshotPermissions', 'ec2:ModifySnapshotAttribute', 'arn:aws:ec2:*:*:snapshot/*', MADE_BY_BACKUP),
    allow('ShareSnapshotKMSPermissions', of('kms', 'ReEncryptTo', 'ReEncryptFrom'), KEYS, {
      StringLike: { ...via('ec2').StringLike, 'kms:EncryptionContext:aws:ebs:id': ['vol-*', 'snap-*'] },
    }),
    allow(
      'CreateBackupAccessPointPermissions',
      'backup:CreateBackupAccessPoint',
      'arn:aws:backup:*:*:recovery-point:*',
    ),
    allow(
      'ReadAndDeleteBackupAccessPointPermissions',
      of('backup', 'DescribeBackupAccessPoint', 'DeleteBackupAccessPoint'),
    ),
    allow('BackupRecoveryPointApiPermissions', 'backup:DescribeRecoveryPoint', 'arn:aws:backup:*:*:recovery-point:*'),
    allow('DecryptKMSEncryptedDataByAWSBackup', 'kms:Decrypt', KEYS, {
      StringLike: { 'kms:EncryptionContext:aws:backup:backup-vault': '*', ...via('backup').StringLike },
    }),
  ],
};
