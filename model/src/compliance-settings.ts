import { BackupLimits } from './backup-limits';
import { ComplianceAspect as Aspect, ComplianceRequirement } from './compliance-requirement';
import { ComplianceStandard } from './compliance-standard';
import { ContinuousVaults } from './continuous-vault';
import { ControlScope } from './control-scope';
import { AuditPeriod, FrameworkControl } from './framework-control';
import { PlanPreset, PlanPresetRule } from './plan-presets';
import { CONTROLS } from './presets/requirements';
import { Schedule } from './schedule';
import { TagCondition } from './selection';

/**
 * Values that hold every one of some standards, what they recommend included.
 */
export interface ComplianceSettings {
  /**
   * Most hours between two backups.
   */
  readonly maxHoursBetweenBackups: number;

  /**
   * Days that each recovery point is kept.
   */
  readonly retentionDays: number;

  /**
   * Days that one point in each month is kept; equal to `retentionDays` when no standard asks for more.
   */
  readonly longRetentionDays: number;

  /**
   * Most days that a recovery point may be kept.
   *
   * @default - no ceiling
   */
  readonly maxRetentionDays?: number;

  /**
   * Days that a recovery point stays warm at least.
   */
  readonly warmDays: number;

  /**
   * Whether services that have point-in-time recovery get it.
   */
  readonly continuousBackup: boolean;

  /**
   * Whether a copy in another Region is asked for.
   */
  readonly crossRegionCopy: boolean;

  /**
   * Whether a copy in another account is asked for.
   */
  readonly crossAccountCopy: boolean;

  /**
   * Whether each vault has a customer managed key.
   */
  readonly customerManagedKey: boolean;

  /**
   * Whether each vault is locked, at least in governance mode.
   */
  readonly locked: boolean;

  /**
   * Whether the locks become permanent.
   */
  readonly complianceLock: boolean;

  /**
   * Lower bound of the locks.
   */
  readonly lockMinRetentionDays: number;

  /**
   * Most days between two restore tests.
   *
   * @default - no tests are asked for
   */
  readonly restoreTestDays?: number;

  /**
   * Regions that may hold recovery points.
   *
   * @default - any
   */
  readonly regions?: string[];

  /**
   * Controls of AWS Backup Audit Manager that are evaluated.
   */
  readonly auditControls: string[];

  /**
   * Days that reports are kept.
   */
  readonly evidenceRetentionDays: number;
}

/**
 * What the controls of `CompliancePresets.controls` are to know of the declarations.
 */
export interface ComplianceControlsOptions {
  /**
   * ARNs of roles that the policies of the vaults exempt.
   *
   * @default - none
   */
  readonly exemptPrincipalArns?: string[];

  /**
   * A tag that plans of snapshots and their recovery points have, and continuous ones have not: these are kept for 35 days
   * at most, so that no longer retention can be asked of them.
   *
   * @default - every plan and recovery point is looked at, and where continuous backups are asked for 35 days have to do
   */
  readonly snapshotTag?: TagCondition;
}

/** What is chosen where no standard says anything: what AWS's own presets have. */
const RETENTION_DAYS = 35;
const HOURS = 24;

/** AWS's own wait before cold storage for points of a year (Source B2.6/5). */
const WARM_DAYS = 30;

const { COLD_DAYS } = BackupLimits;

/**
 * What standards come to when a plan, its vaults and their evidence are made for them.
 */
