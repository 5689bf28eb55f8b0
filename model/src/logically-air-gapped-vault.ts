import { Finding, IValueProbe } from './finding';
import { VAULT_NAME } from './private/arns';
import { at, found } from './private/found';
import { checkKey, checkName } from './private/names';
import { checkNotifications } from './private/notifications';
import { checkAccessPolicy } from './private/policy';
import { absent, days, readable, whole } from './private/reading';
import { LOGICALLY_AIR_GAPPED_VAULT as RULES } from './private/tables/vault';
import { Environment } from './environment';
import { VaultNotifications } from './vault';

/** Regions without logically air-gapped vaults, beside those of China and GovCloud (Source B7.5/2). */
const WITHOUT = [
  'ap-southeast-5', // Malaysia
  'ca-west-1', // Calgary
  'mx-central-1', // Mexico Central
  'ap-southeast-7', // Thailand
  'ap-east-2', // Taipei
  'ap-southeast-6', // New Zealand
];

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
    if (!readable(vault, probe)) {
      return [];
    }
    const findings = checkName(RULES.name, vault.backupVaultName, VAULT_NAME, at(path, 'backupVaultName'), probe);
    const { minRetentionDays: min, maxRetentionDays: max } = vault;
    if (absent(min) || (probe.known(min) && !whole(min, 7, 36500))) {
      findings.push(found(RULES.minRetention, at(path, 'minRetentionDays'), days(min)));
    }
    if (absent(max) || (probe.known(max) && !whole(max, 7, 36500))) {
      findings.push(found(RULES.maxRetention, at(path, 'maxRetentionDays'), days(max)));
    } else if (probe.known(max) && readable(min, probe) && max < min) {
      const allowed = `at least ${min} days, the minRetentionDays`;
      findings.push(found(RULES.bounds, at(path, 'maxRetentionDays'), days(max), allowed));
    }
    const region = vault.env?.region;
    if (readable(region, probe) && (WITHOUT.includes(region) || /^(cn|us-gov|us-iso)/.test(region))) {
      findings.push(found(RULES.region, at(path, 'env.region'), region));
    }
    findings.push(...checkKey(vault.encryptionKeyArn, vault.env, at(path, 'encryptionKeyArn'), probe));
    findings.push(...checkAccessPolicy(vault.accessPolicy, at(path, 'accessPolicy'), probe));
    findings.push(...checkNotifications(vault.notifications, vault.env, at(path, 'notifications'), probe));
    return findings;
  }

  private constructor() {}
}
