/**
 * Policies that AWS manages for roles that restore: everything but buckets, buckets, and SAP HANA.
 *
 * Pure: a table.
 * Source   AWS's published policies, as zoph-io/MAMIP on GitHub keeps them, in the versions named.
 * Spec     ../evaluation.md
 */
import { allow, FOR_AWS_RESOURCES, ManagedPolicyText, of, TAGGED_BY_BACKUP, via } from './statement';

const SNAPSHOTS = 'arn:aws:ec2:*::snapshot/*';
const KEYS = 'arn:aws:kms:*:*:key/*';
const OF_ITS_ACCOUNT = { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } };
const FSX = (what: string) => `arn:aws:fsx:*:*:${what}/*`;

/** AWSBackupServiceRolePolicyForRestores. */
export const FOR_RESTORES: ManagedPolicyText = {
  version: 'v25 of 2025-11-10',
  extract: true,
  statements: [
    allow(
      'DynamoDBPermissions',
      of(
        'dynamodb',
        'Scan',
        'Query',
        'UpdateItem',
        'PutItem',
        'GetItem',
        'DeleteItem',
        'BatchWriteItem',
        'DescribeTable',
      ),
      'arn:aws:dynamodb:*:*:table/*',
    ),
    allow(
      'DynamoDBBackupResourcePermissions',
      'dynamodb:RestoreTableFromBackup',
      'arn:aws:dynamodb:*:*:table/*/backup/*',
    ),
    allow('EBSPermissions', of('ec2', 'CreateVolume', 'DeleteVolume'), [SNAPSHOTS, 'arn:aws:ec2:*:*:volume/*']),
    allow(
      'StorageGatewayVolumePermissions',
      of('storagegateway', 'DeleteVolume', 'AddTagsToResource'),
      'arn:aws:storagegateway:*:*:gateway/*/volume/*',
    ),
    allow(
      'StorageGatewayGatewayPermissions',
      of('storagegateway', 'DescribeGatewayInformation', 'CreateStorediSCSIVolume', 'CreateCachediSCSIVolume'),
      'arn:aws:storagegateway:*:*:gateway/*',
    ),
    allow(
      'RDSPermissions',
      of(
        'rds',
        'RestoreDBInstanceFromDBSnapshot',
        'DeleteDBInstance',
        'AddTagsToResource',
        'RestoreDBClusterFromSnapshot',
        'DeleteDBCluster',
        'RestoreDBInstanceToPointInTime',
        'RestoreDBClusterToPointInTime',
        'CreateTenantDatabase',
        'DeleteTenantDatabase',
      ),
    ),
    allow(
      'EFSPermissions',
      of('elasticfilesystem', 'Restore', 'CreateFilesystem', 'DeleteFilesystem', 'TagResource'),
      'arn:aws:elasticfilesystem:*:*:file-system/*',
    ),
    allow('KMSDescribePermissions', 'kms:DescribeKey'),
    allow(
      'DSQLResourcePermissionsForRestore',
      of('dsql', 'StartRestoreJob', 'StopRestoreJob', 'TagResource', 'CreateCluster', 'UpdateCluster'),
    ),
    allow(
      'KMSPermissions',
      of(
        'kms',
        'Decrypt',
        'Encrypt',
        'GenerateDataKey',
        'ReEncryptTo',
        'ReEncryptFrom',
        'GenerateDataKeyWithoutPlaintext',
        'DescribeKey',
      ),
      '*',
      via('dynamodb', 'ec2', 'elasticfilesystem', 'rds', 'redshift', 'dsql', 'redshift-serverless'),
    ),
    allow('KMSCreateGrantPermissions', 'kms:CreateGrant', '*', FOR_AWS_RESOURCES),
    allow('EBSSnapshotBlockPermissions', of('ebs', 'CompleteSnapshot', 'StartSnapshot', 'PutSnapshotBlock'), SNAPSHOTS),
    allow('RDSResourcePermissions', 'rds:CreateDBInstance', 'arn:aws:rds:*:*:db:*'),
    allow(
      'EC2DeleteAndRestorePermissions',
      of('ec2', 'DeleteSnapshot', 'DeleteTags', 'RestoreSnapshotTier'),
      SNAPSHOTS,
      TAGGED_BY_BACKUP,
    ),
    allow('EC2RunInstancesPermissions', 'ec2:RunInstances'),
    allow('EC2TerminateInstancesPermissions', 'ec2:TerminateInstances', 'arn:aws:ec2:*:*:instance/*'),
    allow('FsxPermissions', 'fsx:CreateFileSystemFromBackup', [FSX('file-system'), FSX('backup')]),
    allow('FsxDeletePermissions', of('fsx', 'DeleteFileSystem', 'UntagResource'), FSX('file-system'), TAGGED_BY_BACKUP),
    allow('FsxBackupTagPermissions', of('fsx', 'CreateVolumeFromBackup', 'TagResource'), [
      FSX('storage-virtual-machine'),
      FSX('backup'),
      FSX('volume'),
    ]),
    allow('FsxVolumePermissions', of('fsx', 'DeleteVolume', 'UntagResource'), FSX('volume'), TAGGED_BY_BACKUP),
    allow('DynamoDBRestorePermissions', 'dynamodb:RestoreTableFromAwsBackup', 'arn:aws:dynamodb:*:*:table/*'),
    allow('GatewayRestorePermissions', 'backup-gateway:Restore', 'arn:aws:backup-gateway:*:*:hypervisor/*'),
    allow(
      'CloudformationChangeSetPermissions',
      of('cloudformation', 'CreateChangeSet', 'DescribeChangeSet', 'TagResource'),
      'arn:aws:cloudformation:*:*:*/*/*',
    ),
    allow(
      'RedshiftClusterSnapshotPermissions',
      of('redshift', 'RestoreFromClusterSnapshot', 'RestoreTableFromClusterSnapshot'),
      [
        'arn:aws:redshift:*:*:snapshot:*/*',
        'arn:aws:redshift:*:*:cluster:*',
        'arn:aws:redshift-serverless:*:*:snapshot/*',
      ],
    ),
    allow('RedshiftServerlessSnapshotPermissions', 'redshift-serverless:RestoreTableFromSnapshot', [
      'arn:aws:redshift-serverless:*:*:namespace/*',
      'arn:aws:redshift-serverless:*:*:workgroup/*',
      'arn:aws:redshift-serverless:*:*:snapshot/*',
    ]),
    allow(
      'TimestreamResourcePermissions',
      of('timestream', 'StartAwsRestoreJob', 'GetAwsRestoreStatus'),
      'arn:aws:timestream:*:*:database/*',
    ),
    allow('EKSClusterRestore', of('eks', 'CreateCluster', 'CreateNodegroup', 'CreateAddon', 'TagResource'), [
      'arn:aws:eks:*:*:addon/*',
      'arn:aws:eks:*:*:cluster/*',
      'arn:aws:eks:*:*:nodegroup/*',
    ]),
    allow('CreateClusterIAMPerms', 'iam:PassRole', 'arn:aws:iam::*:role/*', {
      StringEquals: {
        'iam:PassedToService': [
          'eks.amazonaws.com',
          'ec2.amazonaws.com',
          'pods.eks.amazonaws.com',
          'backup.amazonaws.com',
        ],
      },
    }),
    allow(
      'BackupRestoreJobManagementPermissions',
      of('backup', 'StartRestoreJob', 'ListRestoreJobs', 'ListRecoveryPointsByBackupVault', 'DescribeRestoreJob'),
    ),
  ],
};

