/**
 * Policies that AWS manages, as far as an attack or a call of AWS Backup meets them.
 *
 * Pure: a table. Of the policies of AWS Backup it has the statements about backups, snapshots, keys and roles to be passed;
 *          what only describes resources of other services is left out, as nothing here asks for it.
 * Source   The versions named beside each, as zoph-io/MAMIP on GitHub keeps them of what AWS publishes. Assumed:
 *          AdministratorAccess, with its date. Names and paths of the policies for roles are in `ManagedPolicies` of the
 *          model.
 * Spec     evaluation.md beside this file.
 */
import type { NamedPolicy } from './policies';

const ALLOW = { Effect: 'Allow', Resource: '*' };
const PASS = {
  Sid: 'PassRoleAccess',
  Effect: 'Allow',
  Action: 'iam:PassRole',
  Resource: ['arn:aws:iam::*:role/*AwsBackup*', 'arn:aws:iam::*:role/*AWSBackup*'],
  Condition: { StringLike: { 'iam:PassedToService': 'backup.amazonaws.com' } },
};

/** Statements by name, without the partition of their ARN. */
const POLICIES: Readonly<Record<string, readonly object[]>> = {
  // v1, 2015-02-06.
  AdministratorAccess: [{ ...ALLOW, Action: '*' }],
  // v16, 2024-07-24: statements AwsBackupAllAccess and PassRoleAccess.
  AWSBackupOperatorAccess: [
    {
      ...ALLOW,
      Sid: 'AwsBackupAllAccess',
      Action: [
        'backup:Get*',
        'backup:List*',
        'backup:Describe*',
        'backup:CreateBackupSelection',
        'backup:DeleteBackupSelection',
        'backup:StartBackupJob',
        'backup:StartRestoreJob',
        'backup:StartCopyJob',
      ],
    },
    PASS,
  ],
  // v16, 2024-05-17: what deletes points with the service-linked role.
  'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup': [
    {
      ...ALLOW,
      Sid: 'EC2ModifyPermissions',
      Action: ['ec2:DeregisterImage', 'ec2:DeleteSnapshot', 'ec2:ModifySnapshotTier'],
      Condition: { Null: { 'ec2:ResourceTag/AWSBackupManagedResource': 'false' } },
    },
    {
      Sid: 'RDSInstanceAndSnashotPermissions',
      Effect: 'Allow',
      Action: [
        'rds:AddTagsToResource',
        'rds:CopyDBSnapshot',
        'rds:DeleteDBSnapshot',
        'rds:DeleteDBInstanceAutomatedBackup',
      ],
      Resource: 'arn:aws:rds:*:*:snapshot:awsbackup:*',
    },
    {
      Sid: 'RDSClusterPermissions',
      Effect: 'Allow',
      Action: ['rds:AddTagsToResource', 'rds:CopyDBClusterSnapshot', 'rds:DeleteDBClusterSnapshot'],
      Resource: 'arn:aws:rds:*:*:cluster-snapshot:awsbackup:*',
    },
    {
      Sid: 'FsxPermissions',
      Effect: 'Allow',
      Action: ['fsx:CopyBackup', 'fsx:TagResource', 'fsx:DescribeBackups', 'fsx:DeleteBackup'],
      Resource: 'arn:aws:fsx:*:*:backup/*',
    },
    {
      Sid: 'DynamoDBDeletePermissions',
      Effect: 'Allow',
      Action: 'dynamodb:DeleteBackup',
      Resource: 'arn:aws:dynamodb:*:*:table/*/backup/*',
    },
    {
      Sid: 'RedshiftClusterSnapshotPermissions',
      Effect: 'Allow',
      Action: 'redshift:DeleteClusterSnapshot',
      Resource: 'arn:aws:redshift:*:*:snapshot:*/*',
    },
  ],
  // v29, 2026-02-12: what makes, copies and deletes snapshots with the role of a selection.
  'service-role/AWSBackupServiceRolePolicyForBackup': [
    {
      Sid: 'DynamoDBBackupResourcePermissions',
      Effect: 'Allow',
      Action: ['dynamodb:DescribeBackup', 'dynamodb:DeleteBackup'],
      Resource: 'arn:aws:dynamodb:*:*:table/*/backup/*',
    },
    {
      Sid: 'RDSBackupPermissions',
      Effect: 'Allow',
      Action: ['rds:DeleteDBSnapshot', 'rds:ModifyDBSnapshotAttribute'],
      Resource: 'arn:aws:rds:*:*:snapshot:awsbackup:*',
    },
    {
      Sid: 'RDSClusterModifyPermissions',
      Effect: 'Allow',
      Action: ['rds:DeleteDBClusterSnapshot', 'rds:ModifyDBClusterSnapshotAttribute'],
      Resource: 'arn:aws:rds:*:*:cluster-snapshot:awsbackup:*',
    },
    { ...ALLOW, Sid: 'EC2Permissions', Action: ['ec2:CreateImage', 'ec2:DeregisterImage'] },
    {
      Sid: 'BackupVaultPermissions',
      Effect: 'Allow',
      Action: ['backup:DescribeBackupVault', 'backup:CopyIntoBackupVault'],
      Resource: 'arn:aws:backup:*:*:backup-vault:*',
    },
    { ...ALLOW, Sid: 'BackupVaultCopyPermissions', Action: 'backup:CopyFromBackupVault' },
    { ...ALLOW, Sid: 'EBSResourcePermissions', Action: ['ec2:CreateSnapshot', 'ec2:DeleteSnapshot'] },
    {
      Sid: 'FsxDeletePermissions',
      Effect: 'Allow',
      Action: 'fsx:DeleteBackup',
      Resource: 'arn:aws:fsx:*:*:backup/*',
    },
    {
      Sid: 'RedshiftSnapshotPermissions',
      Effect: 'Allow',
      Action: 'redshift:DeleteClusterSnapshot',
      Resource: 'arn:aws:redshift:*:*:snapshot:*/*',
    },
  ],
};

const ARN = /^arn:(aws[a-z-]*):iam::aws:policy\/(.+)$/;

const named = new Map<string, NamedPolicy>();

/** The policy of an ARN; undefined for one that is not carried, which then allows nothing. */
export function awsManagedPolicy(arn: string): NamedPolicy | undefined {
  const [, partition = 'aws', name = ''] = ARN.exec(arn) ?? [];
  if (!Object.hasOwn(POLICIES, name)) {
    return undefined;
  }
  const text = JSON.stringify({ Version: '2012-10-17', Statement: POLICIES[name] });
  const policy = named.get(arn) ?? { name: arn, document: text.replaceAll('"arn:aws:', `"arn:${partition}:`) };
  named.set(arn, policy);
  return policy;
}

/** What whoever may do everything has. */
export const ADMINISTRATOR: NamedPolicy = awsManagedPolicy(
  'arn:aws:iam::aws:policy/AdministratorAccess',
) as NamedPolicy;
