// What the suite does not show, and why.

/** Operations that answer NotEmulated: what AWS answers to them is not documented. */
export const NOT_EMULATED: readonly string[] = [
  'GetBackupPlanFromTemplate',
  'GetPITRMalwareScanResults',
  'ListBackupPlanTemplates',
];

interface Gap {
  readonly error: string;
  readonly why: string;
  readonly operations: string;
}

/** Modelled errors that no call brings about, but for those of operations that are not emulated and `askedInPath`. */
const GAPS: readonly Gap[] = [
  {
    error: 'AlreadyExistsException',
    why: 'nothing is named here that another one could have: AWS does not say when it comes',
    operations: 'CreateBackupSelection UpdateFramework UpdateTieringConfiguration',
  },
  {
    error: 'ConflictException',
    why: 'a served World settles at once what would be in progress, and nothing else conflicts',
    operations:
      'CreateRestoreTestingPlan CreateTieringConfiguration DeleteFramework DeleteReportPlan UpdateFramework UpdateReportPlan UpdateRestoreTestingPlan UpdateRestoreTestingSelection UpdateTieringConfiguration',
  },
  {
    error: 'DependencyFailureException',
    why: 'no service behind AWS Backup fails by itself',
    operations: 'DescribeBackupJob DescribeRestoreJob',
  },
  {
    error: 'InvalidParameterValueException',
    why: 'the API model has no bound for their members: what is no id of a thing is the id of none',
    operations:
      'CancelLegalHold CreateLegalHold DeleteBackupPlan DeleteBackupVault DescribeBackupJob DescribeBackupVault DescribeCopyJob DescribeProtectedResource DescribeRestoreJob DescribeScanJob ExportBackupPlanTemplate GetBackupPlan GetLegalHold GetRestoreJobMetadata GetRestoreTestingInferredMetadata StopBackupJob UntagResource',
  },
  {
    error: 'InvalidRequestException',
    why: 'no request of these is refused for what it asks in the World of the story',
    operations:
      'CreateLogicallyAirGappedBackupVault DeleteRestoreTestingPlan DescribeGlobalSettings GetBackupPlanFromJSON RevokeRestoreAccessBackupVault StartBackupJob',
  },
  {
    error: 'InvalidResourceStateException',
    why: 'what keeps a point is told as InvalidRequestException',
    operations: 'DeleteRecoveryPoint DisassociateRecoveryPoint',
  },
  {
    error: 'LimitExceededException',
    why: 'a quota that is not emulated, or too large to be filled up here',
    operations:
      'CreateBackupSelection CreateRestoreAccessBackupVault CreateTieringConfiguration GetBackupPlanFromJSON StartBackupJob StartCopyJob StartScanJob TagResource UpdateFramework UpdateTieringConfiguration',
  },
  {
    error: 'ResourceNotFoundException',
    why: 'reads of a vault that is not there answer AccessDeniedException (B1.5)',
    operations:
      'DescribeBackupVault GetBackupVaultAccessPolicy GetBackupVaultNotifications ListProtectedResourcesByBackupVault ListRecoveryPointsByBackupVault',
  },
  {
    error: 'ResourceNotFoundException',
    why: 'a plan or selection that is not there answers InvalidParameterValueException (B1.5)',
    operations:
      'DeleteBackupPlan DeleteBackupSelection ExportBackupPlanTemplate GetBackupPlan GetBackupSelection ListBackupPlanVersions ListBackupSelections UpdateBackupPlan',
  },
  {
    error: 'ResourceNotFoundException',
    why: 'a list of what is not there is empty, or is of nothing in particular',
    operations:
      'ListBackupPlans ListBackupVaults ListIndexedRecoveryPoints ListRecoveryPointsByResource ListReportJobs ListRestoreJobs ListRestoreJobsByProtectedResource',
  },
];

/** `operation error` of each. */
export const NOT_PROVOKED: readonly string[] = GAPS.flatMap(({ error, operations }) =>
  operations.split(' ').map((operation) => `${operation} ${error}`),
).sort();
