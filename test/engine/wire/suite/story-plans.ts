// Plans, the jobs of a night, their points and a copy.
import type { Step } from './step';
import { BUCKET, FILES, ROLE, SHOP, TABLE, VOLUME } from './stage';
import { MAIN, vaultArn, RULE, backupOf } from './story-inputs';

export const PLANS: readonly Step[] = [
  {
    operation: 'CreateBackupPlan',
    input: { BackupPlan: { BackupPlanName: 'plan', Rules: [RULE] }, CreatorRequestId: 'p1' },
    fails: [
      {
        error: 'AlreadyExistsException',
        input: { BackupPlan: { BackupPlanName: 'plan', Rules: [RULE] }, CreatorRequestId: 'p9' },
      },
      { error: 'InvalidParameterValueException', input: { BackupPlan: { BackupPlanName: 'plan2', Rules: [] } } },
    ],
    keep: { plan: 'BackupPlanId' },
    then: {
      operation: 'GetBackupPlan',
      input: { BackupPlanId: '$plan' },
      shows: { BackupPlan: { BackupPlanName: 'plan', Rules: [{ RuleName: 'daily' }] } },
    },
  },
  { operation: 'GetBackupPlan', input: { BackupPlanId: '$plan' } },
  {
    operation: 'CreateBackupSelection',
    input: {
      BackupPlanId: '$plan',
      BackupSelection: { SelectionName: 'files', IamRoleArn: ROLE, Resources: [FILES.arn] },
      CreatorRequestId: 's1',
    },
    keep: { selection: 'SelectionId' },
    fails: [
      {
        error: 'InvalidParameterValueException',
        input: { BackupPlanId: '$plan', BackupSelection: { SelectionName: 'none', IamRoleArn: ROLE } },
      },
      {
        error: 'InvalidParameterValueException',
        input: { BackupPlanId: '$plan', SelectionId: '00000000-0000-4000-8000-000000000000' },
        operation: 'GetBackupSelection',
      },
      {
        error: 'InvalidParameterValueException',
        input: { BackupPlanId: '$plan', SelectionId: '00000000-0000-4000-8000-000000000000' },
        operation: 'DeleteBackupSelection',
      },
      { error: 'InvalidRequestException', input: { BackupPlanId: '$plan' }, operation: 'DeleteBackupPlan' },
      {
        error: 'InvalidParameterValueException',
        input: { BackupPlanId: '$plan', BackupPlan: { BackupPlanName: 'plan', Rules: [] } },
        operation: 'UpdateBackupPlan',
      },
    ],
    then: {
      operation: 'GetBackupSelection',
      input: { BackupPlanId: '$plan', SelectionId: '$selection' },
      shows: { BackupSelection: { Resources: [FILES.arn] } },
    },
  },
  { operation: 'GetBackupSelection', input: { BackupPlanId: '$plan', SelectionId: '$selection' } },
  { operation: 'ListBackupSelections', input: { BackupPlanId: '$plan' } },
  {
    operation: 'UpdateBackupPlan',
    input: {
      BackupPlanId: '$plan',
      BackupPlan: {
        BackupPlanName: 'plan',
        Rules: [
          { ...RULE, CopyActions: [{ DestinationBackupVaultArn: vaultArn('other'), Lifecycle: RULE.Lifecycle }] },
        ],
      },
    },
    then: {
      operation: 'GetBackupPlan',
      input: { BackupPlanId: '$plan' },
      shows: { BackupPlan: { Rules: [{ CopyActions: [{ DestinationBackupVaultArn: vaultArn('other') }] }] } },
    },
  },
  {
    operation: 'ListBackupPlanTemplates',
    input: {},
    keep: { offered: 'BackupPlanTemplatesList.0.BackupPlanTemplateId' },
  },
  { operation: 'GetBackupPlanFromTemplate', input: { BackupPlanTemplateId: '$offered' } },
  { operation: 'ListBackupPlanVersions', input: { BackupPlanId: '$plan' } },
  { operation: 'ListBackupPlans', input: {} },
  {
    operation: 'ExportBackupPlanTemplate',
    input: { BackupPlanId: '$plan' },
    keep: { template: 'BackupPlanTemplateJson' },
  },
  {
    operation: 'GetBackupPlanFromJSON',
    input: { BackupPlanTemplateJson: '$template' },
    fails: [{ error: 'InvalidParameterValueException', input: { BackupPlanTemplateJson: '{' } }],
  },
  {
    operation: 'CreateBackupPlan',
    input: {
      BackupPlan: {
        BackupPlanName: 'continuous',
        Rules: [{ ...RULE, RuleName: 'always', EnableContinuousBackup: true }],
      },
      CreatorRequestId: 'p2',
    },
    keep: { continuous: 'BackupPlanId' },
  },
  {
    operation: 'CreateBackupSelection',
    input: {
      BackupPlanId: '$continuous',
      BackupSelection: { SelectionName: 'bucket', IamRoleArn: ROLE, Resources: [BUCKET.arn] },
      CreatorRequestId: 's2',
    },
  },
];

