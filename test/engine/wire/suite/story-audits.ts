// Audits, legal holds, approval teams, and the end of all.
import type { Step } from './step';
import { RECOVERY } from './stage';
import { MAIN, vaultArn, TEAM, REPORT, GAP } from './story-inputs';

/** More than an account may have in a Region. */
const MANY_CONTROLS = Array.from({ length: 51 }, () => ({ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }));

export const AUDITS: readonly Step[] = [
  {
    operation: 'CreateFramework',
    input: {
      FrameworkName: 'audit',
      FrameworkControls: [{ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }],
      IdempotencyToken: 'f1',
    },
    fails: [
      {
        error: 'AlreadyExistsException',
        input: {
          FrameworkName: 'audit',
          FrameworkControls: [{ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }],
          IdempotencyToken: 'f9',
        },
      },
      {
        error: 'InvalidParameterValueException',
        input: { FrameworkName: 'none', FrameworkControls: [{ ControlName: 'UNKNOWN' }] },
      },
    ],
    minutes: 5,
    then: {
      operation: 'DescribeFramework',
      input: { FrameworkName: 'audit' },
      shows: { DeploymentStatus: 'COMPLETED' },
    },
  },
  { operation: 'DescribeFramework', input: { FrameworkName: 'audit' } },
  {
    operation: 'ListFrameworks',
    input: {},
    fails: [
      {
        error: 'InvalidParameterValueException',
        input: { FrameworkName: 'audit', FrameworkControls: [{ ControlName: 'UNKNOWN' }] },
        operation: 'UpdateFramework',
      },
      {
        error: 'LimitExceededException',
        input: { FrameworkName: 'audit', FrameworkControls: MANY_CONTROLS },
        operation: 'UpdateFramework',
      },
    ],
  },
  {
    operation: 'UpdateFramework',
    input: { FrameworkName: 'audit', FrameworkDescription: 'changed', IdempotencyToken: 'f2' },
    minutes: 5,
    then: {
      operation: 'DescribeFramework',
      input: { FrameworkName: 'audit' },
      shows: { FrameworkDescription: 'changed' },
    },
  },
  {
    operation: 'CreateReportPlan',
    input: {
      ...REPORT,
      ReportDeliveryChannel: { S3BucketName: 'reports', Formats: ['CSV'] },
      ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
      IdempotencyToken: 'q1',
    },
    fails: [
      {
        error: 'AlreadyExistsException',
        input: {
          ...REPORT,
          ReportDeliveryChannel: { S3BucketName: 'reports' },
          ReportSetting: { ReportTemplate: 'COPY_JOB_REPORT' },
          IdempotencyToken: 'q9',
        },
      },
      {
        error: 'InvalidParameterValueException',
        input: {
          ReportPlanName: 'odd',
          ReportDeliveryChannel: { S3BucketName: 'reports' },
          ReportSetting: { ReportTemplate: 'UNKNOWN' },
        },
      },
    ],
    minutes: 5,
    then: { operation: 'DescribeReportPlan', input: REPORT, shows: { ReportPlan: REPORT } },
  },
  { operation: 'DescribeReportPlan', input: REPORT },
  {
    operation: 'ListReportPlans',
    input: {},
    fails: [
      {
        error: 'InvalidParameterValueException',
        input: { ...REPORT, ReportSetting: { ReportTemplate: 'UNKNOWN' } },
        operation: 'UpdateReportPlan',
      },
    ],
  },
  {
    operation: 'UpdateReportPlan',
    input: { ...REPORT, ReportPlanDescription: 'changed', IdempotencyToken: 'q2' },
    minutes: 5,
    then: {
      operation: 'DescribeReportPlan',
      input: REPORT,
      shows: { ReportPlan: { ReportPlanDescription: 'changed' } },
    },
  },
  {
    operation: 'StartReportJob',
    input: { ...REPORT, IdempotencyToken: 'q3' },
    keep: { report: 'ReportJobId' },
    minutes: 30,
    then: {
      operation: 'DescribeReportJob',
      input: { ReportJobId: '$report' },
      shows: { ReportJob: { Status: 'COMPLETED' } },
    },
  },
  { operation: 'DescribeReportJob', input: { ReportJobId: '$report' } },
  { operation: 'ListReportJobs', input: {} },
  {
    operation: 'DeleteReportPlan',
    input: REPORT,
    minutes: 5,
    then: { operation: 'ListReportPlans', input: {}, shows: { ReportPlans: [] } },
  },
  {
    operation: 'DeleteFramework',
    input: { FrameworkName: 'audit' },
    minutes: 5,
    then: { operation: 'ListFrameworks', input: {}, shows: { Frameworks: [] } },
  },
  {
    operation: 'CreateLegalHold',
    input: {
      Title: 'case',
      Description: 'all of it',
      IdempotencyToken: 'h1',
      RecoveryPointSelection: {
        VaultNames: ['main'],
        DateRange: { FromDate: '2027-01-01T00:00:00Z', ToDate: '2027-01-03T00:00:00Z' },
      },
    },
    keep: { hold: 'LegalHoldId' },
    fails: [
      {
        error: 'InvalidResourceStateException',
        input: { LegalHoldId: '$hold', CancelDescription: 'early' },
        operation: 'CancelLegalHold',
      },
      {
        error: 'InvalidParameterValueException',
        input: {
          Title: 'case',
          Description: 'over before it began',
          RecoveryPointSelection: {
            DateRange: { FromDate: '2027-01-03T00:00:00Z', ToDate: '2027-01-01T00:00:00Z' },
          },
        },
      },
    ],
    minutes: 60,
    then: { operation: 'GetLegalHold', input: { LegalHoldId: '$hold' }, shows: { Status: 'ACTIVE' } },
  },
  { operation: 'GetLegalHold', input: { LegalHoldId: '$hold' } },
  {
    operation: 'ListLegalHolds',
    input: {},
    fails: [
      {
        error: 'InvalidRequestException',
        input: { ...MAIN, RecoveryPointArn: '$point' },
        operation: 'DeleteRecoveryPoint',
      },
      {
        error: 'InvalidParameterValueException',
        input: { LegalHoldId: '$hold', CancelDescription: 'over', RetainRecordInDays: -1 },
        operation: 'CancelLegalHold',
      },
    ],
  },
  { operation: 'ListRecoveryPointsByLegalHold', input: { LegalHoldId: '$hold' } },
  {
    operation: 'CancelLegalHold',
    input: { LegalHoldId: '$hold', CancelDescription: 'over' },
    fails: [{ error: 'InvalidResourceStateException', input: { LegalHoldId: '$hold', CancelDescription: 'again' } }],
    minutes: 60,
    then: { operation: 'GetLegalHold', input: { LegalHoldId: '$hold' }, shows: { CancelDescription: 'over' } },
  },
];

