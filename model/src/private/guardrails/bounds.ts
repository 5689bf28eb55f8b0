import { GraceTimeOptions, GuardrailExemption, LockFloorOptions } from '../../guardrail-options';
import { Template } from './statement';

const { NOBODY, DEPLOYMENT } = GuardrailExemption;
const LOCKS = ['backup:CreateLogicallyAirGappedBackupVault', 'backup:PutBackupVaultLockConfiguration'];
const PUT_LOCK = ['backup:PutBackupVaultLockConfiguration'];

/**
 * Copies that go elsewhere than to vaults of these Regions.
 *
 * `ForAllValues` is true for a request without the key, too, which the statement then denies (Source B11.6/1): a copy whose
 * destination cannot be told is none to let through.
 */
export function copiesToRegions(regions: readonly string[]): Template[] {
  const vaults = regions.map((region) => `arn:*:backup:${region}:*:backup-vault:*`).sort();
  return copies({ 'ForAllValues:ArnNotLike': { 'backup:CopyTargets': vaults } });
}

/** Copies to accounts elsewhere in, or outside of, the organization. */
export function copiesToPaths(paths: readonly string[]): Template[] {
  return copies({ 'ForAllValues:StringNotLike': { 'backup:CopyTargetOrgPaths': [...paths].sort() } });
}

function copies(conditions: Template['conditions']): Template[] {
  return [{ actions: ['backup:CopyFromBackupVault'], conditions, exempt: NOBODY }];
}

/** Copies into a vault without the tag, and whoever gives a vault the tag, or takes it from one. */
export function copiesIntoTagged(tagKey: string, tagValue: string): Template[] {
  return [
    {
      actions: ['backup:CopyIntoBackupVault'],
      // True for a vault without the tag, too.
      conditions: { StringNotEquals: { [`aws:ResourceTag/${tagKey}`]: tagValue } },
      exempt: NOBODY,
    },
    {
      actions: [
        'backup:CreateBackupVault',
        'backup:CreateLogicallyAirGappedBackupVault',
        'backup:TagResource',
        'backup:UntagResource',
      ],
      conditions: { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [tagKey] } },
      exempt: DEPLOYMENT,
    },
  ];
}

/**
 * Locks out of bounds.
 *
 * `IfExists` makes a condition true for a request without the key: a lock without a least retention is below every floor.
 * A lock without a greatest retention lets every retention in, so that bound asks for the key.
 */
export function lockFloor(options: LockFloorOptions): Template[] {
  const { minRetentionDays, minRetentionDaysAtMost, maxRetentionDaysAtLeast } = options;
  const bound = (operator: string, key: string, days: number | undefined): Template[] =>
    days === undefined
      ? []
      : [{ actions: LOCKS, conditions: { [operator]: { [`backup:${key}`]: days } }, exempt: NOBODY }];
  return [
    ...bound('NumericLessThanIfExists', 'MinRetentionDays', minRetentionDays),
    ...bound('NumericGreaterThan', 'MinRetentionDays', minRetentionDaysAtMost),
    ...bound('NumericLessThan', 'MaxRetentionDays', maxRetentionDaysAtLeast),
  ];
}

/** Locks that become permanent too soon, or too late, or never. */
export function graceTime(options: GraceTimeOptions): Template[] {
  const { minDays, maxDays, governanceAllowed = true } = options;
  const bound = (operator: string, value: unknown): Template[] =>
    value === undefined
      ? []
      : [{ actions: PUT_LOCK, conditions: { [operator]: { 'backup:ChangeableForDays': value } }, exempt: NOBODY }];
  return [
    ...bound('NumericLessThan', minDays),
    ...bound('NumericGreaterThan', maxDays),
    ...bound('Null', governanceAllowed ? undefined : 'true'),
  ];
}

/** Vaults, plans, jobs and copies in other Regions. */
export function residency(regions: readonly string[]): Template[] {
  return [
    {
      actions: [
        'backup:CopyIntoBackupVault',
        'backup:CreateBackupPlan',
        'backup:CreateBackupVault',
        'backup:CreateLogicallyAirGappedBackupVault',
        'backup:CreateRestoreAccessBackupVault',
        'backup:StartBackupJob',
        'backup:StartCopyJob',
        'backup:StartRestoreJob',
      ],
      conditions: { StringNotLike: { 'aws:RequestedRegion': [...regions].sort() } },
      exempt: NOBODY,
    },
  ];
}
