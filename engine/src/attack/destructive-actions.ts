/**
 * Every action that destroys backups, ends them, lifts what keeps them, or blinds who watches over them.
 *
 * Pure: a table.
 * Source   B7.2/2, B7.4/7 (vaults and points), B11.6 (plans, settings, keys, the services' own doors), B10.1/5 (AWS Config,
 *          without which no control is evaluated), B11.4/1, B11.7/1, B11.7/2 (the management account), service authorization
 *          reference for the names of actions, KMS developer guide, "Permissions reference", for use across accounts.
 * Spec     attack.md
 */
import { BackupLimits } from '@holdfast/model';

/** What an attack is on. */
export type TargetKind =
  | 'vault'
  | 'recovery-point'
  | 'key'
  | 'key-alias'
  | 'database'
  | 'automated-backups'
  | 'plan'
  | 'role'
  | 'linked-role'
  | 'legal-hold'
  | 'framework'
  | 'report-plan'
  | 'report-bucket'
  | 'restore-testing-plan'
  | 'account'
  | 'organization'
  | 'organization-policy'
  | 'member-account';

/** An action, and what it needs of its target. */
export interface DestructiveAction {
  readonly action: string;
  /** What it does to backups. */
  readonly does: string;
  /** Keys of the request that the attack gives. */
  readonly context?: Readonly<Record<string, string>>;
  /** Which ARNs are its own; every one unless given. */
  readonly arns?: RegExp;
  /** For vaults: whether it is for air-gapped ones alone. */
  readonly airGapped?: boolean;
  /** The service of which nobody says whether it refuses; the doors of service-doors.ts say so themselves. */
  readonly doubtful?: string;
  /** Whether policies see `*` as its resource, whatever it is on. */
  readonly onEverything?: boolean;
  /** Who tries it beside the principals of the account that the target is in. */
  readonly across?: 'anybody' | 'delegated-administrators';
  /** Whether those in the account of the target do not try it: they may, and nobody would want to keep them from it. */
  readonly foreignersAlone?: boolean;
}

const INSTANCE = /^arn:[^:]+:rds:[^:]*:[^:]*:db:/;
const CLUSTER = /^arn:[^:]+:rds:[^:]*:[^:]*:cluster:/;
const EC2_SNAPSHOT = /^arn:[^:]+:ec2:[^:]*:[^:]*:snapshot\//;
const EC2_IMAGE = /^arn:[^:]+:ec2:[^:]*:[^:]*:image\//;
const LONGEST = String(BackupLimits.LONGEST_DAYS);
const BACKUP_ACCESS = { 'organizations:ServicePrincipal': 'backup.amazonaws.com' };

const OF_VAULTS: readonly DestructiveAction[] = [
  { action: 'backup:DeleteBackupVault', does: 'deletes the vault' },
  { action: 'backup:DeleteBackupVaultAccessPolicy', does: 'takes the access policy away' },
  { action: 'backup:PutBackupVaultAccessPolicy', does: 'replaces the access policy' },
  { action: 'backup:DeleteBackupVaultLockConfiguration', does: 'takes the lock away' },
  {
    action: 'backup:PutBackupVaultLockConfiguration',
    does: 'puts a lock with the widest bounds in place of any other',
    context: { 'backup:MinRetentionDays': '1', 'backup:MaxRetentionDays': LONGEST },
  },
  {
    action: 'backup:PutBackupVaultLockConfiguration',
    does: 'locks the vault for ever, with bounds that every job breaks',
    context: {
      'backup:MinRetentionDays': LONGEST,
      'backup:MaxRetentionDays': LONGEST,
      'backup:ChangeableForDays': String(BackupLimits.LOCK_GRACE_DAYS),
    },
  },
  { action: 'backup:DeleteBackupVaultNotifications', does: 'silences the vault' },
  { action: 'backup:PutBackupVaultNotifications', does: 'tells of the vault elsewhere' },
  {
    action: 'backup:AssociateBackupVaultMpaApprovalTeam',
    does: 'lets others approve access to the vault',
    airGapped: true,
  },
  {
    action: 'backup:DisassociateBackupVaultMpaApprovalTeam',
    does: 'takes away the team without which nobody reaches the vault once its account is lost',
    airGapped: true,
  },
  {
    action: 'backup:RevokeRestoreAccessBackupVault',
    does: 'takes from another account the way in by which it would restore',
    airGapped: true,
  },
];

