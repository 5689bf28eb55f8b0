// What happens in the suite: every operation of AWS Backup once with success, as data that any client can be asked for.
import { BUCKET, FILES, OWNER, RECOVERY, REGION, ROLE, SHOP, TABLE, VOLUME } from './stage';

/** Members of an answer, found by whoever reads the step. */
export type Output = Readonly<Record<string, unknown>>;

/** One call. `'$name'` in its input is what an earlier step kept under that name. */
export interface Call {
  readonly operation: string;
  readonly input: object;
  /** Account that calls; the owner unless given. */
  readonly by?: string;
}

/** A call that is refused: of the step's own operation unless another is named. */
export interface Refusal {
  readonly error: string;
  readonly input: object;
  readonly operation?: string;
  readonly by?: string;
}

export interface Step extends Call {
  /** What of the answer later steps need, by name: a path such as `RecoveryPoints.0.RecoveryPointArn`. */
  readonly keep?: Readonly<Record<string, string>>;
  /** What a second client sees afterwards. */
  readonly then?: Call & { readonly shows: object };
  /** What is refused after the step, and how. */
  readonly fails?: readonly Refusal[];
  /** Minutes that pass after the step. */
  readonly minutes?: number;
  /** Whether the approval team says yes to what waits for it. */
  readonly approved?: boolean;
}

const MAIN = { BackupVaultName: 'main' };
const vaultArn = (name: string) => `arn:aws:backup:${REGION}:${OWNER}:backup-vault:${name}`;
const TEAM = `arn:aws:mpa:us-east-1:${OWNER}:approval-team/backup`;
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
});
const RULE = {
  RuleName: 'daily',
  TargetBackupVaultName: 'main',
  ScheduleExpression: 'cron(0 5 * * ? *)',
  Lifecycle: { DeleteAfterDays: 35 },
};
const DRILL = {
  RestoreTestingPlanName: 'drill',
  ScheduleExpression: 'cron(0 8 * * ? *)',
  RecoveryPointSelection: {
    Algorithm: 'LATEST_WITHIN_WINDOW',
    RecoveryPointTypes: ['SNAPSHOT'],
    IncludeVaults: ['*'],
  },
};
const tiers = (days: number) => ({
  BackupVaultName: 'main',
  ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: days }],
});
const SCAN = {
  BackupVaultName: 'main',
  RecoveryPointArn: '$snapshot',
  IamRoleArn: ROLE,
  ScannerRoleArn: `arn:aws:iam::${OWNER}:role/scanner`,
  MalwareScanner: 'GUARDDUTY',
  ScanMode: 'FULL_SCAN',
};
const REPORT = { ReportPlanName: 'jobs' };
const backupOf = (ResourceArn: string, IdempotencyToken: string) => ({
  operation: 'StartBackupJob',
  input: { ...MAIN, ResourceArn, IamRoleArn: ROLE, IdempotencyToken, Lifecycle: { DeleteAfterDays: 100 } },
});