export class CompliancePresets {
  /**
   * The strongest value of each aspect.
   *
   * @param standards the standards; where they exclude each other (`ComplianceRules.conflicts`) a floor wins
   */
  public static settings(standards: ComplianceStandard[]): ComplianceSettings {
    const all = standards.flatMap(({ requirements }) => requirements);
    const has = (aspect: Aspect) => all.some((one) => one.aspect === aspect);
    const floor = (aspect: Aspect) => strongest(all, aspect, Math.max);
    const ceiling = (aspect: Aspect) => strongest(all, aspect, Math.min);
    const max = ceiling(Aspect.MAX_RETENTION_DAYS);
    const min = floor(Aspect.MIN_RETENTION_DAYS);
    const retentionDays = min ?? Math.min(RETENTION_DAYS, max ?? RETENTION_DAYS);
    return {
      maxHoursBetweenBackups: ceiling(Aspect.MAX_HOURS_BETWEEN_BACKUPS) ?? HOURS,
      retentionDays,
      longRetentionDays: Math.max(retentionDays, floor(Aspect.LONG_RETENTION_DAYS) ?? 0),
      maxRetentionDays: limit(all, Aspect.MAX_RETENTION_DAYS),
      warmDays: Math.max(WARM_DAYS, floor(Aspect.MIN_WARM_DAYS) ?? 0),
      continuousBackup: has(Aspect.CONTINUOUS_BACKUP),
      crossRegionCopy: has(Aspect.CROSS_REGION_COPY) || (has(Aspect.COPY_ELSEWHERE) && !has(Aspect.CROSS_ACCOUNT_COPY)),
      crossAccountCopy: has(Aspect.CROSS_ACCOUNT_COPY),
      customerManagedKey: has(Aspect.CUSTOMER_MANAGED_KEY),
      locked: has(Aspect.GOVERNANCE_LOCK) || has(Aspect.COMPLIANCE_LOCK),
      complianceLock: has(Aspect.COMPLIANCE_LOCK),
      lockMinRetentionDays: floor(Aspect.LOCK_MIN_RETENTION_DAYS) ?? Math.min(7, retentionDays),
      restoreTestDays: ceiling(Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS),
      regions: regionsOf(all),
      auditControls: [
        ...new Set(all.flatMap((one) => (one.aspect === Aspect.AUDIT_CONTROLS ? (one.names ?? []) : []))),
      ],
      evidenceRetentionDays: floor(Aspect.EVIDENCE_RETENTION_DAYS) ?? 0,
    };
  }

  /**
   * The rules of a plan that holds the standards but for its vaults and copies.
   *
   * Daily at 05:00, and on the first of each month at 15:00 where a standard keeps something longer, so that no rule
   * suppresses the other. More often than daily where a standard says so.
   *
   * @param standards the standards
   */
  public static plan(standards: ComplianceStandard[]): PlanPreset {
    const settings = CompliancePresets.settings(standards);
    const { retentionDays, longRetentionDays, maxHoursBetweenBackups } = settings;
    const monthly: PlanPresetRule[] =
      longRetentionDays > retentionDays
        ? [
            {
              ruleName: 'Monthly',
              scheduleExpression: 'cron(0 15 1 * ? *)',
              lifecycle: lifecycleOf(longRetentionDays, settings),
            },
          ]
        : [];
    return {
      presetName: standards.map(({ id }) => id).join('-'),
      rules: [
        {
          ruleName: 'Daily',
          scheduleExpression: scheduleOf(maxHoursBetweenBackups),
          lifecycle: lifecycleOf(retentionDays, settings),
          ...(maxHoursBetweenBackups < HOURS && { startWindowMinutes: 60 }),
        },
        ...monthly,
      ],
      source: standards.map(({ title }) => title).join('; '),
    };
  }

  /**
   * The controls of AWS Backup Audit Manager that the standards name, with their values as parameters.
   *
   * @param standards the standards
   * @param options what the controls are to know of the declarations
   */
  public static controls(standards: ComplianceStandard[], options: ComplianceControlsOptions = {}): FrameworkControl[] {
    const settings = CompliancePresets.settings(standards);
    return settings.auditControls.flatMap((name) => CONTROL_OF[name]?.(settings, options) ?? []);
  }

  /**
   * When restore tests run, at 06:00 UTC: on the first of each month, quarter, half-year or year, or on Mondays or daily
   * where a month is too long.
   *
   * @param days most days between two tests
   */
  public static restoreTestSchedule(days: number): Schedule {
    const months = [12, 6, 3, 1].find((step) => days >= LONGEST_DAYS[step]!);
    if (months === undefined) {
      return Schedule.expression(`cron(0 6 ? * ${days < WEEK_DAYS ? '*' : 'MON'} *)`);
    }
    return Schedule.expression(`cron(0 6 1 ${months === 12 ? '1' : `1/${months}`} ? *)`);
  }

  private constructor() {}
}

/** The most days of so many months in a row. */
const LONGEST_DAYS: Readonly<Record<number, number>> = { 1: 31, 3: 92, 6: 184, 12: 366 };
const WEEK_DAYS = 7;

/** Three days to restore, as the amendment of HIPAA proposes; no standard has another number. */
const RESTORE_MINUTES = 72 * 60;

/** What each control asks, in the values of the settings. */
const CONTROL_OF: Readonly<
  Record<string, (settings: ComplianceSettings, options: ComplianceControlsOptions) => FrameworkControl>
