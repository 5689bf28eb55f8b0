import { BackupLimits } from './backup-limits';
import { IValueProbe } from './finding';
import { BackupRule } from './rule';

/** Longest name of a vault. */
const NAME = 50;
const SUFFIX = '-continuous';

/**
 * Vaults for continuous backups, which keep at most 35 days (Source B2.3/7, B5.3/1).
 */
export class ContinuousVaults {
  /**
   * Days after which a continuous point is deleted, at most.
   */
  public static readonly LONGEST_RETENTION_DAYS: number = BackupLimits.CONTINUOUS_DAYS;

  /**
   * Whether the lock of a rule's vault keeps longer than the rule's continuous points live, and so refuses them at each run
   * (Source B7.4/4). What is not known does not.
   *
   * @param rule the rule
   * @param probe tells which values are known
   * @param minRetentionDays lower bound of the lock; none where there is no lock
   */
  public static isKeptTooLong(rule: BackupRule, probe: IValueProbe, minRetentionDays?: number): boolean {
    const kept = rule.lifecycle?.deleteAfterDays;
    return (
      rule.enableContinuousBackup === true &&
      minRetentionDays !== undefined &&
      kept !== undefined &&
      probe.known(minRetentionDays) &&
      probe.known(kept) &&
      minRetentionDays > kept
    );
  }

  /**
   * Name of the vault that a plan makes for its continuous backups; the name of a plan may have dots, that of a vault may not.
   *
   * @param backupPlanName name of the plan
   * @param probe tells which values are known
   */
  public static nameFor(backupPlanName: string, probe: IValueProbe): string {
    const beginning = probe.known(backupPlanName)
      ? backupPlanName.replace(/\./g, '-').slice(0, NAME - SUFFIX.length)
      : backupPlanName;
    return `${beginning}${SUFFIX}`;
  }

  private constructor() {}
}
