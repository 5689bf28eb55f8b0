import { VaultKeyType } from '@holdfast/model';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { VaultEncryption } from '../vault-encryption';

/** What decides over the key of a vault. */
export interface VaultKeyOptions {
  readonly backupVaultName: string;
  readonly removalPolicy?: RemovalPolicy;
  readonly tags?: { [key: string]: string };
}

/** The customer managed key of a vault: the one that was given, or its own. Undefined where it has another. */
export function customerKey(
  scope: Construct,
  encryption: VaultEncryption,
  options: VaultKeyOptions,
): kms.IKey | undefined {
  if (encryption.keyType !== VaultKeyType.CUSTOMER_MANAGED) {
    return undefined;
  }
  return encryption.encryptionKey ?? ownKey(scope, options);
}

function ownKey(scope: Construct, { backupVaultName, removalPolicy, tags }: VaultKeyOptions): kms.Key {
  const key = new kms.Key(scope, 'Key', {
    description: `Encrypts the recovery points of the backup vault ${backupVaultName}`,
    enableKeyRotation: true,
    removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
  });
  for (const [tag, value] of Object.entries(tags ?? {})) {
    (key.node.defaultChild as kms.CfnKey).tags.setTag(tag, value);
  }
  return key;
}