export const APPROVALS: readonly Step[] = [
  {
    operation: 'AssociateBackupVaultMpaApprovalTeam',
    input: { ...GAP, MpaApprovalTeamArn: TEAM },
    fails: [
      { error: 'InvalidRequestException', input: { ...MAIN, MpaApprovalTeamArn: TEAM } },
      { error: 'InvalidRequestException', input: MAIN, operation: 'DisassociateBackupVaultMpaApprovalTeam' },
      { error: 'InvalidParameterValueException', input: { ...GAP, MpaApprovalTeamArn: 'team' } },
    ],
    then: { operation: 'DescribeBackupVault', input: GAP, shows: { MpaApprovalTeamArn: TEAM } },
  },
  {
    operation: 'CreateRestoreAccessBackupVault',
    input: { SourceBackupVaultArn: vaultArn('gap'), BackupVaultName: 'access', CreatorRequestId: 'a1' },
    by: RECOVERY,
    approved: true,
    keep: { access: 'RestoreAccessBackupVaultArn' },
    fails: [
      {
        error: 'AlreadyExistsException',
        input: { SourceBackupVaultArn: vaultArn('gap'), BackupVaultName: 'access', CreatorRequestId: 'a9' },
        by: RECOVERY,
      },
      {
        error: 'InvalidRequestException',
        input: { SourceBackupVaultArn: vaultArn('main'), BackupVaultName: 'plain' },
        by: RECOVERY,
      },
      {
        error: 'InvalidParameterValueException',
        input: { SourceBackupVaultArn: 'main', BackupVaultName: 'plain' },
        by: RECOVERY,
      },
    ],
    minutes: 5,
    then: {
      operation: 'ListRestoreAccessBackupVaults',
      input: GAP,
      shows: { RestoreAccessBackupVaults: [{ VaultState: 'AVAILABLE' }] },
    },
  },
  { operation: 'ListRestoreAccessBackupVaults', input: GAP },
  {
    operation: 'RevokeRestoreAccessBackupVault',
    input: { ...GAP, RestoreAccessBackupVaultArn: '$access' },
    fails: [{ error: 'InvalidRequestException', input: { ...GAP, RestoreAccessBackupVaultArn: '$access' } }],
    approved: true,
    minutes: 5,
    then: { operation: 'ListRestoreAccessBackupVaults', input: GAP, shows: { RestoreAccessBackupVaults: [] } },
  },
  {
    operation: 'DisassociateBackupVaultMpaApprovalTeam',
    input: GAP,
    approved: true,
    minutes: 5,
    then: { operation: 'DescribeBackupVault', input: GAP, shows: { VaultState: 'AVAILABLE' } },
  },
];

