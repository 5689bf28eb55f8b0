/**
 * Policies that AWS manages for roles that back up: of everything but buckets, and of buckets.
 *
 * Pure: a table.
 * Source   AWS's published policies, as zoph-io/MAMIP on GitHub keeps them, in the versions named.
 * Spec     ../evaluation.md
 */
import { allow, FOR_AWS_RESOURCES, IN_OWN_ACCOUNT, ManagedPolicyText, of, TAGGED_BY_BACKUP, via } from './statement';

const TABLES = 'arn:aws:dynamodb:*:*:table/*';
const SNAPSHOTS = 'arn:aws:ec2:*::snapshot/*';
const FSX_BACKUPS = 'arn:aws:fsx:*:*:backup/*';
const REDSHIFT_SNAPSHOTS = 'arn:aws:redshift:*:*:snapshot:*/*';
const SERVERLESS_SNAPSHOTS = 'arn:aws:redshift-serverless:*:*:snapshot/*';

/** AWSBackupServiceRolePolicyForBackup. What reads the configuration of an EKS cluster is left out but for DescribeCluster. */
export const FOR_BACKUP: ManagedPolicyText = {
  version: 'v29 of 2026-02-12',
  extract: true,
  statements: [
    allow('DynamoDBPermissions', of('dynamodb', 'DescribeTable', 'CreateBackup'), TABLES),
    allow('DynamoDBBackupResourcePermissions', of('dynamodb', 'DescribeBackup', 'DeleteBackup'), `${TABLES}/backup/*`),
    allow(
      'DynamoDBBackupPermissions',
      of(
        'rds',
        'AddTagsToResource',
        'CreateDBSnapshot',
        'CopyDBSnapshot',
        'CreateDBClusterSnapshot',
        'CopyDBClusterSnapshot',
      ),
    ),
    allow(
      'RDSInstanceAutomatedBackupPermissions',
      'rds:DeleteDBInstanceAutomatedBackup',
      'arn:aws:rds:*:*:auto-backup:*',
    ),
    allow('RDSClusterPermissions', 'rds:ModifyDBCluster', 'arn:aws:rds:*:*:cluster:*'),
    allow('RDSClusterBackupPermissions', 'rds:DeleteDBClusterAutomatedBackup', 'arn:aws:rds:*:*:cluster-auto-backup:*'),
    allow('RDSModifyPermissions', 'rds:ModifyDBInstance', 'arn:aws:rds:*:*:db:*'),
    allow(
      'RDSBackupPermissions',
      of('rds', 'DeleteDBSnapshot', 'ModifyDBSnapshotAttribute'),
      'arn:aws:rds:*:*:snapshot:awsbackup:*',
    ),
    allow(
      'RDSClusterModifyPermissions',
      of('rds', 'DeleteDBClusterSnapshot', 'ModifyDBClusterSnapshotAttribute'),
      'arn:aws:rds:*:*:cluster-snapshot:awsbackup:*',
    ),
    allow(
      'StorageGatewayPermissions',
      of('storagegateway', 'CreateSnapshot', 'ListTagsForResource'),
      'arn:aws:storagegateway:*:*:gateway/*/volume/*',
    ),
    allow('EBSCopyPermissions', 'ec2:CopySnapshot', SNAPSHOTS),
    allow('EC2CopyPermissions', 'ec2:CopyImage'),
    allow('EBSTagAndDeletePermissions', of('ec2', 'CreateTags', 'DeleteSnapshot'), SNAPSHOTS),
    allow('EC2Permissions', of('ec2', 'CreateImage', 'DeregisterImage')),
    allow('EC2TagPermissions', 'ec2:CreateTags', 'arn:aws:ec2:*:*:image/*'),
    allow('EC2ModifyPermissions', of('ec2', 'ModifySnapshotAttribute', 'ModifyImageAttribute'), '*', TAGGED_BY_BACKUP),
    allow('EBSSnapshotTierPermissions', 'ec2:ModifySnapshotTier', SNAPSHOTS, TAGGED_BY_BACKUP),
    allow(
      'BackupVaultPermissions',
      of('backup', 'DescribeBackupVault', 'CopyIntoBackupVault'),
      'arn:aws:backup:*:*:backup-vault:*',
    ),
    allow('BackupVaultCopyPermissions', 'backup:CopyFromBackupVault'),
    allow(
      'EFSPermissions',
      of('elasticfilesystem', 'Backup', 'DescribeTags'),
      'arn:aws:elasticfilesystem:*:*:file-system/*',
    ),
    allow('EBSResourcePermissions', of('ec2', 'CreateSnapshot', 'DeleteSnapshot')),
    allow('KMSDynamoDBPermissions', of('kms', 'Decrypt', 'GenerateDataKey'), '*', via('dynamodb')),
    allow('KMSPermissions', 'kms:DescribeKey'),
    allow('KMSCreateGrantPermissions', 'kms:CreateGrant', '*', FOR_AWS_RESOURCES),
    allow(
      'KMSEC2Permissions',
      of('kms', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptTo', 'ReEncryptFrom'),
      'arn:aws:kms:*:*:key/*',
      { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:ebs:id' }, ...via('ec2') },
    ),
    allow('GetResourcesPermissions', 'tag:GetResources'),
    allow('FsxCreateBackupPermissions', 'fsx:CreateBackup', [
      'arn:aws:fsx:*:*:file-system/*',
      FSX_BACKUPS,
      'arn:aws:fsx:*:*:volume/*',
    ]),
    allow('FsxDeletePermissions', 'fsx:DeleteBackup', FSX_BACKUPS),
    allow(
      'FsxResourcePermissions',
      of('fsx', 'ListTagsForResource', 'ManageBackupPrincipalAssociations', 'CopyBackup', 'TagResource'),
      FSX_BACKUPS,
    ),
    allow('DynamodbBackupPermissions', of('dynamodb', 'StartAwsBackupJob', 'ListTagsOfResource'), TABLES),
    allow(
      'BackupGatewayBackupPermissions',
      of('backup-gateway', 'Backup', 'ListTagsForResource'),
      'arn:aws:backup-gateway:*:*:vm/*',
    ),
    allow(
      'CloudformationStackPermissions',
      of('cloudformation', 'ListStacks', 'GetTemplate', 'DescribeStacks', 'ListStackResources'),
      'arn:aws:cloudformation:*:*:stack/*/*',
    ),
    allow('RedshiftCreatePermissions', 'redshift:CreateClusterSnapshot', [
      REDSHIFT_SNAPSHOTS,
      'arn:aws:redshift:*:*:cluster:*',
    ]),
    allow('RedshiftSnapshotPermissions', 'redshift:DeleteClusterSnapshot', REDSHIFT_SNAPSHOTS),
    allow('RedshiftServerlessCreatePermissions', 'redshift-serverless:CreateSnapshot', [
      SERVERLESS_SNAPSHOTS,
      'arn:aws:redshift-serverless:*:*:namespace/*',
    ]),
    allow(
      'RedshiftServerlessSnapshotPermissions',
      'redshift-serverless:DeleteSnapshot',
      SERVERLESS_SNAPSHOTS,
      TAGGED_BY_BACKUP,
    ),
    allow(
      'TimestreamResourcePermissions',
      of('timestream', 'StartAwsBackupJob', 'GetAwsBackupStatus'),
      'arn:aws:timestream:*:*:database/*',
    ),
    allow(
      'SSMSAPResourcePermissions',
      of('ssm-sap', 'BackupDatabase', 'UpdateHanaBackupSettings', 'GetDatabase', 'ListTagsForResource'),
      'arn:aws:ssm-sap:*:*:*',
    ),
    allow(
      'RecoveryPointTaggingPermissions',
      'backup:TagResource',
      'arn:aws:backup:*:*:recovery-point:*',
      IN_OWN_ACCOUNT,
    ),
    allow('DSQLResourcePermissionsForBackup', of('dsql', 'StartBackupJob', 'GetBackupJob', 'StopBackupJob')),
    allow('KMSDSQLPermissions', 'kms:Decrypt', '*', {
      'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:dsql:ClusterId' },
      ...via('dsql'),
    }),
    allow('EKSClusterConfigurationBackup', 'eks:DescribeCluster'),
    allow('CreateBackupAccessEntry', 'eks:CreateAccessEntry', 'arn:aws:eks:*:*:cluster/*'),
  ],
};

/** AWSBackupServiceRolePolicyForS3Backup. */
export const FOR_S3_BACKUP: ManagedPolicyText = {
  version: 'v5 of 2026-08-24',
  statements: [
    allow('CloudWatchGetMetricDataPermissions', 'cloudwatch:GetMetricData'),
    allow(
      'EventBridgePermissionsForAwsBackupManagedRule',
      of(
        'events',
        'DeleteRule',
        'PutTargets',
        'DescribeRule',
        'EnableRule',
        'PutRule',
        'RemoveTargets',
        'ListTargetsByRule',
        'DisableRule',
      ),
      'arn:aws:events:*:*:rule/AwsBackupManagedRule*',
    ),
    allow('EventBridgeListRulesPermissions', 'events:ListRules'),
    allow('KmsPermissions', of('kms', 'Decrypt', 'DescribeKey'), '*', via('s3')),
    allow(
      'S3BucketPermissions',
      of(
        's3',
        'GetBucketTagging',
        'GetInventoryConfiguration',
        'ListBucketVersions',
        'ListBucket',
        'GetBucketVersioning',
        'GetBucketLocation',
        'GetBucketAcl',
        'PutInventoryConfiguration',
        'GetBucketNotification',
        'PutBucketNotification',
      ),
      'arn:aws:s3:::*',
    ),
    allow(
      'S3ObjectPermissions',
      of(
        's3',
        'GetObjectAcl',
        'GetObject',
        'GetObjectVersionTagging',
        'GetObjectVersionAcl',
        'GetObjectTagging',
        'GetObjectVersion',
      ),
      'arn:aws:s3:::*/*',
    ),
    allow('S3ListBucketPermissions', 's3:ListAllMyBuckets'),
    allow('S3BucketTagReadPermissions', 's3:ListTagsForResource', 'arn:aws:s3:::*', IN_OWN_ACCOUNT),
    allow(
      'RecoveryPointTaggingPermissions',
      'backup:TagResource',
      'arn:aws:backup:*:*:recovery-point:*',
      IN_OWN_ACCOUNT,
    ),
  ],
};
