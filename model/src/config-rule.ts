import {
  AuditPeriod,
  ControlInputParameter,
  CrossAccountOptions,
  CrossRegionOptions,
  FrameworkControl,
  VaultLockControlOptions,
} from './framework-control';

/**
 * A service for which AWS Config has rules about backups.
 */
export enum AuditedService {
  /**
   * Clusters of Aurora.
   */
  AURORA = 'AURORA',

  /**
   * Tables of DynamoDB.
   */
  DYNAMODB = 'DYNAMODB',

  /**
   * Volumes of EBS.
   */
  EBS = 'EBS',

  /**
   * Running instances of EC2.
   */
  EC2 = 'EC2',

  /**
   * File systems of EFS.
   */
  EFS = 'EFS',

  /**
   * File systems of FSx.
   */
  FSX = 'FSX',

  /**
   * Instances of RDS.
   */
  RDS = 'RDS',

  /**
   * Buckets of S3.
   */
  S3 = 'S3',

  /**
   * Volumes of Storage Gateway.
   */
  STORAGE_GATEWAY = 'STORAGEGATEWAY',

  /**
   * Virtual machines of the backup gateway.
   */
  VIRTUAL_MACHINE = 'VIRTUALMACHINE',
}

/**
 * What narrows a rule of AWS Config about the resources of a service.
 */
export interface NarrowedRuleOptions {
  /**
   * Only resources with these tags.
   *
   * @default - all resources
   */
  readonly resourceTags?: { [key: string]: string };

  /**
   * Only the resource with this id.
   *
   * @default - all resources
   */
  readonly resourceId?: string;
}

/**
 * Options of `BackupConfigRule.backupPlanMinFrequencyAndMinRetention`.
 */
export interface PlanRuleOptions {
  /**
   * Longest time between two runs of a rule: 1 to 24 hours, or 1 to 31 days.
   *
   * @default - 1 day
   */
  readonly requiredFrequency?: AuditPeriod;

  /**
   * Days that the same rule has to keep its recovery points, 1 to 36500.
   *
   * @default 35
   */
  readonly requiredRetentionDays?: number;
}

/**
 * Options of `BackupConfigRule.resourcesProtectedByBackupPlan`.
 */
export interface ProtectionRuleOptions extends NarrowedRuleOptions {
  /**
   * Regions where a copy has to be.
   *
   * @default - no copy is asked for
   */
  readonly crossRegions?: string[];

  /**
   * Ids of accounts where a copy has to be, at most 5.
   *
   * @default - no copy is asked for
   */
  readonly crossAccounts?: string[];

  /**
   * Days that the lock of the vault has to have for its minimum, 1 to 36500.
   *
   * @default - any
   */
  readonly minRetentionDays?: number;

  /**
   * Days that the lock of the vault has to have for its maximum, 1 to 36500.
   *
   * @default - any
   */
  readonly maxRetentionDays?: number;

  /**
   * Whether the vault has to be locked.
   *
   * @default false
   */
  readonly backupVaultLockCheck?: boolean;
}

/**
 * Options of `BackupConfigRule.lastBackupRecoveryPointCreated` and `BackupConfigRule.resourcesInLogicallyAirGappedVault`.
 */
export interface AgeRuleOptions extends NarrowedRuleOptions {
  /**
   * Greatest age of the newest recovery point: 1 to 744 hours or 1 to 31 days; in a logically air-gapped vault 24 to 2184
   * hours or 1 to 91 days.
   *
   * @default - 1 day; in a logically air-gapped vault 7 days
   */
  readonly recoveryPointAge?: AuditPeriod;
}

/**
 * Options of `BackupConfigRule.meetsRestoreTimeTarget`.
 */
export interface RestoreTimeRuleOptions extends NarrowedRuleOptions {
  /**
   * Minutes that the latest restore of a resource may have taken.
   */
  readonly maxRestoreTimeMinutes: number;
}

/**
 * A managed rule of AWS Config about backups, with its parameters written out.
 *
 * `BackupConfigRules.all()` says which there are and what each takes. Not every service has every rule.
 */
export class BackupConfigRule {
  /**
   * Every plan has a rule that runs often enough and, the same rule, keeps long enough.
   *
   * @param options how often, how long
   */
  public static backupPlanMinFrequencyAndMinRetention(options: PlanRuleOptions = {}): BackupConfigRule {
    return ofControl(FrameworkControl.backupPlanMinFrequencyAndMinRetention(options));
  }

  /**
   * Every recovery point is encrypted.
   */
  public static backupRecoveryPointEncrypted(): BackupConfigRule {
    return ofControl(FrameworkControl.backupRecoveryPointEncrypted());
  }

