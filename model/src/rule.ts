import { CopyAction } from './copy-action';
import { Finding, IValueProbe } from './finding';
import { Lifecycle, LifecycleRules } from './lifecycle';
import { TOKEN_NAME, VAULT_ARN, VAULT_NAME } from './private/arns';
import { at } from './private/found';
import { checkName } from './private/names';
import { absent, readable } from './private/reading';
import { checkContinuous, checkCopies, checkExtras, checkFrequency, checkWindows } from './private/rule-checks';
import { checkSchedule } from './private/runs';
import { RULE } from './private/tables/rule';
import { ScanAction } from './scan-action';

/**
 * One rule of a backup plan, in the words of `BackupRuleInput`.
 */
export interface BackupRule {
  /**
   * Name of the rule, 1 to 50 letters, digits, `-`, `_` and `.`.
   */
  readonly ruleName: string;

  /**
   * Name of the vault that receives the backups; same account and Region as the plan.
   */
  readonly targetBackupVaultName: string;

  /**
   * ARN of a logically air-gapped vault that is the primary target.
   *
   * @default - none
   */
  readonly targetLogicallyAirGappedBackupVaultArn?: string;

  /**
   * When the rule runs, `cron(…)` in AWS's dialect.
   *
   * @default - `BackupRuleDefaults.SCHEDULE_EXPRESSION`
   */
  readonly scheduleExpression?: string;

  /**
   * IANA time zone of the schedule.
   *
   * @default - `BackupRuleDefaults.SCHEDULE_EXPRESSION_TIMEZONE`
   */
  readonly scheduleExpressionTimezone?: string;

  /**
   * Minutes after the scheduled time within which a job must start, at least 60.
   *
   * @default - `BackupRuleDefaults.START_WINDOW_MINUTES`
   */
  readonly startWindowMinutes?: number;

  /**
   * Minutes within which a job must complete.
   *
   * @default - `BackupRuleDefaults.COMPLETION_WINDOW_MINUTES`
   */
  readonly completionWindowMinutes?: number;

  /**
   * Lifecycle of the recovery points.
   *
   * @default - kept for ever, warm
   */
  readonly lifecycle?: Lifecycle;

  /**
   * Tags that the rule adds to its recovery points.
   *
   * @default - none
   */
  readonly recoveryPointTags?: { [key: string]: string };

  /**
   * Copies that follow each backup, at most 5.
   *
   * @default - none
   */
  readonly copyActions?: CopyAction[];

  /**
   * Point-in-time recovery for the services that have it.
   *
   * @default false
   */
  readonly enableContinuousBackup?: boolean;

  /**
   * Service whose points are indexed: `EBS` or `S3`.
   *
   * @default - none
   */
  readonly indexActions?: string[];

  /**
   * Scans for malware that follow each backup; the plan's `scanSettings` say of what.
   *
   * @default - none
   */
  readonly scanActions?: ScanAction[];
}

/**
 * What AWS refuses in a rule of a plan.
 */
export class BackupRuleRules {
  /**
   * What the rules find. Never throws.
   *
   * @param rule the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(rule: BackupRule, path: string, probe: IValueProbe): Finding[] {
    if (!readable(rule, probe)) {
      return [];
    }
    const vaultName = rule.targetBackupVaultName;
    const findings = checkName(RULE.name, rule.ruleName, TOKEN_NAME, at(path, 'ruleName'), probe);
    findings.push(...checkName(RULE.targetVaultName, vaultName, VAULT_NAME, at(path, 'targetBackupVaultName'), probe));
    const airGapped = rule.targetLogicallyAirGappedBackupVaultArn;
    if (!absent(airGapped)) {
      const airGappedPath = at(path, 'targetLogicallyAirGappedBackupVaultArn');
      findings.push(...checkName(RULE.airGappedTargetArn, airGapped, VAULT_ARN, airGappedPath, probe));
    }
    findings.push(...checkSchedule(rule, path, probe));
    findings.push(...checkWindows(rule, path, probe));
    if (rule.lifecycle) {
      findings.push(...LifecycleRules.check(rule.lifecycle, at(path, 'lifecycle'), probe));
    }
    findings.push(...checkContinuous(rule, path, probe));
    findings.push(...checkFrequency(rule, path, probe));
    findings.push(...checkCopies(rule, path, probe));
    findings.push(...checkExtras(rule, path, probe));
    return findings;
  }

  private constructor() {}
}
