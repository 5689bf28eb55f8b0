/**
 * What recovery points are encrypted with.
 *
 * Pure: reads a ledger.
 * Source   B7.1/1, B13.
 * Spec     keys.md
 */
import { intAt } from '../kernel/columns';
import type { Ledger } from './ledger';
import { isManagedKey, type Resource } from './protected-resources';
import type { Vault } from './vaults';

/** Whose a key is, as far as AWS Backup has a word for it; undefined for the keys that AWS manages in the account. */
export type KeyType = 'AWS_OWNED_KMS_KEY' | 'CUSTOMER_MANAGED_KMS_KEY' | undefined;

export interface Encryption {
  readonly encrypted: boolean;
  /** Undefined for a key that AWS manages, or none. */
  readonly keyArn: string | undefined;
  readonly keyType: KeyType;
}

/**
 * How a backup of a resource is encrypted in a vault.
 *
 * Source B7.1/1: with the vault's key for copies and for what AWS Backup manages fully, else with that of the resource.
 *
 * @param vault undefined where there is none: what is encrypted by a vault is encrypted all the same
 * @param copied whether it is a copy of a recovery point
 */
export function encryptionOf(
  ledger: Ledger,
  resource: Resource,
  vault: Vault | undefined,
  copied: boolean,
): Encryption {
  const airGapped = vault?.made.airGapped === true;
  // Source B6.2/1: copies of clusters that are not encrypted are not encrypted either.
  const byVault = resource.managed || airGapped || (copied && !resource.staysPlain);
  const keyArn = byVault ? vault?.made.encryptionKeyArn : resource.declaration.encryptedWith;
  return {
    encrypted: byVault || keyArn !== undefined,
    keyArn,
    keyType: keyTypeOf(ledger, airGapped, keyArn),
  };
}

/** How a recovery point is encrypted. */
export function encryptionOfPoint(ledger: Ledger, row: number): Encryption {
  const { points } = ledger;
  const series = intAt(points.series, row);
  return encryptionOf(ledger, ledger.resourceOf(series), ledger.vaultOf(series), intAt(points.sources, row) >= 0);
}

/**
 * Whether a point is under a key that AWS manages in its account, so that nothing takes it out of there.
 *
 * Source B6.3/5, B7.5/3; B6.2/1, B13: a copy within the account is under the key of its vault, the service's own where that has
 * none of the customer. What AWS Backup manages fully, and what is in a logically air-gapped vault, is let out by AWS Backup.
 */
export function isBoundByKey(ledger: Ledger, row: number): boolean {
  const series = intAt(ledger.points.series, row);
  if (ledger.resourceOf(series).managed || ledger.vaultOf(series).made.airGapped) {
    return false;
  }
  const { encrypted, keyArn } = encryptionOfPoint(ledger, row);
  return encrypted && !isCustomerKey(ledger, keyArn);
}

/** The key that a point is encrypted with; undefined for one that AWS manages, or none. */
export function keyOfPoint(ledger: Ledger, row: number): string | undefined {
  return encryptionOfPoint(ledger, row).keyArn;
}

/** Source API EncryptionKeyType; B7.5/1: a logically air-gapped vault has a key that AWS owns unless it was given one. */
export function keyTypeOf(ledger: Ledger, airGapped: boolean, keyArn: string | undefined): KeyType {
  if (keyArn !== undefined) {
    return isCustomerKey(ledger, keyArn) ? 'CUSTOMER_MANAGED_KMS_KEY' : undefined;
  }
  return airGapped ? 'AWS_OWNED_KMS_KEY' : undefined;
}

/** Whether a key is one of the customer's. A key that the World does not know is told by its name. */
export function isCustomerKey({ keys }: Ledger, arn: string | undefined): boolean {
  return arn !== undefined && !isManagedKey(arn) && keys.tryFindByArn(arn)?.made.awsManaged !== true;
}
