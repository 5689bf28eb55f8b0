import { BackupLimits } from '../../backup-limits';
import {
  ControlDescription,
  ControlParameterDescription,
  ControlParameterKind,
  ControlScopeKind,
  ControlTrigger,
} from '../../control-description';

const PAGE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html';
const SAMPLES = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-frameworks-api.html';

/** Pages of the managed rules of AWS Config. */
export function configPage(name: string): string {
  return `https://docs.aws.amazon.com/config/latest/developerguide/${name}.html`;
}

const { TAG, RESOURCE_TYPES, SINGLE_RESOURCE } = ControlScopeKind;
const EVERYTHING = [TAG, RESOURCE_TYPES, SINGLE_RESOURCE];

/** A lifecycle keeps 36500 days at most, so that a control with more can never be met. */
const MOST_DAYS = BackupLimits.LONGEST_DAYS;
const MOST_DAYS_SOURCE = `Assumed; ${PAGE}`;

/** Control and AWS Config rule of this name take the same parameters. */
export const FREQUENCY_PARAMETERS: readonly ControlParameterDescription[] = [
  {
    parameterName: 'requiredFrequencyUnit',
    kind: ControlParameterKind.UNIT,
    isRequired: false,
    defaultValue: 'days',
    source: configPage('backup-plan-min-frequency-and-min-retention-check'),
  },
  {
    parameterName: 'requiredFrequencyValue',
    kind: ControlParameterKind.OF_UNIT,
    isRequired: false,
    least: 1,
    greatest: 31,
    leastHours: 1,
    greatestHours: 24,
    defaultValue: '1',
    source: configPage('backup-plan-min-frequency-and-min-retention-check'),
  },
  retention('requiredRetentionDays', '35'),
];

export const PRINCIPAL_PARAMETERS: readonly ControlParameterDescription[] = [
  {
    parameterName: 'principalArnList',
    kind: ControlParameterKind.ROLE_ARNS,
    isRequired: false,
    greatest: 5,
    source: PAGE,
  },
];

export const RETENTION_PARAMETERS: readonly ControlParameterDescription[] = [retention('requiredRetentionDays', '35')];

const REGIONS: ControlParameterDescription = {
  parameterName: 'crossRegionList',
  kind: ControlParameterKind.REGIONS,
  isRequired: false,
  source: PAGE,
};
const ACCOUNTS: ControlParameterDescription = {
  parameterName: 'crossAccountList',
  kind: ControlParameterKind.ACCOUNTS,
  isRequired: false,
  greatest: 5,
  source: PAGE,
};
const LOCK_BOUNDS = [retention('minRetentionDays'), retention('maxRetentionDays')];

/** What a rule of AWS Config takes that asks for a plan of a resource: the parameters of four controls at once. */
export const PROTECTION_PARAMETERS: readonly ControlParameterDescription[] = [REGIONS, ACCOUNTS, ...LOCK_BOUNDS];

export const AGE_PARAMETERS = ageParameters(1, 744, 31, PAGE, '1');
export const AIR_GAPPED_AGE_PARAMETERS = ageParameters(24, 2184, 91, PAGE);
export const RESTORE_TIME_PARAMETERS: readonly ControlParameterDescription[] = [
  {
    parameterName: 'maxRestoreTime',
    kind: ControlParameterKind.MINUTES,
    isRequired: true,
    least: 1,
    source: PAGE,
  },
];

const PLAN = 'AWS::Backup::BackupPlan';
const SELECTION = 'AWS::Backup::BackupSelection';
const VAULT = 'AWS::Backup::BackupVault';
const RECOVERY_POINT = 'AWS::Backup::RecoveryPoint';

