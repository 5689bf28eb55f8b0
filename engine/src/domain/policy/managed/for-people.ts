/**
 * Policies that AWS manages for those who administer, operate, audit, search and read backups.
 *
 * Pure: a table.
 * Source   AWS's published policies, as zoph-io/MAMIP on GitHub keeps them, in the versions named.
 * Spec     ../evaluation.md
 */
import { allow, FOR_AWS_RESOURCES, ManagedPolicyText, of, via } from './statement';

const ROLES = ['arn:aws:iam::*:role/*AwsBackup*', 'arn:aws:iam::*:role/*AWSBackup*'];
const THROUGH_BACKUP = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['backup.amazonaws.com'] } };
const RESTORE_TESTING = 'restore-testing.backup.amazonaws.com';
const OF_BACKUP = { StringEquals: { 'organizations:ServicePrincipal': ['backup.amazonaws.com'] } };

export const ADMINISTRATOR_ACCESS: ManagedPolicyText = {
  version: 'v1 of 2015-02-06',
  statements: [allow('', '*')],
};

/** AWSBackupFullAccess. */
export const FULL_ACCESS: ManagedPolicyText = {
  version: 'v17 of 2023-11-27',
  extract: true,
  statements: [
    allow('AwsBackupAllAccessPermissions', 'backup:*'),
    allow('AwsBackupStorageAllAccessPermissions', 'backup-storage:*'),
    allow('RdsDeletePermissions', of('rds', 'DeleteDBSnapshot', 'DeleteDBClusterSnapshot'), '*', THROUGH_BACKUP),
    allow('DynamoDbDeleteBackupPermissions', 'dynamodb:DeleteBackup', '*', THROUGH_BACKUP),
    allow('Ec2DeletePermissions', of('ec2', 'DeleteSnapshot', 'DeregisterImage'), '*', THROUGH_BACKUP),
    allow('ResourceGroupTaggingPermissions', of('tag', 'GetTagKeys', 'GetTagValues', 'GetResources')),
    allow('IamRolePermissions', of('iam', 'ListRoles', 'GetRole')),
    allow('IamPassRolePermissions', 'iam:PassRole', ROLES, {
      StringEquals: { 'iam:PassedToService': ['backup.amazonaws.com', RESTORE_TESTING] },
    }),
    allow('AwsOrganizationsPermissions', 'organizations:DescribeOrganization'),
    allow('KmsPermissions', of('kms', 'ListKeys', 'DescribeKey', 'GenerateDataKey', 'ListAliases')),
    allow('KmsCreateGrantPermissions', 'kms:CreateGrant', '*', {
      'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:backup:backup-vault' },
      ...FOR_AWS_RESOURCES,
      ...via('backup'),
    }),
    allow('FsxDeletePermissions', 'fsx:DeleteBackup', 'arn:aws:fsx:*:*:backup/*', THROUGH_BACKUP),
    allow('IamCreateServiceLinkedRolePermissions', 'iam:CreateServiceLinkedRole', '*', {
      StringEquals: { 'iam:AWSServiceName': ['backup.amazonaws.com', RESTORE_TESTING] },
    }),
  ],
};

/** AWSBackupOperatorAccess. */
export const OPERATOR_ACCESS: ManagedPolicyText = {
  version: 'v16 of 2024-07-24',
  extract: true,
  statements: [
    allow(
      'AwsBackupAllAccess',
      of(
        'backup',
        'Get*',
        'List*',
        'Describe*',
        'CreateBackupSelection',
        'DeleteBackupSelection',
        'StartBackupJob',
        'StartRestoreJob',
        'StartCopyJob',
      ),
    ),
    allow('PassRoleAccess', 'iam:PassRole', ROLES, {
      StringLike: { 'iam:PassedToService': 'backup.amazonaws.com' },
    }),
  ],
};

/** AWSBackupAuditAccess. */
export const AUDIT_ACCESS: ManagedPolicyText = {
  version: 'v2 of 2023-04-10',
  statements: [
    allow(
      '',
      of(
        'backup',
        'CreateFramework',
        'UpdateFramework',
        'ListFrameworks',
        'DescribeFramework',
        'DeleteFramework',
        'ListBackupPlans',
        'ListBackupVaults',
        'CreateReportPlan',
        'UpdateReportPlan',
        'ListReportPlans',
        'DescribeReportPlan',
        'DeleteReportPlan',
        'StartReportJob',
        'ListReportJobs',
        'DescribeReportJob',
      ),
    ),
    allow(
      '',
      of(
        'config',
        'DescribeConfigurationRecorders',
        'DescribeConfigurationRecorderStatus',
        'DescribeComplianceByConfigRule',
      ),
    ),
    allow('', 'config:GetComplianceDetailsByConfigRule', 'arn:aws:config:*:*:config-rule/*'),
    allow('', of('s3', 'ListAllMyBuckets', 'GetBucketLocation'), 'arn:aws:s3:::*'),
  ],
};

