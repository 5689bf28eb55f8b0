// Events as AWS Backup sends them, by what happened: the members that the samples of the guide have, with values of ours.
// Source B14.1/1 to B14.1/5, B14.3/1.

export const VAULT = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:primary';
export const COPIES = 'arn:aws:backup:eu-west-1:444455556666:backup-vault:copies';
export const VOLUME = 'arn:aws:ec2:eu-central-1:111122223333:volume/vol-0123456789abcdef0';
export const POINT = 'arn:aws:ec2:eu-central-1::snapshot/snap-0123456789abcdef0';
export const PLAN_ID = '1bc69dd3-fff7-4bd4-a2ed-d8a0e6f3a1b2';
const PLAN = `arn:aws:backup:eu-central-1:111122223333:backup-plan:${PLAN_ID}`;

const CREATED_BY = {
  backupPlanId: PLAN_ID,
  backupPlanArn: PLAN,
  backupPlanVersion: 'ODNkNDIzMjct',
  backupPlanRuleId: '7a1d0c9f-0000-4000-8000-000000000001',
};
const JOB = {
  creationDate: '2027-03-01T04:00:00.000Z',
  iamRoleArn: 'arn:aws:iam::111122223333:role/backup',
  resourceArn: VOLUME,
  resourceType: 'EBS',
  createdBy: CREATED_BY,
};
const BACKUP_JOB = {
  ...JOB,
  backupJobId: '0e5b1a2c-0000-4000-8000-000000000002',
  backupVaultArn: VAULT,
  backupVaultName: 'primary',
  bytesTransferred: '0',
  startBy: '2027-03-01T12:00:00.000Z',
  percentDone: 0,
};
const COPY_JOB = {
  ...JOB,
  copyJobId: '3c1f8b70-0000-4000-8000-000000000003',
  backupSizeInBytes: 8589934592,
  sourceBackupVaultArn: VAULT,
  destinationBackupVaultArn: COPIES,
  destinationRecoveryPointArn: {},
};
const RESTORE_JOB = {
  restoreJobId: '5d0a4b31-0000-4000-8000-000000000004',
  backupSizeInBytes: '8589934592',
  creationDate: JOB.creationDate,
  iamRoleArn: JOB.iamRoleArn,
  percentDone: 0,
  resourceType: 'EBS',
};
const RECOVERY_POINT = {
  ...JOB,
  backupVaultName: 'primary',
  backupVaultArn: VAULT,
  isEncrypted: 'false',
  storageClass: 'WARM',
  lifecycle: { deleteAfterDays: 35, moveToColdStorageAfterDays: 'NOT_PRESENT' },
  calculatedLifeCycle: { deleteAt: '2027-04-05T04:00:00.000Z', moveToColdStorageAt: 'NOT_PRESENT' },
};
const INDEX = {
  recoveryPointArn: POINT,
  accountId: '111122223333',
  iamRoleArn: JOB.iamRoleArn,
  resourceType: 'EBS',
  backupVaultArn: VAULT,
  isIndexingContinuous: 'false',
  sourceResourceArn: VOLUME,
};
const SCAN = {
  ...JOB,
  accountId: '111122223333',
  backupVaultArn: VAULT,
  backupVaultName: 'primary',
  createdBy: { ...CREATED_BY, backupRuleId: CREATED_BY.backupPlanRuleId },
  recoveryPointArn: POINT,
  scanJobId: '6e0a4b31-0000-4000-8000-000000000005',
  malwareScanner: 'GUARDDUTY',
};

function happened(detailType: string, detail: object, resources: string[] = [POINT]): Record<string, unknown> {
  return {
    version: '0',
    id: '00000000-0000-4000-8000-000000000006',
    'detail-type': detailType,
    source: 'aws.backup',
    account: '111122223333',
    time: '2027-03-01T05:00:00Z',
    region: 'eu-central-1',
    resources,
    detail,
  };
}

function backupJob(state: string, over: object = {}): Record<string, unknown> {
  return happened('Backup Job State Change', { ...BACKUP_JOB, state, ...over });
}

function copyJob(state: string, over: object = {}): Record<string, unknown> {
  return happened('Copy Job State Change', { ...COPY_JOB, state, ...over });
}

function restoreJob(status: string, over: object = {}): Record<string, unknown> {
  return happened('Restore Job State Change', { ...RESTORE_JOB, status, ...over });
}

function recoveryPoint(status: string): Record<string, unknown> {
  return happened('Recovery Point State Change', { ...RECOVERY_POINT, status });
}

function call(eventName: string, requestParameters: object, over: object = {}): Record<string, unknown> {
  const detail = {
    eventVersion: '1.08',
    userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/somebody/session' },
    eventSource: 'backup.amazonaws.com',
    eventName,
    awsRegion: 'eu-central-1',
    requestParameters,
    readOnly: false,
    ...over,
  };
  return happened('AWS API Call via CloudTrail', detail, []);
}

function ofSource(source: string, event: Record<string, unknown>): Record<string, unknown> {
  return { ...event, source };
}

const DENIED = { errorCode: 'AccessDeniedException', errorMessage: 'not authorized' };