export const CONTROLS: readonly ControlDescription[] = [
  daily(
    'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'backupResourcesProtectedByBackupPlan',
    'Every resource is in a selection of at least one plan.',
    SELECTION,
    [],
    EVERYTHING,
  ),
  onChange(
    'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
    'backupPlanMinFrequencyAndMinRetention',
    'Every plan has one rule that both runs and keeps as required.',
    PLAN,
    FREQUENCY_PARAMETERS,
    [TAG, SINGLE_RESOURCE],
  ),
  onChange(
    'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
    'backupRecoveryPointManualDeletionDisabled',
    'The policy of every vault denies deletion to all but some roles.',
    VAULT,
    PRINCIPAL_PARAMETERS,
    [TAG, SINGLE_RESOURCE],
  ),
  onChange(
    'BACKUP_RECOVERY_POINT_ENCRYPTED',
    'backupRecoveryPointEncrypted',
    'Every recovery point is encrypted.',
    RECOVERY_POINT,
    [],
    [TAG],
  ),
  onChange(
    'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
    'backupRecoveryPointMinimumRetention',
    'Every recovery point is kept as long as required.',
    RECOVERY_POINT,
    RETENTION_PARAMETERS,
    [TAG],
  ),
  daily(
    'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
    'backupResourcesProtectedByCrossRegion',
    'A plan of every resource copies to another Region.',
    SELECTION,
    [REGIONS],
    EVERYTHING,
  ),
  daily(
    'BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT',
    'backupResourcesProtectedByCrossAccount',
    'A plan of every resource copies to another account of the organization.',
    SELECTION,
    [ACCOUNTS],
    EVERYTHING,
  ),
  daily(
    'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK',
    'backupResourcesProtectedByBackupVaultLock',
    'A plan of every resource stores in a locked vault.',
    SELECTION,
    LOCK_BOUNDS,
    EVERYTHING,
  ),
  daily(
    'BACKUP_LAST_RECOVERY_POINT_CREATED',
    'backupLastRecoveryPointCreated',
    'The newest recovery point of every resource is young enough.',
    RECOVERY_POINT,
    AGE_PARAMETERS,
    EVERYTHING,
  ),
  daily(
    'RESTORE_TIME_FOR_RESOURCES_MEET_TARGET',
    'restoreTimeForResourcesMeetTarget',
    'The latest restore of every resource was quick enough.',
    RECOVERY_POINT,
    RESTORE_TIME_PARAMETERS,
    EVERYTHING,
  ),
  daily(
    'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
    'resourcesInLogicallyAirGappedVault',
    'The newest recovery point of every resource in a logically air-gapped vault is young enough.',
    RECOVERY_POINT,
    AIR_GAPPED_AGE_PARAMETERS,
    [RESOURCE_TYPES, SINGLE_RESOURCE],
  ),
];

function daily(
  controlName: string,
  factory: string,
  evaluates: string,
  recorded: string,
  parameters: readonly ControlParameterDescription[],
  scopeKinds: ControlScopeKind[],
): ControlDescription {
  const trigger = ControlTrigger.EVERY_24_HOURS;
  return described({ controlName, factory, evaluates, trigger, scopeKinds, recorded, parameters });
}

function onChange(
  controlName: string,
  factory: string,
  evaluates: string,
  recorded: string,
  parameters: readonly ControlParameterDescription[],
  scopeKinds: ControlScopeKind[],
): ControlDescription {
  const trigger = ControlTrigger.CONFIGURATION_CHANGES;
  return described({ controlName, factory, evaluates, trigger, scopeKinds, recorded, parameters });
}

interface Row {
  readonly controlName: string;
  readonly factory: string;
  readonly evaluates: string;
  readonly trigger: ControlTrigger;
  readonly scopeKinds: ControlScopeKind[];
  readonly recorded: string;
  readonly parameters: readonly ControlParameterDescription[];
}

function described({ recorded, parameters, ...row }: Row): ControlDescription {
  return {
    ...row,
    parameters: [...parameters],
    recordedResourceTypes: [recorded, 'AWS::Config::ResourceCompliance'],
    source: PAGE,
  };
}

function retention(parameterName: string, defaultValue?: string): ControlParameterDescription {
  const kind = ControlParameterKind.DAYS;
  const bounds = { least: 1, greatest: MOST_DAYS, source: MOST_DAYS_SOURCE };
  return { parameterName, kind, isRequired: false, ...bounds, ...(defaultValue === undefined ? {} : { defaultValue }) };
}

function ageParameters(
  leastHours: number,
  greatestHours: number,
  greatest: number,
  source: string,
  defaultValue?: string,
): readonly ControlParameterDescription[] {
  const isDefault = (value: string) => (defaultValue === undefined ? {} : { defaultValue: value });
  return [
    {
      parameterName: 'recoveryPointAgeUnit',
      kind: ControlParameterKind.UNIT,
      isRequired: false,
      ...isDefault('days'),
      source: SAMPLES,
    },
    {
      parameterName: 'recoveryPointAgeValue',
      kind: ControlParameterKind.OF_UNIT,
      isRequired: false,
      least: 1,
      greatest,
      leastHours,
      greatestHours,
      ...isDefault(defaultValue ?? ''),
      source,
    },
  ];
}