/** AWSBackupOrganizationAdminAccess. */
export const ORGANIZATION_ADMIN_ACCESS: ManagedPolicyText = {
  version: 'v3 of 2022-11-18',
  statements: [
    allow(
      '',
      of('organizations', 'DisableAWSServiceAccess', 'EnableAWSServiceAccess', 'ListDelegatedAdministrators'),
      '*',
      OF_BACKUP,
    ),
    allow(
      '',
      of('organizations', 'RegisterDelegatedAdministrator', 'DeregisterDelegatedAdministrator'),
      'arn:aws:organizations::*:account/*',
      OF_BACKUP,
    ),
    allow(
      '',
      of(
        'organizations',
        'AttachPolicy',
        'ListPoliciesForTarget',
        'ListTargetsForPolicy',
        'DetachPolicy',
        'DisablePolicyType',
        'DescribePolicy',
        'DescribeEffectivePolicy',
        'ListPolicies',
        'EnablePolicyType',
        'CreatePolicy',
        'UpdatePolicy',
        'DeletePolicy',
      ),
      '*',
      { StringLikeIfExists: { 'organizations:PolicyType': ['BACKUP_POLICY'] } },
    ),
    allow(
      '',
      of(
        'organizations',
        'ListRoots',
        'ListParents',
        'ListAWSServiceAccessForOrganization',
        'ListAccountsForParent',
        'ListAccounts',
        'DescribeOrganization',
        'ListOrganizationalUnitsForParent',
        'ListChildren',
        'DescribeAccount',
        'DescribeOrganizationalUnit',
      ),
    ),
  ],
};

/** AWSBackupSearchOperatorAccess. */
export const SEARCH_OPERATOR_ACCESS: ManagedPolicyText = {
  version: 'v4 of 2026-02-11',
  statements: [
    allow('StartSearchAndListPermissions', [
      ...of('backup-search', 'StartSearchJob', 'ListSearchJobs', 'ListSearchResultExportJobs'),
      'backup:ListIndexedRecoveryPointsForSearch',
    ]),
    allow('BackupSearchRecoveryPointPermissions', 'backup:SearchRecoveryPoint', [
      'arn:aws:ec2:*::snapshot/*',
      'arn:aws:backup:*:*:recovery-point:*',
    ]),
    allow(
      'SearchAndExportPermissions',
      of(
        'backup-search',
        'StartSearchResultExportJob',
        'StopSearchJob',
        'GetSearchJob',
        'GetSearchResultExportJob',
        'ListSearchJobResults',
        'ListSearchJobBackups',
      ),
      ['arn:aws:backup-search:*:*:search-job/*', 'arn:aws:backup-search:*:*:search-export-job/*'],
    ),
    allow('KMSDataKeyForSearchAndExportPermissions', of('kms', 'Decrypt', 'GenerateDataKey'), 'arn:aws:kms:*:*:key/*', {
      ...via('backup'),
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['aws:backup-search:search-job'] },
    }),
  ],
};

const READS_STACKS = ['Describe*', 'Detect*', 'EstimateTemplateCost', 'Get*', 'List*', 'ValidateTemplate'];

/** AWSCloudFormationReadOnlyAccess, which the role has that the CDK deploys with. Source: the AWS managed policy reference. */
export const CLOUDFORMATION_READ_ONLY_ACCESS: ManagedPolicyText = {
  version: 'v4 of 2019-11-13',
  statements: [allow('', of('cloudformation', ...READS_STACKS))],
};

/** ReadOnlyAccess, as far as backups and the CDK's look-ups go. Assumed: the version. */
export const READ_ONLY_ACCESS: ManagedPolicyText = {
  version: 'unknown',
  extract: true,
  statements: [
    allow('', of('backup', 'Describe*', 'Get*', 'List*')),
    allow('', of('cloudformation', ...READS_STACKS)),
    allow('', of('ssm', 'Describe*', 'Get*', 'List*')),
  ],
};
