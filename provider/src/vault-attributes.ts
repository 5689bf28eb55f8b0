import { VaultLock } from '@holdfast/model';
import { VaultEncryption } from './vault-encryption';

/**
 * What is known of a vault that exists already.
 */
export interface VaultAttributes {
  /**
   * ARN of the vault.
   */
  readonly backupVaultArn: string;

  /**
   * Its lock, against which plans are held; nobody has to acknowledge what is there already.
   *
   * @default - not locked, as far as is known
   */
  readonly vaultLock?: VaultLock;

  /**
   * Its key.
   *
   * @default - not known, so that nothing is said about it
   */
  readonly encryption?: VaultEncryption;

  /**
   * Its access policy, the document of an IAM policy: `{ Version: '2012-10-17', Statement: […] }`.
   *
   * @default - not known, so that nothing is said about it
   */
  readonly accessPolicy?: { [key: string]: any };
}

/**
 * What is known of a logically air-gapped vault that exists already.
 */
export interface LogicallyAirGappedVaultAttributes {
  /**
   * ARN of the vault.
   */
  readonly backupVaultArn: string;

  /**
   * Least retention of a recovery point, in days.
   */
  readonly minRetentionDays: number;

  /**
   * Greatest retention of a recovery point, in days.
   */
  readonly maxRetentionDays: number;

  /**
   * Its key.
   *
   * @default - not known, so that nothing is said about it
   */
  readonly encryption?: VaultEncryption;

  /**
   * Its access policy, the document of an IAM policy: `{ Version: '2012-10-17', Statement: […] }`.
   *
   * @default - not known, so that nothing is said about it
   */
  readonly accessPolicy?: { [key: string]: any };
}
