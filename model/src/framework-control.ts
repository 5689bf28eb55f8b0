import { ControlScope } from './control-scope';

/**
 * One parameter of a control, as AWS Backup takes it.
 */
export interface ControlInputParameter {
  /**
   * Name of the parameter, e.g. `requiredRetentionDays`.
   */
  readonly parameterName: string;

  /**
   * A number, a text, a list of texts or a map; rendered as text: a list with commas between its members, a map as JSON.
   */
  readonly parameterValue: any;
}

/**
 * A length of time in whole hours or whole days, as controls and AWS Config rules take it.
 */
export class AuditPeriod {
  /**
   * So many hours.
   *
   * @param value whole hours; which ones are allowed depends on the parameter
   */
  public static hours(value: number): AuditPeriod {
    return new AuditPeriod(value, 'hours');
  }

  /**
   * So many days.
   *
   * @param value whole days; which ones are allowed depends on the parameter
   */
  public static days(value: number): AuditPeriod {
    return new AuditPeriod(value, 'days');
  }

  private constructor(
    /**
     * How many of the unit.
     */
    public readonly value: number,
    /**
     * `hours` or `days`.
     */
    public readonly unit: string,
  ) {}
}

/**
 * What every control takes.
 */
export interface ControlOptions {
  /**
   * What the control looks at.
   *
   * @default - everything in the account and Region that the control can judge
   */
  readonly scope?: ControlScope;
}

/**
 * Options of `FrameworkControl.backupPlanMinFrequencyAndMinRetention`.
 */
export interface PlanFrequencyAndRetentionOptions extends ControlOptions {
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
 * Options of `FrameworkControl.backupRecoveryPointManualDeletionDisabled`.
 */
export interface ManualDeletionOptions extends ControlOptions {
  /**
   * ARNs of roles that may delete recovery points all the same, at most 5.
   *
   * @default - none
   */
  readonly principalArns?: string[];
}

/**
 * Options of `FrameworkControl.backupRecoveryPointMinimumRetention`.
 */
export interface MinimumRetentionOptions extends ControlOptions {
  /**
   * Days that each recovery point has to be kept, 1 to 36500.
   *
   * @default 35
   */
  readonly requiredRetentionDays?: number;
}

/**
 * Options of `FrameworkControl.backupResourcesProtectedByCrossRegion`.
 */
export interface CrossRegionOptions extends ControlOptions {
  /**
   * Regions where a copy has to be, e.g. `eu-west-1`.
   *
   * @default - any other Region
   */
  readonly crossRegions?: string[];
}

/**
 * Options of `FrameworkControl.backupResourcesProtectedByCrossAccount`.
 */
export interface CrossAccountOptions extends ControlOptions {
  /**
   * Ids of accounts of the same organization where a copy has to be, 12 digits each, at most 5.
   *
   * @default - any other account
   */
  readonly crossAccounts?: string[];
}

/**
 * Options of `FrameworkControl.backupResourcesProtectedByBackupVaultLock`.
 */
export interface VaultLockControlOptions extends ControlOptions {
  /**
   * Days that the lock has to have for its minimum, 1 to 36500.
   *
   * @default - any
   */
  readonly minRetentionDays?: number;

  /**
   * Days that the lock has to have for its maximum, 1 to 36500.
   *
   * @default - any
   */
  readonly maxRetentionDays?: number;
}

/**
 * Options of `FrameworkControl.backupLastRecoveryPointCreated`.
 */
export interface LastRecoveryPointOptions extends ControlOptions {
  /**
   * Greatest age of the newest recovery point of a resource: 1 to 744 hours, or 1 to 31 days.
   *
   * @default - 1 day
   */
  readonly recoveryPointAge?: AuditPeriod;
}

/**
 * Options of `FrameworkControl.restoreTimeForResourcesMeetTarget`.
 */
export interface RestoreTimeOptions extends ControlOptions {
  /**
   * Minutes that the latest restore of a resource may have taken.
   */
  readonly maxRestoreTimeMinutes: number;
}

/**
 * Options of `FrameworkControl.resourcesInLogicallyAirGappedVault`.
 */
export interface AirGappedOptions extends ControlOptions {
  /**
   * Greatest age of the newest recovery point in a logically air-gapped vault: 24 to 2184 hours, or 1 to 91 days.
   *
   * @default - 7 days, the least that AWS recommends
   */
  readonly recoveryPointAge?: AuditPeriod;
}

/**
 * A control of a framework, with its parameters written out and its scope.
 *
 * Factories bear AWS's names of the controls; `FrameworkControls.all()` says what each takes and when it is evaluated.
 */
export class FrameworkControl {
  /**
   * Every resource is selected by a plan.
   *
   * @param options what to look at
   */
  public static backupResourcesProtectedByBackupPlan(options: ControlOptions = {}): FrameworkControl {
    return FrameworkControl.custom('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', [], options.scope);
  }

