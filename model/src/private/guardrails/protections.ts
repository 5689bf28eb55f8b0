import { GuardrailExemption } from '../../guardrail-options';
import { Template } from './statement';

const { NOBODY, BREAK_GLASS, DEPLOYMENT } = GuardrailExemption;

/**
 * Services that whoever may pass roles still hands exempt ones to, as backups and deployments have them do.
 *
 * Source managed policy AWSBackupFullAccess (backups and tests of restores); API StartScanJob, ScannerRoleArn; CloudFormation
 * user guide, "CloudFormation service role".
 */
const SERVICES_OF_EXEMPT = [
  'backup.amazonaws.com',
  'cloudformation.amazonaws.com',
  'malware-protection.guardduty.amazonaws.com',
  'restore-testing.backup.amazonaws.com',
];

/**
 * Whatever weakens AWS Backup itself.
 *
 * Every resource is `*`: a recovery point has the ARN that its service gives it, so that `arn:aws:backup:…` alone would
 * leave out those of EBS and RDS (Source B11.5/2).
 */
export const PROTECTIONS = {
  recoveryPoints: [
    {
      actions: [
        'backup:DeleteRecoveryPoint',
        'backup:DisassociateRecoveryPoint',
        'backup:DisassociateRecoveryPointFromParent',
        'backup:UpdateRecoveryPointLifecycle',
      ],
      exempt: BREAK_GLASS,
    },
  ],
  vaults: [
    {
      actions: [
        'backup:DeleteBackupVault',
        'backup:DeleteBackupVaultAccessPolicy',
        'backup:DeleteBackupVaultSharingPolicy',
        'backup:PutBackupVaultAccessPolicy',
        'backup:PutBackupVaultSharingPolicy',
      ],
      exempt: DEPLOYMENT,
    },
  ],
  locks: [
    { actions: ['backup:DeleteBackupVaultLockConfiguration'], exempt: BREAK_GLASS },
    { actions: ['backup:PutBackupVaultLockConfiguration'], exempt: DEPLOYMENT },
  ],
  notifications: [
    {
      actions: ['backup:DeleteBackupVaultNotifications', 'backup:PutBackupVaultNotifications'],
      exempt: DEPLOYMENT,
    },
  ],
  // A selection that changes is replaced, so a deployment has to delete selections, too.
  plans: [
    {
      actions: [
        'backup:DeleteBackupPlan',
        'backup:DeleteBackupSelection',
        'backup:StopBackupJob',
        'backup:UpdateBackupPlan',
      ],
      exempt: DEPLOYMENT,
    },
  ],
  settings: [{ actions: ['backup:UpdateGlobalSettings', 'backup:UpdateRegionSettings'], exempt: DEPLOYMENT }],
  legalHolds: [{ actions: ['backup:CancelLegalHold'], exempt: BREAK_GLASS }],
  approvalTeams: [
    {
      actions: [
        'backup:AssociateBackupVaultMpaApprovalTeam',
        'backup:DisassociateBackupVaultMpaApprovalTeam',
        'backup:RevokeRestoreAccessBackupVault',
      ],
      exempt: DEPLOYMENT,
    },
  ],
  audit: [
    {
      actions: [
        'backup:DeleteFramework',
        'backup:DeleteReportPlan',
        'backup:UpdateFramework',
        'backup:UpdateReportPlan',
      ],
      exempt: DEPLOYMENT,
    },
  ],
  configRecorder: [
    {
      actions: [
        'config:DeleteConfigurationRecorder',
        'config:DeleteDeliveryChannel',
        'config:PutConfigurationRecorder',
        'config:StopConfigurationRecorder',
      ],
      exempt: DEPLOYMENT,
    },
  ],
  restoreTesting: [
    {
      actions: [
        'backup:DeleteRestoreTestingPlan',
        'backup:DeleteRestoreTestingSelection',
        'backup:UpdateRestoreTestingPlan',
        'backup:UpdateRestoreTestingSelection',
      ],
      exempt: DEPLOYMENT,
    },
  ],
  serviceLinkedRoles: [
    {
      actions: ['iam:DeleteServiceLinkedRole'],
      resources: ['backup', 'reports.backup', 'restore-testing.backup'].map(
        (service) => `arn:*:iam::*:role/aws-service-role/${service}.amazonaws.com/*`,
      ),
      exempt: DEPLOYMENT,
    },
  ],
  exemptRoles: [
    {
      actions: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRole',
        'iam:DeleteRolePermissionsBoundary',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
      ],
      resources: 'exempt-roles',
      exempt: DEPLOYMENT,
    },
    // No service is to run as a role for an emergency, so that a deployment passes none either.
    { actions: ['iam:PassRole'], resources: 'break-glass-roles', exempt: NOBODY },
    {
      actions: ['iam:PassRole'],
      resources: 'other-exempt-roles',
      conditions: { StringNotEquals: { 'iam:PassedToService': SERVICES_OF_EXEMPT } },
      exempt: DEPLOYMENT,
    },
    {
      actions: [
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:SetDefaultPolicyVersion',
      ],
      resources: 'exempt-policies',
      exempt: DEPLOYMENT,
    },
  ],
  membership: [{ actions: ['account:CloseAccount', 'organizations:LeaveOrganization'], exempt: NOBODY }],
} satisfies Record<string, readonly Template[]>;

/**
 * Keys with a tag: what destroys them, what gives them away, and what takes the tag from them.
 *
 * Values of `aws:TagKeys` are compared without case, as the key of a tag in a condition has none either: `Backup-Key` beside
 * `backup-key` would make it unclear which of them the condition reads.
 */
export function keyProtections(tagKey: string, tagValue: string): Template[] {
  const marked = { StringEquals: { [`aws:ResourceTag/${tagKey}`]: tagValue } };
  return [
    {
      actions: ['kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
      conditions: marked,
      exempt: BREAK_GLASS,
    },
    {
      actions: [
        'kms:DeleteAlias',
        'kms:DisableKeyRotation',
        'kms:PutKeyPolicy',
        'kms:ReplicateKey',
        'kms:UpdateAlias',
        'kms:UpdatePrimaryRegion',
      ],
      conditions: marked,
      exempt: DEPLOYMENT,
    },
    {
      actions: ['kms:TagResource', 'kms:UntagResource'],
      conditions: { ...marked, 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [tagKey] } },
      exempt: DEPLOYMENT,
    },
  ];
}