const OF_POINTS: readonly DestructiveAction[] = [
  { action: 'backup:DeleteRecoveryPoint', does: 'deletes the point' },
  { action: 'backup:UpdateRecoveryPointLifecycle', does: 'lets the point expire tomorrow' },
  { action: 'backup:DisassociateRecoveryPoint', does: 'ends the continuous backup' },
  { action: 'backup:DisassociateRecoveryPointFromParent', does: 'takes the point out of its composite' },
  { action: 'ec2:DeleteSnapshot', does: 'deletes the snapshot in EC2', arns: EC2_SNAPSHOT },
  { action: 'ec2:ModifySnapshotTier', does: 'archives the snapshot in EC2', arns: EC2_SNAPSHOT },
  { action: 'ec2:DeregisterImage', does: 'deletes the image in EC2', arns: EC2_IMAGE },
  { action: 'ec2:DisableImage', does: 'disables the image in EC2', arns: EC2_IMAGE },
  { action: 'rds:DeleteDBSnapshot', does: 'deletes the snapshot in RDS', arns: /:rds:[^:]*:[^:]*:snapshot:/ },
  {
    action: 'rds:DeleteDBClusterSnapshot',
    does: 'deletes the snapshot in RDS',
    arns: /:rds:[^:]*:[^:]*:cluster-snapshot:/,
  },
  { action: 'dynamodb:DeleteBackup', does: 'deletes the backup in DynamoDB', arns: /:dynamodb:.*\/backup\// },
  { action: 'fsx:DeleteBackup', does: 'deletes the backup in FSx', arns: /:fsx:.*:backup\// },
  {
    action: 'redshift:DeleteClusterSnapshot',
    does: 'deletes the snapshot in Redshift',
    arns: /:redshift:.*:snapshot:/,
  },
  {
    action: 'redshift-serverless:DeleteSnapshot',
    does: 'deletes the snapshot in Redshift Serverless',
    arns: /:redshift-serverless:.*:snapshot/,
  },
];

const OF_DATABASES: readonly DestructiveAction[] = [
  { action: 'rds:ModifyDBInstance', does: 'ends the automated backups: keeps them for 0 days', arns: INSTANCE },
  { action: 'rds:ModifyDBCluster', does: 'keeps automated backups for a day', arns: CLUSTER },
  { action: 'rds:DeleteDBInstance', does: 'deletes the database with its automated backups', arns: INSTANCE },
  { action: 'rds:DeleteDBCluster', does: 'deletes the database with its automated backups', arns: CLUSTER },
  { action: 'rds:DeleteDBInstanceAutomatedBackup', does: 'deletes the automated backups', arns: INSTANCE },
  { action: 'rds:DeleteDBClusterAutomatedBackup', does: 'deletes the automated backups', arns: CLUSTER },
];

const LEFT_BACKUPS = { does: 'deletes what is left of the continuous backup', doubtful: 'RDS' };

const OF_ORGANIZATIONS: readonly DestructiveAction[] = [
  {
    action: 'organizations:DisablePolicyType',
    does: 'detaches every service control policy',
    context: { 'organizations:PolicyType': 'SERVICE_CONTROL_POLICY' },
  },
  {
    action: 'organizations:DisablePolicyType',
    does: 'detaches every resource control policy',
    context: { 'organizations:PolicyType': 'RESOURCE_CONTROL_POLICY' },
  },
  {
    action: 'organizations:DisablePolicyType',
    does: 'detaches every backup policy, and ends its plans',
    context: { 'organizations:PolicyType': 'BACKUP_POLICY' },
  },
  {
    action: 'organizations:DisableAWSServiceAccess',
    does: 'ends copies to other accounts and the plans of backup policies',
    context: BACKUP_ACCESS,
    onEverything: true,
  },
  { action: 'organizations:DeleteResourcePolicy', does: 'takes from delegated administrators what they may' },
  { action: 'organizations:PutResourcePolicy', does: 'lets others change the policies' },
  { action: 'organizations:DeleteOrganization', does: 'ends the organization and its guardrails', onEverything: true },
  { action: 'backup:UpdateGlobalSettings', does: 'ends copies to other accounts', onEverything: true },
];

export const DESTRUCTIVE: Readonly<Record<TargetKind, readonly DestructiveAction[]>> = {
  vault: OF_VAULTS,
  'recovery-point': OF_POINTS,
  key: [
    { action: 'kms:ScheduleKeyDeletion', does: 'lets the key be deleted, and all that it encrypts with it' },
    { action: 'kms:DisableKey', does: 'makes points unreadable and backups fail' },
    { action: 'kms:PutKeyPolicy', does: 'shuts everybody else out of the key' },
    { action: 'kms:RevokeGrant', does: 'makes jobs fail that use the key by a grant', across: 'anybody' },
    { action: 'kms:RetireGrant', does: 'makes jobs fail that use the key by a grant', across: 'anybody' },
  ],
  // CreateAlias makes a name that nothing goes by yet (attack.md).
  'key-alias': [
    { action: 'kms:UpdateAlias', does: 'leads buckets to another key, which their backups may not be able to read' },
    { action: 'kms:DeleteAlias', does: 'lets somebody give the name to another key' },
  ],
  database: OF_DATABASES,
  'automated-backups': [
    { action: 'rds:DeleteDBInstanceAutomatedBackup', arns: INSTANCE, ...LEFT_BACKUPS },
    { action: 'rds:DeleteDBClusterAutomatedBackup', arns: CLUSTER, ...LEFT_BACKUPS },
  ],
  plan: [
    { action: 'backup:DeleteBackupPlan', does: 'ends the backups' },
    { action: 'backup:UpdateBackupPlan', does: 'replaces the rules' },
    { action: 'backup:DeleteBackupSelection', does: 'takes resources out of the plan' },
    { action: 'backup:StopBackupJob', does: 'stops its jobs as they run', onEverything: true },
  ],
  // What is always possible; a role that has policies cannot be deleted before they are detached.
  role: [
    { action: 'iam:PutRolePolicy', does: 'denies the role of the plan what backups need' },
    { action: 'iam:PutRolePermissionsBoundary', does: 'bounds the role of the plan, so that backups fail' },
    { action: 'iam:UpdateAssumeRolePolicy', does: 'keeps AWS Backup from assuming the role of the plan' },
  ],
  'linked-role': [{ action: 'iam:DeleteServiceLinkedRole', does: 'takes from AWS Backup the role that it works with' }],
  'legal-hold': [{ action: 'backup:CancelLegalHold', does: 'lets the points that are held go' }],
  framework: [
    { action: 'backup:DeleteFramework', does: 'ends the audit' },
    { action: 'backup:UpdateFramework', does: 'drops controls of the audit' },
  ],
  'report-plan': [
    { action: 'backup:DeleteReportPlan', does: 'ends the reports' },
    { action: 'backup:UpdateReportPlan', does: 'sends the reports elsewhere' },
  ],
  'report-bucket': [{ action: 's3:DeleteObject', does: 'deletes reports', across: 'anybody', foreignersAlone: true }],
  'restore-testing-plan': [
    { action: 'backup:DeleteRestoreTestingPlan', does: 'ends the restore tests' },
    { action: 'backup:UpdateRestoreTestingPlan', does: 'lets the restore tests begin years apart' },
    { action: 'backup:DeleteRestoreTestingSelection', does: 'takes resources out of the restore tests' },
    { action: 'backup:UpdateRestoreTestingSelection', does: 'tests the restore of something else' },
  ],
  account: [
    { action: 'config:StopConfigurationRecorder', does: 'blinds the controls of the audit' },
    { action: 'config:DeleteConfigurationRecorder', does: 'blinds the controls of the audit' },
    { action: 'config:PutConfigurationRecorder', does: 'records nothing that the audit needs' },
    { action: 'backup:UpdateRegionSettings', does: 'opts services out' },
    { action: 'organizations:LeaveOrganization', does: 'leaves the organization and its guardrails' },
    { action: 'account:CloseAccount', does: 'closes the account, and with it its vaults' },
  ],
  organization: OF_ORGANIZATIONS,
  'organization-policy': [
    { action: 'organizations:DetachPolicy', does: 'takes the policy away', across: 'delegated-administrators' },
    { action: 'organizations:UpdatePolicy', does: 'empties the policy', across: 'delegated-administrators' },
    { action: 'organizations:DeletePolicy', does: 'deletes the policy', across: 'delegated-administrators' },
  ],
  'member-account': [
    { action: 'organizations:MoveAccount', does: 'moves the account out from under the policies of its unit' },
    { action: 'organizations:RemoveAccountFromOrganization', does: 'takes the account out of the organization' },
    { action: 'organizations:CloseAccount', does: 'closes the account, and with it its vaults' },
    {
      action: 'organizations:DeregisterDelegatedAdministrator',
      does: 'keeps the account from watching over the others',
      context: BACKUP_ACCESS,
    },
  ],
};