  /**
   * The policy of every vault denies deletion to all but some roles.
   *
   * @param principalArns ARNs of the roles, at most 5; none when not given
   */
  public static backupRecoveryPointManualDeletionDisabled(principalArns?: string[]): BackupConfigRule {
    return ofControl(FrameworkControl.backupRecoveryPointManualDeletionDisabled({ principalArns }));
  }

  /**
   * Every recovery point is kept long enough.
   *
   * @param requiredRetentionDays days, 1 to 36500; 35 when not given
   */
  public static backupRecoveryPointMinimumRetention(requiredRetentionDays?: number): BackupConfigRule {
    return ofControl(FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays }));
  }

  /**
   * Every resource of a service is in a plan, which copies and locks as asked.
   *
   * @param auditedService the service
   * @param options what the plan has to do
   */
  public static resourcesProtectedByBackupPlan(
    auditedService: AuditedService,
    options: ProtectionRuleOptions = {},
  ): BackupConfigRule {
    const regions: CrossRegionOptions = { crossRegions: options.crossRegions };
    const accounts: CrossAccountOptions = { crossAccounts: options.crossAccounts };
    const bounds: VaultLockControlOptions = {
      minRetentionDays: options.minRetentionDays,
      maxRetentionDays: options.maxRetentionDays,
    };
    const lockCheck =
      options.backupVaultLockCheck === undefined
        ? []
        : [{ parameterName: 'backupVaultLockCheck', parameterValue: options.backupVaultLockCheck ? 'True' : 'False' }];
    return BackupConfigRule.custom(`${auditedService}_RESOURCES_PROTECTED_BY_BACKUP_PLAN`, [
      ...FrameworkControl.backupResourcesProtectedByCrossRegion(regions).controlInputParameters,
      ...FrameworkControl.backupResourcesProtectedByCrossAccount(accounts).controlInputParameters,
      ...FrameworkControl.backupResourcesProtectedByBackupVaultLock(bounds).controlInputParameters,
      ...lockCheck,
      ...narrowed(options),
    ]);
  }

  /**
   * Every resource of a service has a recovery point that is young enough.
   *
   * @param auditedService the service
   * @param options how young
   */
  public static lastBackupRecoveryPointCreated(
    auditedService: AuditedService,
    options: AgeRuleOptions = {},
  ): BackupConfigRule {
    const { recoveryPointAge } = options;
    return BackupConfigRule.custom(`${auditedService}_LAST_BACKUP_RECOVERY_POINT_CREATED`, [
      ...FrameworkControl.backupLastRecoveryPointCreated({ recoveryPointAge }).controlInputParameters,
      ...narrowed(options),
    ]);
  }

  /**
   * The latest restore of every resource of a service took no longer than the target.
   *
   * @param auditedService the service
   * @param options how long
   */
  public static meetsRestoreTimeTarget(
    auditedService: AuditedService,
    options: RestoreTimeRuleOptions,
  ): BackupConfigRule {
    const { maxRestoreTimeMinutes } = options;
    return BackupConfigRule.custom(`${auditedService}_MEETS_RESTORE_TIME_TARGET`, [
      ...FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes }).controlInputParameters,
      ...narrowed(options),
    ]);
  }

  /**
   * Every resource of a service has a recovery point in a logically air-gapped vault that is young enough.
   *
   * @param auditedService the service
   * @param options how young
   */
  public static resourcesInLogicallyAirGappedVault(
    auditedService: AuditedService,
    options: AgeRuleOptions = {},
  ): BackupConfigRule {
    const { recoveryPointAge } = options;
    return BackupConfigRule.custom(`${auditedService}_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT`, [
      ...FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge }).controlInputParameters,
      ...narrowed(options),
    ]);
  }

  /**
   * A rule by its identifier and parameters as they are.
   *
   * @param sourceIdentifier AWS's identifier of the rule
   * @param inputParameters its parameters
   */
  public static custom(sourceIdentifier: string, inputParameters: ControlInputParameter[] = []): BackupConfigRule {
    return new BackupConfigRule(sourceIdentifier, inputParameters);
  }

  private constructor(
    /**
     * AWS's identifier of the rule.
     */
    public readonly sourceIdentifier: string,
    /**
     * Its parameters.
     */
    public readonly inputParameters: ControlInputParameter[],
  ) {}
}

function ofControl({ controlName, controlInputParameters }: FrameworkControl): BackupConfigRule {
  return BackupConfigRule.custom(controlName, controlInputParameters);
}

function narrowed({ resourceTags, resourceId }: NarrowedRuleOptions): ControlInputParameter[] {
  return [
    ...(resourceTags === undefined ? [] : [{ parameterName: 'resourceTags', parameterValue: resourceTags }]),
    ...(resourceId === undefined ? [] : [{ parameterName: 'resourceId', parameterValue: resourceId }]),
  ];
}
