import { Finding, IValueProbe } from './finding';
import { VAULT_NAME } from './private/arns';
import { at } from './private/found';
import { checkKey, checkName } from './private/names';
import { checkNotifications } from './private/notifications';
import { checkAccessPolicy } from './private/policy';
import { readable } from './private/reading';
import { VAULT } from './private/tables/vault';
import { Environment } from './environment';
import { TagRules } from './tags';
import { VaultLock, VaultLockRules } from './vault-lock';

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
    if (!readable(vault, probe)) {
      return [];
    }
    const name = vault.backupVaultName;
    const findings = checkName(VAULT.name, name, VAULT_NAME, at(path, 'backupVaultName'), probe);
    findings.push(...checkKey(vault.encryptionKeyArn, vault.env, at(path, 'encryptionKeyArn'), probe));
    findings.push(...checkAccessPolicy(vault.accessPolicy, at(path, 'accessPolicy'), probe));
    if (vault.vaultLock) {
      findings.push(...VaultLockRules.check(vault.vaultLock, at(path, 'vaultLock'), probe));
    }
    findings.push(...checkNotifications(vault.notifications, vault.env, at(path, 'notifications'), probe));
    findings.push(...TagRules.check(vault.tags ?? {}, at(path, 'tags'), probe));
    return findings;
  }

  private constructor() {}
}
