// What happens in the suite: every operation of AWS Backup once with success, as data that any client can be asked for.
import type { Limit, Step } from './step';
import { FILES, ROLE } from './stage';
import { RULE, DRILL } from './story-inputs';
import { VAULTS } from './story-vaults';
import { PLANS, JOBS } from './story-plans';
import { RESTORES, INSPECTIONS } from './story-restores';
import { AUDITS, APPROVALS, ENDS } from './story-audits';

export const STORY: readonly Step[] = [
  ...VAULTS,
  ...PLANS,
  ...JOBS,
  ...RESTORES,
  ...INSPECTIONS,
  ...AUDITS,
  ...APPROVALS,
  ...ENDS,
];

export const LIMITS: readonly Limit[] = [
  {
    operation: 'CreateBackupSelection',
    input: {
      BackupPlanId: '$continuous',
      BackupSelection: { SelectionName: 'n#', IamRoleArn: ROLE, Resources: [FILES.arn] },
      CreatorRequestId: '#',
    },
    most: 100,
  },
  { operation: 'CreateBackupVault', input: { BackupVaultName: 'v#', CreatorRequestId: '#' }, most: 300 },
  {
    operation: 'CreateLogicallyAirGappedBackupVault',
    input: { BackupVaultName: 'g#', MinRetentionDays: 7, MaxRetentionDays: 60, CreatorRequestId: '#' },
    most: 300,
  },
  {
    operation: 'CreateFramework',
    input: { FrameworkName: 'f#', FrameworkControls: [{ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }] },
    most: 15,
  },
  {
    operation: 'CreateReportPlan',
    input: {
      ReportPlanName: 'r#',
      ReportDeliveryChannel: { S3BucketName: 'reports' },
      ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
    },
    most: 20,
  },
  { operation: 'CreateLegalHold', input: { Title: 'h#', Description: 'one of many', IdempotencyToken: '#' }, most: 50 },
  {
    operation: 'CreateBackupPlan',
    input: { BackupPlan: { BackupPlanName: 'p#', Rules: [RULE] }, CreatorRequestId: '#' },
    most: 300,
  },
  {
    operation: 'CreateRestoreTestingPlan',
    input: { RestoreTestingPlan: { ...DRILL, RestoreTestingPlanName: 't#' }, CreatorRequestId: '#' },
    most: 100,
  },
  {
    operation: 'CreateRestoreTestingSelection',
    input: {
      RestoreTestingPlanName: 't1',
      RestoreTestingSelection: {
        RestoreTestingSelectionName: 's#',
        ProtectedResourceType: 'DynamoDB',
        ProtectedResourceArns: ['*'],
        IamRoleArn: ROLE,
      },
      CreatorRequestId: '#',
    },
    most: 30,
  },
];
