// Modelled errors that no call brings about: the suite shows them with a fault that the World was told of.
import { asksOnlyInPath } from './shapes';

interface Listed {
  readonly error: string;
  readonly why: string;
  readonly operations: string;
}

/** A fault of the World stands for what was the matter at AWS, or for what AWS models and does not say when it answers. */
const BY_FAULT: readonly Listed[] = [
  {
    error: 'ConflictException',
    why: 'a served World is done with an action before it answers, so that none meets another',
    operations:
      'CreateRestoreTestingPlan CreateTieringConfiguration DeleteFramework DeleteReportPlan UpdateFramework UpdateReportPlan UpdateRestoreTestingPlan UpdateRestoreTestingSelection UpdateTieringConfiguration',
  },
  {
    error: 'DependencyFailureException',
    why: 'no service behind AWS Backup fails by itself',
    operations: 'DescribeBackupJob DescribeRestoreJob',
  },
  {
    error: 'InvalidResourceStateException',
    why: 'what keeps a point for good is told as InvalidRequestException; this is an action that has not finished',
    operations: 'DeleteRecoveryPoint DisassociateRecoveryPoint',
  },
  {
    error: 'LimitExceededException',
    why: 'AWS does not publish the quota',
    operations:
      'CreateRestoreAccessBackupVault CreateTieringConfiguration GetBackupPlanFromJSON StartBackupJob StartCopyJob StartScanJob UpdateTieringConfiguration',
  },
  {
    error: 'AlreadyExistsException',
    why: 'names nothing that another one could have: AWS does not say when it comes',
    operations: 'CreateBackupSelection UpdateFramework',
  },
  {
    error: 'InvalidParameterValueException',
    why: 'the API model has no bound for their members: what is no id of a thing is the id of none',
    operations:
      'DeleteBackupVault DescribeBackupJob DescribeBackupVault DescribeCopyJob DescribeProtectedResource DescribeRestoreJob DescribeScanJob GetBackupPlanFromTemplate GetLegalHold GetRestoreJobMetadata GetRestoreTestingInferredMetadata StopBackupJob',
  },
  {
    error: 'InvalidRequestException',
    why: 'AWS does not say which of their requests, in order by themselves, it refuses',
    operations: 'CreateLogicallyAirGappedBackupVault DescribeGlobalSettings GetBackupPlanFromJSON StartBackupJob',
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
      'ListBackupPlanTemplates ListBackupPlans ListBackupVaults ListIndexedRecoveryPoints ListRecoveryPointsByResource ListReportJobs ListRestoreJobs ListRestoreJobsByProtectedResource',
  },
];

/** That the service is not there is nothing that a call brings about. */
const OF_ANY = 'ServiceUnavailableException';
/** What an operation has that asks for nothing, or only for what is a part of the path: no client leaves that out. */
const OF_PATHS = 'MissingParameterValueException';

/** Whether a fault has AWS answer so. */
export function isByFault(operation: string, exception: string): boolean {
  return (
    exception === OF_ANY ||
    (exception === OF_PATHS && asksOnlyInPath(operation)) ||
    BY_FAULT.some((listed) => listed.error === exception && listed.operations.split(' ').includes(operation))
  );
}
