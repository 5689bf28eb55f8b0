/**
 * Every action that destroys backups, ends them, lifts what keeps them, or blinds who watches over them.
 *
 * Pure: a table.
 * Source   B7.2/2, B7.4/7 (vaults and points), B11.6 (plans, settings, keys, the services' own doors), B10.1/5 (AWS Config,
 *          without which no control is evaluated), service authorization reference for the names of actions.
 */

/** What an attack is on. */
export type TargetKind =
  | 'vault'
  | 'recovery-point'
  | 'key'
  | 'plan'
  | 'role'
  | 'legal-hold'
  | 'framework'
  | 'report-plan'
  | 'restore-testing-plan'
  | 'account';

/** An action, and what it needs of its target. */
export interface DestructiveAction {
  readonly action: string;
  /** What it does to backups. */
  readonly does: string;
  /** Keys of the request that the attack gives. */
  readonly context?: Readonly<Record<string, string>>;
  /** For actions on points: which ARNs are its own; every one unless given. */
  readonly arns?: RegExp;
}

const EC2_SNAPSHOT = /^arn:[^:]+:ec2:[^:]*:[^:]*:snapshot\//;
const EC2_IMAGE = /^arn:[^:]+:ec2:[^:]*:[^:]*:image\//;

export const DESTRUCTIVE: Readonly<Record<TargetKind, readonly DestructiveAction[]>> = {
  vault: [
    { action: 'backup:DeleteBackupVault', does: 'deletes the vault' },
    { action: 'backup:DeleteBackupVaultAccessPolicy', does: 'takes the access policy away' },
    { action: 'backup:PutBackupVaultAccessPolicy', does: 'replaces the access policy' },
    { action: 'backup:DeleteBackupVaultLockConfiguration', does: 'takes the lock away' },
    {
      action: 'backup:PutBackupVaultLockConfiguration',
      does: 'lowers the bounds of the lock',
      context: { 'backup:MinRetentionDays': '1', 'backup:MaxRetentionDays': '36500' },
    },
    { action: 'backup:DeleteBackupVaultNotifications', does: 'silences the vault' },
  ],
  'recovery-point': [
    { action: 'backup:DeleteRecoveryPoint', does: 'deletes the point' },
    { action: 'backup:UpdateRecoveryPointLifecycle', does: 'lets the point expire tomorrow' },
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
  ],
  key: [
    { action: 'kms:ScheduleKeyDeletion', does: 'lets the key be deleted, and all that it encrypts with it' },
    { action: 'kms:DisableKey', does: 'makes points unreadable and backups fail' },
    { action: 'kms:PutKeyPolicy', does: 'shuts everybody else out of the key' },
  ],
  plan: [
    { action: 'backup:DeleteBackupPlan', does: 'ends the backups' },
    { action: 'backup:UpdateBackupPlan', does: 'replaces the rules' },
    { action: 'backup:DeleteBackupSelection', does: 'takes resources out of the plan' },
  ],
  // What is always possible; a role that has policies cannot be deleted before they are detached.
  role: [
    { action: 'iam:PutRolePolicy', does: 'denies the role of the plan what backups need' },
    { action: 'iam:PutRolePermissionsBoundary', does: 'bounds the role of the plan, so that backups fail' },
    { action: 'iam:UpdateAssumeRolePolicy', does: 'keeps AWS Backup from assuming the role of the plan' },
  ],
  'legal-hold': [{ action: 'backup:CancelLegalHold', does: 'lets the points that are held go' }],
  framework: [
    { action: 'backup:DeleteFramework', does: 'ends the audit' },
    { action: 'backup:UpdateFramework', does: 'drops controls of the audit' },
  ],
  'report-plan': [
    { action: 'backup:DeleteReportPlan', does: 'ends the reports' },
    { action: 'backup:UpdateReportPlan', does: 'sends the reports elsewhere' },
  ],
  'restore-testing-plan': [
    { action: 'backup:DeleteRestoreTestingPlan', does: 'ends the restore tests' },
    { action: 'backup:UpdateRestoreTestingPlan', does: 'lets the restore tests begin years apart' },
    { action: 'backup:DeleteRestoreTestingSelection', does: 'takes resources out of the restore tests' },
  ],
  account: [
    { action: 'config:StopConfigurationRecorder', does: 'blinds the controls of the audit' },
    { action: 'backup:UpdateRegionSettings', does: 'opts services out' },
    { action: 'organizations:LeaveOrganization', does: 'leaves the organization and its guardrails' },
    { action: 'account:CloseAccount', does: 'closes the account, and with it its vaults' },
  ],
};
