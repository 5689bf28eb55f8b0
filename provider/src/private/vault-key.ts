import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { BackupKeyRules, VaultKeyType } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { VaultEncryption } from '../vault-encryption';

/** What decides over the key of a vault. */
export interface VaultKeyOptions {
  readonly backupVaultName: string;
  readonly preventDestroy?: boolean;
  readonly tags?: { [key: string]: string };
  readonly provider?: TerraformProvider;
}

/** The key that a vault makes for itself; undefined where it has another. */
export function ownKey(
  scope: Construct,
  { keyType, encryptionKeyArn }: VaultEncryption,
  { backupVaultName, preventDestroy, tags, provider }: VaultKeyOptions,
): KmsKey | undefined {
  return keyType !== VaultKeyType.CUSTOMER_MANAGED || encryptionKeyArn !== undefined
    ? undefined
    : new KmsKey(scope, 'Key', {
        description: `Encrypts the recovery points of the backup vault ${backupVaultName}`,
        enableKeyRotation: true,
        deletionWindowInDays: BackupKeyRules.PENDING_WINDOW_DAYS,
        tags,
        provider,
        lifecycle: { preventDestroy: preventDestroy ?? true },
      });
}
