/** Where the values of a filter stand in an event: a path below `detail`, or `resources` at its top. */
export interface FilterPlaces {
  /** ARNs of vaults; several paths are alternatives. */
  readonly vault?: readonly string[];
  readonly resourceType?: readonly string[];
  readonly resource?: readonly string[];
  readonly plan?: readonly string[];
}

/** A filter, by the name that it has in `FilterPlaces`. */
export type FilterName = keyof FilterPlaces;

/** What is known of the events of one detail type. */
export interface EventFacts {
  readonly detailType: string;
  /** States, in the order in which they come. */
  readonly states: readonly string[];
  /** The states that say that the work was not done. */
  readonly failedStates: readonly string[];
  /** Where the state stands; `stateKeyOf` has the exceptions. */
  readonly stateKey: string;
  readonly stateKeyOf: Readonly<Record<string, string>>;
  /** Members of `detail` in one state or another. */
  readonly detailKeys: readonly string[];
  readonly places: FilterPlaces;
  /** The filters that single states do without, as their events carry less. */
  readonly lacking: Readonly<Record<string, readonly FilterName[]>>;
}

const JOB = { stateKey: 'state', stateKeyOf: {}, lacking: {} };
const CREATED_BY = ['createdBy.backupPlanId'];
const ALL: readonly FilterName[] = ['vault', 'resourceType', 'resource', 'plan'];
const CHANGES = ['CREATED', 'MODIFIED', 'DELETED'];

/**
 * Events that AWS Backup sends to EventBridge.
 *
 * Source B14.1/1 to B14.1/5: detail types, members and states, from the samples of the guide. Assumed: PARTIAL, which the API
 * has for jobs with children and no sample shows; the states of recovery points, indexes and scans that only the API has.
 */