> = {
  [CONTROLS.plan]: () => FrameworkControl.backupResourcesProtectedByBackupPlan(),
  [CONTROLS.frequency]: ({ maxHoursBetweenBackups: hours, retentionDays }, { snapshotTag }) =>
    FrameworkControl.backupPlanMinFrequencyAndMinRetention({
      scope: scopeOf(snapshotTag),
      requiredFrequency: hours < HOURS ? AuditPeriod.hours(hours) : AuditPeriod.days(Math.floor(hours / HOURS)),
      requiredRetentionDays: retentionDays,
    }),
  [CONTROLS.encrypted]: () => FrameworkControl.backupRecoveryPointEncrypted(),
  [CONTROLS.retention]: ({ retentionDays, continuousBackup }, { snapshotTag }) =>
    // Continuous backups are kept for 35 days at most, and without a tag this control looks at each point.
    FrameworkControl.backupRecoveryPointMinimumRetention({
      scope: scopeOf(snapshotTag),
      requiredRetentionDays:
        continuousBackup && snapshotTag === undefined
          ? Math.min(retentionDays, ContinuousVaults.LONGEST_RETENTION_DAYS)
          : retentionDays,
    }),
  [CONTROLS.lastPoint]: ({ maxHoursBetweenBackups: hours }) =>
    FrameworkControl.backupLastRecoveryPointCreated({
      // A day more than a day apart: the last point is that of yesterday until today's is complete.
      recoveryPointAge: AuditPeriod.days(Math.floor(hours / HOURS) + 1),
    }),
  [CONTROLS.manualDeletion]: (_, { exemptPrincipalArns: exempt = [] }) =>
    FrameworkControl.backupRecoveryPointManualDeletionDisabled(exempt.length === 0 ? {} : { principalArns: exempt }),
  [CONTROLS.restoreTime]: () =>
    FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes: RESTORE_MINUTES }),
  // Of a list of Regions a copy would have to be in each (Assumed); which ones are allowed is held at synthesis.
  [CONTROLS.crossRegion]: () => FrameworkControl.backupResourcesProtectedByCrossRegion(),
  [CONTROLS.crossAccount]: () => FrameworkControl.backupResourcesProtectedByCrossAccount(),
  [CONTROLS.vaultLock]: ({ lockMinRetentionDays }) =>
    FrameworkControl.backupResourcesProtectedByBackupVaultLock({ minRetentionDays: lockMinRetentionDays }),
};

function scopeOf(tag: TagCondition | undefined): ControlScope | undefined {
  return tag && ControlScope.tagged(tag.conditionKey, tag.conditionValue);
}

/** The strongest preferred value, undefined when no standard has one. */
function strongest(
  all: ComplianceRequirement[],
  aspect: Aspect,
  stronger: (...values: number[]) => number,
): number | undefined {
  const values = all.flatMap((one) =>
    one.aspect === aspect && one.value !== undefined ? (one.preferred ?? one.value) : [],
  );
  return values.length === 0 ? undefined : stronger(...values);
}

/** The lowest ceiling, whatever is preferred below it. */
function limit(all: ComplianceRequirement[], aspect: Aspect): number | undefined {
  const values = all.flatMap((one) => (one.aspect === aspect && one.value !== undefined ? one.value : []));
  return values.length === 0 ? undefined : Math.min(...values);
}

/** Those that all allow; a list that is only recommended counts where no other is there. */
function regionsOf(all: ComplianceRequirement[]): string[] | undefined {
  const lists = all.filter(({ aspect, recommended }) => aspect === Aspect.REGIONS && recommended !== true);
  return lists
    .map(({ names = [] }) => names)
    .reduce<string[] | undefined>(
      (common, names) => (common ?? names).filter((name) => names.includes(name)),
      undefined,
    );
}

function lifecycleOf(deleteAfterDays: number, { warmDays }: ComplianceSettings): PlanPresetRule['lifecycle'] {
  return deleteAfterDays >= Math.max(365, warmDays + COLD_DAYS)
    ? { moveToColdStorageAfterDays: warmDays, deleteAfterDays }
    : { deleteAfterDays };
}

/** Every so many hours, counted from 05:00 and anew at midnight; hourly is the finest that AWS Backup has. */
function scheduleOf(hours: number): string {
  const step = [12, 8, 6, 4, 3, 2, 1].find((one) => one <= hours) ?? 1;
  return hours >= HOURS ? 'cron(0 5 ? * * *)' : `cron(0 ${5 % step}/${step} ? * * *)`;
}
