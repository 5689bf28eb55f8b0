/**
 * Policies that AWS manages for the service-linked roles of AWS Backup, which nobody can attach elsewhere.
 *
 * Pure: a table.
 * Source   AWS's published policies, as zoph-io/MAMIP on GitHub and the AWS managed policy reference keep them, in the
 *          versions named.
 * Spec     ../evaluation.md
 */
import { allow, FOR_AWS_RESOURCES, IN_OWN_ACCOUNT, ManagedPolicyText, of, via } from './statement';

const FILE_SYSTEMS = 'arn:aws:elasticfilesystem:*:*:file-system/*';
const BACKED_UP_BY_DEFAULT = {
  StringLike: { 'aws:ResourceTag/aws:elasticfilesystem:default-backup': 'enabled' },
};
const MANAGED_BY_BACKUP = { Null: { 'ec2:ResourceTag/AWSBackupManagedResource': 'false' } };
const SHARING_SERVICES = via('ec2', 'rds', 'fsx');

/** AWSBackupServiceLinkedRolePolicyForBackup. */
export const FOR_BACKUP_SERVICE: ManagedPolicyText = {
  version: 'v16 of 2024-05-17',
  extract: true,
  statements: [
    allow(
      'EFSResourcePermissions',
      of('elasticfilesystem', 'Backup', 'DescribeTags'),
      FILE_SYSTEMS,
      BACKED_UP_BY_DEFAULT,
    ),
    allow('SnapshotCopyTagPermissions', 'ec2:CreateTags', 'arn:aws:ec2:*::snapshot/*', {
      StringEquals: { 'ec2:CreateAction': 'CopySnapshot' },
    }),
    allow('EBSCopyPermissions', 'ec2:CopySnapshot', 'arn:aws:ec2:*::snapshot/*'),
    allow('EC2CopyPermissions', 'ec2:CopyImage'),
    allow(
      'EC2ModifyPermissions',
      of('ec2', 'DeregisterImage', 'DeleteSnapshot', 'ModifySnapshotTier'),
      '*',
      MANAGED_BY_BACKUP,
    ),
    // The spelling is AWS's.
    allow(
      'RDSInstanceAndSnashotPermissions',
      of('rds', 'AddTagsToResource', 'CopyDBSnapshot', 'DeleteDBSnapshot', 'DeleteDBInstanceAutomatedBackup'),
      'arn:aws:rds:*:*:snapshot:awsbackup:*',
    ),
    allow(
      'RDSClusterPermissions',
      of('rds', 'AddTagsToResource', 'CopyDBClusterSnapshot', 'DeleteDBClusterSnapshot'),
      'arn:aws:rds:*:*:cluster-snapshot:awsbackup:*',
    ),
    allow('KMSDescribePermissions', 'kms:DescribeKey'),
    allow(
      'KMSGrantPermissions',
      of('kms', 'ListGrants', 'ReEncryptFrom', 'GenerateDataKeyWithoutPlaintext'),
      '*',
      SHARING_SERVICES,
    ),
    allow('KMSCreateGrantPermissions', 'kms:CreateGrant', '*', { ...FOR_AWS_RESOURCES, ...SHARING_SERVICES }),
    allow(
      'FsxPermissions',
      of('fsx', 'CopyBackup', 'TagResource', 'DescribeBackups', 'DeleteBackup'),
      'arn:aws:fsx:*:*:backup/*',
    ),
    allow('DynamoDBDeletePermissions', 'dynamodb:DeleteBackup', 'arn:aws:dynamodb:*:*:table/*/backup/*'),
    allow('RedshiftClusterSnapshotPermissions', 'redshift:DeleteClusterSnapshot', 'arn:aws:redshift:*:*:snapshot:*/*'),
    allow(
      'RecoveryPointTaggingPermissions',
      'backup:TagResource',
      'arn:aws:backup:*:*:recovery-point:*',
      IN_OWN_ACCOUNT,
    ),
  ],
};

/** AWSBackupServiceLinkedRolePolicyForBackupTest. */
export const FOR_BACKUP_SERVICE_TEST: ManagedPolicyText = {
  version: 'v1 of 2020-05-12',
  statements: [
    allow('', of('elasticfilesystem', 'Backup', 'DescribeTags'), FILE_SYSTEMS, BACKED_UP_BY_DEFAULT),
    allow('', 'tag:GetResources'),
  ],
};

/** AWSServiceRolePolicyForBackupRestoreTesting. What deletes the resources that restores made is left out. */
export const FOR_RESTORE_TESTING: ManagedPolicyText = {
  version: 'v2 of 2024-02-14',
  extract: true,
  statements: [
    allow(
      'BackupActions',
      of(
        'backup',
        'DescribeRecoveryPoint',
        'DescribeRestoreJob',
        'DescribeProtectedResource',
        'GetRecoveryPointRestoreMetadata',
        'ListBackupVaults',
        'ListProtectedResources',
        'ListProtectedResourcesByBackupVault',
        'ListRecoveryPointsByBackupVault',
        'ListRecoveryPointsByResource',
        'ListTags',
        'StartRestoreJob',
      ),
    ),
    allow('IamPassRole', 'iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } }),
  ],
};

/** AWSServiceRolePolicyForBackupReports: it may not put an object, so that the policy of a bucket has to let it. */
export const FOR_REPORTS: ManagedPolicyText = {
  version: 'v2 of 2023-03-10',
  extract: true,
  statements: [
    allow('', [
      ...of('backup', 'DescribeFramework', 'ListBackupJobs', 'ListRestoreJobs', 'ListCopyJobs'),
      ...of('config', 'DescribeConfigRules', 'SelectResourceConfig', 'SelectAggregateResourceConfig'),
      's3:GetBucketLocation',
    ]),
  ],
};