  /**
   * Every plan has a rule that runs often enough and, the same rule, keeps long enough.
   *
   * @param options how often, how long, what to look at
   */
  public static backupPlanMinFrequencyAndMinRetention(
    options: PlanFrequencyAndRetentionOptions = {},
  ): FrameworkControl {
    const frequency = options.requiredFrequency ?? AuditPeriod.days(1);
    return FrameworkControl.custom(
      'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
      [
        { parameterName: 'requiredFrequencyUnit', parameterValue: frequency.unit },
        { parameterName: 'requiredFrequencyValue', parameterValue: frequency.value },
        { parameterName: 'requiredRetentionDays', parameterValue: options.requiredRetentionDays ?? 35 },
      ],
      options.scope,
    );
  }

  /**
   * The policy of every vault denies whoever is not exempt to delete recovery points, to change their lifecycle and to
   * change the policy itself.
   *
   * @param options who is exempt, what to look at
   */
  public static backupRecoveryPointManualDeletionDisabled(options: ManualDeletionOptions = {}): FrameworkControl {
    return FrameworkControl.custom(
      'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
      given('principalArnList', options.principalArns),
      options.scope,
    );
  }

  /**
   * Every recovery point is encrypted.
   *
   * @param options what to look at
   */
  public static backupRecoveryPointEncrypted(options: ControlOptions = {}): FrameworkControl {
    return FrameworkControl.custom('BACKUP_RECOVERY_POINT_ENCRYPTED', [], options.scope);
  }

  /**
   * Every recovery point is kept long enough.
   *
   * @param options how long, what to look at
   */
  public static backupRecoveryPointMinimumRetention(options: MinimumRetentionOptions = {}): FrameworkControl {
    return FrameworkControl.custom(
      'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
      [{ parameterName: 'requiredRetentionDays', parameterValue: options.requiredRetentionDays ?? 35 }],
      options.scope,
    );
  }

  /**
   * A plan of every resource copies to another Region.
   *
   * @param options to which, what to look at
   */
  public static backupResourcesProtectedByCrossRegion(options: CrossRegionOptions = {}): FrameworkControl {
    return FrameworkControl.custom(
      'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
      given('crossRegionList', options.crossRegions),
      options.scope,
    );
  }

  /**
   * A plan of every resource copies to another account of the organization.
   *
   * @param options to which, what to look at
   */
  public static backupResourcesProtectedByCrossAccount(options: CrossAccountOptions = {}): FrameworkControl {
    return FrameworkControl.custom(
      'BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT',
      given('crossAccountList', options.crossAccounts),
      options.scope,
    );
  }

  /**
   * A plan of every resource puts its recovery points into a locked vault.
   *
   * @param options bounds that the lock has to have, what to look at
   */
  public static backupResourcesProtectedByBackupVaultLock(options: VaultLockControlOptions = {}): FrameworkControl {
    return FrameworkControl.custom(
      'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK',
      [...given('minRetentionDays', options.minRetentionDays), ...given('maxRetentionDays', options.maxRetentionDays)],
      options.scope,
    );
  }

  /**
   * Every resource has a recovery point that is young enough.
   *
   * @param options how young, what to look at
   */
  public static backupLastRecoveryPointCreated(options: LastRecoveryPointOptions = {}): FrameworkControl {
    return FrameworkControl.custom(
      'BACKUP_LAST_RECOVERY_POINT_CREATED',
      age(options.recoveryPointAge ?? AuditPeriod.days(1)),
      options.scope,
    );
  }

  /**
   * The latest restore of every resource took no longer than the target.
   *
   * @param options how long, what to look at
   */
  public static restoreTimeForResourcesMeetTarget(options: RestoreTimeOptions): FrameworkControl {
    return FrameworkControl.custom(
      'RESTORE_TIME_FOR_RESOURCES_MEET_TARGET',
      [{ parameterName: 'maxRestoreTime', parameterValue: options.maxRestoreTimeMinutes }],
      options.scope,
    );
  }

  /**
   * Every resource has a recovery point in a logically air-gapped vault that is young enough.
   *
   * @param options how young, what to look at
   */
  public static resourcesInLogicallyAirGappedVault(options: AirGappedOptions = {}): FrameworkControl {
    return FrameworkControl.custom(
      'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
      age(options.recoveryPointAge ?? AuditPeriod.days(7)),
      options.scope,
    );
  }

  /**
   * A control by its name and parameters as they are, e.g. one that was read from a template.
   *
   * @param controlName AWS's name of the control
   * @param controlInputParameters its parameters
   * @param controlScope what it looks at; everything when not given
   */
  public static custom(
    controlName: string,
    controlInputParameters: ControlInputParameter[] = [],
    controlScope?: ControlScope,
  ): FrameworkControl {
    return new FrameworkControl(controlName, controlInputParameters, controlScope);
  }

  private constructor(
    /**
     * AWS's name of the control.
     */
    public readonly controlName: string,
    /**
     * Its parameters.
     */
    public readonly controlInputParameters: ControlInputParameter[],
    /**
     * What it looks at.
     */
    public readonly controlScope?: ControlScope,
  ) {}
}

function given(parameterName: string, parameterValue: unknown): ControlInputParameter[] {
  return parameterValue === undefined ? [] : [{ parameterName, parameterValue }];
}

function age({ unit, value }: AuditPeriod): ControlInputParameter[] {
  return [
    { parameterName: 'recoveryPointAgeUnit', parameterValue: unit },
    { parameterName: 'recoveryPointAgeValue', parameterValue: value },
  ];
}