export const ENDS: readonly Step[] = [
  {
    operation: 'DisassociateRecoveryPointFromParent',
    input: { ...MAIN, RecoveryPointArn: '$child' },
    then: {
      operation: 'ListRecoveryPointsByBackupVault',
      input: { ...MAIN, ByParentRecoveryPointArn: '$parent' },
      shows: {},
    },
  },
  {
    operation: 'DisassociateRecoveryPoint',
    input: { ...MAIN, RecoveryPointArn: '$always' },
    then: {
      operation: 'DescribeRecoveryPoint',
      input: { ...MAIN, RecoveryPointArn: '$always' },
      shows: { Status: 'STOPPED' },
    },
  },
  {
    operation: 'DeleteBackupSelection',
    input: { BackupPlanId: '$plan', SelectionId: '$selection' },
    then: { operation: 'ListBackupSelections', input: { BackupPlanId: '$plan' }, shows: { BackupSelectionsList: [] } },
  },
  {
    operation: 'DeleteBackupPlan',
    input: { BackupPlanId: '$plan' },
    then: { operation: 'ListBackupPlans', input: {}, shows: { BackupPlansList: [{ BackupPlanName: 'continuous' }] } },
  },
  {
    operation: 'CreateBackupVault',
    input: { BackupVaultName: 'spare', CreatorRequestId: 'c4' },
    // What is summed up of a day is there when the day is over.
    minutes: 80 * 60,
    fails: [{ error: 'InvalidRequestException', input: MAIN, operation: 'DeleteBackupVault' }],
  },
  { operation: 'DeleteRecoveryPoint', input: { ...MAIN, RecoveryPointArn: '$snapshot' } },
  {
    operation: 'DeleteBackupVault',
    input: { BackupVaultName: 'spare' },
    fails: [
      {
        error: 'InvalidRequestException',
        input: { BackupVaultName: 'sealed', MinRetentionDays: 2 },
        operation: 'PutBackupVaultLockConfiguration',
      },
      {
        error: 'InvalidRequestException',
        input: { BackupVaultName: 'sealed' },
        operation: 'DeleteBackupVaultLockConfiguration',
      },
    ],
  },
  { operation: 'ListBackupJobSummaries', input: { AggregationPeriod: 'FOURTEEN_DAYS' } },
  { operation: 'ListCopyJobSummaries', input: { AggregationPeriod: 'FOURTEEN_DAYS' } },
  { operation: 'ListRestoreJobSummaries', input: { AggregationPeriod: 'FOURTEEN_DAYS' } },
  { operation: 'ListScanJobSummaries', input: { AggregationPeriod: 'FOURTEEN_DAYS' } },
];