export const EVENTS = {
  backupJob: {
    ...JOB,
    detailType: 'Backup Job State Change',
    states: ['CREATED', 'PENDING', 'RUNNING', 'COMPLETED', 'PARTIAL', 'FAILED', 'EXPIRED', 'ABORTED'],
    failedStates: ['FAILED', 'EXPIRED'],
    // prettier-ignore
    detailKeys: ['backupJobId', 'backupVaultArn', 'backupVaultName', 'bytesTransferred', 'creationDate', 'iamRoleArn', 'resourceArn', 'resourceType', 'state', 'startBy', 'percentDone', 'statusMessage', 'retryCount', 'backupSizeInBytes', 'completionDate', 'expectedCompletionDate', 'createdBy'],
    places: {
      vault: ['backupVaultArn'],
      resourceType: ['resourceType'],
      resource: ['resourceArn'],
      plan: CREATED_BY,
    },
    lacking: { CREATED: ALL },
  },
  copyJob: {
    ...JOB,
    detailType: 'Copy Job State Change',
    states: ['CREATED', 'RUNNING', 'COMPLETED', 'PARTIAL', 'FAILED'],
    failedStates: ['FAILED'],
    // prettier-ignore
    detailKeys: ['copyJobId', 'backupSizeInBytes', 'creationDate', 'iamRoleArn', 'resourceArn', 'resourceType', 'sourceBackupVaultArn', 'state', 'destinationBackupVaultArn', 'destinationRecoveryPointArn', 'statusMessage', 'completionDate', 'createdBy'],
    places: {
      vault: ['sourceBackupVaultArn', 'destinationBackupVaultArn'],
      resourceType: ['resourceType'],
      resource: ['resourceArn'],
      plan: CREATED_BY,
    },
    lacking: { CREATED: ['resourceType', 'resource', 'plan'] },
  },
  restoreJob: {
    detailType: 'Restore Job State Change',
    states: ['CREATED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'ABORTED'],
    failedStates: ['FAILED'],
    stateKey: 'status',
    stateKeyOf: { CREATED: 'state' },
    // prettier-ignore
    detailKeys: ['restoreJobId', 'backupSizeInBytes', 'creationDate', 'iamRoleArn', 'percentDone', 'resourceType', 'state', 'status', 'statusMessage', 'backupVaultArn', 'recoveryPointArn', 'sourceResourceArn', 'createdResourceArn', 'completionDate', 'restoreTestingPlanArn'],
    places: { vault: ['backupVaultArn'], resourceType: ['resourceType'], resource: ['sourceResourceArn'] },
    lacking: {
      CREATED: ['vault', 'resourceType', 'resource'],
      PENDING: ['vault', 'resource'],
      RUNNING: ['vault', 'resource'],
      FAILED: ['vault', 'resource'],
      ABORTED: ['vault', 'resource'],
    },
  },
  recoveryPoint: {
    detailType: 'Recovery Point State Change',
    states: ['CREATING', 'AVAILABLE', 'COMPLETED', 'PARTIAL', 'MODIFIED', 'STOPPED', 'EXPIRED', 'DELETING', 'DELETED'],
    failedStates: ['PARTIAL', 'EXPIRED'],
    stateKey: 'status',
    stateKeyOf: {},
    // prettier-ignore
    detailKeys: ['backupVaultName', 'backupVaultArn', 'creationDate', 'iamRoleArn', 'resourceType', 'resourceArn', 'status', 'isEncrypted', 'storageClass', 'completionDate', 'createdBy', 'lifecycle', 'calculatedLifeCycle'],
    places: {
      vault: ['backupVaultArn'],
      resourceType: ['resourceType'],
      resource: ['resourceArn'],
      plan: CREATED_BY,
    },
    lacking: {},
  },
  vault: {
    ...JOB,
    detailType: 'Backup Vault State Change',
    states: CHANGES,
    failedStates: [],
    detailKeys: ['backupVaultName', 'state', 'isLocked'],
    places: { vault: ['resources'] },
  },
  plan: {
    ...JOB,
    detailType: 'Backup Plan State Change',
    states: CHANGES,
    failedStates: [],
    detailKeys: ['backupPlanId', 'versionId', 'creationDate', 'modifiedAt', 'deletionDate', 'state'],
    places: { plan: ['backupPlanId'] },
  },
  regionSetting: {
    ...JOB,
    detailType: 'Region Setting State Change',
    states: ['MODIFIED'],
    failedStates: [],
    detailKeys: ['modifiedAt', 'ResourceTypeOptInPreference', 'state'],
    places: {},
  },
  recoveryPointIndex: {
    detailType: 'Recovery Point Index State Change',
    states: ['PENDING', 'ACTIVE', 'FAILED', 'DELETING', 'DELETED'],
    failedStates: ['FAILED'],
    stateKey: 'indexStatus',
    stateKeyOf: {},
    // prettier-ignore
    detailKeys: ['recoveryPointArn', 'accountId', 'indexStatus', 'iamRoleArn', 'resourceType', 'backupVaultArn', 'indexCreationTime', 'isIndexingContinuous', 'sourceResourceArn', 'backupCreationTime', 'indexStatusMessage', 'indexCompletionTime', 'indexDeletionTime'],
    places: { vault: ['backupVaultArn'], resourceType: ['resourceType'], resource: ['sourceResourceArn'] },
    lacking: {},
  },
  scanJob: {
    ...JOB,
    detailType: 'Scan Job State Change',
    states: ['CREATED', 'RUNNING', 'COMPLETED', 'COMPLETED_WITH_ISSUES', 'FAILED', 'CANCELED'],
    failedStates: ['FAILED', 'COMPLETED_WITH_ISSUES'],
    // prettier-ignore
    detailKeys: ['accountId', 'backupVaultArn', 'backupVaultName', 'createdBy', 'creationDate', 'completionDate', 'iamRoleArn', 'scannerRoleArn', 'recoveryPointArn', 'resourceArn', 'resourceType', 'scanId', 'scanJobId', 'scanBaseRecoveryPointArn', 'malwareScanner', 'scanResult', 'state', 'statusMessage'],
    places: {
      vault: ['backupVaultArn'],
      resourceType: ['resourceType'],
      resource: ['resourceArn'],
      plan: CREATED_BY,
    },
  },
} satisfies Record<string, EventFacts>;

/** What is known of the calls of one subject that CloudTrail tells of. */
export interface CallFacts {
  readonly eventNames: readonly string[];
  /** Members of `requestParameters` that say what was called upon. */
  readonly vaultKey?: string;
  readonly planKey?: string;
}

const VAULT = { vaultKey: 'backupVaultName' };
const PLAN = { planKey: 'backupPlanId' };

/**
 * Calls of the API by what they change.
 *
 * Source B14.3/1; the operations are those of the API. Assumed: CloudTrail spells the parameters of a request in lower camel case,
 * as it does for services of the REST-JSON protocol.
 */
export const CALLS = {
  vaultLock: { ...VAULT, eventNames: ['PutBackupVaultLockConfiguration', 'DeleteBackupVaultLockConfiguration'] },
  vaultAccessPolicy: { ...VAULT, eventNames: ['PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy'] },
  vaultNotifications: { ...VAULT, eventNames: ['PutBackupVaultNotifications', 'DeleteBackupVaultNotifications'] },
  vault: {
    ...VAULT,
    eventNames: ['CreateBackupVault', 'CreateLogicallyAirGappedBackupVault', 'DeleteBackupVault'],
  },
  plan: { ...PLAN, eventNames: ['CreateBackupPlan', 'UpdateBackupPlan', 'DeleteBackupPlan'] },
  selection: { ...PLAN, eventNames: ['CreateBackupSelection', 'DeleteBackupSelection'] },
  legalHold: { eventNames: ['CreateLegalHold', 'CancelLegalHold'] },
  recoveryPointRemoval: {
    ...VAULT,
    eventNames: [
      'DeleteRecoveryPoint',
      'DisassociateRecoveryPoint',
      'DisassociateRecoveryPointFromParent',
      'UpdateRecoveryPointLifecycle',
    ],
  },
  jobStop: { eventNames: ['StopBackupJob'] },
  settings: { eventNames: ['UpdateRegionSettings', 'UpdateGlobalSettings'] },
} satisfies Record<string, CallFacts>;
