// Restores and their tests; indexes, scans and tiers.
import type { Step } from './step';
import { ROLE, TABLE } from './stage';
import { MAIN, DRILL, tiers, SCAN } from './story-inputs';

export const RESTORES: readonly Step[] = [
  {
    operation: 'StartRestoreJob',
    input: {
      RecoveryPointArn: '$point',
      Metadata: { targetTableName: 'orders-2' },
      IamRoleArn: ROLE,
      IdempotencyToken: 'r1',
    },
    keep: { restore: 'RestoreJobId' },
    fails: [
      {
        error: 'InvalidParameterValueException',
        input: { RecoveryPointArn: '$point', Metadata: {}, IamRoleArn: ROLE },
      },
      { error: 'InvalidRequestException', input: { RecoveryPointArn: '$parent', Metadata: {}, IamRoleArn: ROLE } },
      {
        error: 'InvalidRequestException',
        input: { RestoreJobId: '$restore', ValidationStatus: 'SUCCESSFUL' },
        operation: 'PutRestoreValidationResult',
      },
    ],
    minutes: 60,
    then: { operation: 'DescribeRestoreJob', input: { RestoreJobId: '$restore' }, shows: { Status: 'COMPLETED' } },
  },
  { operation: 'DescribeRestoreJob', input: { RestoreJobId: '$restore' } },
  { operation: 'ListRestoreJobs', input: {} },
  { operation: 'ListRestoreJobsByProtectedResource', input: { ResourceArn: TABLE.arn } },
  { operation: 'ListRestoreJobSummaries', input: { AggregationPeriod: 'ONE_DAY' } },
  { operation: 'GetRestoreJobMetadata', input: { RestoreJobId: '$restore' } },
  { operation: 'GetRestoreTestingInferredMetadata', input: { ...MAIN, RecoveryPointArn: '$point' } },
  {
    operation: 'CreateRestoreTestingPlan',
    input: { RestoreTestingPlan: DRILL, CreatorRequestId: 'd1' },
    keep: { drillArn: 'RestoreTestingPlanArn' },
    fails: [
      { error: 'AlreadyExistsException', input: { RestoreTestingPlan: DRILL, CreatorRequestId: 'd9' } },
      {
        error: 'InvalidParameterValueException',
        input: { RestoreTestingPlan: { ...DRILL, RestoreTestingPlanName: 'bad', ScheduleExpression: 'never' } },
      },
      {
        error: 'InvalidParameterValueException',
        input: { RestoreTestingPlanName: 'drill', RestoreTestingPlan: { ScheduleExpression: 'never' } },
        operation: 'UpdateRestoreTestingPlan',
      },
    ],
    then: {
      operation: 'GetRestoreTestingPlan',
      input: { RestoreTestingPlanName: 'drill' },
      shows: { RestoreTestingPlan: { RestoreTestingPlanName: 'drill' } },
    },
  },
  { operation: 'GetRestoreTestingPlan', input: { RestoreTestingPlanName: 'drill' } },
  { operation: 'ListRestoreTestingPlans', input: {} },
  {
    operation: 'CreateRestoreTestingSelection',
    input: {
      RestoreTestingPlanName: 'drill',
      RestoreTestingSelection: {
        RestoreTestingSelectionName: 'tables',
        ProtectedResourceType: 'DynamoDB',
        ProtectedResourceArns: ['*'],
        IamRoleArn: ROLE,
        ValidationWindowHours: 4,
      },
      CreatorRequestId: 'd2',
    },
    fails: [
      {
        error: 'AlreadyExistsException',
        input: {
          RestoreTestingPlanName: 'drill',
          RestoreTestingSelection: {
            RestoreTestingSelectionName: 'tables',
            ProtectedResourceType: 'DynamoDB',
            ProtectedResourceArns: ['*'],
            IamRoleArn: ROLE,
          },
          CreatorRequestId: 'd9',
        },
      },
      {
        error: 'InvalidParameterValueException',
        input: {
          RestoreTestingPlanName: 'drill',
          RestoreTestingSelection: {
            RestoreTestingSelectionName: 'odd',
            ProtectedResourceType: 'Unknown',
            ProtectedResourceArns: ['*'],
            IamRoleArn: ROLE,
          },
        },
      },
      {
        error: 'InvalidParameterValueException',
        input: {
          RestoreTestingPlanName: 'drill',
          RestoreTestingSelectionName: 'tables',
          RestoreTestingSelection: { ValidationWindowHours: 1000 },
        },
        operation: 'UpdateRestoreTestingSelection',
      },
    ],
    then: {
      operation: 'GetRestoreTestingSelection',
      input: { RestoreTestingPlanName: 'drill', RestoreTestingSelectionName: 'tables' },
      shows: { RestoreTestingSelection: { ProtectedResourceType: 'DynamoDB' } },
    },
  },
  {
    operation: 'GetRestoreTestingSelection',
    input: { RestoreTestingPlanName: 'drill', RestoreTestingSelectionName: 'tables' },
  },
  {
    operation: 'ListRestoreTestingSelections',
    input: { RestoreTestingPlanName: 'drill' },
    fails: [
      {
        error: 'InvalidRequestException',
        input: { RestoreTestingPlanName: 'drill' },
        operation: 'DeleteRestoreTestingPlan',
      },
    ],
  },
  {
    operation: 'UpdateRestoreTestingPlan',
    input: {
      RestoreTestingPlanName: 'drill',
      RestoreTestingPlan: { ScheduleExpression: 'cron(0 14 * * ? *)', StartWindowHours: 1 },
    },
    then: {
      operation: 'GetRestoreTestingPlan',
      input: { RestoreTestingPlanName: 'drill' },
      shows: { RestoreTestingPlan: { ScheduleExpression: 'cron(0 14 * * ? *)' } },
    },
  },
  {
    operation: 'UpdateRestoreTestingSelection',
    input: {
      RestoreTestingPlanName: 'drill',
      RestoreTestingSelectionName: 'tables',
      RestoreTestingSelection: { ValidationWindowHours: 8 },
    },
    // At 14:00, and in the hour that follows, a test is restored.
    minutes: 6 * 60,
    then: {
      operation: 'GetRestoreTestingSelection',
      input: { RestoreTestingPlanName: 'drill', RestoreTestingSelectionName: 'tables' },
      shows: { RestoreTestingSelection: { ValidationWindowHours: 8 } },
    },
  },
  {
    operation: 'ListRestoreJobs',
    input: { ByRestoreTestingPlanArn: '$drillArn' },
    keep: { tested: 'RestoreJobs.0.RestoreJobId' },
  },
  {
    operation: 'PutRestoreValidationResult',
    input: { RestoreJobId: '$tested', ValidationStatus: 'SUCCESSFUL', ValidationStatusMessage: 'all rows are there' },
    fails: [
      { error: 'InvalidParameterValueException', input: { RestoreJobId: '$tested', ValidationStatus: 'UNKNOWN' } },
      { error: 'InvalidRequestException', input: { RestoreJobId: '$tested', ValidationStatus: 'FAILED' } },
    ],
    then: {
      operation: 'DescribeRestoreJob',
      input: { RestoreJobId: '$tested' },
      shows: { ValidationStatus: 'SUCCESSFUL' },
    },
  },
  {
    operation: 'DeleteRestoreTestingSelection',
    input: { RestoreTestingPlanName: 'drill', RestoreTestingSelectionName: 'tables' },
    then: {
      operation: 'ListRestoreTestingSelections',
      input: { RestoreTestingPlanName: 'drill' },
      shows: { RestoreTestingSelections: [] },
    },
  },
  {
    operation: 'DeleteRestoreTestingPlan',
    input: { RestoreTestingPlanName: 'drill' },
    then: { operation: 'ListRestoreTestingPlans', input: {}, shows: { RestoreTestingPlans: [] } },
  },
];