const VAULTS: readonly Step[] = [
  {
    operation: 'CreateBackupVault',
    input: { ...MAIN, BackupVaultTags: { team: 'é & <ops>' }, CreatorRequestId: 'c1' },
    fails: [
      { error: 'AlreadyExistsException', input: { ...MAIN, CreatorRequestId: 'c9' } },
      { error: 'InvalidParameterValueException', input: { BackupVaultName: 'x' } },
    ],
    then: { operation: 'DescribeBackupVault', input: MAIN, shows: { ...MAIN, NumberOfRecoveryPoints: 0 } },
  },
  { operation: 'CreateBackupVault', input: { BackupVaultName: 'other', CreatorRequestId: 'c2' } },
  {
    operation: 'CreateLogicallyAirGappedBackupVault',
    input: { BackupVaultName: 'gap', MinRetentionDays: 7, MaxRetentionDays: 60, CreatorRequestId: 'c3' },
    fails: [
      {
        error: 'AlreadyExistsException',
        input: { BackupVaultName: 'gap', MinRetentionDays: 7, MaxRetentionDays: 60, CreatorRequestId: 'c9' },
      },
      {
        error: 'InvalidParameterValueException',
        input: { BackupVaultName: 'gap2', MinRetentionDays: 6, MaxRetentionDays: 60 },
      },
    ],
    minutes: 5,
    then: {
      operation: 'DescribeBackupVault',
      input: { BackupVaultName: 'gap' },
      shows: { VaultState: 'AVAILABLE', VaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' },
    },
  },
  { operation: 'DescribeBackupVault', input: MAIN },
  {
    operation: 'UpdateGlobalSettings',
    input: { GlobalSettings: { isCrossAccountBackupEnabled: 'true', isMpaEnabled: 'true' } },
    fails: [
      { error: 'InvalidParameterValueException', input: { GlobalSettings: { unknown: 'true' } } },
      { error: 'InvalidRequestException', input: { GlobalSettings: { isMpaEnabled: 'true' } }, by: RECOVERY },
    ],
    then: { operation: 'DescribeGlobalSettings', input: {}, shows: { GlobalSettings: { isMpaEnabled: 'true' } } },
  },
  { operation: 'DescribeGlobalSettings', input: {} },
  {
    operation: 'UpdateRegionSettings',
    input: { ResourceTypeOptInPreference: { EFS: true } },
    fails: [{ error: 'InvalidParameterValueException', input: { ResourceTypeOptInPreference: { Unknown: true } } }],
    then: { operation: 'DescribeRegionSettings', input: {}, shows: { ResourceTypeOptInPreference: { EFS: true } } },
  },
  { operation: 'DescribeRegionSettings', input: {} },
  { operation: 'GetSupportedResourceTypes', input: {} },
  {
    operation: 'PutBackupVaultAccessPolicy',
    input: { BackupVaultName: 'other', Policy: POLICY },
    fails: [{ error: 'InvalidParameterValueException', input: { BackupVaultName: 'other', Policy: '{' } }],
    then: {
      operation: 'GetBackupVaultAccessPolicy',
      input: { BackupVaultName: 'other' },
      shows: { Policy: POLICY },
    },
  },
  { operation: 'GetBackupVaultAccessPolicy', input: { BackupVaultName: 'other' } },
  { operation: 'DeleteBackupVaultAccessPolicy', input: { BackupVaultName: 'other' } },
  {
    operation: 'PutBackupVaultLockConfiguration',
    input: { BackupVaultName: 'other', MinRetentionDays: 1, MaxRetentionDays: 400 },
    fails: [{ error: 'InvalidParameterValueException', input: { BackupVaultName: 'other', MinRetentionDays: 0 } }],
    then: {
      operation: 'DescribeBackupVault',
      input: { BackupVaultName: 'other' },
      shows: { Locked: true, MinRetentionDays: 1, MaxRetentionDays: 400 },
    },
  },
  { operation: 'CreateBackupVault', input: { BackupVaultName: 'sealed', CreatorRequestId: 'c5' } },
  {
    operation: 'PutBackupVaultLockConfiguration',
    input: { BackupVaultName: 'sealed', MinRetentionDays: 1, ChangeableForDays: 3 },
  },
  {
    operation: 'DeleteBackupVaultLockConfiguration',
    input: { BackupVaultName: 'other' },
    then: { operation: 'DescribeBackupVault', input: { BackupVaultName: 'other' }, shows: { Locked: false } },
  },
  {
    operation: 'PutBackupVaultNotifications',
    input: {
      ...MAIN,
      SNSTopicArn: `arn:aws:sns:${REGION}:${OWNER}:alerts`,
      BackupVaultEvents: ['BACKUP_JOB_COMPLETED'],
    },
    fails: [
      {
        error: 'InvalidParameterValueException',
        input: { ...MAIN, SNSTopicArn: `arn:aws:sns:${REGION}:${OWNER}:alerts`, BackupVaultEvents: ['UNKNOWN'] },
      },
    ],
    then: {
      operation: 'GetBackupVaultNotifications',
      input: MAIN,
      shows: { BackupVaultEvents: ['BACKUP_JOB_COMPLETED'] },
    },
  },
  { operation: 'GetBackupVaultNotifications', input: MAIN },
  { operation: 'DeleteBackupVaultNotifications', input: MAIN },
  {
    operation: 'TagResource',
    input: { ResourceArn: vaultArn('main'), Tags: { stage: 'test' } },
    fails: [
      { error: 'InvalidParameterValueException', input: { ResourceArn: vaultArn('main'), Tags: { 'aws:own': '1' } } },
    ],
    then: { operation: 'ListTags', input: { ResourceArn: vaultArn('main') }, shows: { Tags: { stage: 'test' } } },
  },
  { operation: 'ListTags', input: { ResourceArn: vaultArn('main') } },
  {
    operation: 'UntagResource',
    input: { ResourceArn: vaultArn('main'), TagKeyList: ['stage'] },
    then: {
      operation: 'ListTags',
      input: { ResourceArn: vaultArn('main') },
      shows: { Tags: { team: 'é & <ops>' } },
    },
  },
  { operation: 'ListBackupVaults', input: {} },
];

const PLANS: readonly Step[] = [
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

const JOBS: readonly Step[] = [
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

const RESTORES: readonly Step[] = [
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
  { operation: 'ListRestoreTestingSelections', input: { RestoreTestingPlanName: 'drill' } },
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

const INSPECTIONS: readonly Step[] = [
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
  { operation: 'ListTieringConfigurations', input: {} },
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

const AUDITS: readonly Step[] = [
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

const GAP = { BackupVaultName: 'gap' };
const APPROVALS: readonly Step[] = [
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

const ENDS: readonly Step[] = [
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

/** A quota: the input whose `#` is a number goes through until it is full. */
export interface Limit extends Call {
  readonly most: number;
}

export const LIMITS: readonly Limit[] = [
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