export const JOBS: readonly Step[] = [
  {
    ...backupOf(TABLE.arn, 't1'),
    keep: { job: 'BackupJobId' },
    fails: [
      {
        error: 'InvalidParameterValueException',
        input: { ...MAIN, ResourceArn: TABLE.arn, IamRoleArn: ROLE, Lifecycle: { DeleteAfterDays: 0 } },
      },
    ],
    then: { operation: 'DescribeBackupJob', input: { BackupJobId: '$job' }, shows: { ResourceArn: TABLE.arn } },
  },
  { operation: 'DescribeBackupJob', input: { BackupJobId: '$job' } },
  { ...backupOf(FILES.arn, 't2'), keep: { stopped: 'BackupJobId' } },
  {
    operation: 'StopBackupJob',
    input: { BackupJobId: '$stopped' },
    minutes: 60,
    then: { operation: 'DescribeBackupJob', input: { BackupJobId: '$stopped' }, shows: { State: 'ABORTED' } },
  },
  { ...backupOf(VOLUME.arn, 't3') },
  { ...backupOf(SHOP.arn, 't4') },
  // The rules of the plans are due at 05:00.
  { ...backupOf(FILES.arn, 't5'), minutes: 7 * 60 },
  {
    operation: 'ListBackupJobs',
    input: {},
    fails: [{ error: 'InvalidRequestException', input: { BackupJobId: '$job' }, operation: 'StopBackupJob' }],
  },
  { operation: 'ListBackupJobSummaries', input: { AggregationPeriod: 'ONE_DAY' } },
  { operation: 'ListRecoveryPointsByBackupVault', input: MAIN },
  {
    operation: 'ListRecoveryPointsByResource',
    input: { ResourceArn: TABLE.arn },
    keep: { point: 'RecoveryPoints.0.RecoveryPointArn' },
  },
  {
    operation: 'ListRecoveryPointsByResource',
    input: { ResourceArn: VOLUME.arn },
    keep: { snapshot: 'RecoveryPoints.0.RecoveryPointArn' },
  },
  {
    operation: 'ListRecoveryPointsByResource',
    input: { ResourceArn: FILES.arn },
    keep: { files: 'RecoveryPoints.0.RecoveryPointArn' },
  },
  {
    operation: 'ListRecoveryPointsByResource',
    input: { ResourceArn: BUCKET.arn },
    keep: { always: 'RecoveryPoints.0.RecoveryPointArn' },
  },
  {
    operation: 'ListRecoveryPointsByResource',
    input: { ResourceArn: SHOP.arn },
    keep: { parent: 'RecoveryPoints.0.RecoveryPointArn' },
  },
  {
    operation: 'ListRecoveryPointsByBackupVault',
    input: { ...MAIN, ByParentRecoveryPointArn: '$parent' },
    keep: { child: 'RecoveryPoints.0.RecoveryPointArn' },
  },
  { operation: 'DescribeRecoveryPoint', input: { ...MAIN, RecoveryPointArn: '$point' } },
  { operation: 'ListProtectedResources', input: {} },
  { operation: 'DescribeProtectedResource', input: { ResourceArn: TABLE.arn } },
  { operation: 'ListProtectedResourcesByBackupVault', input: MAIN },
  { operation: 'GetRecoveryPointRestoreMetadata', input: { ...MAIN, RecoveryPointArn: '$point' } },
  {
    operation: 'UpdateRecoveryPointLifecycle',
    input: { ...MAIN, RecoveryPointArn: '$point', Lifecycle: { DeleteAfterDays: 90 } },
    fails: [
      {
        error: 'InvalidParameterValueException',
        input: { ...MAIN, RecoveryPointArn: '$point', Lifecycle: { DeleteAfterDays: 0 } },
      },
      {
        error: 'InvalidRequestException',
        input: { ...MAIN, RecoveryPointArn: '$always', Lifecycle: { DeleteAfterDays: 20 } },
      },
      {
        error: 'InvalidRequestException',
        input: { ...MAIN, RecoveryPointArn: '$point' },
        operation: 'DisassociateRecoveryPoint',
      },
      {
        error: 'InvalidRequestException',
        input: { ...MAIN, RecoveryPointArn: '$point' },
        operation: 'DisassociateRecoveryPointFromParent',
      },
      {
        error: 'InvalidRequestException',
        input: { ...MAIN, RecoveryPointArn: '$parent' },
        operation: 'DeleteRecoveryPoint',
      },
    ],
    then: {
      operation: 'DescribeRecoveryPoint',
      input: { ...MAIN, RecoveryPointArn: '$point' },
      shows: { Lifecycle: { DeleteAfterDays: 90 } },
    },
  },
  {
    operation: 'StartCopyJob',
    input: {
      RecoveryPointArn: '$point',
      SourceBackupVaultName: 'main',
      DestinationBackupVaultArn: vaultArn('other'),
      IamRoleArn: ROLE,
      IdempotencyToken: 'k1',
    },
    keep: { copy: 'CopyJobId' },
    fails: [
      {
        error: 'InvalidParameterValueException',
        input: {
          RecoveryPointArn: '$point',
          SourceBackupVaultName: 'main',
          DestinationBackupVaultArn: vaultArn('other'),
          IamRoleArn: ROLE,
          Lifecycle: { DeleteAfterDays: 0 },
        },
      },
      {
        error: 'InvalidRequestException',
        input: {
          RecoveryPointArn: '$always',
          SourceBackupVaultName: 'main',
          DestinationBackupVaultArn: vaultArn('main'),
          IamRoleArn: ROLE,
        },
      },
    ],
    minutes: 60,
    then: { operation: 'DescribeCopyJob', input: { CopyJobId: '$copy' }, shows: { CopyJob: { State: 'COMPLETED' } } },
  },
  { operation: 'DescribeCopyJob', input: { CopyJobId: '$copy' } },
  { operation: 'ListCopyJobs', input: {} },
  { operation: 'ListCopyJobSummaries', input: { AggregationPeriod: 'ONE_DAY' } },
];