/** A continuous backup whose past is asked about. */
const LOOKED_AT = { ...MAIN, RecoveryPointArn: '$always', MalwareScanner: 'GUARDDUTY' };

export const INSPECTIONS: readonly Step[] = [
  {
    operation: 'UpdateRecoveryPointIndexSettings',
    input: { ...MAIN, RecoveryPointArn: '$snapshot', IamRoleArn: ROLE, Index: 'ENABLED' },
    fails: [
      { error: 'InvalidParameterValueException', input: { ...MAIN, RecoveryPointArn: '$snapshot', Index: 'UNKNOWN' } },
      {
        error: 'InvalidRequestException',
        input: { ...MAIN, RecoveryPointArn: '$point', IamRoleArn: ROLE, Index: 'ENABLED' },
      },
    ],
    minutes: 60,
    then: {
      operation: 'GetRecoveryPointIndexDetails',
      input: { ...MAIN, RecoveryPointArn: '$snapshot' },
      shows: { IndexStatus: 'ACTIVE' },
    },
  },
  { operation: 'GetRecoveryPointIndexDetails', input: { ...MAIN, RecoveryPointArn: '$snapshot' } },
  { operation: 'ListIndexedRecoveryPoints', input: {} },
  {
    operation: 'StartScanJob',
    input: { ...SCAN, IdempotencyToken: 'g1' },
    keep: { scan: 'ScanJobId' },
    fails: [
      { error: 'InvalidParameterValueException', input: { ...SCAN, MalwareScanner: 'UNKNOWN' } },
      { error: 'InvalidRequestException', input: { ...SCAN, RecoveryPointArn: '$point' } },
    ],
    minutes: 120,
    then: { operation: 'DescribeScanJob', input: { ScanJobId: '$scan' }, shows: { State: 'COMPLETED' } },
  },
  { operation: 'DescribeScanJob', input: { ScanJobId: '$scan' } },
  {
    operation: 'GetPITRMalwareScanResults',
    input: { ...LOOKED_AT, ScanEndTime: '2027-01-01T12:00:00Z' },
    fails: [{ error: 'InvalidParameterValueException', input: { ...LOOKED_AT, ScanEndTime: '2026-12-31T12:00:00Z' } }],
  },
  { operation: 'ListScanJobs', input: {} },
  { operation: 'ListScanJobSummaries', input: { AggregationPeriod: 'ONE_DAY' } },
  {
    operation: 'CreateTieringConfiguration',
    input: { TieringConfiguration: { TieringConfigurationName: 'tiers', ...tiers(60) }, CreatorRequestId: 'w1' },
    fails: [
      {
        error: 'AlreadyExistsException',
        input: { TieringConfiguration: { TieringConfigurationName: 'tiers', ...tiers(70) }, CreatorRequestId: 'w9' },
      },
      {
        error: 'InvalidParameterValueException',
        input: { TieringConfiguration: { TieringConfigurationName: 'low', ...tiers(1) } },
      },
      {
        error: 'InvalidParameterValueException',
        input: { TieringConfigurationName: 'tiers', TieringConfiguration: tiers(1) },
        operation: 'UpdateTieringConfiguration',
      },
    ],
    then: {
      operation: 'GetTieringConfiguration',
      input: { TieringConfigurationName: 'tiers' },
      shows: { TieringConfiguration: tiers(60) },
    },
  },
  { operation: 'GetTieringConfiguration', input: { TieringConfigurationName: 'tiers' } },
  {
    operation: 'CreateTieringConfiguration',
    input: {
      TieringConfiguration: { TieringConfigurationName: 'second', ...tiers(60), BackupVaultName: 'other' },
      CreatorRequestId: 'w2',
    },
    fails: [
      {
        error: 'AlreadyExistsException',
        input: { TieringConfigurationName: 'second', TieringConfiguration: tiers(60) },
        operation: 'UpdateTieringConfiguration',
      },
    ],
  },
  { operation: 'ListTieringConfigurations', input: {} },
  { operation: 'DeleteTieringConfiguration', input: { TieringConfigurationName: 'second' } },
  {
    operation: 'UpdateTieringConfiguration',
    input: { TieringConfigurationName: 'tiers', TieringConfiguration: tiers(90) },
    then: {
      operation: 'GetTieringConfiguration',
      input: { TieringConfigurationName: 'tiers' },
      shows: { TieringConfiguration: tiers(90) },
    },
  },
  {
    operation: 'DeleteTieringConfiguration',
    input: { TieringConfigurationName: 'tiers' },
    then: { operation: 'ListTieringConfigurations', input: {}, shows: { TieringConfigurations: [] } },
  },
];