/** AWSBackupServiceRolePolicyForS3Restore. */
export const FOR_S3_RESTORE: ManagedPolicyText = {
  version: 'v2 of 2023-02-07',
  statements: [
    allow(
      '',
      of(
        's3',
        'CreateBucket',
        'ListBucketVersions',
        'ListBucket',
        'GetBucketVersioning',
        'GetBucketLocation',
        'PutBucketVersioning',
        'PutBucketOwnershipControls',
        'GetBucketOwnershipControls',
      ),
      'arn:aws:s3:::*',
    ),
    allow(
      '',
      of(
        's3',
        'GetObject',
        'GetObjectVersion',
        'DeleteObject',
        'PutObjectVersionAcl',
        'GetObjectVersionAcl',
        'GetObjectTagging',
        'PutObjectTagging',
        'GetObjectAcl',
        'PutObjectAcl',
        'ListMultipartUploadParts',
        'PutObject',
      ),
      'arn:aws:s3:::*/*',
    ),
    allow('', of('kms', 'DescribeKey', 'GenerateDataKey', 'Decrypt'), '*', via('s3')),
  ],
};

/** AWSBackupServiceRolePolicyForItemRestores. */
export const FOR_ITEM_RESTORES: ManagedPolicyText = {
  version: 'v3 of 2026-02-12',
  statements: [
    allow('EBSReadOnlyPermissions', ['ec2:DescribeSnapshots']),
    allow('KMSReadOnlyPermissions', 'kms:DescribeKey', KEYS),
    allow('EBSDirectReadAPIPermissions', of('ebs', 'ListSnapshotBlocks', 'GetSnapshotBlock'), SNAPSHOTS),
    allow('S3ReadonlyPermissions', of('s3', 'GetBucketLocation', 'ListBucket'), 'arn:aws:s3:::*', OF_ITS_ACCOUNT),
    allow(
      'S3PermissionsForFileLevelRestore',
      of('s3', 'PutObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'),
      'arn:aws:s3:::*/*',
      OF_ITS_ACCOUNT,
    ),
    allow('KMSDataKeyForS3AndEC2Permissions', of('kms', 'Decrypt', 'GenerateDataKey'), KEYS, via('ec2', 's3')),
  ],
};

/** AWSBackupRestoreAccessForSAPHANA. */
export const FOR_SAP_HANA: ManagedPolicyText = {
  version: 'v1 of 2022-11-10',
  statements: [
    allow('', of('backup', 'Get*', 'List*', 'Describe*', 'StartBackupJob', 'StartRestoreJob')),
    allow('', of('ssm-sap', 'GetOperation', 'ListDatabases')),
    allow(
      '',
      of(
        'ssm-sap',
        'BackupDatabase',
        'RestoreDatabase',
        'UpdateHanaBackupSettings',
        'GetDatabase',
        'ListTagsForResource',
      ),
      'arn:aws:ssm-sap:*:*:*',
    ),
  ],
};