export const HAPPENED = {
  'backup job created': happened(
    'Backup Job State Change',
    { backupJobId: BACKUP_JOB.backupJobId, state: 'CREATED', creationDate: JOB.creationDate },
    [],
  ),
  'backup job pending': backupJob('PENDING'),
  'backup job running': backupJob('RUNNING'),
  'backup job completed': backupJob('COMPLETED', { percentDone: 100, backupSizeInBytes: '8589934592' }),
  'backup job completed, message empty': backupJob('COMPLETED', { statusMessage: '' }),
  'backup job completed with issues': backupJob('COMPLETED', { statusMessage: 'Some tags were not copied.' }),
  'backup job partial': backupJob('PARTIAL'),
  'backup job failed': backupJob('FAILED', { statusMessage: '"no"', retryCount: 3 }),
  'backup job expired': backupJob('EXPIRED', { statusMessage: 'Backup job expired before completion.' }),
  'backup job aborted': backupJob('ABORTED', { statusMessage: '"Backup job was stopped by user."' }),
  'copy job created': happened('Copy Job State Change', {
    creationDate: JOB.creationDate,
    state: 'CREATED',
    sourceBackupVaultArn: VAULT,
    destinationBackupVaultArn: COPIES,
  }),
  'copy job running': copyJob('RUNNING'),
  'copy job completed': copyJob('COMPLETED', { destinationRecoveryPointArn: POINT }),
  'copy job failed': copyJob('FAILED', { statusMessage: 'Access denied' }),
  'restore job created': happened('Restore Job State Change', {
    restoreJobId: RESTORE_JOB.restoreJobId,
    creationDate: JOB.creationDate,
    state: 'CREATED',
  }),
  'restore job pending': restoreJob('PENDING'),
  'restore job running': restoreJob('RUNNING'),
  'restore job completed': restoreJob('COMPLETED', {
    backupVaultArn: VAULT,
    recoveryPointArn: POINT,
    sourceResourceArn: VOLUME,
    createdResourceArn: `${VOLUME}1`,
  }),
  'restore job failed': restoreJob('FAILED', { statusMessage: 'no capacity' }),
  'restore job aborted': restoreJob('ABORTED'),
  'recovery point completed': recoveryPoint('COMPLETED'),
  'recovery point modified': recoveryPoint('MODIFIED'),
  'recovery point partial': recoveryPoint('PARTIAL'),
  'recovery point expired': recoveryPoint('EXPIRED'),
  'recovery point deleted': recoveryPoint('DELETED'),
  'vault created': happened('Backup Vault State Change', { backupVaultName: 'primary', state: 'CREATED' }, [VAULT]),
  'vault modified': happened(
    'Backup Vault State Change',
    { backupVaultName: 'primary', state: 'MODIFIED', isLocked: 'false' },
    [VAULT],
  ),
  'vault locked': happened(
    'Backup Vault State Change',
    { backupVaultName: 'primary', state: 'MODIFIED', isLocked: 'true' },
    [VAULT],
  ),
  'vault deleted': happened('Backup Vault State Change', { backupVaultName: 'primary', state: 'DELETED' }, [VAULT]),
  'plan modified': happened(
    'Backup Plan State Change',
    { backupPlanId: PLAN_ID, versionId: 'ODNkNDIzMjct', modifiedAt: JOB.creationDate, state: 'MODIFIED' },
    [PLAN],
  ),
  'opt-in changed': happened(
    'Region Setting State Change',
    { modifiedAt: JOB.creationDate, ResourceTypeOptInPreference: { Aurora: true }, state: 'MODIFIED' },
    [],
  ),
  'index active': happened('Recovery Point Index State Change', { ...INDEX, indexStatus: 'ACTIVE' }),
  'index failed': happened('Recovery Point Index State Change', { ...INDEX, indexStatus: 'FAILED' }),
  'scan clean': happened('Scan Job State Change', {
    ...SCAN,
    state: 'COMPLETED',
    scanResult: { scanResultStatus: 'NO_THREATS_FOUND' },
  }),
  'scan found threats': happened('Scan Job State Change', {
    ...SCAN,
    state: 'COMPLETED',
    scanResult: { scanResultStatus: 'THREATS_FOUND' },
  }),
  'scan failed': happened('Scan Job State Change', { ...SCAN, state: 'FAILED' }),
  'lock put': call('PutBackupVaultLockConfiguration', { backupVaultName: 'primary', minRetentionDays: 7 }),
  'lock removed': call('DeleteBackupVaultLockConfiguration', { backupVaultName: 'primary' }),
  'lock removal denied': call('DeleteBackupVaultLockConfiguration', { backupVaultName: 'primary' }, DENIED),
  'access policy put': call('PutBackupVaultAccessPolicy', { backupVaultName: 'primary', policy: '{}' }),
  'notifications removed': call('DeleteBackupVaultNotifications', { backupVaultName: 'primary' }),
  'vault deletion': call('DeleteBackupVault', { backupVaultName: 'primary' }),
  'plan update': call('UpdateBackupPlan', { backupPlanId: PLAN_ID }),
  'selection deletion': call('DeleteBackupSelection', { backupPlanId: PLAN_ID, selectionId: 'x' }),
  'legal hold cancelled': call('CancelLegalHold', { legalHoldId: 'x', cancelDescription: 'done' }),
  'recovery point deletion': call('DeleteRecoveryPoint', { backupVaultName: 'primary', recoveryPointArn: POINT }),
  'recovery point deletion denied': call(
    'DeleteRecoveryPoint',
    { backupVaultName: 'primary', recoveryPointArn: POINT },
    DENIED,
  ),
  'backup job stopped': call('StopBackupJob', { backupJobId: BACKUP_JOB.backupJobId }),
  'region settings updated': call('UpdateRegionSettings', { resourceTypeOptInPreference: { EBS: false } }),
  'vault listing': call('ListBackupVaults', {}, { readOnly: true }),
  'something of another service': ofSource('aws.ec2', backupJob('FAILED')),
} satisfies Record<string, Record<string, unknown>>;

export type Happened = keyof typeof HAPPENED;
